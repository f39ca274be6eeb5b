package viz

// A sheet is a picture laid out: every text and every frame has its place in pixels. Both back
// ends start from it, so that the drawn and the interactive picture agree.
type sheet struct {
	w, h   float64
	margin float64
	texts  []text
	frames []frame
}

// A frame is one plotting area with all that belongs to it.
type frame interface {
	paint(p pen)
}

const (
	margin  = 14.0 // around a picture that stands alone; a page has margins of its own
	between = 26.0 // two panels

	figureWidth = 760.0 // where the caller chose none
	panelsWidth = 960.0
)

func (s *sheet) paint(p pen) {
	p.fill(rect{0, 0, s.w, s.h}, paper)
	for _, f := range s.frames {
		f.paint(p)
	}
	for _, t := range s.texts {
		p.write(t)
	}
}

// put writes text at x, wrapped, from y downwards, and returns where it ends.
func (s *sheet) put(x, y, width float64, st style, role Role, words string) float64 {
	if words == "" {
		return y
	}
	for _, line := range st.wrap(words, width) {
		y += st.lineHeight()
		s.texts = append(s.texts, text{x, y - 0.3*st.size, 0, st, role, line})
	}
	return y
}

// head writes title and subtitle and returns where the plots may begin.
func (s *sheet) head(title, subtitle string) float64 {
	y := s.put(s.margin, s.margin, s.w-2*s.margin, titleStyle, Ink, title)
	y = s.put(s.margin, y+3, s.w-2*s.margin, subtitleStyle, muted, subtitle)
	return y + 12
}

// foot writes the source below y and closes the sheet.
func (s *sheet) foot(y float64, source string) {
	if source != "" {
		y = s.put(s.margin, y+6, s.w-2*s.margin, sourceStyle, muted, source)
	}
	s.h = y + s.margin
}

// A cell is a picture that stands on a sheet alone or with its likes.
type cell interface {
	title() (title, subtitle string)
	// around is the room needed around the plotting area. A cell that is first in its row
	// also names the vertical axis.
	around(place place) margins
	// frame draws into the area.
	frame(area rect, place place) frame
}

// A place says where in a grid of panels a cell stands.
type place struct{ first, last bool }

type margins struct{ left, top, right, bottom float64 }

func (m margins) union(o margins) margins {
	return margins{max(m.left, o.left), max(m.top, o.top), max(m.right, o.right), max(m.bottom, o.bottom)}
}

// A grid lays out cells in rows. All plotting areas are equally large.
type grid struct {
	title, subtitle, source string
	cells                   []cell
	columns                 int
	width                   float64 // of the sheet
	height                  float64 // of a plotting area
	repeat                  bool    // every cell names its own vertical axis
}

func (g grid) place(i int) place {
	column := i % g.columns
	return place{first: column == 0 || g.repeat, last: column == g.columns-1 || i == len(g.cells)-1 || g.repeat}
}

// room is the width of a whole cell.
func (g grid) room() float64 {
	return (g.width - 2*margin - between*float64(g.columns-1)) / float64(g.columns)
}

// layout places everything. Without the header, title and source are left to the page.
func (g grid) layout(header bool) *sheet {
	s := &sheet{w: g.width}
	y := 4.0
	if header {
		s.margin = margin
		y = s.head(g.title, g.subtitle)
	}
	around, areaWidth := g.share(s.margin)
	for start := 0; start < len(g.cells); start += g.columns {
		row := g.cells[start:min(start+g.columns, len(g.cells))]
		y = g.layoutRow(s, y, start, row, around, areaWidth)
	}
	if header {
		s.foot(y, g.source)
	} else {
		s.h = y + 4
	}
	return s
}

// share finds the margins of each column and divides the width that they leave.
func (g grid) share(margin float64) (around []margins, areaWidth float64) {
	around = make([]margins, g.columns)
	for i, c := range g.cells {
		around[i%g.columns] = around[i%g.columns].union(c.around(g.place(i)))
	}
	left := g.width - 2*margin - between*float64(g.columns-1)
	for _, m := range around {
		left -= m.left + m.right
	}
	return around, max(left/float64(g.columns), 40)
}

func (g grid) layoutRow(s *sheet, y float64, start int, row []cell, around []margins, areaWidth float64) float64 {
	top := y
	if len(g.cells) > 1 {
		x := s.margin
		for i, c := range row {
			title, subtitle := c.title()
			w := around[i].left + areaWidth + around[i].right
			end := s.put(x, y, w, headingStyle, Ink, title)
			end = s.put(x, end+1, w, sourceStyle, muted, subtitle)
			top = max(top, end+2)
			x += w + between
		}
	}
	var m margins
	for _, a := range around {
		m.top, m.bottom = max(m.top, a.top), max(m.bottom, a.bottom)
	}
	x := s.margin
	for i, c := range row {
		area := rect{x + around[i].left, top + m.top, areaWidth, g.height}
		s.frames = append(s.frames, c.frame(area, g.place(start+i)))
		x += around[i].left + areaWidth + around[i].right + between
	}
	bottom := top + m.top + g.height + m.bottom
	if start+g.columns < len(g.cells) {
		bottom += 16
	}
	return bottom
}

// or is the caller's choice, or the default where there is none.
func or(chosen int, usual float64) float64 {
	if chosen > 0 {
		return float64(chosen)
	}
	return usual
}
