package viz

import (
	"cmp"
	"math"
	"slices"
)

// An endLabel names a curve, or a reference, where it ends.
type endLabel struct {
	lines        []string
	style        style
	role         Role
	fromX, fromY float64 // the end of the curve
	cameY        float64 // where the curve was a little earlier
	x, y         float64 // left end and middle of the text
}

const labelGap = 9.0 // between the end of a curve and its name

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
