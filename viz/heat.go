package viz

import (
	"image"
	"math"
	"strconv"
)

func (h *HeatMap) layout(header bool) *sheet {
	g := grid{
		title: h.Title, subtitle: h.Subtitle, source: h.Source,
		cells: heatCells([]*HeatMap{h}, false), columns: 1,
		width:  or(h.Width, figureWidth),
		height: or(h.Height, min(max(6*float64(len(h.Values)), 160), 420)),
	}
	return g.layout(header)
}

// heatCell is a heat map with the colours that it may share with others.
type heatCell struct {
	heat    *HeatMap
	colours colourScale
	below   bool // some map that shares the colours has values below the floor
	beyond  bool // ... or not finite
}

func heatCells(maps []*HeatMap, free bool) []cell {
	cells := make([]cell, len(maps))
	for i, h := range maps {
		likes := maps
		if free {
			likes = maps[i : i+1]
		}
		var all []float64
		for _, like := range likes {
			all = append(all, like.flat()...)
			if like.Value.From != 0 || like.Value.To != 0 {
				all = append(all, like.Value.From, like.Value.To)
			}
		}
		s := newColourScale(likes[0].Value, all, h.Signed)
		cells[i] = heatCell{h, s, s.below, s.above}
	}
	return cells
}

func (c heatCell) title() (string, string) { return c.heat.Title, c.heat.Subtitle }

const (
	barGap   = 14.0
	barWidth = 13.0
)

func (c heatCell) around(at place) margins {
	m := margins{left: 10, top: 8 + labelStyle.lineHeight() + 4, right: 8, bottom: 18 + labelStyle.lineHeight() + 6}
	if at.first {
		for i := range c.heat.Values {
			m.left = max(m.left, tickStyle.width(c.heat.rowName(i))+8)
		}
	}
	if at.last {
		m.right = barGap + barWidth
		widest := labelStyle.widest(c.valueName())
		for _, t := range c.barTicks() {
			widest = max(widest, 6+tickStyle.width(t.label))
		}
		for _, s := range c.swatches() {
			widest = max(widest, 6+sourceStyle.widest(twoLines(s.name)))
		}
		m.right += widest
		m.top = max(m.top, 8+float64(len(c.valueName()))*labelStyle.lineHeight()+4)
	}
	return m
}

// valueName is what the colour measures, in lines that stand above the colour bar.
func (c heatCell) valueName() []string { return labelStyle.wrap(c.heat.Value.String(), 110) }

// A swatch explains the colour of what has no place on the bar.
type swatch struct {
	role Role
	name string
}

func (c heatCell) swatches() []swatch {
	var list []swatch
	if c.below {
		list = append(list, swatch{absent, c.colours.axis.floorLabel()})
	}
	if c.beyond {
		list = append(list, swatch{broken, notFinite})
	}
	return list
}

func (c heatCell) barTicks() []tick { return c.colours.ticks() }

// heatFrame is a heat map's plotting area.
type heatFrame struct {
	heatCell
	area  rect
	place place
}

func (c heatCell) frame(area rect, at place) frame { return heatFrame{c, area, at} }

func (f heatFrame) paint(p pen) {
	p.image(f.area, f.cells())
	f.paintAxes(p)
	if f.place.last {
		f.paintBar(p)
	}
	for _, t := range append(f.counts(), f.notes()...) {
		p.write(t)
	}
}

// notes are the names of the colour bar and of its swatches.
func (f heatFrame) notes() []text {
	if !f.place.last {
		return nil
	}
	bar, boxes := f.bar()
	list := stack(f.valueName(), bar.x, f.area.y-10, labelStyle)
	for i, box := range boxes {
		lines := twoLines(f.swatches()[i].name)
		last := box.y + box.h/2 + float64(len(lines))*sourceStyle.lineHeight()/2 - 0.3*sourceStyle.size
		list = append(list, stack(lines, bar.right()+6, last, sourceStyle)...)
	}
	return list
}

