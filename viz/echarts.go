package viz

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
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

// addCurves adds a figure. A log axis is linear in decades here: ECharts' own log axis rounds
// numbers below 1e-10 to zero. A point's name says what its value is.
func (o *optionBuilder) addCurves(f curveFrame) {
	index := o.addGrid(f.area, "")
	low, high := f.unitAt(f.area.bottom()), f.unitAt(f.area.y)
	o.xAxes = append(o.xAxes, f.xAxis(index))
	name := ""
	if f.place.first {
		name = strings.Join(f.axisName(), "\n")
	}
	o.yAxes = append(o.yAxes, yAxis{Main: []float64{f.y.lo, f.y.hi}, YAxis: opts.YAxis{
		Type: "value", GridIndex: index, Min: low, Max: high, MinInterval: f.y.step, MaxInterval: f.y.step,
		Name: name, NameLocation: "end", NameGap: 10,
		AxisLabel: f.y.axisLabel(low, high, f.place.first),
		AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: string(rule)}},
	}})
	first := len(o.series)
	for i := range f.fig.Series {
		o.addSeries(f, i, index)
	}
	o.series[first].MarkAreas = f.bands()
	for i, r := range f.fig.References {
		o.addReference(f, r, f.labels[len(f.fig.Series)+i], index)
	}
	for _, t := range f.notes() {
		o.write(t)
	}
}

// unitAt is the axis's unit at a height in pixels, bands included.
func (f curveFrame) unitAt(y float64) float64 {
	return f.y.lo + (f.main.bottom()-y)*(f.y.hi-f.y.lo)/f.main.h
}

func (f curveFrame) xAxis(index int) opts.XAxis {
	perPixel := (f.x.hi - f.x.lo) / (f.area.w - 2*inset)
	low, high := f.x.lo-inset*perPixel, f.x.hi+inset*perPixel
	return opts.XAxis{
		Type: "value", GridIndex: index, Min: low, Max: high,
		Name: f.fig.X.String(), NameLocation: "middle", NameGap: nameGap,
		AxisLabel: f.x.axisLabel(low, high, true),
		AxisLine:  &opts.AxisLine{Show: opts.Bool(true), OnZero: opts.Bool(false), LineStyle: &opts.LineStyle{Color: string(faint)}},
		SplitLine: &opts.SplitLine{Show: opts.Bool(false)},
	}
}

// nameGap is the distance of a horizontal axis from its name in pixels.
const nameGap = 26

// axisLabel labels powers of ten as "10^-3", for chart.js to raise. The very ends of the axis
// carry a label only where they are one of its ticks.
func (s scale) axisLabel(low, high float64, show bool) *opts.AxisLabel {
	isTick := func(at float64) types.Bool {
		k := at / s.step
		return opts.Bool(math.Abs(k-math.Round(k)) < 1e-9)
	}
	label := &opts.AxisLabel{
		Show: opts.Bool(show), Color: string(muted), FontFamily: fontStack, FontSize: int(tickStyle.size),
		ShowMinLabel: isTick(low), ShowMaxLabel: isTick(high),
	}
	if s.axis.Log {
		label.Formatter = "10^{value}"
	}
	return label
}

// bands marks where values stand that have no place on the axis.
func (f curveFrame) bands() *opts.MarkAreas {
	var data []any
	mark := func(b rect) {
		data = append(data, []any{map[string]float64{"yAxis": f.unitAt(b.bottom())}, map[string]float64{"yAxis": f.unitAt(b.y)}})
	}
	if f.under > 0 {
		mark(f.lowBand())
	}
	if f.over > 0 {
		mark(f.highBand())
	}
	if data == nil {
		return nil
	}
	return &opts.MarkAreas{Data: data, MarkAreaStyle: opts.MarkAreaStyle{ItemStyle: &opts.ItemStyle{Color: string(band)}}}
}

