package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestTilesByFormula gives every tile small whole numbers, whose sums are exact in
// any order: c must be what the formula says, and the rest of it as it was.
func TestTilesByFormula(t *testing.T) {
	for _, set := range append(tileSets(), interpretedTiles()) {
		for _, tile := range slices.Concat(set.tiles...) {
			t.Run(fmt.Sprintf("%s/%dx%d", set.name, tile.rows, tile.cols), func(t *testing.T) {
				rapid.Check(t, func(t *rapid.T) { tile.check(t) })
			})
		}
	}
}

// check draws what a tile may be asked to do.
func (tile tile) check(t *rapid.T) {
	number := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
	random := rand.New(rand.NewPCG(10, rapid.Uint64().Draw(t, "seed")))
	rows := tile.rows * number("tiles", 1, 3)
	runs, length := make([]int, number("runs", 0, 3)), number("length", 1, 9)
	aStep, cStep := number("step of a", 0, 3), tile.cols+number("gap of c", 0, 3)
	const far = 50
	for i := range runs {
		runs[i] = random.IntN(far)
	}
	to, from := random.Perm(rows), make([]int, rows)
	for i := range to {
		to[i] *= cStep
		from[i] = random.IntN(far)
	}
	whole := func(n int) []float32 {
		s := make([]float32, n)
		for i := range s {
			s[i] = float32(random.IntN(9) - 4)
		}
		return s
	}
	a, b := whole(2*far+length*aStep), whole(len(runs)*length*tile.cols)
	got := whole(rows * cStep)
	want := slices.Clone(got)
	var gotStart, wantStart, bias []float32
	switch rapid.SampledFrom([]string{"nothing", "c", "other"}).Draw(t, "start") {
	case "c":
		gotStart, wantStart = got, want
	case "other":
		gotStart = whole(len(got))
		wantStart = gotStart
	}
	if rapid.Bool().Draw(t, "bias") {
		bias = whole(tile.cols)
	}
	relu, pace := rapid.Bool().Draw(t, "relu"), number("pace", 0, lineFloats)
	tile.run(got, gotStart, bias, a, b, to, from, runs, length, aStep, relu, a, pace)
	plainTile(tile.rows, tile.cols).run(want, wantStart, bias, a, b, to, from, runs, length, aStep, relu, a, pace)
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("c[%d] is %v, want %v", i, got[i], want[i])
		}
	}
}