// bar is the place of the colour bar, and below it of the swatches.
func (f heatFrame) bar() (bar rect, boxes []rect) {
	const height, gap = 26.0, 6.0
	bar = rect{f.area.right() + barGap, f.area.y, barWidth, f.area.h}
	for range f.swatches() {
		bar.h -= height + gap
		boxes = append(boxes, rect{bar.x, bar.bottom() + gap, bar.w, height})
	}
	return bar, boxes
}

// cells is the map as a picture, twice as fine as the page's pixels where cells are smaller than
// that, so that their edges stay sharp.
func (f heatFrame) cells() image.Image {
	rows, columns := len(f.heat.Values), f.heat.columns()
	fineness := func(n int, size float64) int { return max(1, int(math.Ceil(2*size/float64(n)))) }
	fx, fy := fineness(columns, f.area.w), fineness(rows, f.area.h)
	img := image.NewRGBA(image.Rect(0, 0, columns*fx, rows*fy))
	for r, row := range f.heat.Values {
		for c, v := range row {
			fillCell(img, c*fx, r*fy, fx, fy, f.colours.colour(v))
		}
	}
	return img
}

func (f heatFrame) paintAxes(p pen) {
	rows, columns := len(f.heat.Values), f.heat.columns()
	bottom := f.area.bottom()
	cellHeight, cellWidth := f.area.h/float64(rows), f.area.w/float64(columns)
	if f.place.first {
		for _, i := range labelled(rows, f.heat.rowName, cellHeight, 1.5*tickStyle.size) {
			y := f.area.y + (float64(i)+0.5)*cellHeight
			p.write(text{f.area.x - 6, y + 0.35*tickStyle.size, 1, tickStyle, muted, f.heat.rowName(i)})
		}
	}
	widest := 0.0
	for i := range columns {
		widest = max(widest, tickStyle.width(f.heat.columnName(i)))
	}
	for _, i := range labelled(columns, f.heat.columnName, cellWidth, widest+10) {
		x := f.area.x + (float64(i)+0.5)*cellWidth
		p.segment(stroke{faint, 1, nil}, x, bottom, x, bottom+4)
		p.write(text{x, bottom + 6 + tickStyle.size, 0.5, tickStyle, muted, f.heat.columnName(i)})
	}
	p.write(text{f.area.x + f.area.w/2, bottom + 20 + labelStyle.size, 0.5, labelStyle, muted, f.heat.Columns.String()})
	if f.place.first {
		p.write(text{f.area.x - f.around(f.place).left, f.area.y - 10, 0, labelStyle, muted, f.heat.Rows.String()})
	}
}

// labelled chooses which of n cells to label so that labels stand at least apart pixels from each
// other. Where cells are numbered, as layers are, it takes the first and then round numbers.
func labelled(n int, name func(int) string, size, apart float64) []int {
	step := max(1, int(math.Ceil(roundStep(apart/size))))
	numbered := consecutive(n, name)
	list := []int{0}
	for i := 1; i < n; i++ {
		number, _ := strconv.Atoi(name(i))
		if !numbered && i%step == 0 || numbered && number%step == 0 && 2*i >= step {
			list = append(list, i)
		}
	}
	return list
}

// consecutive tells whether the names count up by one.
func consecutive(n int, name func(int) string) bool {
	first, _ := strconv.Atoi(name(0))
	for i := range n {
		if name(i) != strconv.Itoa(first+i) {
			return false
		}
	}
	return true
}

func (f heatFrame) paintBar(p pen) {
	bar, boxes := f.bar()
	for i, box := range boxes {
		p.fill(box, f.swatches()[i].role)
	}
	p.image(bar, f.ramp())
	for _, t := range f.barTicks() {
		y := bar.bottom() - (t.at-f.colours.lo)/(f.colours.hi-f.colours.lo)*bar.h
		p.segment(stroke{paper, 1, nil}, bar.right()-4, y, bar.right(), y)
		p.write(text{bar.right() + 6, y + 0.35*tickStyle.size, 0, tickStyle, muted, t.label})
	}
}

// ramp is the colour bar, high values on top.
func (f heatFrame) ramp() image.Image {
	const n = 256
	img := image.NewRGBA(image.Rect(0, 0, 1, n))
	for i := range n {
		img.SetRGBA(0, i, shade(f.colours.anchors, 1-(float64(i)+0.5)/n))
	}
	return img
}