// addSeries adds a curve, and as a series of its own the points that have no place on the axis.
func (o *optionBuilder) addSeries(f curveFrame, i, index int) {
	s := f.fig.Series[i]
	var curve []opts.LineData
	var off []point
	for k := range s.Y {
		x, name := f.x.axis.unit(s.X[k]), f.y.axis.words(s.Y[k])
		where := f.y.axis.side(s.Y[k])
		if where == on {
			curve = append(curve, opts.LineData{Name: name, Value: []any{x, f.y.axis.unit(s.Y[k])}})
			continue
		}
		rotate := 0
		if where == under {
			rotate = 180
		}
		curve = append(curve, opts.LineData{Name: name, Value: []any{x, "-"}})
		off = append(off, point{ScatterData: opts.ScatterData{
			Name: name, Value: []any{x, f.unitAt(f.py(i, s.Y[k]))}, Symbol: "triangle", SymbolSize: 8, SymbolRotate: rotate,
		}})
	}
	end := f.labels[i].option()
	if f.y.axis.side(s.Y[len(s.Y)-1]) != on { // the curve ends on a band
		end.Position = "right"
		off[len(off)-1].Label, end = end, nil
	}
	line := lineSeries(s.Name, s.Role, 2, s.Dashed, curve)
	if s.Loose {
		line.LineStyle.Opacity = opts.Float(0)
	}
	line.ShowSymbol, line.Symbol, line.SymbolSize = opts.Bool(s.Dots || s.Loose || len(s.Y) == 1), "circle", 6
	o.add(line, index, end)
	if off != nil {
		o.add(charts.SingleSeries{Type: types.ChartScatter, Name: s.Name, Data: off, ItemStyle: &opts.ItemStyle{Color: string(s.Role)}}, index, nil)
	}
}

func lineSeries(name string, role Role, width float32, dashed bool, data []opts.LineData) charts.SingleSeries {
	kind := "solid"
	if dashed {
		kind = "dashed"
	}
	return charts.SingleSeries{
		Type: types.ChartLine, Name: name, Data: data,
		ItemStyle: &opts.ItemStyle{Color: string(role)},
		LineStyle: &opts.LineStyle{Color: string(role), Width: width, Type: kind},
	}
}

// option is the label for ECharts, moved from the curve's end as in the drawing.
func (l endLabel) option() *label {
	name := strings.Join(l.lines, "\n")
	return &label{
		Label: opts.Label{
			Show: opts.Bool(name != ""), Formatter: name, // ECharts takes no name for: the value
			Color: string(l.role), FontSize: float32(l.style.size), FontWeight: l.style.weight(), FontFamily: fontStack,
		},
		Offset:     [2]float64{l.x - l.fromX - 5, l.y - l.fromY}, // 5: ECharts' own distance
		LineHeight: l.style.lineHeight(),
	}
}

// addReference adds a reference line. It has a point wherever a curve has one, so that some of it
// is left in whatever part a reader zooms into.
func (o *optionBuilder) addReference(f curveFrame, r Reference, l endLabel, index int) {
	y := f.y.axis.unit(r.Y)
	at := []float64{o.xAxes[index].Min.(float64), o.xAxes[index].Max.(float64)}
	for _, x := range f.fig.xs() {
		at = append(at, f.x.axis.unit(x))
	}
	slices.Sort(at)
	var line []opts.LineData
	for _, x := range slices.Compact(at) {
		line = append(line, opts.LineData{Name: Number(r.Y), Value: []any{x, y}})
	}
	s := lineSeries(r.Source, faint, 1.2, true, line)
	s.ShowSymbol = opts.Bool(false)
	o.add(s, index, l.option())
}

