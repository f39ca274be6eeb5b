package nn_test

import (
	"testing"

	"reslab/nn"
)

// Two rows of two numbers, three outputs:
//
//	x = 1 2     w = 1 2 3     b = 10 20 30     y = 1+8  2+10  3+12 + b = 19 32 45
//	    0 1         4 5 6                          4    5     6    + b = 14 25 36
//
// With dy = 1 0 0 / 0 0 2: dw = xᵀ dy has column 0 = x of row 0 and column 2 =
// twice x of row 1; db = 1 0 2; dx of row 0 is the first column of w, 1 4, and
// of row 1 twice the last, 6 12.
func TestLinearByHand(t *testing.T) {
	l := nn.NewLinear(2, 3)
	copy(l.Weight.Value.Data, []float32{1, 2, 3, 4, 5, 6})
	copy(l.Bias.Value.Data, []float32{10, 20, 30})
	wantNumbers(t, "y", l.Forward(nn.FromSlice([]float32{1, 2, 0, 1}, 2, 2), true), []int{2, 3}, 19, 32, 45, 14, 25, 36)
	dx := l.Backward(nn.FromSlice([]float32{1, 0, 0, 0, 0, 2}, 2, 3))
	wantNumbers(t, "dw", l.Weight.Grad, []int{2, 3}, 1, 0, 0, 2, 0, 2)
	wantNumbers(t, "db", l.Bias.Grad, []int{3}, 1, 0, 2)
	wantNumbers(t, "dx", dx, []int{2, 2}, 1, 4, 6, 12)
}

func TestLinearGradients(t *testing.T) {
	for _, c := range []struct {
		in, out int
		shape   []int
	}{
		{5, 3, []int{4, 5}}, {1, 7, []int{3, 1}}, {33, 17, []int{5, 33}}, {6, 1, []int{1, 6}}, {3, 4, []int{2, 3, 2, 3}},
	} {
		l := shaken(nn.NewLinear(c.in, c.out), 2)
		x := randn(1, c.shape...)
		agrees(t, l, x, refLinear(c.in, c.out), 3e-6)
		nudges(t, l, x)
	}
}

// Linear is a 1x1 convolution at every pixel.
func TestLinearIsAConvolutionOfOnePixel(t *testing.T) {
	l, c := shaken(nn.NewLinear(5, 7), 2), nn.NewConv2D(nn.ConvConfig{In: 5, Out: 7, Kernel: 1, Bias: true})
	copy(c.Weight.Value.Data, l.Weight.Value.Data)
	copy(c.Bias.Value.Data, l.Bias.Value.Data)
	x, dy := randn(1, 2, 3, 4, 5), randn(2, 2, 3, 4, 7)
	got, want := l.Forward(x, true), c.Forward(x, true)
	wantNumbers(t, "y", got, want.Shape, want.Data...)
	got, want = l.Backward(dy), c.Backward(dy)
	wantNumbers(t, "dx", got, want.Shape, want.Data...)
	wantNumbers(t, "db", l.Bias.Grad, []int{7}, c.Bias.Grad.Data...)
}

func TestFlatten(t *testing.T) {
	f := nn.NewFlatten()
	x := randn(1, 2, 3, 1, 2)
	wantNumbers(t, "y", f.Forward(x, true), []int{2, 6}, x.Data...)
	wantNumbers(t, "dx", f.Backward(x.Reshape(2, 6)), []int{2, 3, 1, 2}, x.Data...)
	nudges(t, f, x)
	mistakeOf(t, "a single number", func() { f.Forward(nn.NewTensor(), true) })
	mistakeOf(t, "backward after a refused forward", func() { f.Backward(nn.NewTensor(1)) })
}

func TestLinearRefusesWhatCannotBe(t *testing.T) {
	mistakeOf(t, "no input", func() { nn.NewLinear(0, 3) })
	mistakeOf(t, "no output", func() { nn.NewLinear(3, 0) })
}
