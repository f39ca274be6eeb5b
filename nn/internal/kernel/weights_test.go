package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestTranspose compares with the definition, whatever is left beside blocks of eight.
func TestTranspose(t *testing.T) {
	eachTileSet(t, nil, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			number := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
			depth, width := number("depth", 1, 70), number("width", 1, 33)
			cols, distance := width+number("empty columns", 0, 9), depth+number("gap", 0, 5)
			from := draw(make([]float32, (width-1)*distance+depth), rand.New(rand.NewPCG(1, 1)))
			got, want := make([]float32, depth*cols+3), make([]float32, depth*cols+3)
			for i := range got {
				got[i], want[i] = 7, 7
			}
			for line := range depth {
				clear(want[line*cols:][:cols])
				for i := range width {
					want[line*cols+i] = from[i*distance+line]
				}
			}
			transpose(got, from, depth, cols, width, distance)
			if !slices.Equal(got, want) {
				t.Fatalf("got %v, want %v", got, want)
			}
		})
	})
}
