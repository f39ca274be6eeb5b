package pooling

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
)

func TestMaxpoolByHand(t *testing.T) {
	x := nn.FromSlice([]float32{
		1, 3, 2, -5,
		-4, 0, -1, -2,
	}, 2, 4)
	if got := maxpool(x, 2, 2); !slices.Equal(got.Data, []float32{3, 2}) || !slices.Equal(got.Shape, []int{1, 2}) {
		t.Errorf("got %v", got)
	}
	if got := maxpool(x, 1, 3); !slices.Equal(got.Data, []float32{1, -5}) {
		t.Errorf("got %v", got)
	}
}

// The solutions and the library compute the same, for any sizes.
func TestSolutionsAreTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, from, to int) int { return rapid.IntRange(from, to).Draw(t, name) }
		kernel, stride := draw("kernel", 1, 4), draw("stride", 1, 4)
		height, width, channels := draw("height", kernel, 9), draw("width", kernel, 9), draw("channels", 1, 3)
		random := nn.NewRandom(uint64(draw("seed", 0, 1000)))
		x := nn.NewTensor(1, height, width, channels)
		for i := range x.Data {
			x.Data[i] = float32(random.Normal())
		}
		means := nn.NewGlobalAvgPool().Forward(x, false)
		for c, got := range globalAverage(x) {
			if math.Abs(float64(got-means.Data[c])) > 1e-5 {
				t.Fatalf("mean of channel %d is %v, the library's %v", c, got, means.Data[c])
			}
		}
		plane := nn.NewTensor(1, height, width, 1)
		for i := range plane.Data {
			plane.Data[i] = x.Data[i*channels]
		}
		want := nn.NewMaxPool2D(nn.PoolConfig{Kernel: kernel, Stride: stride}).Forward(plane, false)
		if got := maxpool(plane.Reshape(height, width), kernel, stride); !slices.Equal(got.Data, want.Data) || !slices.Equal(got.Shape, want.Shape[1:3]) {
			t.Fatalf("got %v, the library %v", got, want)
		}
	})
}

// holds says what becomes of a bright pixel in the library's pooling.
func TestHoldsIsWhatThePoolDoes(t *testing.T) {
	for _, m := range moves() {
		const width = 20
		row := func(at int) *nn.Tensor {
			x := nn.NewTensor(1, m.kernel, width/m.kernel*m.kernel, 1)
			if at < x.Shape[2] {
				x.Set(1, 0, 0, at, 0)
			}
			return nn.NewMaxPool2D(nn.PoolConfig{Kernel: m.kernel}).Forward(x, false)
		}
		if m.at+m.by >= width-m.kernel {
			continue
		}
		if got, want := holds(m.at, m.by, m.kernel), slices.Equal(row(m.at).Data, row(m.at+m.by).Data); got != want {
			t.Errorf("%v: %v, and the library's output stays: %v", m, got, want)
		}
	}
}
