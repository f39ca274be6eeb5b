package nn_test

import (
	"slices"
	"strings"
	"testing"

	"reslab/nn"
)

// times returns a 1x1 convolution of one channel that multiplies by w.
func times(w float32) *nn.Conv2D {
	c := nn.NewConv2D(nn.ConvConfig{In: 1, Out: 1, Kernel: 1})
	c.Weight.Value.Data[0] = w
	return c
}

func pixel(v float32) *nn.Tensor { return nn.FromSlice([]float32{v}, 1, 1, 1, 1) }

// With the body y = 3x and x = 2, dy = 5:
//
//	open, identity:     y = 3*2 + 2 = 8        dx = 3*5 + 5 = 20
//	open, shortcut 10x: y = 3*2 + 10*2 = 26    dx = 3*5 + 10*5 = 65
//	closed:             y = 3*2 = 6            dx = 3*5 = 15
func TestResidualByHand(t *testing.T) {
	for _, c := range []struct {
		block *nn.Residual
		y, dx float32
	}{
		{nn.NewResidual(times(3), nil, true), 8, 20},
		{nn.NewResidual(times(3), times(10), true), 26, 65},
		{nn.NewResidual(times(3), nil, false), 6, 15},
		{nn.NewResidual(times(3), times(10), false), 6, 15},
		{&nn.Residual{Body: times(3), Skip: true}, 8, 20}, // as a literal
	} {
		wantNumbers(t, "y", c.block.Forward(pixel(2), true), []int{1, 1, 1, 1}, c.y)
		wantNumbers(t, "dx", c.block.Backward(pixel(5)), []int{1, 1, 1, 1}, c.dx)
	}
}

// The highway may be opened and closed between two steps.
func TestSkipMayBeSwitched(t *testing.T) {
	r := nn.NewResidual(times(3), times(10), false)
	for _, c := range []struct {
		skip   bool
		y      float32
		params int
	}{{false, 6, 1}, {true, 26, 2}, {false, 6, 1}} {
		r.Skip = c.skip
		wantNumbers(t, "y", r.Forward(pixel(2), true), []int{1, 1, 1, 1}, c.y)
		r.Backward(pixel(1))
		if n := len(r.Params()); n != c.params {
			t.Errorf("skip %v: %d parameters, want %d", c.skip, n, c.params)
		}
	}
}

func TestResidualGradients(t *testing.T) {
	ref := refConv(nn.ConvConfig{In: 3, Out: 3, Kernel: 3, Stride: 1, Pad: 1, Dilation: 1, Groups: 1}, 2, 4, 5)
	l := shaken(nn.NewResidual(conv(3, 3, 1), nil, true), 4)
	x := randn(3, 2, 4, 5, 3)
	agrees(t, l, x, func(x []float64, params [][]float64) []float64 {
		y := ref(x, params)
		for i, v := range x {
			y[i] += v
		}
		return y
	}, 3e-6)
	nudges(t, l, x)

	whole := nn.NewSequential().
		Add("", nn.NewResidual(
			nn.NewSequential().Add("conv1", conv(2, 4, 2)).Add("bn1", nn.NewBatchNorm2D(4)).Add("relu", nn.NewTanh()).Add("conv2", conv(4, 4, 1)),
			nn.NewSequential().Add("0", conv(2, 4, 2)).Add("1", nn.NewBatchNorm2D(4)), true)).
		Add("relu2", nn.NewTanh())
	nudges(t, shaken(whole, 4), randn(5, 3, 5, 6, 2))
}

// Where the stride is 2, pixels (0,0), (0,2) and (2,0), (2,2) of 3x3 stay; the
// one channel becomes two, the new one zero.
func TestPadShortcutByHand(t *testing.T) {
	p := nn.NewPadShortcut(1, 2, 2)
	x := nn.FromSlice([]float32{1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 3, 3, 1)
	wantNumbers(t, "y", p.Forward(x, true), []int{1, 2, 2, 2}, 1, 0, 3, 0, 7, 0, 9, 0)
	dx := p.Backward(nn.FromSlice([]float32{1, 50, 2, 60, 3, 70, 4, 80}, 1, 2, 2, 2))
	wantNumbers(t, "dx", dx, []int{1, 3, 3, 1}, 1, 0, 2, 0, 0, 0, 3, 0, 4)
	nudges(t, nn.NewPadShortcut(3, 5, 3), randn(1, 2, 7, 5, 3))
	for _, c := range [][3]int{{0, 1, 1}, {3, 2, 1}, {3, 3, 0}} {
		mistakeOf(t, "PadShortcut", func() { nn.NewPadShortcut(c[0], c[1], c[2]) })
	}
}

func TestResidualSaysWhereTheRoadsPart(t *testing.T) {
	net := nn.NewSequential().Add("layer1", nn.NewSequential().Add("0", nn.NewResidual(conv(3, 4, 1), nil, true)))
	m := mistakeOf(t, "3 channels become 4", func() { net.Forward(nn.NewTensor(1, 5, 5, 3), true) })
	if want := "layer1.0"; m.Path != want || !strings.Contains(m.Error(), "[1 5 5 4]") || !strings.Contains(m.Error(), "[1 5 5 3]") {
		t.Errorf("%q does not name %s and both shapes", m, want)
	}
	mistakeOf(t, "no body", func() { nn.NewResidual(nil, nil, true) })
}

func TestResidualParams(t *testing.T) {
	r := nn.NewResidual(nn.NewSequential().Add("conv1", conv(3, 3, 1)), nn.NewSequential().Add("0", conv(3, 3, 1)), true)
	if got, want := namesOf(r), []string{"conv1.weight", "downsample.0.weight"}; !slices.Equal(got, want) {
		t.Errorf("open: %v, want %v", got, want)
	}
	r.Skip = false
	if got, want := namesOf(r), []string{"conv1.weight"}; !slices.Equal(got, want) {
		t.Errorf("closed: %v, want %v", got, want)
	}
}

func namesOf(l nn.Layer) []string {
	var names []string
	for _, p := range l.Params() {
		names = append(names, p.Name)
	}
	return names
}
