package viz

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func labels(list []tick) []string {
	var out []string
	for _, t := range list {
		out = append(out, t.label)
	}
	return out
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		name   string
		axis   Axis
		values []float64
		tight  bool
		want   []string
	}{
		{"decades", Axis{Log: true}, []float64{0.02, 700}, false, []string{"10⁻²", "10⁻¹", "10⁰", "10¹", "10²", "10³"}},
		{"exact powers", Axis{Log: true}, []float64{1000, 1}, false, []string{"10⁰", "10¹", "10²", "10³"}},
		{"one value", Axis{Log: true}, []float64{5}, false, []string{"10⁰", "10¹"}},
		{"all of float32", Axis{Log: true}, []float64{Float32, 1}, false, []string{"10⁻⁴⁰", "10⁻³⁰", "10⁻²⁰", "10⁻¹⁰", "10⁰"}},
		{"loss", Axis{}, []float64{0.1, 2.3}, false, []string{"0.0", "0.5", "1.0", "1.5", "2.0", "2.5"}},
		{"far from zero", Axis{}, []float64{92, 98}, false, []string{"92", "93", "94", "95", "96", "97", "98"}},
		{"signed", Axis{}, []float64{-0.5, 0.5}, false, []string{"−0.6", "−0.4", "−0.2", "0.0", "0.2", "0.4", "0.6"}},
		{"layers", Axis{}, []float64{1, 55}, true, []string{"10", "20", "30", "40", "50"}},
		{"few layers", Axis{}, []float64{1, 2, 3}, true, []string{"1", "2", "3"}},
		{"steps", Axis{}, []float64{0, 64000}, true, []string{"0", "20,000", "40,000", "60,000"}},
		{"wish", Axis{To: 1}, []float64{0.2, 0.4}, false, []string{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"}},
		{"tiny", Axis{}, []float64{0, 3e-7}, false, []string{"0", "5×10⁻⁸", "1×10⁻⁷", "1.5×10⁻⁷", "2×10⁻⁷", "2.5×10⁻⁷", "3×10⁻⁷"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := labels(newScale(c.axis, c.values, c.tight).ticks()); !slices.Equal(got, c.want) {
				t.Errorf("the axis reads %q, want %q", got, c.want)
			}
		})
	}
}

func TestEndsOfLayersAreLabelled(t *testing.T) {
	got := labels(newScale(Axis{}, []float64{1, 55}, true).ticksWithEnds())
	if want := []string{"1", "10", "20", "30", "40", "50", "55"}; !slices.Equal(got, want) {
		t.Errorf("the axis reads %q, want %q", got, want)
	}
	got = labels(newScale(Axis{}, []float64{0.123, 5.789}, true).ticksWithEnds())
	if want := []string{"1", "2", "3", "4", "5"}; !slices.Equal(got, want) {
		t.Errorf("the axis reads %q, want %q: no end may be rounded", got, want)
	}
}

// Whatever the values, the scale holds all that have a place on it, and two labels at least.
func TestScaleHoldsItsValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		axis := Axis{Log: rapid.Bool().Draw(t, "log")}
		values := rapid.SliceOfN(rapid.Float64Range(-1e30, 1e30), 1, 20).Draw(t, "values")
		if axis.Log {
			for i, v := range values {
				values[i] = math.Abs(v)
			}
		}
		s := newScale(axis, values, rapid.Bool().Draw(t, "tight"))
		if !(s.lo < s.hi) || !(s.step > 0) {
			t.Fatalf("the scale runs from %g to %g by %g", s.lo, s.hi, s.step)
		}
		slack := (s.hi - s.lo) * 1e-6
		for _, v := range values {
			if u := axis.unit(v); axis.side(v) == on && (u < s.lo-slack || u > s.hi+slack) {
				t.Fatalf("%g lies outside of %g to %g", u, s.lo, s.hi)
			}
		}
		if n := len(s.ticks()); n > 12 {
			t.Fatalf("%d labels crowd the axis", n)
		}
	})
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 1: "1", 0.97: "0.97", 0.0123: "0.0123", 0.00123: "0.00123", 12.345: "12.3", 99.95: "100", 999.4: "999", 999.6: "1,000",
		2317: "2,320", 123456: "123,000", 999400: "999,000", 999600: "1×10⁶", 6.7e6: "6.7×10⁶", 1.7e-13: "1.7×10⁻¹³", 2.8e-36: "2.8×10⁻³⁶",
		-2300: "−2,300", math.Inf(1): "infinite", math.Inf(-1): "−infinite",
	} {
		if got := Number(v); got != want {
			t.Errorf("Number(%g) = %q, want %q", v, got, want)
		}
	}
	if got := Number(math.NaN()); got != "NaN" {
		t.Errorf("Number(NaN) = %q", got)
	}
}

func TestMatrix(t *testing.T) {
	got := Matrix([]float32{1, 2, 3, 4, 5, 6}, 3)
	if len(got) != 2 || !slices.Equal(got[0], []float64{1, 2, 3}) || !slices.Equal(got[1], []float64{4, 5, 6}) {
		t.Errorf("Matrix of six numbers in columns of three is %v", got)
	}
}
