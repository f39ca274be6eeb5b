package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSoftmax(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	withPasses(t, func(t *testing.T) {
		for _, size := range [][2]int{{0, 3}, {1, 1}, {3, 2}, {5000, 10}, {2, 32}, {7, 33}, {300, 100}, {3, 20000}} {
			rows, columns := size[0], size[1]
			x, p := make([]float32, rows*columns), make([]float64, rows*columns)
			for i := range x {
				x[i] = float32(1e4 + 5*random.NormFloat64()) // too large for e^x alone
			}
			largest, logSum := make([]float64, rows), make([]float64, rows)
			Softmax(p, largest, logSum, x)
			for row := range rows {
				x, p := x[row*columns:][:columns], p[row*columns:][:columns]
				var sum, total float64
				for _, v := range x {
					sum += math.Exp(float64(v) - float64(slices.Max(x)))
				}
				for i, v := range x {
					want := math.Exp(float64(v)-float64(slices.Max(x))) / sum
					if logShare := float64(v) - largest[row] - logSum[row]; math.Abs(p[i]-want) > 1e-13*want || math.Abs(logShare-math.Log(want)) > 1e-11 {
						t.Fatalf("%v: share %d of row %d is %v with the logarithm %v, want %v", size, i, row, p[i], logShare, want)
					}
					total += p[i]
				}
				if math.Abs(total-1) > 1e-12 {
					t.Errorf("%v: the shares of row %d have the sum %v", size, row, total)
				}
			}
		}
		// Scores that have no shares make shares that are no numbers, never wrong ones.
		for _, bad := range []float64{math.NaN(), math.Inf(1)} {
			if p := sharesOf(0, 0, float32(bad), 0); p[2] == p[2] {
				t.Errorf("a score of %v has the share %v", bad, p[2])
			}
		}
		if p := sharesOf(1, float32(math.Inf(-1)), 1); !slices.Equal(p, []float64{0.5, 0, 0.5}) {
			t.Errorf("scores of 1, -Inf, 1 have the shares %v, want 0.5, 0 and 0.5", p)
		}
	})
}

func sharesOf(x ...float32) []float64 {
	p := make([]float64, len(x))
	Softmax(p, []float64{0}, []float64{0}, x)
	return p
}
