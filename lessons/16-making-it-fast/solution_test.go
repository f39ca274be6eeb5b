package fast

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Four products give what six give.
func TestTwoIsTheConvolution(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Float64Range(-100, 100)
		x, g := rapid.SliceOfN(number, 4, 4).Draw(t, "x"), rapid.SliceOfN(number, 3, 3).Draw(t, "g")
		count := 0
		y0, y1 := two(x, g, func(a, b float64) float64 { count++; return a * b })
		want0, want1 := x[0]*g[0]+x[1]*g[1]+x[2]*g[2], x[1]*g[0]+x[2]*g[1]+x[3]*g[2]
		if math.Abs(y0-want0) > 1e-8 || math.Abs(y1-want1) > 1e-8 || count != 4 {
			t.Fatalf("%v and %v with %d products, want %v and %v with 4", y0, y1, count, want0, want1)
		}
	})
}

// However many cores there are, the part that one does alone is the limit.
func TestSpeedupHasALimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		alone, cores := rapid.Float64Range(0.01, 1).Draw(t, "alone"), rapid.IntRange(1, 1000).Draw(t, "cores")
		if s := speedup(alone, cores); s < 1-1e-9 || s > 1/alone+1e-9 || s > float64(cores)+1e-9 {
			t.Fatalf("%v times as fast", s)
		}
	})
}
