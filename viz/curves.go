package viz

import (
	"slices"

	"gonum.org/v1/plot/vg"
)

func (f *Figure) layout(header bool) *sheet {
	g := grid{
		title: f.Title, subtitle: f.Subtitle, source: f.Source,
		columns: 1, width: or(f.Width, figureWidth), height: or(f.Height, 300),
	}
	g.cells = curveCells([]*Figure{f}, g.room(), false, false)
	return g.layout(header)
}

// curveCell is a figure with the scales that it may share with others.
type curveCell struct {
	fig         *Figure
	x, y        scale
	under, over int     // most curves of any panel with points in the band below, above
	room        float64 // width of the whole cell
}

func curveCells(figures []*Figure, room float64, freeX, freeY bool) []cell {
	cells := make([]cell, len(figures))
	for i, f := range figures {
		c := curveCell{fig: f, room: room}
		xs, ys := figures, figures
		if freeX {
			xs = figures[i : i+1]
		}
		if freeY {
			ys = figures[i : i+1]
		}
		c.x = sharedScale(xs, func(f *Figure) (Axis, []float64) { return f.X, f.xs() }, true)
		c.y = sharedScale(ys, func(f *Figure) (Axis, []float64) { return f.Y, f.ys() }, false)
		for _, other := range ys {
			c.under = max(c.under, other.off(under))
			c.over = max(c.over, other.off(beyond))
		}
		cells[i] = c
	}
	return cells
}

// sharedScale spans the values of all figures; the widest wish of any axis counts.
func sharedScale(figures []*Figure, get func(*Figure) (Axis, []float64), tight bool) scale {
	var all []float64
	for _, f := range figures {
		axis, values := get(f)
		all = append(all, values...)
		if axis.From != 0 || axis.To != 0 {
			all = append(all, axis.From, axis.To)
		}
	}
	axis, _ := get(figures[0])
	return newScale(axis, all, tight)
}

func (f *Figure) xs() []float64 {
	var all []float64
	for _, s := range f.Series {
		all = append(all, s.X...)
	}
	return all
}

func (f *Figure) ys() []float64 {
	var all []float64
	for _, s := range f.Series {
		all = append(all, s.Y...)
	}
	for _, r := range f.References {
		all = append(all, r.Y)
	}
	return all
}

// off counts the curves with points off that end of the axis.
func (f *Figure) off(where side) int {
	n := 0
	for _, s := range f.Series {
		if s.touches(f.Y, where) {
			n++
		}
	}
	return n
}

// touches tells whether the curve has a point on that side of an axis.
func (s Series) touches(axis Axis, where side) bool {
	return slices.ContainsFunc(s.Y, func(v float64) bool { return axis.side(v) == where })
}

func (c curveCell) title() (string, string) { return c.fig.Title, c.fig.Subtitle }

func (c curveCell) around(at place) margins {
	m := margins{left: 12, top: 8, right: 10, bottom: 20}
	if at.first {
		for _, t := range c.y.ticks() {
			m.left = max(m.left, tickStyle.width(t.label)+9)
		}
		for _, name := range c.bandNames() {
			m.left = max(m.left, sourceStyle.widest(twoLines(name))+9)
		}
	}
	m.top += float64(len(c.axisName()))*labelStyle.lineHeight() + 4
	if c.x.axis.Label != "" {
		m.bottom += labelStyle.lineHeight() + 3
	}
	for _, l := range c.names() {
		m.right = max(m.right, labelGap+l.style.widest(l.lines)+4)
	}
	return m
}

// axisName is the vertical axis's label, in lines, which stands above it where no one has to
// turn the head.
func (c curveCell) axisName() []string {
	if c.fig.Y.Label == "" {
		return nil
	}
	return labelStyle.wrap(c.fig.Y.String(), c.room)
}

// curveFrame is a figure's plotting area, with the bands of band.go.
type curveFrame struct {
	curveCell
	area   rect // all of it
	main   rect // where the axis rules
	place  place
	labels []endLabel
}

const inset = 8.0 // between the vertical axis and the first point

