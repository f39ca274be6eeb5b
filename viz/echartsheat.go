package viz

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

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
