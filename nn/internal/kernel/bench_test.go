package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// BenchmarkConv reports the speed of the layers of ResNet-20 at batch 32.
func BenchmarkConv(b *testing.B) {
	for _, layer := range []struct{ size, channels int }{{32, 16}, {16, 32}, {8, 64}} {
		c := Conv{N: 32, H: layer.size, W: layer.size, In: layer.channels, Out: layer.channels, Kernel: 3, Stride: 1, Pad: 1, Dilation: 1, Groups: 1}
		flop := 2 * float64(c.N*c.OutH()*c.OutW()*c.Out) * float64(c.Kernel*c.Kernel*c.In)
		for _, op := range randomOperations(c, rand.New(rand.NewPCG(1, 1))) {
			if op.name == "forward with bias" {
				continue
			}
			b.Run(fmt.Sprintf("%dx%dx%d/%s", c.H, c.W, c.In, op.name), func(b *testing.B) {
				result := make([]float32, op.size)
				for b.Loop() {
					op.fast(result)
				}
				b.ReportMetric(flop*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
	}
}
