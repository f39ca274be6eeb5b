package viz

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
)

func (f *Figure) layout(header bool) *sheet {
	g := grid{
		title: f.Title, subtitle: f.Subtitle, source: f.Source,
		columns: 1, width: or(f.Width, 760), height: or(f.Height, 300),
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
		if slices.ContainsFunc(s.Y, func(v float64) bool { return f.Y.side(v) == where }) {
			n++
		}
	}
	return n
}

func (c curveCell) title() (string, string) { return c.fig.Title, c.fig.Subtitle }

func (c curveCell) around(at place) margins {
	m := margins{left: 12, top: 8, right: 10, bottom: 20}
	if at.first {
		for _, t := range c.y.ticks() {
			m.left = max(m.left, tickStyle.width(t.label)+9)
		}
		if c.under > 0 {
			m.left = max(m.left, sourceStyle.widest(twoLines(c.y.axis.floorLabel()))+9)
		}
		if c.over > 0 {
			m.left = max(m.left, sourceStyle.widest(twoLines(notFinite))+9)
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

// notFinite names the band above the axis.
const notFinite = "infinite or NaN"

// twoLines breaks a band's name near its middle.
func twoLines(name string) []string {
	parts := strings.Fields(name)
	best, short := 1, len(name)
	for i := 1; i < len(parts); i++ {
		longer := max(len(strings.Join(parts[:i], " ")), len(strings.Join(parts[i:], " ")))
		if longer < short {
			best, short = i, longer
		}
	}
	if len(parts) < 2 {
		return parts
	}
	return []string{strings.Join(parts[:best], " "), strings.Join(parts[best:], " ")}
}

// curveFrame is a figure's plotting area. Bands for values that the axis cannot show stand above
// and below the main area, a little apart: the axis is broken there.
type curveFrame struct {
	curveCell
	area   rect // all of it
	main   rect // where the axis rules
	place  place
	labels []endLabel
}

const (
	bandGap  = 7.0
	bandRow  = 9.0 // a row of arrows for each curve, so that they do not hide each other
	inset    = 8.0 // between the vertical axis and the first point
	labelGap = 9.0 // between the end of a curve and its name
)

func bandHeight(rows int) float64 { return max(28, bandRow*float64(rows)+8) }

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

// row is the place within a band of the series' own row of arrows.
func (f curveFrame) row(series int, where side, rows int, height float64) float64 {
	mine := 0
	for _, s := range f.fig.Series[:series] {
		if slices.ContainsFunc(s.Y, func(v float64) bool { return f.y.axis.side(v) == where }) {
			mine++
		}
	}
	return height/2 + bandRow*(float64(mine)-float64(rows-1)/2)
}

func (f curveFrame) lowBand() rect {
	h := bandHeight(f.under)
	return rect{f.area.x, f.area.bottom() - h, f.area.w, h}
}

func (f curveFrame) highBand() rect {
	return rect{f.area.x, f.area.y, f.area.w, bandHeight(f.over)}
}

func (f curveFrame) paint(p pen) {
	if f.under > 0 {
		p.fill(f.lowBand(), band)
	}
	if f.over > 0 {
		p.fill(f.highBand(), band)
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

// notes are the names of the bands.
func (f curveFrame) notes() []text {
	if !f.place.first {
		return nil
	}
	var list []text
	if f.under > 0 {
		list = append(list, f.bandName(f.lowBand(), f.y.axis.floorLabel())...)
	}
	if f.over > 0 {
		list = append(list, f.bandName(f.highBand(), notFinite)...)
	}
	return list
}

// stack writes lines one above the other, the last one at the baseline y.
func stack(lines []string, x, y float64, st style) []text {
	var list []text
	for i, line := range lines {
		up := float64(len(lines)-1-i) * st.lineHeight()
		list = append(list, text{x, y - up, 0, st, muted, line})
	}
	return list
}

func (f curveFrame) bandName(b rect, name string) []text {
	lines := twoLines(name)
	last := b.y + b.h/2 + float64(len(lines))*sourceStyle.lineHeight()/2 - 0.3*sourceStyle.size
	list := stack(lines, b.x-7, last, sourceStyle)
	for i := range list {
		list[i].align = 1
	}
	return list
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

// An endLabel names a curve, or a reference, where it ends.
type endLabel struct {
	lines        []string
	style        style
	role         Role
	fromX, fromY float64 // the end of the curve
	cameY        float64 // where the curve was a little earlier
	x, y         float64 // left end and middle of the text
}

func (l endLabel) width() float64  { return l.style.widest(l.lines) }
func (l endLabel) height() float64 { return float64(len(l.lines))*l.style.lineHeight() + 2 }

// nameWidth is the most that the name of a curve may take before it is broken into lines.
func (c curveCell) nameWidth() float64 { return min(190, 0.3*c.room) }

// names lists the labels, without places.
func (c curveCell) names() []endLabel {
	var list []endLabel
	for _, s := range c.fig.Series {
		list = append(list, endLabel{lines: endStyle.wrap(s.Name, c.nameWidth()), style: endStyle, role: s.Role})
	}
	for _, r := range c.fig.References {
		list = append(list, endLabel{lines: sourceStyle.wrap(r.Source, c.nameWidth()), style: sourceStyle, role: muted})
	}
	return list
}

// placeLabels puts each name beside the end of its curve, and moves apart those that would overlap.
func (f curveFrame) placeLabels() []endLabel {
	list := f.names()
	for i := range list {
		l := &list[i]
		if i < len(f.fig.Series) {
			s := f.fig.Series[i]
			last := len(s.Y) - 1
			l.fromX, l.fromY = f.px(s.X[last]), f.py(i, s.Y[last])
			l.cameY = f.py(i, s.Y[last-last/8])
		} else {
			l.fromX, l.fromY = f.area.right(), f.pyUnit(f.y.axis.unit(f.fig.References[i-len(f.fig.Series)].Y))
		}
		if l.fromX > f.area.right()-0.04*f.area.w { // all names beyond the right edge stand in one column
			l.x = f.area.right() + labelGap
		} else {
			l.x = l.fromX + labelGap
		}
		l.y = l.fromY
	}
	for _, group := range besideEachOther(list) {
		f.spreadLabels(group)
	}
	return list
}

func (f curveFrame) spreadLabels(group []*endLabel) {
	slices.SortStableFunc(group, func(a, b *endLabel) int {
		const same = 4 // pixels: curves that meet keep the order in which they came
		return cmp.Or(cmp.Compare(math.Round(a.fromY/same), math.Round(b.fromY/same)), cmp.Compare(a.cameY, b.cameY))
	})
	want, size := make([]float64, len(group)), make([]float64, len(group))
	for i, l := range group {
		want[i], size[i] = l.fromY, l.height()
	}
	over := 0.0
	if group[0].x > f.area.right() {
		over = 8 // beyond the right edge they may reach a little over the others
	}
	for i, y := range spread(want, size, f.area.y-over, f.area.bottom()+over) {
		group[i].y = y
	}
}

// besideEachOther groups the labels whose horizontal extents overlap, directly or through others.
func besideEachOther(list []endLabel) [][]*endLabel {
	sorted := make([]*endLabel, len(list))
	for i := range list {
		sorted[i] = &list[i]
	}
	slices.SortStableFunc(sorted, func(a, b *endLabel) int { return cmp.Compare(a.x, b.x) })
	var groups [][]*endLabel
	reach := 0.0
	for _, l := range sorted {
		if len(groups) == 0 || l.x > reach {
			groups = append(groups, nil)
			reach = 0
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], l)
		reach = max(reach, l.x+l.width())
	}
	return groups
}

func (l endLabel) paint(p pen) {
	if moved := l.y - l.fromY; moved > 4 || moved < -4 {
		p.segment(stroke{l.role, 0.8, nil}, l.fromX+2, l.fromY, l.x-2, l.y)
	}
	top := l.y - float64(len(l.lines))*l.style.lineHeight()/2
	p.fill(rect{l.x - 1, top, l.width() + 2, l.height() - 2}, paper) // other curves may pass here
	for i, line := range l.lines {
		y := top + float64(i+1)*l.style.lineHeight() - 0.3*l.style.size
		p.write(text{l.x, y, 0, l.style, l.role, line})
	}
}
