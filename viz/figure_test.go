package viz

import (
	"bytes"
	"image/png"
	"math"
	"strings"
	"sync"
	"testing"
)

func TestTenTimesIsOneDecadeHigher(t *testing.T) {
	f := NewFigure("decades").Axes("x", "y").LogY().Line("c", Green, nil, []float64{0.01, 0.1, 1, 10, 100})
	points := curve(t, drawn(t, f), Green)
	if len(points) != 5 {
		t.Fatalf("%d points are drawn, want 5", len(points))
	}
	decade := points[0][1] - points[1][1]
	if decade < 20 {
		t.Errorf("a decade is %.1f pixels high: the larger value must stand clearly higher", decade)
	}
	for i := 1; i < 5; i++ {
		if got := points[i-1][1] - points[i][1]; !near(got, decade, 0.05) {
			t.Errorf("decade %d is %.2f pixels high, the first one %.2f", i, got, decade)
		}
	}
}

func TestLinearAxisIsLinear(t *testing.T) {
	f := NewFigure("lines").Axes("x", "y").Line("c", Green, []float64{0, 1, 4}, []float64{-1, 1, 7})
	p := curve(t, drawn(t, f), Green)
	slope := func(a, b [2]float64) float64 { return (b[1] - a[1]) / (b[0] - a[0]) }
	if !near(slope(p[0], p[1]), slope(p[1], p[2]), 0.005) || slope(p[0], p[1]) >= 0 {
		t.Errorf("the points of a straight line are drawn at %v", p)
	}
}

func TestSwappedSeriesSwapColours(t *testing.T) {
	a, b := gradients(), gradients()
	b.Series[0].Role, b.Series[1].Role = Residual, Plain
	one, two := drawn(t, a), drawn(t, b)
	if got, want := curve(t, two, Residual), curve(t, one, Plain); got[0] != want[0] {
		t.Errorf("the exploding curve starts at %v in vermilion, at %v in blue", want[0], got[0])
	}
	if curve(t, one, Plain)[0][1] >= curve(t, one, Residual)[0][1] {
		t.Error("the exploding curve must start above the flat one")
	}
}

func TestZeroAndUnderflowStandOnTheBand(t *testing.T) {
	f := NewFigure("vanishing").Axes("layer", "norm").LogY().
		Line("plain", Plain, nil, []float64{0, 1e-46, 1e-40, 1e-20, 1}).
		Line("residual", Residual, nil, []float64{0.1, 0.2, 0, 0.3, 0.2})
	list := drawn(t, f)
	bands := filled(list, band)
	if len(bands) != 1 {
		t.Fatalf("%d bands are drawn, want 1", len(bands))
	}
	top, bottom := span(bands[0])
	for role, want := range map[Role]int{Plain: 2, Residual: 1} {
		marks := filled(list, role)
		if len(marks) != want {
			t.Errorf("%d marks of %s are drawn, want %d", len(marks), role, want)
		}
		for _, m := range marks {
			if a, b := span(m); a < top || b > bottom {
				t.Errorf("a mark of %s reaches from %.1f to %.1f, the band only from %.1f to %.1f", role, a, b, top, bottom)
			}
		}
	}
	if line := curve(t, list, Plain); len(line) != 3 {
		t.Errorf("the line joins %d points, want the 3 that the axis can show", len(line))
	} else if _, lowest := span(line); lowest >= top {
		t.Errorf("the point 1e-40 is drawn at %.1f, on the band that starts at %.1f", lowest, top)
	}
	words := ""
	for _, s := range list {
		words += s.text + " "
	}
	if !strings.Contains(words, "too small for float32") {
		t.Errorf("the band is not named; the texts are: %s", words)
	}
}

func TestFloorIsTheCallersChoice(t *testing.T) {
	f := NewFigure("floor").Axes("x", "y").LogY().Line("c", Green, nil, []float64{1e-9, 1e-5, 1})
	f.Y.Floor = 1e-8
	if got := len(filled(drawn(t, f), Green)); got != 1 {
		t.Errorf("%d marks on the band, want 1", got)
	}
	if got := f.Y.floorLabel(); got != "below 1×10⁻⁸" {
		t.Errorf("the band is called %q", got)
	}
}

