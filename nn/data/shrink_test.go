package data

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestShrinkByHand(t *testing.T) {
	s := &Set{Name: "s", H: 2, W: 3, C: 1, Classes: []string{"a"}, Labels: []int{0}, Pixels: []uint8{
		30, 60, 90,
		0, 120, 240,
	}}
	// Left: (2*30 + 60 + 2*0 + 120)/6 = 40; right: (60 + 2*90 + 120 + 2*240)/6 = 140.
	if got := s.Shrink(1, 2); !slices.Equal(got.Pixels, []uint8{40, 140}) || got.H != 1 || got.W != 2 {
		t.Errorf("got %v of %v, want 40 and 140", got.Pixels, got)
	}
	if got := s.Shrink(2, 3).Pixels; !slices.Equal(got, s.Pixels) {
		t.Errorf("the same size gives %v", got)
	}
	if got := s.Name; got != "s" {
		t.Errorf("the large set is now called %q", got)
	}
}

// TestShrinkAgainstFineGrid cuts every pixel into so many small ones that old
// and new borders all lie on the fine grid, and averages these.
func TestShrinkAgainstFineGrid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := NoiseConfig{N: 2, H: rapid.IntRange(1, 9).Draw(t, "H"), W: rapid.IntRange(1, 9).Draw(t, "W"), C: rapid.IntRange(1, 3).Draw(t, "C"), Seed: rapid.Uint64().Draw(t, "seed")}
		large := Noise(cfg)
		h, w := rapid.IntRange(1, cfg.H).Draw(t, "h"), rapid.IntRange(1, cfg.W).Draw(t, "w")
		small := large.Shrink(h, w)
		for i := range large.Len() {
			for y := range h {
				for x := range w {
					for c := range cfg.C {
						sum := 0.0
						for fy := y * cfg.H; fy < (y+1)*cfg.H; fy++ {
							for fx := x * cfg.W; fx < (x+1)*cfg.W; fx++ {
								sum += float64(large.picture(i)[(fy/h*cfg.W+fx/w)*cfg.C+c])
							}
						}
						want := sum / float64(cfg.H*cfg.W)
						if got := float64(small.picture(i)[(y*w+x)*cfg.C+c]); math.Abs(got-want) > 0.5 {
							t.Fatalf("picture %d, row %d, column %d, channel %d: got %g, want %g", i, y, x, c, got, want)
						}
					}
				}
			}
		}
	})
}
