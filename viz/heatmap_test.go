package viz

import (
	"image/color"
	"math"
	"strings"
	"testing"
)

func luminance(c color.RGBA) float64 {
	return 0.2126*float64(c.R) + 0.7152*float64(c.G) + 0.0722*float64(c.B)
}

func TestViridisGrowsLighter(t *testing.T) {
	last := -1.0
	for i := range 101 {
		l := luminance(shade(viridis, float64(i)/100))
		if l <= last {
			t.Fatalf("viridis grows darker at %d %%", i)
		}
		last = l
	}
	// Three entries of matplotlib's table that lie between our anchors.
	for entry, want := range map[int]color.RGBA{8: {71, 13, 96, 255}, 100: {42, 118, 142, 255}, 200: {112, 207, 87, 255}} {
		got := shade(viridis, float64(entry)/255)
		for _, d := range []int{int(got.R) - int(want.R), int(got.G) - int(want.G), int(got.B) - int(want.B)} {
			if d < -5 || d > 5 {
				t.Errorf("viridis entry %d is %v, matplotlib's %v", entry, got, want)
			}
		}
	}
}

func TestSignedColoursAreCentredOnZero(t *testing.T) {
	s := newColourScale(Axis{}, []float64{-1, 4}, true)
	if c := s.colour(0); min(c.R, c.G, c.B) < 240 {
		t.Errorf("zero is %v, not white", c)
	}
	if c := s.colour(-4); c.B < c.R {
		t.Errorf("negative is %v, not blue", c)
	}
	if c := s.colour(4); c.R < c.B {
		t.Errorf("positive is %v, not red", c)
	}
	if s.colour(-1) == s.colour(-4) {
		t.Error("-1 and -4 have the same colour: the scale must reach as far on both sides")
	}
}

func TestHeatMapCells(t *testing.T) {
	h := ramps(-2, 4, 3)
	h.Values[0][1], h.Values[3][2] = 0, math.Inf(1)
	f := h.layout(true).frames[0].(heatFrame)
	img := f.cells()
	at := func(r, c int) color.Color {
		w, h := img.Bounds().Dx()/3, img.Bounds().Dy()/4
		return img.At(c*w+w/2, r*h+h/2)
	}
	if at(0, 1) != absent.rgb() {
		t.Errorf("zero is drawn as %v, not as too small", at(0, 1))
	}
	if at(3, 2) != broken.rgb() {
		t.Errorf("an infinite cell is drawn as %v", at(3, 2))
	}
	if at(0, 0) != viridis[0].rgb() || at(3, 0) != viridis[len(viridis)-1].rgb() {
		t.Errorf("least and greatest are %v and %v, not the ends of viridis", at(0, 0), at(3, 0))
	}
	if at(1, 0) != shade(viridis, 1.0/3) {
		t.Error("a third of the decades is not a third of the colours")
	}
	words := ""
	for _, s := range drawn(t, h) {
		words += s.text + " "
	}
	for _, want := range []string{"too small for float32", "infinite or NaN", "norm", "layer", "step"} {
		if !strings.Contains(words, want) {
			t.Errorf("the drawing does not say %q; its texts are %s", want, words)
		}
	}
}

func TestHeatMapOfCounts(t *testing.T) {
	h := NewHeatMap("confusion", [][]float64{{1135, 0}, {7, 98}}).Axes("is", "said", "pictures").LogValue()
	h.Value.Floor, h.Value.FloorLabel, h.Counts = 1, "none", true
	h.RowNames, h.ColumnNames = []string{"a", "b"}, []string{"a", "b"}
	seen := map[string]int{}
	for _, s := range drawn(t, h) {
		seen[s.text]++
	}
	if seen["1,135"] != 1 || seen["7"] != 1 || seen["98"] != 1 || seen["0"] > 1 { // the 0 of 10⁰
		t.Errorf("the drawing has the texts %v", seen)
	}
	f := h.layout(true).frames[0].(heatFrame)
	if _, role := f.count(1135, 50, 50); role != onLight {
		t.Errorf("the number in a light cell is %s", role)
	}
	if _, role := f.count(7, 50, 50); role != onDark {
		t.Errorf("the number in a dark cell is %s", role)
	}
	if count, _ := f.count(1135, 20, 50); count != "" {
		t.Errorf("%q does not fit into 20 pixels", count)
	}
	h.Values[0][0] = 0.5
	if err := h.check(); err == nil || !strings.Contains(err.Error(), "no count") {
		t.Errorf("half a picture gave %v", err)
	}
}

func TestHeatMapRowNames(t *testing.T) {
	numbered := func(i int) string { return Number(float64(i + 1)) }
	if got := labelled(55, numbered, 6, 16); len(got) != 12 || got[0] != 0 || got[1] != 4 || got[2] != 9 {
		t.Errorf("of layers 1 to 55 the rows %v are labelled, want 1, 5, 10, ...", got)
	}
	named := func(i int) string { return "conv" }
	if got := labelled(7, named, 6, 16); len(got) != 2 || got[1] != 5 {
		t.Errorf("of 7 names the rows %v are labelled, want every fifth", got)
	}
}

func TestHeatMapDescription(t *testing.T) {
	got := ramps(-2, 4, 3).Description()
	if want := "Least: 0.01 at layer 0, step 0. Greatest: 10 at layer 3, step 0."; !strings.Contains(got, want) {
		t.Errorf("the description lacks %q: %s", want, got)
	}
}

func TestImageGrid(t *testing.T) {
	g := NewImageGrid("two pictures").Add("dark", [][]float64{{0, 0}}).Add("light", [][]float64{{1, 1}, {1, math.NaN()}})
	frames := g.layout(true).frames
	if len(frames) != 2 || g.Len() != 2 {
		t.Fatalf("%d pictures are drawn", len(frames))
	}
	dark, light := frames[0].(tileFrame), frames[1].(tileFrame)
	if dark.picture.At(0, 0) != (color.RGBA{0, 0, 0, 255}) || light.picture.At(0, 0) != (color.RGBA{255, 255, 255, 255}) {
		t.Error("pictures of one grid must share black and white")
	}
	if b := light.picture.Bounds().Max; light.picture.At(b.X-1, b.Y-1) != broken.rgb() {
		t.Error("NaN is not drawn as such")
	}
	if dark.area.w != light.area.w || dark.area.h*2 != light.area.h {
		t.Errorf("areas %v and %v: pixels must be equally large", dark.area, light.area)
	}
}