func TestInfiniteAndNaNStandAboveTheAxis(t *testing.T) {
	f := NewFigure("overflow").Axes("step", "loss").Line("c", Plain, nil, []float64{2, 3, math.Inf(1), math.NaN(), math.Inf(-1)})
	list := drawn(t, f)
	marks := filled(list, Plain)
	if len(marks) != 3 {
		t.Fatalf("%d marks, want 3", len(marks))
	}
	highest, _ := span(curve(t, list, Plain))
	for _, m := range marks {
		if _, bottom := span(m); bottom >= highest {
			t.Errorf("a mark at %.1f is not above the curve at %.1f", bottom, highest)
		}
	}
}

func TestAllPointsOffTheAxis(t *testing.T) {
	f := NewFigure("nothing left").Axes("x", "y").LogY().Line("c", Plain, nil, []float64{0, 0, math.Inf(1)})
	if got := len(filled(drawn(t, f), Plain)); got != 3 {
		t.Errorf("%d marks, want 3", got)
	}
}

func TestSinglePointIsADot(t *testing.T) {
	f := NewFigure("one").Axes("x", "y").Line("c", Green, []float64{3}, []float64{7})
	if len(filled(drawn(t, f), Green)) != 1 {
		t.Error("a curve of one point is invisible")
	}
}

func TestReferenceIsDashedAndNamed(t *testing.T) {
	f := gradients().Reference(8.75, "He et al. 2015")
	var line, name bool
	for _, s := range drawn(t, f) {
		line = line || strings.Contains(s.style, "stroke:"+string(faint)) && strings.Contains(s.style, "dasharray:6,4")
		name = name || s.text == "He et al. 2015"
	}
	if !line || !name {
		t.Errorf("reference line drawn: %t, its source written: %t", line, name)
	}
}

func TestLabelsDoNotOverlap(t *testing.T) {
	f := NewFigure("five curves end at the same place").Axes("x", "y")
	names := []string{"one", "two", "three", "four", "five"}
	for i, role := range []Role{Plain, Residual, Green, Purple, Orange} {
		f.Line(names[i], role, nil, []float64{float64(i), 1 + 0.001*float64(i)})
	}
	var at []float64
	for _, name := range names {
		for _, s := range drawn(t, f) {
			if s.text == name {
				at = append(at, s.y)
			}
		}
	}
	if len(at) != 5 {
		t.Fatalf("%d of 5 names are written", len(at))
	}
	for i := 1; i < 5; i++ {
		if at[i-1]-at[i] < endStyle.size {
			t.Errorf("the names of curves %d and %d stand at %.1f and %.1f: they overlap, or are out of order", i-1, i, at[i-1], at[i])
		}
	}
}

func TestTitleIsEscaped(t *testing.T) {
	f := gradients()
	f.Title = `<script>alert("1 & 2")</script>`
	f.Series[0].Name = "<b>"
	found := false
	for _, s := range drawn(t, f) { // fails on what is not XML
		if s.name == "script" || s.name == "b" {
			t.Errorf("the SVG has an element <%s>", s.name)
		}
		found = found || s.text == "<b>"
	}
	if !found {
		t.Error("the name of the curve is not written as it is")
	}
}

func TestPNGHasTwoPixelsForEachOfThePage(t *testing.T) {
	f := gradients()
	f.Width, f.Height = 300, 100
	data, err := PNG(f)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	s := f.layout(true)
	if got := img.Bounds().Dx(); got != int(2*s.w) {
		t.Errorf("the PNG is %d pixels wide, want %d", got, int(2*s.w))
	}
	// At the first point of the plain curve there is vermilion.
	frame := s.frames[0].(curveFrame)
	x, y := frame.px(1), frame.py(0, f.Series[0].Y[0])
	if c := img.At(int(2*x)+2, int(2*y)+1); c != Plain.rgb() {
		t.Errorf("the first point of the plain curve is %v, want %v", c, Plain.rgb())
	}
}

