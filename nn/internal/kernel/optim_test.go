package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// stepCase holds what an optimiser has of some weights.
type stepCase struct {
	w, dw, m, v           []float32
	decay, momentum, rate float32
	adam                  [AdamTerms]float64
	room                  func(n int) []float32 // makes a copy
}

func newStepCase(random *rand.Rand, size int, numbers func(*rand.Rand, int) []float32) stepCase {
	c := stepCase{w: numbers(random, size), dw: numbers(random, size), m: numbers(random, size), v: numbers(random, size),
		decay: random.Float32(), momentum: random.Float32(), rate: random.Float32(), room: newFloats}
	for i := range c.v {
		c.v[i] *= c.v[i]
	}
	for i := range c.adam {
		c.adam[i] = random.Float64()
	}
	return c
}

// results takes a step of each kind and returns what has moved.
func (c stepCase) results() (moved [][]float32) {
	copied := func(x []float32) []float32 {
		y := c.room(len(x))
		copy(y, x)
		moved = append(moved, y)
		return y
	}
	SGDStep(copied(c.w), c.dw, c.decay, c.rate)
	MomentumStep(copied(c.w), c.dw, copied(c.m), c.decay, c.momentum, c.rate)
	NesterovStep(copied(c.w), c.dw, copied(c.m), c.decay, c.momentum, c.rate)
	AdamStep(copied(c.w), c.dw, copied(c.m), copied(c.v), &c.adam)
	return moved
}

// Every set of passes moves weights to the same bits as the plain loops.
func TestStepsGiveTheSameBits(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for _, size := range []int{0, 1, 31, 32, 33, 64, 999, 5000} {
		c := newStepCase(random, size, odd)
		was := elementwise
		elementwise = genericPasses
		want := c.results()
		elementwise = was
		withPasses(t, func(t *testing.T) {
			for i, got := range c.results() {
				if j := firstDifference(got, want[i]); j >= 0 {
					t.Fatalf("%d numbers, result %d: number %d is %v, want %v", size, i, j, got[j], want[i][j])
				}
			}
		})
	}
}

// The steps against their formulas, written down again with float64 throughout.
func TestStepsByFormula(t *testing.T) {
	const size = 100
	c := newStepCase(rand.New(rand.NewPCG(7, 8)), size, func(random *rand.Rand, n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(random.NormFloat64())
		}
		return x
	})
	decay, momentum, rate := float64(c.decay), float64(c.momentum), float64(c.rate)
	withPasses(t, func(t *testing.T) {
		got := c.results()
		for i := range size {
			w, dw, m, v := float64(c.w[i]), float64(c.dw[i]), float64(c.m[i]), float64(c.v[i])
			g := dw + decay*w
			next := momentum*m + g
			adamG := dw + c.adam[AdamCouple]*w
			adamM := c.adam[AdamBeta1]*m + c.adam[AdamNew1]*adamG
			adamV := c.adam[AdamBeta2]*v + c.adam[AdamNew2]*adamG*adamG
			adamW := c.adam[AdamKeep]*w - c.adam[AdamRate]*adamM/(math.Sqrt(c.adam[AdamUnbias2]*adamV)+c.adam[AdamEps])
			for k, want := range []float64{w - rate*g, w - rate*next, next, w - rate*(g+momentum*next), next, adamW, adamM, adamV} {
				if math.Abs(float64(got[k][i])-want) > 1e-6*(1+math.Abs(want)) {
					t.Fatalf("result %d: number %d is %v, want %v", k, i, got[k][i], want)
				}
			}
		}
	})
}
