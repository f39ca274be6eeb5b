package viz

import "strings"

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
		if s.touches(f.y.axis, where) {
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

// bands are the places of the bands that there are, in the order of their names.
func (f curveFrame) bands() []rect {
	var list []rect
	if f.under > 0 {
		list = append(list, f.lowBand())
	}
	if f.over > 0 {
		list = append(list, f.highBand())
	}
	return list
}

// bandNames says what stands on the bands.
func (c curveCell) bandNames() []string {
	var list []string
	if c.under > 0 {
		list = append(list, c.y.axis.floorLabel())
	}
	if c.over > 0 {
		list = append(list, notFinite)
	}
	return list
}

// notes are the names of the bands, in their places.
func (f curveFrame) notes() []text {
	if !f.place.first {
		return nil
	}
	var list []text
	for i, name := range f.bandNames() {
		b, lines := f.bands()[i], twoLines(name)
		last := b.y + b.h/2 + float64(len(lines))*sourceStyle.lineHeight()/2 - 0.3*sourceStyle.size
		for _, t := range stack(lines, b.x-7, last, sourceStyle) {
			t.align = 1
			list = append(list, t)
		}
	}
	return list
}