func TestDescriptionSaysWhereCurvesStartAndEnd(t *testing.T) {
	f := gradients()
	f.Series[1].Y[0] = 0
	got := f.Description()
	for _, want := range []string{"plain-56: 690 at 1, 0.3 at 55", "residual-56: too small for float32 at 1"} {
		if !strings.Contains(got, want) {
			t.Errorf("the description lacks %q: %s", want, got)
		}
	}
}

func TestMistakesInFigures(t *testing.T) {
	one := []float64{1}
	for name, c := range map[string]struct {
		picture Picture
		want    string
	}{
		"nil":           {nil, "no picture"},
		"no curves":     {NewFigure("f"), "no curves"},
		"lengths":       {NewFigure("f").Line("c", Plain, []float64{1, 2}, one), "2 x values for 1 y"},
		"no points":     {NewFigure("f").Line("c", Plain, nil, nil), "no points"},
		"colour":        {NewFigure("f").Line("c", "red", nil, one), `colour "red"`},
		"negative log":  {NewFigure("f").LogY().Line("c", Plain, nil, []float64{-1}), "only magnitudes"},
		"x":             {NewFigure("f").Line("c", Plain, []float64{math.NaN()}, one), "x = NaN"},
		"reference":     {NewFigure("f").LogY().Line("c", Plain, nil, one).Reference(0, "zero"), "reference line at 0"},
		"no panels":     {NewPanels("p"), "empty"},
		"mixed panels":  {NewPanels("p").Add(gradients()).Add(ramps(0, 2, 2)), "mix kinds"},
		"nested panels": {NewPanels("p").Add(NewPanels("q")), "mix kinds"},
		"log in one":    {NewPanels("p").Add(gradients()).Add(NewFigure("f").Line("c", Plain, nil, one)), "FreeY"},
		"empty map":     {NewHeatMap("h", nil), "no values"},
		"ragged map":    {NewHeatMap("h", [][]float64{{1, 2}, {1}}), "1 values in row 1"},
		"row names":     {&HeatMap{Title: "h", Values: [][]float64{{1}}, RowNames: []string{"a", "b"}}, "2 row names for 1 rows"},
		"signed log":    {&HeatMap{Title: "h", Values: [][]float64{{1}}, Signed: true, Value: Axis{Log: true}}, "choose one"},
		"negative map":  {NewHeatMap("h", [][]float64{{-1}}).LogValue(), "only magnitudes"},
		"no images":     {NewImageGrid("g"), "empty"},
		"empty image":   {NewImageGrid("g").Add("", nil), "no pixels"},
		"ragged image":  {NewImageGrid("g").Add("", [][]float64{{1, 2}, {1}}), "1 values in row 1"},
	} {
		t.Run(name, func(t *testing.T) {
			for back, draw := range map[string]func(Picture) ([]byte, error){"PNG": PNG, "SVG": SVG, "Option": Option} {
				if _, err := draw(c.picture); err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%s: the error is %v, want one with %q", back, err, c.want)
				}
			}
		})
	}
}

func TestManyAtOnce(t *testing.T) {
	f := gradients()
	f.Width, f.Height = 200, 60 // small: rasterising under the race detector is slow
	backs := []func(Picture) ([]byte, error){SVG, PNG, Option}
	alone := make([][]byte, len(backs))
	for i, draw := range backs {
		var err error
		if alone[i], err = draw(f); err != nil {
			t.Fatal(err)
		}
	}
	var group sync.WaitGroup
	for range 3 {
		for i, draw := range backs {
			group.Go(func() {
				if got, err := draw(f); err != nil || !bytes.Equal(got, alone[i]) {
					t.Errorf("drawn at the same time, the picture of back end %d differs (error %v)", i, err)
				}
			})
		}
	}
	group.Wait()
}
