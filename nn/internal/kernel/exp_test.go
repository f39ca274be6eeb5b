package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The powers of every set of passes have the same bits, and are those of math.Exp to
// two units in the last place.
func TestExponentials(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	x := []float32{0, float32(math.Copysign(0, -1)), -1e-45, -1, -87, -88, -104, -700, -707.9999, -708, -708.0001, -745, -1e10, -3e38, float32(math.Inf(-1)), float32(math.NaN())}
	for len(x) < 4096 {
		x = append(x, -float32(random.ExpFloat64()*math.Exp(random.Float64()*8-4)))
	}
	want := make([]float64, len(x))
	exponentials(want, x, 0)
	for i, v := range x {
		exact := math.Exp(float64(v))
		if v < leastPower {
			exact = 0
		}
		if ulp := math.Nextafter(exact, 2) - exact; math.Abs(want[i]-exact) > 2*ulp {
			t.Errorf("e^%v is %v, want %v", v, want[i], exact)
		}
	}
	withPasses(t, func(t *testing.T) {
		got := make([]float64, len(x))
		elementwise.exponentials(got, x, 0)
		for i := range got {
			if math.Float64bits(got[i]) != math.Float64bits(want[i]) && (got[i] == got[i] || want[i] == want[i]) {
				t.Fatalf("e^%v is %v, want %v", x[i], got[i], want[i])
			}
		}
	})
}

// Both curves are those of package math, rounded to float32, or next to it.
func TestCurves(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	x := []float32{0, float32(math.Copysign(0, -1)), 1e-45, -1e-45, 9.9e-5, 1e-4, 1.01e-4, -1e-4, -1.01e-4, 20, -20, -87, 88, -88, -103, 104, -104, 708, -709, 3e38, -3e38,
		float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN())}
	for len(x) < 4096 {
		x = append(x, float32(random.NormFloat64()*math.Exp(random.Float64()*16-10)))
	}
	for _, curve := range []struct {
		name  string
		pass  func(y, x []float32)
		exact func(x float64) float64
	}{
		{"sigmoid", Sigmoid, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }},
		{"tanh", Tanh, math.Tanh},
	} {
		withPasses(t, func(t *testing.T) {
			y := make([]float32, len(x))
			curve.pass(y, x)
			for i, v := range x {
				want := float32(curve.exact(float64(v)))
				near := y[i] == want || y[i] == math.Nextafter32(want, -2) || y[i] == math.Nextafter32(want, 2) || want != want && y[i] != y[i]
				if !near || math.Signbit(float64(y[i])) != math.Signbit(float64(want)) && want == want {
					t.Errorf("%s of %v is %v, want %v", curve.name, v, y[i], want)
				}
			}
		})
	}
}
