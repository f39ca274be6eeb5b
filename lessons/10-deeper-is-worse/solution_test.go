package deeper

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
)

// The chain rule, found again by nudging the input of each layer.
func TestOnTheWayBackIsWhatNudgesSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slopes := rapid.SliceOfN(rapid.Float64Range(-2, 2), 1, 12).Draw(t, "slopes")
		for i, got := range onTheWayBack(slopes, 3) {
			through := func(x float64) float64 {
				for _, s := range slopes[i:] {
					x *= s
				}
				return 3 * x
			}
			if want := through(1.5) - through(0.5); math.Abs(got-want) > 1e-9*(1+math.Abs(want)) {
				t.Errorf("layer %d: %v, a nudge says %v", i, got, want)
			}
		}
	})
}

// The solution and the library give the same length.
func TestNormIsTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOfN(rapid.Float32Range(-1e3, 1e3), 1, 20).Draw(t, "gradient")
		g := nn.FromSlice(data, len(data))
		want := nn.GradientNorm([]*nn.Param{{Value: nn.NewTensor(len(data)), Grad: g, Trainable: true}})
		if got := norm(g); math.Abs(got-want) > 1e-9*(1+want) {
			t.Errorf("%v, the library %v", got, want)
		}
	})
}