func (c curveCell) frame(area rect, at place) frame {
	f := curveFrame{curveCell: c, area: area, main: area, place: at}
	if c.over > 0 {
		f.main.y += bandHeight(c.over) + bandGap
		f.main.h -= bandHeight(c.over) + bandGap
	}
	if c.under > 0 {
		f.main.h -= bandHeight(c.under) + bandGap
	}
	f.labels = f.placeLabels()
	return f
}

// px is the place of a value along x.
func (f curveFrame) px(v float64) float64 { return f.pxUnit(f.x.axis.unit(v)) }

func (f curveFrame) pxUnit(u float64) float64 {
	return f.area.x + inset + (u-f.x.lo)/(f.x.hi-f.x.lo)*(f.area.w-2*inset)
}

func (f curveFrame) pyUnit(u float64) float64 {
	return f.main.bottom() - (u-f.y.lo)/(f.y.hi-f.y.lo)*f.main.h
}

// py is the height of a value of the series with the given number.
func (f curveFrame) py(series int, v float64) float64 {
	switch f.y.axis.side(v) {
	case under:
		return f.lowBand().y + f.row(series, under, f.under, f.lowBand().h)
	case beyond:
		return f.area.y + f.row(series, beyond, f.over, bandHeight(f.over))
	}
	return f.pyUnit(f.y.axis.unit(v))
}

func (f curveFrame) paint(p pen) {
	for _, b := range f.bands() {
		p.fill(b, band)
	}
	f.paintAxes(p)
	for _, t := range f.notes() {
		p.write(t)
	}
	for _, r := range f.fig.References {
		y := f.pyUnit(f.y.axis.unit(r.Y))
		p.segment(stroke{faint, 1.2, dashes}, f.area.x, y, f.area.right(), y)
	}
	for i := range f.fig.Series {
		f.paintSeries(p, i)
	}
	for _, l := range f.labels {
		l.paint(p)
	}
}

func (f curveFrame) paintAxes(p pen) {
	for _, t := range f.y.ticks() {
		y := f.pyUnit(t.at)
		p.segment(stroke{rule, 1, nil}, f.area.x, y, f.area.right(), y)
		if f.place.first {
			p.write(text{f.area.x - 7, y + 0.35*tickStyle.size, 1, tickStyle, muted, t.label})
		}
	}
	bottom := f.area.bottom()
	p.segment(stroke{faint, 1, nil}, f.area.x, bottom, f.area.right(), bottom)
	for _, t := range f.x.ticksWithEnds() {
		x := f.pxUnit(t.at)
		p.segment(stroke{faint, 1, nil}, x, bottom, x, bottom+4)
		p.write(text{x, bottom + 5 + tickStyle.size, 0.5, tickStyle, muted, t.label})
	}
	p.write(text{f.area.x + f.area.w/2, bottom + 20 + labelStyle.size, 0.5, labelStyle, muted, f.fig.X.String()})
	if f.place.first {
		for _, t := range stack(f.axisName(), f.area.x-f.around(f.place).left, f.area.y-10, labelStyle) {
			p.write(t)
		}
	}
}

// paintSeries draws the curve; a dotted line leads to points off the axis, which are arrows.
func (f curveFrame) paintSeries(p pen, i int) {
	s := f.fig.Series[i]
	solid := stroke{s.Role, 2, nil}
	connect := func(piece []vg.Point) {
		if !s.Loose {
			p.line(solid, piece)
		}
	}
	if s.Dashed {
		solid.dash = dashes
	}
	var piece []vg.Point
	for k := range s.Y {
		x, y, where := f.px(s.X[k]), f.py(i, s.Y[k]), f.y.axis.side(s.Y[k])
		if where == on {
			piece = append(piece, p.point(x, y))
		} else {
			connect(piece)
			piece = nil
			p.arrow(x, y, where == beyond, s.Role)
		}
		if k > 0 && !s.Loose && where != f.y.axis.side(s.Y[k-1]) {
			p.segment(stroke{s.Role, 1, dots}, f.px(s.X[k-1]), f.py(i, s.Y[k-1]), x, y)
		}
		if where == on && (s.Dots || s.Loose || len(s.Y) == 1) {
			p.dot(x, y, 2.6, s.Role)
		}
	}
	connect(piece)
}
