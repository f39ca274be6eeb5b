package viz

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"
)

// An echart is what the tests look at in an option.
type echart struct {
	Series []struct {
		Name, Type string
		XAxisIndex int
		ItemStyle  struct{ Color Role }
		LineStyle  struct{ Type string }
		EndLabel   struct{ Formatter string }
		MarkArea   struct{ Data [][2]struct{ YAxis float64 } }
		Data       []json.RawMessage
	}
	Grid         []json.RawMessage
	XAxis, YAxis []struct{ Min, Max float64 }
	VisualMap    []struct{ Min, Max float64 }
	Animation    bool
}

func parsed(t *testing.T, p Picture) echart {
	t.Helper()
	data, err := Option(p)
	if err != nil {
		t.Fatal(err)
	}
	e := echart{Animation: true}
	if err := json.Unmarshal(data, &e); err != nil {
		t.Fatalf("the option is not JSON: %v\n%s", err, data)
	}
	return e
}

// at reads a point: its name and its y in the axis's unit, NaN for a point off the axis.
func at(t *testing.T, raw json.RawMessage) (name string, y float64) {
	t.Helper()
	var p struct {
		Name  string
		Value []any
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		t.Fatal(err)
	}
	y, ok := p.Value[1].(float64)
	if !ok {
		y = math.NaN()
	}
	return p.Name, y
}

func TestOptionHasTheSameCurves(t *testing.T) {
	f := gradients()
	f.Series[1].Dashed = true
	f.Reference(8.75, "He et al. 2015")
	e := parsed(t, f)
	if len(e.Series) != 3 {
		t.Fatalf("%d series, want 2 curves and the reference", len(e.Series))
	}
	for i, want := range []struct {
		name, line string
		role       Role
	}{{"plain-56", "solid", Plain}, {"residual-56", "dashed", Residual}, {"He et al. 2015", "dashed", faint}} {
		s := e.Series[i]
		if s.Name != want.name || s.EndLabel.Formatter != want.name || s.ItemStyle.Color != want.role || s.LineStyle.Type != want.line {
			t.Errorf("series %d is %q in %s, %s, labelled %q; want %v", i, s.Name, s.ItemStyle.Color, s.LineStyle.Type, s.EndLabel.Formatter, want)
		}
	}
	name, y := at(t, e.Series[0].Data[0])
	if name != "690" || !near(y, math.Log10(690), 1e-9) {
		t.Errorf("the first point is %q at %g decades, want 690 at %g", name, y, math.Log10(690))
	}
	if e.Animation {
		t.Error("the chart moves unasked")
	}
}

func TestOptionShowsUnderflow(t *testing.T) {
	f := NewFigure("f").Axes("x", "y").LogY().Line("c", Plain, nil, []float64{0, 1e-3, 1})
	e := parsed(t, f)
	if len(e.Series) != 2 || e.Series[1].Type != "scatter" || len(e.Series[1].Data) != 1 {
		t.Fatalf("want a curve and one mark off the axis, got %d series", len(e.Series))
	}
	name, y := at(t, e.Series[1].Data[0])
	b := e.Series[0].MarkArea.Data
	if name != "too small for float32" || len(b) != 1 || y < b[0][0].YAxis || y > b[0][1].YAxis {
		t.Errorf("the mark %q stands at %g, the band is %v", name, y, b)
	}
	if b[0][1].YAxis >= -3 {
		t.Errorf("the band reaches up to %g, where 10⁻³ has its place", b[0][1].YAxis)
	}
	if _, y := at(t, e.Series[0].Data[0]); !math.IsNaN(y) {
		t.Errorf("the curve itself goes through %g", y)
	}
}

// ECharts' axis and the drawing put every value at the same height.
func TestOptionAgreesWithTheDrawing(t *testing.T) {
	f := NewFigure("f").Axes("x", "y").LogY().Line("c", Plain, nil, []float64{0, 1e-3, 1, math.Inf(1)})
	frame := f.layout(false).frames[0].(curveFrame)
	e := parsed(t, f)
	for _, v := range []float64{1e-3, 0.5, 1} {
		drawn := (frame.area.bottom() - frame.py(0, v)) / frame.area.h
		charted := (math.Log10(v) - e.YAxis[0].Min) / (e.YAxis[0].Max - e.YAxis[0].Min)
		if !near(drawn, charted, 1e-6) {
			t.Errorf("%g stands at %.4f of the height in the drawing, at %.4f in the chart", v, drawn, charted)
		}
	}
}

func TestOptionOfPanelsAndMaps(t *testing.T) {
	e := parsed(t, NewPanels("p").Add(gradients()).Add(gradients()))
	if len(e.Grid) != 2 || len(e.XAxis) != 2 || e.YAxis[0] != e.YAxis[1] || e.Series[2].XAxisIndex != 1 {
		t.Errorf("two panels must have a grid each and one scale; got %d grids, axes %v", len(e.Grid), e.YAxis)
	}
	h := ramps(-2, 4, 3)
	h.Values[0][0] = 0
	e = parsed(t, NewPanels("p").Add(h).Add(h))
	if len(e.VisualMap) != 1 || e.VisualMap[0].Min != -2 || e.VisualMap[0].Max != 1 {
		t.Errorf("two maps must share one bar from -2 to 1 decades: %v", e.VisualMap)
	}
	if n := len(e.Series[0].Data); n != 12 {
		t.Errorf("%d cells, want 12", n)
	}
	if first := string(e.Series[0].Data[0]); !strings.Contains(first, `"visualMap":false`) || !strings.Contains(first, "too small for float32") {
		t.Errorf("a cell too small is %s", first)
	}
}

func TestImageGridStaysStill(t *testing.T) {
	data, err := Option(NewImageGrid("g").Add("", [][]float64{{1}}))
	if err != nil || string(data) != "null" {
		t.Errorf("the option is %s, error %v", data, err)
	}
}

func TestScriptIsBuiltInOrNot(t *testing.T) {
	script := EChartsScript()
	_, err := os.Stat("page/dist/echarts.min.js")
	if built := err == nil; built != (script != "") {
		t.Errorf("the script lies in page/dist: %t; it is embedded: %t", built, script != "")
	}
	if script != "" && !strings.Contains(script, "Licensed to the Apache Software Foundation") {
		t.Error("the script has lost its licence")
	}
	if url := EChartsURL(); !strings.HasPrefix(url, "https://") || !strings.HasSuffix(url, "/echarts.min.js") {
		t.Errorf("the script would be loaded from %q", url)
	}
}

// The lock file must work for everyone, so it names no registry but the public one; and it must
// hold the one version that package.json asks for.
func TestLockFile(t *testing.T) {
	lock, err := os.ReadFile("page/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Packages map[string]struct {
			Version, Resolved, Integrity string
			Dependencies                 map[string]string
		}
	}
	if err := json.Unmarshal(lock, &file); err != nil {
		t.Fatal(err)
	}
	for name, p := range file.Packages {
		if p.Resolved != "" && !strings.HasPrefix(p.Resolved, "https://registry.npmjs.org/") {
			t.Errorf("%q comes from %s", name, p.Resolved)
		}
		if name != "" && p.Integrity == "" {
			t.Errorf("%q has no checksum", name)
		}
	}
	if got, want := file.Packages["node_modules/echarts"].Version, file.Packages[""].Dependencies["echarts"]; got != want || got == "" {
		t.Errorf("echarts is locked at %q, package.json asks for %q", got, want)
	}
}
