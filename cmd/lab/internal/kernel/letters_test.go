package kernel

import (
	"regexp"
	"testing"

	"reslab/viz"
)

// Tiles stand side by side while there is room, and rows of them below each other.
func TestGridInLetters(t *testing.T) {
	wide := make([]float64, 70)
	wide[0] = 1
	g := viz.NewImageGrid("Three").
		Add("a", [][]float64{{0, 1}, {1, 0}, {0, 0}, {1, 1}}).
		Add("bcd", [][]float64{{1, 0}, {0, 1}}).
		Add("e", [][]float64{wide})
	got := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(gridLetters(g), "")
	row := regexp.MustCompile(`^Three\na   bcd\n▀▀  ▀▀ \n▀▀  ?\ne {69}\n▀{70}$`)
	if !row.MatchString(got) {
		t.Errorf("the grid in letters:\n%s", got)
	}
}
