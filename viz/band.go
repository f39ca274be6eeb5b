package viz

import (
	"slices"
	"strings"
)

// Bands for values that the axis cannot show stand above and below the main area, a little apart:
// the axis is broken there. A value is an arrow that points to where it would be.

const (
	bandGap = 7.0
	bandRow = 9.0 // a row of arrows for each curve, so that they do not hide each other
)

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

func bandHeight(rows int) float64 { return max(28, bandRow*float64(rows)+8) }

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

func (f curveFrame) bandName(b rect, name string) []text {
	lines := twoLines(name)
	last := b.y + b.h/2 + float64(len(lines))*sourceStyle.lineHeight()/2 - 0.3*sourceStyle.size
	list := stack(lines, b.x-7, last, sourceStyle)
	for i := range list {
		list[i].align = 1
	}
	return list
}
