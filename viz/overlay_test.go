package viz_test

import (
	"image"
	"image/color"
	"testing"

	"reslab/viz"
)

// The largest number is reddest, half of it half as red, and the rest stays.
func TestOverlay(t *testing.T) {
	black := image.NewRGBA(image.Rect(3, 5, 7, 9)) // bounds may begin anywhere
	for i := range black.Pix {
		black.Pix[i] = []uint8{0, 0, 0, 255}[i%4]
	}
	out := viz.Overlay(black, [][]float64{{4, 2}, {0, -9}})
	red := func(x, y int) uint8 { return color.RGBAModel.Convert(out.At(x, y)).(color.RGBA).R }
	if out.Bounds() != image.Rect(0, 0, 4, 4) {
		t.Fatalf("bounds %v", out.Bounds())
	}
	if red(0, 0) != 161 || red(1, 1) != 161 || red(3, 0) != 81 || red(0, 3) != 0 || red(3, 3) != 0 {
		t.Errorf("red %d %d, %d, %d %d", red(0, 0), red(1, 1), red(3, 0), red(0, 3), red(3, 3))
	}
	out = viz.Overlay(black, [][]float64{{-1}})
	if red(0, 0) != 0 {
		t.Error("nothing above zero, and yet it is red")
	}
}
