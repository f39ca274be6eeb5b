package viz

import (
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

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
	o.series[first].MarkAreas = f.markAreas()
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

// markAreas marks where values stand that have no place on the axis.
func (f curveFrame) markAreas() *opts.MarkAreas {
	var data []any
	for _, b := range f.bands() {
		data = append(data, []any{map[string]float64{"yAxis": f.unitAt(b.bottom())}, map[string]float64{"yAxis": f.unitAt(b.y)}})
	}
	if data == nil {
		return nil
	}
	return &opts.MarkAreas{Data: data, MarkAreaStyle: opts.MarkAreaStyle{ItemStyle: &opts.ItemStyle{Color: string(band)}}}
}

// addSeries adds a curve, and as a series of its own the points that have no place on the axis.
func (o *optionBuilder) addSeries(f curveFrame, i, index int) {
	s := f.fig.Series[i]
	curve, off := f.seriesData(i)
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

// seriesData lists the points of a series, with gaps for those that have no place on the axis, and
// these as triangles on their band.
func (f curveFrame) seriesData(i int) (curve []opts.LineData, off []point) {
	s := f.fig.Series[i]
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
	return curve, off
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
