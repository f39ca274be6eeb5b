package activations

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
)

func TestCollapseByHand(t *testing.T) {
	if w, b := collapse(2, 1, 3, 4); w != 6 || b != 7 {
		t.Errorf("got %vx + %v, want 6x + 7", w, b)
	}
}

// One layer does what two do, for any numbers.
func TestCollapseIsBoth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.Float64Range(-10, 10)
		w1, b1, w2, b2, x := draw.Draw(t, "w1"), draw.Draw(t, "b1"), draw.Draw(t, "w2"), draw.Draw(t, "b2"), draw.Draw(t, "x")
		w, b := collapse(w1, b1, w2, b2)
		if want := w2*(w1*x+b1) + b2; math.Abs(w*x+b-want) > 1e-9 {
			t.Fatalf("%v, and both %v", w*x+b, want)
		}
	})
}

func TestSigmoidByHand(t *testing.T) {
	for x, want := range map[float64]float64{0: 0.5, math.Log(3): 0.75, -math.Log(3): 0.25, 1000: 1, -1000: 0} {
		if got := sigmoid(x); math.Abs(got-want) > 1e-15 {
			t.Errorf("sigmoid(%v) = %v, want %v", x, got, want)
		}
	}
}

func TestReLUByHand(t *testing.T) {
	y, slope := relu(nn.FromSlice([]float32{-1, 0, 2, 3}, 2, 2))
	if !slices.Equal(y.Data, []float32{0, 0, 2, 3}) || !slices.Equal(slope.Data, []float32{0, 0, 1, 1}) || !slices.Equal(y.Shape, []int{2, 2}) {
		t.Errorf("got %v and %v", y, slope)
	}
}

// The solutions and the library compute the same, forwards and backwards.
func TestActivationsAreTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := nn.FromSlice(rapid.SliceOfN(rapid.Float32Range(-50, 50), 6, 6).Draw(t, "x"), 2, 3)
		ones := nn.FromSlice([]float32{1, 1, 1, 1, 1, 1}, 2, 3)
		y, slope := relu(x)
		library, smooth := nn.NewReLU(), nn.NewSigmoid()
		if !slices.Equal(y.Data, library.Forward(x, false).Data) || !slices.Equal(slope.Data, library.Backward(ones).Data) {
			t.Fatalf("another ReLU at %v", x.Data)
		}
		theirs := smooth.Forward(x, false)
		for i, v := range x.Data {
			if math.Abs(sigmoid(float64(v))-float64(theirs.Data[i])) > 1e-6 {
				t.Fatalf("sigmoid(%v) is %v, the library's %v", v, sigmoid(float64(v)), theirs.Data[i])
			}
		}
	})
}
