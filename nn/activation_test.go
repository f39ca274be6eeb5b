package nn_test

import (
	"math"
	"testing"

	"reslab/nn"
)

// With dy = 1 everywhere dx is the slope. Sigmoid(0) = 1/2 has the slope
// 1/2*(1-1/2) = 1/4; sigmoid(ln 3) = 3/4 has 3/4*1/4 = 3/16. tanh(ln 2) =
// (2-1/2)/(2+1/2) = 3/5 has 1-9/25 = 16/25.
func TestActivationsByHand(t *testing.T) {
	ln2, ln3 := float32(math.Ln2), float32(math.Log(3))
	for _, c := range []struct {
		l        nn.Layer
		x, y, dx []float32
	}{
		{nn.NewReLU(), []float32{-2, 0, 3}, []float32{0, 0, 3}, []float32{0, 0, 1}},
		{nn.NewLeakyReLU(0.25), []float32{-2, 0, 3}, []float32{-0.5, 0, 3}, []float32{0.25, 0.25, 1}},
		{nn.NewSigmoid(), []float32{0, ln3, -ln3}, []float32{0.5, 0.75, 0.25}, []float32{0.25, 0.1875, 0.1875}},
		{nn.NewTanh(), []float32{0, ln2, -ln2}, []float32{0, 0.6, -0.6}, []float32{1, 0.64, 0.64}},
	} {
		wantNumbers(t, "y", c.l.Forward(nn.FromSlice(c.x, 3), true), []int{3}, c.y...)
		wantNumbers(t, "dx", c.l.Backward(nn.FromSlice([]float32{1, 1, 1}, 3)), []int{3}, c.dx...)
	}
}

func TestActivationGradients(t *testing.T) {
	for _, c := range []struct {
		l nn.Layer
		f func(float64) float64
	}{
		{nn.NewReLU(), func(x float64) float64 { return math.Max(0, x) }},
		{nn.NewLeakyReLU(0.1), func(x float64) float64 { return math.Max(float64(float32(0.1))*x, x) }},
		{nn.NewSigmoid(), func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }},
		{nn.NewTanh(), math.Tanh},
	} {
		for _, shape := range [][]int{{2, 3, 5, 7}, {3, 1}, {11}} {
			x := randn(9, shape...)
			agrees(t, c.l, x, refCurve(c.f), 1e-6)
			nudges(t, c.l, x)
		}
	}
}

// More numbers than one core takes at a time, and not a multiple of it.
func TestActivationOfManyNumbers(t *testing.T) {
	x := randn(3, 20_011)
	dx := nn.NewReLU()
	y := dx.Forward(x, true)
	for i, v := range x.Data {
		if want := max(0, v); y.Data[i] != want {
			t.Fatalf("y[%d] = %v, want %v", i, y.Data[i], want)
		}
	}
}

func TestActivationsFarOut(t *testing.T) {
	far := nn.FromSlice([]float32{-1e30, -200, 200, 1e30}, 4)
	for l, want := range map[nn.Layer][]float32{
		nn.NewSigmoid(): {0, 0, 1, 1},
		nn.NewTanh():    {-1, -1, 1, 1},
	} {
		wantNumbers(t, "y", l.Forward(far, true), []int{4}, want...)
		wantNumbers(t, "dx", l.Backward(nn.FromSlice([]float32{1, 1, 1, 1}, 4)), []int{4}, 0, 0, 0, 0)
	}
}

// What is no number must not pass for one.
func TestActivationsShowNaN(t *testing.T) {
	nan := float32(math.NaN())
	for _, l := range []nn.Layer{nn.NewReLU(), nn.NewLeakyReLU(0.1), nn.NewSigmoid(), nn.NewTanh()} {
		if y := l.Forward(nn.FromSlice([]float32{nan}, 1), true).Data[0]; y == y {
			t.Errorf("%v turns NaN into %v", l, y)
		}
	}
}

func TestLeakMustBePositive(t *testing.T) {
	for _, leak := range []float64{0, -1, math.NaN()} {
		mistakeOf(t, "leak", func() { nn.NewLeakyReLU(leak) })
	}
}

// The share that stays is made larger, so that the expected sum stays.
func TestDropout(t *testing.T) {
	d := nn.NewDropout(0.25, 7)
	x := nn.NewTensor(100, 100)
	for i := range x.Data {
		x.Data[i] = 3
	}
	y := d.Forward(x, true)
	kept := 0
	for i, v := range y.Data {
		switch v {
		case 4: // 3 / (1 - 1/4)
			kept++
		case 0:
		default:
			t.Fatalf("y[%d] = %v, want 0 or 4", i, v)
		}
	}
	// 10,000 draws of a chance of 3/4: a standard deviation of 43.
	if kept < 7500-200 || kept > 7500+200 {
		t.Errorf("%d of 10000 numbers stay, want about 7500", kept)
	}
	dx := d.Backward(x)
	if !sameBits(dx, y) {
		t.Error("the gradient must pass just where the numbers passed, as much larger")
	}
	if again := d.Forward(x, true); sameBits(again, y) {
		t.Error("the second forward pass has the mask of the first")
	}
	if d.Draws = 0; !sameBits(d.Forward(x, true), y) {
		t.Error("the same Seed and Draws must give the same mask")
	}
	draws := d.Draws
	if rest := d.Forward(x, false); !sameBits(rest, x) || d.Draws != draws {
		t.Error("not training, x must pass as it is and nothing be drawn")
	}
	if dx := d.Backward(x); !sameBits(dx, x) {
		t.Error("not training, dy must pass as it is")
	}
	twin := nn.Clone(d).(*nn.Dropout)
	if !sameBits(twin.Forward(x, true), d.Forward(x, true)) {
		t.Error("a clone must go on from where the original stands")
	}
	for _, share := range []float64{-0.1, 1, math.NaN()} {
		mistakeOf(t, "share", func() { nn.NewDropout(share, 1) })
	}
}
