package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// eachWinograd runs the test with both forms on every kind of kernels that this
// machine has.
func eachWinograd(t *testing.T, test func(t *testing.T)) {
	mode, used := winogradMode, winogradUsed
	defer func() { winogradMode, winogradUsed = mode, used }()
	for _, set := range winogradSets() {
		for name, form := range map[string]Winograd{"F2": WinogradF2, "F4": WinogradF4} {
			winogradMode, winogradUsed = form, set
			t.Run(set.name+"/"+name, test)
		}
	}
}

// drawWinograd draws a convolution that Winograd's way can do.
func drawWinograd(t *rapid.T) Conv {
	draw := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
	channels := rapid.OneOf(rapid.IntRange(1, 10), rapid.SampledFrom([]int{16, 17, 32, 33, 48, 64}))
	c := Conv{N: draw("N", 0, 5), Kernel: 3, Stride: 1, Pad: draw("pad", 0, 2), Dilation: 1, Groups: 1}
	c.H, c.W = draw("H", 3-2*min(c.Pad, 1), 14), draw("W", 3-2*min(c.Pad, 1), 14)
	c.In, c.Out = channels.Draw(t, "in"), channels.Draw(t, "out")
	return c
}

func TestWinogradIsNaive(t *testing.T) {
	eachWinograd(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			random := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
			for _, op := range randomOperations(drawWinograd(t), random) {
				op.checkWinograd(t, random)
			}
		})
	})
}

// checkWinograd compares with the reference: no element may be further off than
// 5e-5 of the root mean square of all that are made of so many products.
func (op operation) checkWinograd(t *rapid.T, random *rand.Rand) {
	const tolerance = 5e-5
	got := draw(make([]float32, op.size), random)
	want := slices.Clone(got)
	op.fast(got)
	op.slow(want)
	limit := tolerance * math.Sqrt(float64(op.terms))
	for i := range want {
		if !(math.Abs(float64(got[i]-want[i])) <= limit) {
			t.Fatalf("%s: element %d is %v, want %v", op.name, i, got[i], want[i])
		}
	}
}
