package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// BenchmarkConv reports the speed of layers of ResNet-20, batch 32, and of
// ResNet-50, batch 1.
func BenchmarkConv(b *testing.B) {
	for _, c := range []Conv{
		square(32, 32, 16, 16, 3, 1), square(32, 16, 32, 32, 3, 1), square(32, 8, 64, 64, 3, 1),
		square(1, 224, 3, 64, 7, 2),
		square(1, 56, 64, 64, 1, 1), square(1, 56, 64, 64, 3, 1), square(1, 56, 64, 256, 1, 1), square(1, 56, 256, 64, 1, 1),
		square(1, 56, 256, 128, 1, 1), square(1, 56, 128, 128, 3, 2), square(1, 56, 256, 512, 1, 2),
		square(1, 28, 128, 128, 3, 1), square(1, 28, 128, 512, 1, 1), square(1, 28, 512, 128, 1, 1),
		square(1, 28, 512, 256, 1, 1), square(1, 28, 256, 256, 3, 2), square(1, 28, 512, 1024, 1, 2),
		square(1, 14, 256, 256, 3, 1), square(1, 14, 256, 1024, 1, 1), square(1, 14, 1024, 256, 1, 1),
		square(1, 14, 1024, 512, 1, 1), square(1, 14, 512, 512, 3, 2), square(1, 14, 1024, 2048, 1, 2),
		square(1, 7, 512, 512, 3, 1), square(1, 7, 512, 2048, 1, 1), square(1, 7, 2048, 512, 1, 1),
	} {
		random := rand.New(rand.NewPCG(1, 1))
		x, w, dy, _ := newOperands(c)
		for _, operand := range [][]float32{x, w, dy} {
			draw(operand, random)
		}
		dx, dw, y, _ := newOperands(c)
		packed := c.Pack(w)
		flop := 2 * float64(len(y)) * float64(c.Kernel*c.Kernel*c.In/c.Groups)
		for _, op := range []struct {
			name string
			do   func()
		}{
			{"packed", func() { c.ForwardPacked(y, x, packed, Epilogue{}) }},
			{"forward", func() { c.Forward(y, x, w, nil) }},
			{"dx", func() { c.InputGrad(dx, dy, w) }},
			{"dw", func() { c.WeightGrad(dw, x, dy) }},
		} {
			b.Run(fmt.Sprintf("%dx%dx%d-%d-k%d-s%d/%s", c.N, c.H, c.In, c.Out, c.Kernel, c.Stride, op.name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					op.do()
				}
				b.ReportMetric(flop*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
	}
}

// BenchmarkPeak reports what the machine can do at most.
func BenchmarkPeak(b *testing.B) {
	best := 0.0
	for b.Loop() {
		best = max(best, PeakGFLOPS())
	}
	b.ReportMetric(best, "GFLOP/s")
}

// square is a layer as ResNets have it.
func square(n, size, in, out, kernel, stride int) Conv {
	return Conv{N: n, H: size, W: size, In: in, Out: out, Kernel: kernel, Stride: stride, Pad: kernel / 2, Dilation: 1, Groups: 1}
}

// BenchmarkCurve bends 8192 numbers, which stay in the first-level cache.
func BenchmarkCurve(b *testing.B) {
	x, y := draw(make([]float32, 8192), rand.New(rand.NewPCG(1, 1))), make([]float32, 8192)
	for _, curve := range []struct {
		name string
		pass func(y, x []float32)
	}{{"sigmoid", Sigmoid}, {"tanh", Tanh}} {
		b.Run(curve.name, func(b *testing.B) {
			for b.Loop() {
				curve.pass(y, x)
			}
		})
	}
}
