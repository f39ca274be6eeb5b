package viz

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// ECharts' script is not ours to commit. The folder page has a package.json that names the very
// version that go-echarts' host serves; `npm ci` there copies the script into page/dist, and the
// next build embeds it: reports are then interactive without a network. Without npm the folder
// holds only a placeholder, and reports offer a button that loads the script on request.

//go:embed page/dist
var dist embed.FS

// EChartsScript is ECharts' own script, or "" if it was not built in.
func EChartsScript() string {
	script, err := dist.ReadFile("page/dist/echarts.min.js")
	if err != nil {
		return ""
	}
	return string(script)
}

// EChartsURL is where go-echarts' users load the script from by default.
func EChartsURL() string {
	chart := charts.NewLine()
	chart.Validate()
	return chart.GetAssets().JSAssets.Values[0]
}

// option is the laid-out picture for ECharts. Every frame becomes a grid in the same place.
func option(p Picture, s *sheet) ([]byte, error) {
	o := &optionBuilder{sheet: s}
	for _, f := range s.frames {
		switch f := f.(type) {
		case curveFrame:
			o.addCurves(f)
		case heatFrame:
			o.addHeat(f)
		}
	}
	if o.grids == nil {
		return []byte("null"), nil
	}
	data, err := json.Marshal(o.json())
	if err != nil {
		return nil, fmt.Errorf("writing %s for ECharts: %w", p, err)
	}
	return data, nil
}

// These are go-echarts' own types with the fields that they lack.
type (
	series struct {
		charts.SingleSeries
		EndLabel *label `json:"endLabel,omitempty"`
	}
	label struct {
		opts.Label
		Offset     [2]float64 `json:"offset"`
		LineHeight float64    `json:"lineHeight"`
	}
	point struct {
		opts.ScatterData
		Label *label `json:"label,omitempty"`
	}
	title struct {
		opts.Title
		Padding int `json:"padding"`
	}
	area struct {
		opts.Grid
		Background Role `json:"backgroundColor,omitempty"`
		Border     int  `json:"borderWidth"`
	}
	yAxis struct {
		opts.YAxis
		// Main is where the axis rules, without the bands. ECharts ignores it; chart.js leaves
		// the bands without numbers.
		Main []float64 `json:"main,omitempty"`
	}
)

// An optionBuilder collects what the frames of a sheet add to one chart.
type optionBuilder struct {
	sheet      *sheet
	grids      []area
	xAxes      []opts.XAxis
	yAxes      []yAxis
	series     []series
	titles     []title
	visualMaps []map[string]any
}

// json is the finished option.
func (o *optionBuilder) json() map[string]any {
	for _, t := range o.sheet.texts {
		o.write(t)
	}
	trigger := "axis"
	if o.visualMaps != nil {
		trigger = "item"
	}
	chart := charts.NewLine()
	chart.XAxisList = o.xAxes
	chart.SetGlobalOptions(
		charts.WithAnimation(false), // nothing moves unasked
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: trigger}),
	)
	option := chart.JSON()
	option["title"], option["grid"], option["series"], option["yAxis"] = o.titles, o.grids, o.series, o.yAxes
	if o.visualMaps != nil {
		option["visualMap"] = o.visualMaps
		return option
	}
	option["toolbox"] = map[string]any{"right": 0, "top": 0, "feature": map[string]any{
		"dataZoom": map[string]any{"yAxisIndex": "none", "title": map[string]string{"zoom": "zoom into a part", "back": "undo zoom"}},
		"restore":  map[string]any{"title": "show all"},
	}}
	return option
}

// share is a place along x, as ECharts takes it: so that a page may choose another width.
func (o *optionBuilder) share(x float64) string { return fmt.Sprintf("%.3f%%", 100*x/o.sheet.w) }

func pixels(y float64) string { return strconv.FormatFloat(y, 'f', 1, 64) }

// write puts a line of text into the chart.
func (o *optionBuilder) write(t text) {
	align := "left"
	switch t.align {
	case 0.5:
		align = "center"
	case 1:
		align = "right"
	}
	o.titles = append(o.titles, title{Title: opts.Title{
		Title: t.text, Left: o.share(t.x), Top: pixels(t.y - t.style.size), TextAlign: align,
		TitleStyle: &opts.TextStyle{Color: string(t.role), FontSize: int(math.Round(t.style.size)), FontWeight: t.style.weight(), FontFamily: fontStack},
	}})
}

func (s style) weight() string {
	if s.bold {
		return "bold"
	}
	return "normal"
}

func (o *optionBuilder) addGrid(r rect, background Role) (index int) {
	o.grids = append(o.grids, area{Background: background, Grid: opts.Grid{
		Show: opts.Bool(background != ""), Left: o.share(r.x), Width: o.share(r.w), Top: pixels(r.y), Height: pixels(r.h),
	}})
	return len(o.grids) - 1
}

// add puts a series on a grid.
func (o *optionBuilder) add(s charts.SingleSeries, grid int, end *label) {
	s.XAxisIndex, s.YAxisIndex = grid, grid
	o.series = append(o.series, series{s, end})
}
