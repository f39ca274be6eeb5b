package convolution

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
)

func TestStopsByHand(t *testing.T) {
	for _, c := range []struct{ in, kernel, stride, pad, want int }{
		{7, 3, 1, 0, 5},
		{7, 3, 2, 0, 3},
		{7, 3, 2, 1, 4},
		{8, 3, 2, 0, 3}, // the last pixel is left over
		{3, 3, 1, 0, 1},
		{2, 3, 1, 0, 0},
		{2, 3, 5, 0, 0}, // -1/5 is 0 in Go
		{224, 7, 2, 3, 112},
	} {
		if got := stops(c.in, c.kernel, c.stride, c.pad); got != c.want {
			t.Errorf("stops(%d, %d, %d, %d) = %d, want %d", c.in, c.kernel, c.stride, c.pad, got, c.want)
		}
	}
}

func TestConvolveByHand(t *testing.T) {
	x := nn.FromSlice([]float32{
		1, 2, 3,
		4, 5, 6,
	}, 2, 3)
	w := nn.FromSlice([]float32{
		1, 10,
		100, 1000,
	}, 2, 2)
	if got := convolve(x, w, 1, 0); !slices.Equal(got.Data, []float32{5421, 6532}) || !slices.Equal(got.Shape, []int{1, 2}) {
		t.Errorf("got %v", got)
	}
	// With a border of zeros and stride 2 the window stands on each corner pair.
	if got := convolve(x, w, 2, 1); !slices.Equal(got.Data, []float32{1000, 3200, 40, 65}) || !slices.Equal(got.Shape, []int{2, 2}) {
		t.Errorf("got %v", got)
	}
}

// The solution and the library compute the same, for any sizes.
func TestConvolveIsTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, from, to int) int { return rapid.IntRange(from, to).Draw(t, name) }
		kernel, stride, pad := draw("kernel", 1, 4), draw("stride", 1, 3), draw("pad", 0, 2)
		height, width := draw("height", kernel, 9), draw("width", kernel, 9)
		random := nn.NewRandom(uint64(draw("seed", 0, 1000)))
		x, w := nn.NewTensor(height, width), nn.NewTensor(kernel, kernel)
		for _, data := range [][]float32{x.Data, w.Data} {
			for i := range data {
				data[i] = float32(random.Normal())
			}
		}
		conv := nn.NewConv2D(nn.ConvConfig{In: 1, Out: 1, Kernel: kernel, Stride: stride, Pad: pad})
		copy(conv.Weight.Value.Data, w.Data)
		want := conv.Forward(x.Reshape(1, height, width, 1), false)
		got := convolve(x, w, stride, pad)
		if !slices.Equal(got.Shape, want.Shape[1:3]) {
			t.Fatalf("shape %v, the library %v", got.Shape, want.Shape)
		}
		for i, v := range want.Data {
			if math.Abs(float64(got.Data[i]-v)) > 1e-5 {
				t.Fatalf("number %d is %v, the library's %v", i, got.Data[i], v)
			}
		}
	})
}
