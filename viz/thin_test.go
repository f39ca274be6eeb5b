package viz

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestThin(t *testing.T) {
	y := make([]float64, 10000)
	for i := range y {
		y[i] = math.Sin(float64(i) / 500)
	}
	y[7777] = 9 // a single peak
	y[3333] = -9
	fig := NewFigure("f").Line("long", Plain, nil, y).Line("short", Residual, nil, []float64{1, 2, 3})
	thin := Thin(fig, 1000).(*Figure)
	long := thin.Series[0]
	if len(long.Y) > 1000 || len(long.Y) < 500 || !slices.Contains(long.Y, 9.0) || !slices.Contains(long.Y, -9.0) {
		t.Errorf("%d points are left, the extremes %v to %v", len(long.Y), slices.Min(long.Y), slices.Max(long.Y))
	}
	if len(thin.Series[1].Y) != 3 || len(fig.Series[0].Y) != 10000 {
		t.Error("the short curve or the figure itself has changed")
	}
	panels := Thin(NewPanels("p").Add(fig), 100).(*Panels)
	if n := len(panels.Pictures[0].(*Figure).Series[0].Y); n > 100 {
		t.Errorf("%d points are left in a panel", n)
	}
	heat := NewHeatMap("h", [][]float64{{1}})
	if Thin(heat, 10) != Picture(heat) {
		t.Error("a heat map was changed")
	}
}

func TestThinKeepsOrderAndExtremes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.SliceOfN(rapid.Float64Range(-1e3, 1e3), 1, 300).Draw(t, "y")
		most := rapid.IntRange(1, 200).Draw(t, "most")
		x := make([]float64, len(y))
		for i := range x {
			x[i] = float64(i)
		}
		got := Series{X: x, Y: y}.thin(most)
		if len(got.Y) > max(most, 4) || !slices.IsSorted(got.X) {
			t.Fatalf("%d points for %d, at %v", len(got.Y), most, got.X)
		}
		if slices.Max(got.Y) != slices.Max(y) || slices.Min(got.Y) != slices.Min(y) {
			t.Fatal("an extreme is lost")
		}
		if got.X[0] != 0 || got.X[len(got.X)-1] != x[len(x)-1] {
			t.Fatal("an end is lost")
		}
	})
}
