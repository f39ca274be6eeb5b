package nn_test

import (
	"strings"
	"testing"

	"reslab/nn"
)

// One picture of 3x3, one window of 2x2, bias 10:
//
//	1 2 3      1 2      y[0,0] = 1*1 + 2*2 + 4*3 + 5*4 + 10 = 47
//	4 5 6      3 4      y[0,1] = 2*1 + 3*2 + 5*3 + 6*4 + 10 = 57
//	7 8 9               y[1,0] = 77, y[1,1] = 87
//
// With dy 1 at the first window and 2 at the last, each weight collects what
// it met there: dw[0,0] = 1*1 + 2*5 = 11, dw[0,1] = 2 + 2*6, dw[1,0] = 4 + 2*8,
// dw[1,1] = 5 + 2*9. The pixel in the middle was under both windows, once with
// weight 4 and once with weight 1: dx[1,1] = 1*4 + 2*1 = 6.
func TestConvByHand(t *testing.T) {
	c := nn.NewConv2D(nn.ConvConfig{In: 1, Out: 1, Kernel: 2, Bias: true})
	copy(c.Weight.Value.Data, []float32{1, 2, 3, 4})
	c.Bias.Value.Data[0] = 10
	y := c.Forward(nn.FromSlice([]float32{1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 3, 3, 1), true)
	wantNumbers(t, "y", y, []int{1, 2, 2, 1}, 47, 57, 77, 87)

	dx := c.Backward(nn.FromSlice([]float32{1, 0, 0, 2}, 1, 2, 2, 1))
	wantNumbers(t, "dw", c.Weight.Grad, []int{2, 2, 1, 1}, 11, 14, 20, 23)
	wantNumbers(t, "db", c.Bias.Grad, []int{1}, 3)
	wantNumbers(t, "dx", dx, []int{1, 3, 3, 1},
		1, 2, 0,
		3, 6, 4,
		0, 6, 8)
}

// Stride 2, dilation 2, padding 2 over 5x5 gives (5 + 4 - 2*2 - 1)/2 + 1 = 3
// stops. A window that is 1 at one tap and 0 elsewhere copies pixels: its
// middle tap (1,1) sees row 2i+2-2, so every second pixel; its tap (0,0) sees
// row 2i-2, which starts outside, where all is zero.
func TestConvStrideDilationPadding(t *testing.T) {
	x := nn.NewTensor(1, 5, 5, 1)
	for i := range x.Data {
		x.Data[i] = float32(10*(i/5) + i%5) // row and column as digits
	}
	for _, c := range []struct {
		tap  int
		want []float32
	}{
		{4, []float32{0, 2, 4, 20, 22, 24, 40, 42, 44}},
		{0, []float32{0, 0, 0, 0, 0, 2, 0, 20, 22}},
		{8, []float32{22, 24, 0, 42, 44, 0, 0, 0, 0}},
	} {
		conv := nn.NewConv2D(nn.ConvConfig{In: 1, Out: 1, Kernel: 3, Stride: 2, Dilation: 2, Pad: 2})
		conv.Weight.Value.Data[c.tap] = 1
		wantNumbers(t, "y", conv.Forward(x, true), []int{1, 3, 3, 1}, c.want...)
	}
}

// Two groups of 1x1 windows, 4 channels to 2: output 0 sees channels 0 and 1,
// output 1 channels 2 and 3. The weight is [1, 1, 2, 2]: its last axis is the
// output.
//
//	x = 1 2 3 4     w = 1 10     y[0] = 1*1 + 2*2 = 5
//	                    2 20     y[1] = 3*10 + 4*20 = 110
func TestConvGroups(t *testing.T) {
	c := nn.NewConv2D(nn.ConvConfig{In: 4, Out: 2, Kernel: 1, Groups: 2})
	copy(c.Weight.Value.Data, []float32{1, 10, 2, 20})
	wantNumbers(t, "y", c.Forward(nn.FromSlice([]float32{1, 2, 3, 4}, 1, 1, 1, 4), true), []int{1, 1, 1, 2}, 5, 110)
	dx := c.Backward(nn.FromSlice([]float32{1, 3}, 1, 1, 1, 2))
	wantNumbers(t, "dx", dx, []int{1, 1, 1, 4}, 1, 2, 30, 60)
	wantNumbers(t, "dw", c.Weight.Grad, []int{1, 1, 2, 2}, 1, 9, 2, 12)
}

func TestConvGradients(t *testing.T) {
	for _, c := range []struct {
		cfg     nn.ConvConfig
		n, h, w int
	}{
		{nn.ConvConfig{In: 3, Out: 5, Kernel: 3, Pad: 1, Bias: true}, 2, 5, 6},
		{nn.ConvConfig{In: 2, Out: 3, Kernel: 3, Stride: 2, Pad: 1}, 2, 6, 5},
		{nn.ConvConfig{In: 2, Out: 3, Kernel: 3, Stride: 2, Pad: 1}, 1, 7, 8},
		{nn.ConvConfig{In: 2, Out: 2, Kernel: 2, Stride: 3, Bias: true}, 2, 7, 6}, // some pixels under no window
		{nn.ConvConfig{In: 4, Out: 7, Kernel: 1}, 3, 3, 5},
		{nn.ConvConfig{In: 3, Out: 4, Kernel: 1, Stride: 2}, 2, 5, 4},
		{nn.ConvConfig{In: 2, Out: 3, Kernel: 3, Dilation: 2, Pad: 2}, 1, 6, 7},
		{nn.ConvConfig{In: 2, Out: 3, Kernel: 3, Dilation: 3, Stride: 2, Pad: 1, Bias: true}, 2, 7, 9},
		{nn.ConvConfig{In: 6, Out: 9, Kernel: 3, Groups: 3, Pad: 1}, 1, 4, 5},
		{nn.ConvConfig{In: 5, Out: 5, Kernel: 3, Groups: 5, Stride: 2, Pad: 1}, 2, 5, 5}, // depthwise
		{nn.ConvConfig{In: 1, Out: 4, Kernel: 5, Pad: 4}, 1, 4, 3},                       // more padding than picture
		{nn.ConvConfig{In: 3, Out: 2, Kernel: 7, Stride: 2, Pad: 3}, 1, 9, 8},
		{nn.ConvConfig{In: 17, Out: 33, Kernel: 2}, 1, 3, 3}, // wider than any vector
	} {
		l := shaken(nn.NewConv2D(c.cfg), 3)
		x := randn(1, c.n, c.h, c.w, c.cfg.In)
		agrees(t, l, x, refConv(l.Config(), c.n, c.h, c.w), 3e-6)
		nudges(t, l, x)
	}
}

func TestConvGradientsOnRandomShapes(t *testing.T) {
	random := nn.NewRandom(8)
	for range 15 {
		groups := 1 + random.Intn(3)
		cfg := nn.ConvConfig{In: groups * (1 + random.Intn(3)), Out: groups * (1 + random.Intn(3)), Kernel: 1 + random.Intn(4),
			Stride: 1 + random.Intn(3), Pad: random.Intn(3), Dilation: 1 + random.Intn(2), Groups: groups, Bias: random.Intn(2) == 0}
		window := cfg.Dilation*(cfg.Kernel-1) + 1
		edge := func() int { return max(1, window-2*cfg.Pad) + random.Intn(4) }
		n, h, w := 1+random.Intn(2), edge(), edge()
		agrees(t, shaken(nn.NewConv2D(cfg), random.Uint64()), randn(random.Uint64(), n, h, w, cfg.In), refConv(cfg, n, h, w), 3e-6)
	}
}

func TestConvRefusesWhatCannotBe(t *testing.T) {
	for want, cfg := range map[string]nn.ConvConfig{
		"at least 1":           {In: 3, Out: 0, Kernel: 3},
		"negative":             {In: 3, Out: 4, Kernel: 3, Pad: -1},
		"2 groups do not":      {In: 3, Out: 4, Kernel: 3, Groups: 2},
		"stride -1":            {In: 3, Out: 4, Kernel: 3, Stride: -1},
		"dilation -2":          {In: 3, Out: 4, Kernel: 3, Dilation: -2},
		"groups -1":            {In: 3, Out: 4, Kernel: 3, Groups: -1},
		"5 groups do not":      {In: 5, Out: 4, Kernel: 3, Groups: 5},
		"8 groups do not":      {In: 4, Out: 8, Kernel: 3, Groups: 8},
		"Conv2D 0x0, 1 to 1: ": {In: 1, Out: 1},
	} {
		if m := mistakeOf(t, want, func() { nn.NewConv2D(cfg) }); !strings.Contains(m.Error(), want) {
			t.Errorf("%+v: %q does not say %q", cfg, m.Error(), want)
		}
	}
	c := nn.NewConv2D(nn.ConvConfig{In: 3, Out: 4, Kernel: 5})
	for want, shape := range map[string][]int{
		"does not fit into a picture of 4x9": {1, 4, 9, 3},
		"3 channels, got 2":                  {1, 9, 9, 2},
		"[N H W C]":                          {9, 9, 3},
	} {
		if m := mistakeOf(t, want, func() { c.Forward(nn.NewTensor(shape...), true) }); !strings.Contains(m.Error(), want) {
			t.Errorf("%v: %q does not say %q", shape, m.Error(), want)
		}
	}
}
