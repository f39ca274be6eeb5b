package data

import (
	"image"
	"image/color"
	"testing"
)

func TestGridByHand(t *testing.T) {
	s := &Set{Name: "s", H: 2, W: 2, C: 1, Classes: []string{"i"}, Labels: []int{0, 0}, Pixels: []uint8{10, 20, 30, 40, 50, 60, 70, 80}}
	grid := Grid(s, []int{1, 0})
	// Four times enlarged, two side by side: each cell 8 wide, 8 + label high.
	if want := image.Pt(2*gridMargin+2*8+gridGap, 2*gridMargin+8+gridLabel); grid.Bounds().Size() != want {
		t.Fatalf("size %v, want %v", grid.Bounds().Size(), want)
	}
	for at, want := range map[image.Point]uint8{
		{gridMargin, gridMargin}:                   50, // first pixel of picture 1 ...
		{gridMargin + 3, gridMargin + 3}:           50, // ... is 4x4
		{gridMargin + 4, gridMargin + 3}:           60,
		{gridMargin + 7, gridMargin + 7}:           80,
		{gridMargin + 8 + gridGap, gridMargin}:     10,
		{gridMargin + 8 + gridGap, gridMargin + 7}: 30,
		{gridMargin - 1, gridMargin}:               gridFrame.Y,
		{gridMargin + 8 + gridGap/2, gridMargin}:   255,
		{0, 0}:                                     255,
	} {
		if got := color.GrayModel.Convert(grid.At(at.X, at.Y)).(color.Gray).Y; got != want {
			t.Errorf("at %v: %d, want %d", at, got, want)
		}
	}
	ink := 0
	for y := gridMargin + 9; y < grid.Bounds().Dy(); y++ {
		for x := range gridMargin + 8 {
			if r, _, _, _ := grid.At(x, y).RGBA(); r < 0x9000 {
				ink++
			}
		}
	}
	if ink == 0 {
		t.Error("there is no label below the picture")
	}
}

func TestGridColumns(t *testing.T) {
	cell := image.Pt(100, 120)
	for n, want := range map[int]int{1: 1, 5: 5, 6: 3, 12: 4, 24: 6, 25: 7, 100: 13} {
		if got := gridColumns(n, cell); got != want {
			t.Errorf("%d pictures stand in %d columns, want %d", n, got, want)
		}
	}
}
