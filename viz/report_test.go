package viz

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func sample() *Report {
	r := NewReport("Where does the gradient go?")
	r.Subtitle = "Two nets, one bool apart"
	r.Heading("At initialisation").Paragraph("Plain-56 gets 2,300 times more.").Note("Yang et al. 2019 prove it.")
	r.Picture(gradients()).Picture(ramps(-3, 4, 4)).Picture(NewImageGrid("digits").Add("7", [][]float64{{0, 1}}))
	r.Table(NewTable("What held", []string{"statement", "measured"}).Add([]string{"explodes", "2,300"}).Add([]string{"vanishes", "1.7×10⁻¹³"}))
	return r.Code("lab experiment run gradients").Files([]string{"gradients.csv"})
}

func pageOf(t *testing.T, r *Report, echarts string) string {
	t.Helper()
	page, err := r.html(echarts)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

func TestReportNeedsNoNetwork(t *testing.T) {
	fetching := regexp.MustCompile(`(?i)(\b(src|href|action|data)\s*=\s*["']?\s*(https?:)?//|url\(\s*["']?(https?:)?//|@import|<link|<iframe|\bfetch\(|XMLHttpRequest)`)
	for name, echarts := range map[string]string{"without the script": "", "with it": "var echarts = {}"} {
		page := pageOf(t, sample(), echarts)
		if found := fetching.FindString(page); found != "" {
			t.Errorf("%s the page fetches: %s", name, found)
		}
		if !strings.Contains(page, `content="default-src 'none';`) {
			t.Errorf("%s the page does not forbid the browser to fetch", name)
		}
	}
}

func TestScriptIsInsideOrOffered(t *testing.T) {
	const script = `var echarts = "</script><!--"`
	with, without := pageOf(t, sample(), script), pageOf(t, sample(), "")
	if strings.Contains(with, "<button") || strings.Contains(with, "https://") || !strings.Contains(with, "vizCharts.start();") {
		t.Error("with ECharts inside, the page must start by itself and offer nothing")
	}
	if strings.Count(with, "</script>") != strings.Count(with, "<script") {
		t.Error("the script ends before its end")
	}
	if !strings.Contains(without, `hidden>Make the charts interactive (loads a script from go-echarts.github.io)</button>`) ||
		!strings.Contains(without, `vizCharts.offer(document.getElementById("offer"), "https:`) || strings.Contains(without, "vizCharts.start();") {
		t.Error("without ECharts, the page must offer to load it, and not start")
	}
	still := NewReport("nothing to answer").Picture(NewImageGrid("g").Add("", [][]float64{{1}}))
	if page := pageOf(t, still, script); strings.Contains(page, "<script") {
		t.Error("a page without charts carries a script")
	}
}

func TestReportShowsTextAsItIs(t *testing.T) {
	const evil = `<img src=x onerror="alert(1)"> & "more"`
	f := gradients()
	f.Title, f.Subtitle, f.Source, f.Series[0].Name = evil, evil, evil, evil
	r := NewReport(evil).Heading(evil).Paragraph(evil).Note(evil).Code(evil).Files([]string{evil}).Picture(f)
	r.Subtitle = evil
	r.Table(NewTable(evil, []string{evil}).Add([]string{evil}))
	page := pageOf(t, r, "")
	if strings.Contains(page, "<img") {
		t.Errorf("a text became HTML: %s", page[strings.Index(page, "<img"):][:80])
	}
	if n := strings.Count(page, "&lt;img src=x"); n < 14 {
		t.Errorf("the text is shown only %d times", n)
	}
}

func TestReportFollowsThePage(t *testing.T) {
	page := pageOf(t, sample(), "")
	for _, want := range []string{
		"stroke:var(--viz-plain,#D55E00)", "fill:var(--viz-muted,#57606A)", "--viz-plain:#D55E00;", "prefers-color-scheme:dark",
		`<table>`, `<td class="number">2,300</td>`, `<td>explodes</td>`, `<a href="gradients.csv">`, `role="img" aria-label="The first layer of plain-56`,
		"data:image/png;base64,", "<h2>At initialisation</h2>", "<aside>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	svg, err := SVG(gradients())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(svg), "var(") {
		t.Error("a file of its own has no page to take its colours from")
	}
	for _, name := range []string{"font-family:Liberation", "image/jpg", "NaN"} {
		if strings.Contains(page, name) || strings.Contains(string(svg), name) {
			t.Errorf("there is %q in the drawing", name)
		}
	}
}

// TestReportFitsAPhone: what is wider than a phone is in the page twice, and each form has the option of its own width.
func TestReportFitsAPhone(t *testing.T) {
	page := pageOf(t, sample(), "")
	if wide, narrow := strings.Count(page, "viz-form viz-wide"), strings.Count(page, "viz-form viz-narrow"); wide != 2 || narrow != 2 {
		t.Errorf("of a figure, a heat map and a grid, %d are there for wide pages and %d for narrow ones", wide, narrow)
	}
	if !strings.Contains(page, `<div class="viz-form" style=`) {
		t.Error("the grid of images, which is the same on a phone, has more than one form")
	}
	for part := range strings.SplitSeq(page, `viz-form viz-narrow" style="--viz-width:`) {
		if strings.HasPrefix(part, "<!DOCTYPE") {
			continue
		}
		if width, _, _ := strings.Cut(part, "px"); width != "360" {
			t.Errorf("a chart for a phone is %s pixels wide", width)
		}
	}
	if n := strings.Count(page, `<script type="application/json">`); n != 4 {
		t.Errorf("there are %d options for 4 forms", n)
	}
}

// Each ink must be found again in what gonum writes, and none may be another's beginning.
func TestInksSurviveTheDrawing(t *testing.T) {
	f := NewFigure("f").Axes("x", "y").LogY()
	for _, k := range inks {
		f.Line(string(k.Role), k.Role, nil, []float64{1, 0, 2})
	}
	chart, err := Inline(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range inks {
		if !strings.Contains(chart.SVG, "stroke:var("+k.Name+","+string(k.Role)+")") {
			t.Errorf("%s does not follow the page", k.Name)
		}
	}
}

func TestReportMistakes(t *testing.T) {
	for name, r := range map[string]*Report{
		"nil picture": NewReport("r").Picture(nil),
		"nil table":   NewReport("r").Table(nil),
		"bad figure":  NewReport("r").Picture(NewFigure("f")),
		"short row":   NewReport("r").Table(NewTable("t", []string{"a", "b"}).Add([]string{"1"})),
	} {
		if _, err := r.HTML(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestNumericColumns(t *testing.T) {
	table := NewTable("t", []string{"name", "value", "mixed", "empty"}).
		Add([]string{"plain-56", "2,300", "5", ""}).
		Add([]string{"residual-56", "−1.7×10⁻¹³", "no", ""}).
		Add([]string{"20 layers deep here", "", "7", ""})
	var got []bool
	for i := range table.Columns {
		got = append(got, table.numeric(i))
	}
	if want := []bool{false, true, false, false}; !slices.Equal(got, want) {
		t.Errorf("columns of numbers: %v, want %v", got, want)
	}
}
