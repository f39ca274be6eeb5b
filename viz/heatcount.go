package viz

// The numbers in the cells of a map of counts. Cells keep their colours on a dark page, and so do
// the numbers.
const (
	onDark  Role = "#FFFFFF"
	onLight Role = "#000000"
)

// counts are the numbers that have room in their cells. What is off the scale has none.
func (f heatFrame) counts() (list []text) {
	w, h := f.area.w/float64(f.heat.columns()), f.area.h/float64(len(f.heat.Values))
	for r, row := range f.heat.Values {
		for c, v := range row {
			if count, role := f.count(v, w, h); count != "" {
				x, y := f.area.x+(float64(c)+0.5)*w, f.area.y+(float64(r)+0.5)*h
				list = append(list, text{x, y + 0.35*tickStyle.size, 0.5, tickStyle, role, count})
			}
		}
	}
	return list
}

// count is what stands in a cell of so many pixels, and its colour; nothing if there is no room.
func (f heatFrame) count(v, width, height float64) (count string, role Role) {
	if !f.heat.Counts || f.colours.axis.side(v) != on {
		return "", ""
	}
	count = f.heat.words(v)
	if tickStyle.width(count)+4 > width || tickStyle.lineHeight() > height {
		return "", ""
	}
	c := f.colours.colour(v)
	if 0.2126*float64(c.R)+0.7152*float64(c.G)+0.0722*float64(c.B) > 140 { // its lightness
		return count, onLight
	}
	return count, onDark
}
