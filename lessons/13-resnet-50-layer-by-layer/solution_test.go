package resnet50

import (
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
)

// The solutions count what the library counts.
func TestResnetAgainstTheLibrary(t *testing.T) {
	for depth, blocks := range map[int][]int{50: {3, 4, 6, 3}, 101: {3, 4, 23, 3}, 152: {3, 8, 36, 3}} {
		params, macs := resnet(blocks)
		s := nn.Summarise(nn.NewImageNetNet(nn.ImageNetConfig{Depth: depth, Skip: true}), 224, 224, 3)
		if int64(params) != s.Params || int64(macs) != s.MACs {
			t.Errorf("ResNet-%d: %d parameters and %d multiply-adds, the library counts %d and %d", depth, params, macs, s.Params, s.MACs)
		}
	}
}

// A window that keeps the largest number shows a bright pixel wherever it can be
// seen.
func TestSeenAgainstBrightPixels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const rows = 40
		var kernels, strides, pads []int
		windows := nn.NewSequential()
		for range rapid.IntRange(1, 3).Draw(t, "windows") {
			p := rapid.IntRange(0, 2).Draw(t, "pad")
			k, s := 2*p+1, rapid.IntRange(1, p+1).Draw(t, "stride") // so that no row is left out
			kernels, strides, pads = append(kernels, k), append(strides, s), append(pads, p)
			windows.Add("", nn.NewMaxPool2D(nn.PoolConfig{Kernel: k, Stride: s, Pad: p}))
		}
		x := nn.NewTensor(rows, rows, 1, 1) // a picture of one column for each row, which is bright
		for row := range rows {
			x.Set(1, row, row, 0, 0)
		}
		y := windows.Forward(x, false)
		i := rapid.IntRange(0, y.Shape[1]-1).Draw(t, "place")
		first, last := seen(kernels, strides, pads, i)
		for row := range rows {
			lit, sees := y.At(row, i, 0, 0) == 1, first <= row && row <= last
			if lit != sees {
				t.Fatalf("kernels %v, strides %v, pads %v: place %d sees rows %d to %d, but that row %d lights it is %v", kernels, strides, pads, i, first, last, row, lit)
			}
		}
	})
}
