package thousand

import (
	"math"
	"testing"

	"reslab/nn"

	"pgregory.net/rapid"
)

// All roads together are 2 to the power of the blocks, and as many of them avoid so
// many bodies as go through so many.
func TestRoadsAreAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		blocks := rapid.IntRange(0, 60).Draw(t, "blocks")
		counts, sum := roads(blocks), 0.0
		for k, n := range counts {
			sum += n
			if n != counts[blocks-k] {
				t.Errorf("%v roads of length %d, and %v of %d", n, k, counts[blocks-k], blocks-k)
			}
		}
		if want := math.Exp2(float64(blocks)); math.Abs(sum-want) > 1e-9*want {
			t.Errorf("together they are %v, want %v", sum, want)
		}
	})
}

// A net of residual blocks with linear bodies is the sum of its roads.
func TestBlocksAreTheSumOfRoads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		blocks, width := rapid.IntRange(0, 6).Draw(t, "blocks"), rapid.IntRange(1, 5).Draw(t, "width")
		chain, bodies := nn.NewSequential(), []nn.Layer{}
		for i := range blocks {
			bodies = append(bodies, nn.NewLinear(width, width))
			chain.Add(string(rune('a'+i)), nn.NewResidual(bodies[i], nil, true))
		}
		nn.Init(chain, rapid.Uint64().Draw(t, "seed"), nn.LeCun)
		x := nn.NewTensor(2, width)
		for i := range x.Data {
			x.Data[i] = float32(rapid.IntRange(-9, 9).Draw(t, "x"))
		}
		want := chain.Forward(x, false)
		for i, v := range everyRoad(bodies, x).Data {
			if math.Abs(float64(v-want.Data[i])) > 1e-4*(1+want.Norm()) {
				t.Fatalf("place %d is %v over the roads and %v through the blocks", i, v, want.Data[i])
			}
		}
	})
}
