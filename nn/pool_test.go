package nn_test

import (
	"math"
	"slices"
	"testing"

	"reslab/nn"
)

// Windows of 2x2 that touch, over
//
//	1 5 | 2 0      max 5 4      mean 2.5  2
//	3 1 | 4 2          9 8           6    4.5
//	----+----
//	9 6 | 8 1
//	7 2 | 8 1
//
// The 8 stands twice in its window: the first one wins and takes all of dy.
func TestPoolByHand(t *testing.T) {
	x := nn.FromSlice([]float32{1, 5, 2, 0, 3, 1, 4, 2, 9, 6, 8, 1, 7, 2, 8, 1}, 1, 4, 4, 1)
	dy := nn.FromSlice([]float32{10, 20, 30, 40}, 1, 2, 2, 1)

	top := nn.NewMaxPool2D(nn.PoolConfig{Kernel: 2})
	wantNumbers(t, "max", top.Forward(x, true), []int{1, 2, 2, 1}, 5, 4, 9, 8)
	wantNumbers(t, "dx", top.Backward(dy), []int{1, 4, 4, 1},
		0, 10, 0, 0,
		0, 0, 20, 0,
		30, 0, 40, 0,
		0, 0, 0, 0)

	mean := nn.NewAvgPool2D(nn.PoolConfig{Kernel: 2})
	wantNumbers(t, "mean", mean.Forward(x, true), []int{1, 2, 2, 1}, 2.5, 2, 6, 4.5)
	wantNumbers(t, "dx", mean.Backward(dy), []int{1, 4, 4, 1},
		2.5, 2.5, 5, 5,
		2.5, 2.5, 5, 5,
		7.5, 7.5, 10, 10,
		7.5, 7.5, 10, 10)

	all := nn.NewGlobalAvgPool()
	wantNumbers(t, "global mean", all.Forward(x, true), []int{1, 1}, 60./16)
	dx := all.Backward(nn.FromSlice([]float32{16}, 1, 1))
	wantNumbers(t, "dx", dx, []int{1, 4, 4, 1}, slices.Repeat([]float32{1}, 16)...)
}

// A 2x2 picture of -4 -8 -12 -16 with a frame of one pixel, windows of 3x3:
// every window sees all four numbers and five pixels of padding.
//
//	max: -4, for padding never wins        mean: -40/9, or without padding -40/4 = -10
func TestPoolPadding(t *testing.T) {
	x := nn.FromSlice([]float32{-4, -8, -12, -16}, 1, 2, 2, 1)
	shape := []int{1, 2, 2, 1}
	cfg := nn.PoolConfig{Kernel: 3, Stride: 1, Pad: 1}
	wantNumbers(t, "max", nn.NewMaxPool2D(cfg).Forward(x, true), shape, -4, -4, -4, -4)
	wantNumbers(t, "mean", nn.NewAvgPool2D(cfg).Forward(x, true), shape, -40./9, -40./9, -40./9, -40./9)
	cfg.LeavePadding = true
	mean := nn.NewAvgPool2D(cfg)
	wantNumbers(t, "mean of the picture", mean.Forward(x, true), shape, -10, -10, -10, -10)
	wantNumbers(t, "dx", mean.Backward(nn.FromSlice([]float32{4, 0, 0, 8}, shape...)), shape, 3, 3, 3, 3)
}

func TestPoolGradients(t *testing.T) {
	mean := func(parts func(window []float64) int) func([]float64) float64 {
		return func(window []float64) (sum float64) {
			for _, v := range window {
				sum += v / float64(parts(window))
			}
			return sum
		}
	}
	for _, c := range []struct {
		cfg               nn.PoolConfig
		n, h, w, channels int
	}{
		{nn.PoolConfig{Kernel: 2, Stride: 2}, 2, 5, 7, 3}, // the last row and column fall away
		{nn.PoolConfig{Kernel: 3, Stride: 2, Pad: 1}, 2, 6, 5, 2},
		{nn.PoolConfig{Kernel: 3, Stride: 1}, 1, 4, 5, 3},
		{nn.PoolConfig{Kernel: 2, Stride: 3, Pad: 1}, 2, 7, 8, 1}, // windows apart
		{nn.PoolConfig{Kernel: 4, Stride: 3, Pad: 2}, 1, 5, 4, 2},
		{nn.PoolConfig{Kernel: 1, Stride: 2}, 1, 3, 4, 5},
	} {
		x := randn(4, c.n, c.h, c.w, c.channels)
		ref := func(reduce func([]float64) float64) reference {
			return refPool(c.cfg, c.n, c.h, c.w, c.channels, reduce)
		}
		agrees(t, nn.NewMaxPool2D(c.cfg), x, ref(slices.Max[[]float64]), 1e-6)
		agrees(t, nn.NewAvgPool2D(c.cfg), x, ref(mean(func([]float64) int { return c.cfg.Kernel * c.cfg.Kernel })), 1e-6)
		c.cfg.LeavePadding = true
		agrees(t, nn.NewAvgPool2D(c.cfg), x, ref(mean(func(window []float64) int { return len(window) })), 1e-6)
		nudges(t, nn.NewAvgPool2D(c.cfg), x)
	}
	x := randn(4, 2, 3, 5, 4)
	agrees(t, nn.NewGlobalAvgPool(), x, func(x []float64, _ [][]float64) []float64 {
		y := make([]float64, 2*4)
		for i, v := range x {
			y[i/(3*5*4)*4+i%4] += v / 15
		}
		return y
	}, 1e-6)
	nudges(t, nn.NewGlobalAvgPool(), x)
	nudges(t, nn.NewMaxPool2D(nn.PoolConfig{Kernel: 2, Stride: 1}), spread(2, 5, 4, 3))
}

// spread returns numbers in random order, all well apart, so that no nudge
// makes another one win.
func spread(shape ...int) *nn.Tensor {
	t := nn.NewTensor(shape...)
	for i, v := range nn.NewRandom(1).Shuffle(len(t.Data)) {
		t.Data[v] = float32(i) / 8
	}
	return t
}

func TestMaxPoolShowsNaN(t *testing.T) {
	nan := float32(math.NaN())
	for at := range 4 {
		x := nn.FromSlice([]float32{1, 2, 3, 4}, 1, 2, 2, 1)
		x.Data[at] = nan
		m := nn.NewMaxPool2D(nn.PoolConfig{Kernel: 2})
		if y := m.Forward(x, true).Data[0]; y == y {
			t.Errorf("NaN at %d became %v", at, y)
		}
		if dx := m.Backward(nn.FromSlice([]float32{1}, 1, 1, 1, 1)); dx.Data[at] != 1 {
			t.Errorf("NaN at %d won, but dx is %v", at, dx)
		}
	}
}

func TestPoolRefusesWhatCannotBe(t *testing.T) {
	for _, cfg := range []nn.PoolConfig{{}, {Kernel: 3, Pad: 2}, {Kernel: 2, Pad: -1}, {Kernel: 2, Stride: -1}, {Kernel: -2}} {
		mistakeOf(t, "MaxPool2D", func() { nn.NewMaxPool2D(cfg) })
		mistakeOf(t, "AvgPool2D", func() { nn.NewAvgPool2D(cfg) })
	}
}