// addHeat adds a heat map. Cells that have no place on the colour bar are excepted from it.
func (o *optionBuilder) addHeat(f heatFrame) {
	// Between cells that are not whole pixels wide, a little of what is behind shines through.
	index := o.addGrid(f.area, hex(f.colours.colour(f.heat.Values[len(f.heat.Values)/2][f.heat.columns()/2])))
	names := func(n int, name func(int) string) []string {
		list := make([]string, n)
		for i := range list {
			list[i] = name(i)
		}
		return list
	}
	axisLabel := func(show bool) *opts.AxisLabel {
		return &opts.AxisLabel{Show: opts.Bool(show), Color: string(muted), FontFamily: fontStack, FontSize: int(tickStyle.size)}
	}
	o.xAxes = append(o.xAxes, opts.XAxis{
		Type: "category", GridIndex: index, Data: names(f.heat.columns(), f.heat.columnName), AxisLabel: axisLabel(true),
		Name: f.heat.Columns.String(), NameLocation: "middle", NameGap: nameGap,
		AxisLine: &opts.AxisLine{Show: opts.Bool(false)},
	})
	name := ""
	if f.place.first {
		name = f.heat.Rows.String()
	}
	o.yAxes = append(o.yAxes, yAxis{YAxis: opts.YAxis{
		Type: "category", GridIndex: index, Data: names(len(f.heat.Values), f.heat.rowName), AxisLabel: axisLabel(f.place.first),
		Name: name, NameLocation: "start", NameGap: 10, // the axis is inverse: its start is on top
		Inverse: opts.Bool(true), AxisLine: &opts.AxisLine{Show: opts.Bool(false)},
	}})
	o.add(charts.SingleSeries{Type: types.ChartHeatMap, Name: f.heat.Title, Data: f.cellData()}, index, nil)
	for _, t := range f.notes() {
		o.write(t)
	}
	if f.place.last {
		o.addColourBar(f)
	}
}

// cellData lists the cells: column, row, where the colour bar has the value, the value in words.
func (f heatFrame) cellData() []any {
	var data []any
	w, h := f.area.w/float64(f.heat.columns()), f.area.h/float64(len(f.heat.Values))
	for r, row := range f.heat.Values {
		for c, v := range row {
			words := f.heat.words(v)
			switch f.colours.axis.side(v) {
			case on:
				cell := []any{c, r, math.Round(1e4*f.colours.axis.unit(v)) / 1e4, words}
				if count, role := f.count(v, w, h); count != "" {
					data = append(data, map[string]any{"value": cell, "label": map[string]any{"show": true, "formatter": count, "color": role, "fontFamily": fontStack, "fontSize": tickStyle.size}})
				} else {
					data = append(data, cell)
				}
			case under:
				data = append(data, f.exception(c, r, words, absent))
			case beyond:
				data = append(data, f.exception(c, r, words, broken))
			}
		}
	}
	return data
}

// exception is a cell with a colour of its own.
func (f heatFrame) exception(column, row int, words string, role Role) map[string]any {
	return map[string]any{
		"value": []any{column, row, f.colours.lo, words}, "visualMap": false, "itemStyle": map[string]any{"color": role},
	}
}

// addColourBar adds the colour bar of all heat maps since the last one, and its swatches.
func (o *optionBuilder) addColourBar(f heatFrame) {
	from := 0
	for _, m := range o.visualMaps {
		covered := m["seriesIndex"].([]int)
		from = covered[len(covered)-1] + 1
	}
	var covered []int
	for i := from; i < len(o.series); i++ {
		covered = append(covered, i)
	}
	bar, boxes := f.bar()
	const handle = 7.0 // ECharts' handles reach beyond the bar
	visual := map[string]any{
		"type": "continuous", "calculable": true, "seriesIndex": covered, "dimension": 2,
		"min": f.colours.lo, "max": f.colours.hi, "precision": max(0, 1-int(math.Floor(math.Log10(f.colours.step)))),
		"inRange": map[string]any{"color": f.colours.anchors},
		"left":    o.share(bar.x), "top": pixels(bar.y + handle), "itemWidth": bar.w, "itemHeight": bar.h - 2*handle, "padding": 0, "align": "left",
		"textStyle": map[string]any{"color": muted, "fontFamily": fontStack, "fontSize": tickStyle.size},
	}
	if f.colours.axis.Log {
		visual["formatter"] = "10^{value}"
	}
	o.visualMaps = append(o.visualMaps, visual)
	for i, box := range boxes {
		o.titles = append(o.titles, title{Title: opts.Title{
			Title: " ", Left: o.share(box.x), Top: pixels(box.y), TitleBackgroundColor: string(f.swatches()[i].role),
			TitleStyle: &opts.TextStyle{FontSize: int(box.h), LineHeight: int(box.h), Width: int(box.w)},
		}})
	}
}
