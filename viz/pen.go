package viz

import (
	"image"
	"strings"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// fonts holds Liberation Sans. Its letters are as wide as those of Arial and Helvetica, so that
// an SVG measured here and shown with one of those in a browser comes out the same.
var fonts = font.NewCache(liberation.Collection())

// A style is a size in pixels and a weight.
type style struct {
	size float64
	bold bool
}

var (
	titleStyle    = style{16, true}
	headingStyle  = style{12.5, true}
	subtitleStyle = style{12, false}
	labelStyle    = style{11.5, false} // of axes
	tickStyle     = style{11, false}
	endStyle      = style{11.5, true} // the name of a curve
	sourceStyle   = style{10.5, false}
)

func (s style) face() font.Face {
	f := font.Font{Typeface: "Liberation", Variant: "Sans"}
	if s.bold {
		f.Weight = xfont.WeightBold
	}
	return fonts.Lookup(f, vg.Length(s.size))
}

// lineHeight is the distance between two baselines.
func (s style) lineHeight() float64 { return 1.3 * s.size }

// Superscripts are ordinary digits, smaller and higher: few fonts have all of them.
const (
	raisedSize = 0.72
	raisedBy   = 0.38
)

func (s style) superscript() style { return style{s.size * raisedSize, s.bold} }

// A run is a piece of text that is raised as a whole, or not at all.
type run struct {
	text   string
	raised bool
}

func runs(text string) []run {
	var list []run
	for _, r := range text {
		low, up := lowered[r]
		if up {
			r = low
		}
		if n := len(list); n == 0 || list[n-1].raised != up {
			list = append(list, run{raised: up})
		}
		list[len(list)-1].text += string(r)
	}
	return list
}

// width of a line of text in pixels.
func (s style) width(text string) float64 {
	w := 0.0
	for _, r := range runs(text) {
		face := s.face()
		if r.raised {
			face = s.superscript().face()
		}
		w += face.Width(r.text).Points()
	}
	return w
}

// widest of some lines.
func (s style) widest(lines []string) float64 {
	w := 0.0
	for _, line := range lines {
		w = max(w, s.width(line))
	}
	return w
}

// wrap breaks text into lines of at most the given width: at spaces, after hyphens, and, where
// there are none, wherever the line is full.
func (s style) wrap(text string, width float64) []string {
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		line := ""
		for _, word := range words(paragraph) {
			if line != "" && s.width(line+strings.TrimRight(word, " ")) > width {
				lines = append(lines, strings.TrimRight(line, " "))
				line = ""
			}
			line += word
			for s.width(strings.TrimRight(line, " ")) > width && len([]rune(line)) > 1 {
				n := s.fitting(line, width)
				lines = append(lines, line[:n])
				line = line[n:]
			}
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// words cuts text after each space and each hyphen.
func words(text string) []string {
	var list []string
	for text != "" {
		i := strings.IndexAny(text, " -")
		if i < 0 {
			return append(list, text)
		}
		list = append(list, text[:i+1])
		text = text[i+1:]
	}
	return list
}

// fitting counts the bytes of text that fit in width: one letter at least.
func (s style) fitting(text string, width float64) int {
	end := 0
	for i, r := range text {
		next := i + len(string(r))
		if end > 0 && s.width(text[:next]) > width {
			break
		}
		end = next
	}
	return end
}

// A rect is an area in pixels, y downwards as in CSS.
type rect struct{ x, y, w, h float64 }

func (r rect) right() float64  { return r.x + r.w }
func (r rect) bottom() float64 { return r.y + r.h }

// A pen draws on one of gonum's canvases in pixels with y downwards.
type pen struct {
	canvas draw.Canvas
	height float64
}

func (p pen) point(x, y float64) vg.Point {
	return vg.Point{X: vg.Length(x), Y: vg.Length(p.height - y)}
}

func (p pen) fill(r rect, role Role) {
	a, b := p.point(r.x, r.bottom()), p.point(r.right(), r.y)
	p.canvas.SetColor(role.rgb())
	p.canvas.Fill(vg.Rectangle{Min: a, Max: b}.Path())
}

func (p pen) image(r rect, picture image.Image) {
	p.canvas.DrawImage(vg.Rectangle{Min: p.point(r.x, r.bottom()), Max: p.point(r.right(), r.y)}, picture)
}

// A stroke says how a line looks.
type stroke struct {
	role  Role
	width float64
	dash  []vg.Length
}

var (
	dashes = []vg.Length{6, 4}
	dots   = []vg.Length{1, 3}
)

func (p pen) line(s stroke, points []vg.Point) {
	if len(points) > 1 {
		p.canvas.StrokeLines(draw.LineStyle{Color: s.role.rgb(), Width: vg.Length(s.width), Dashes: s.dash}, points)
	}
}

func (p pen) segment(s stroke, x0, y0, x1, y1 float64) {
	p.line(s, []vg.Point{p.point(x0, y0), p.point(x1, y1)})
}

func (p pen) dot(x, y, radius float64, role Role) {
	p.canvas.DrawGlyph(draw.GlyphStyle{Color: role.rgb(), Radius: vg.Length(radius), Shape: draw.CircleGlyph{}}, p.point(x, y))
}

// arrow is a small triangle that points off the axis: down for too small, up for too large.
func (p pen) arrow(x, y float64, up bool, role Role) {
	const r = 3.6
	tip := r
	if up {
		tip = -r
	}
	path := vg.Path{}
	path.Move(p.point(x, y+tip))
	path.Line(p.point(x-r, y-tip*0.8))
	path.Line(p.point(x+r, y-tip*0.8))
	path.Close()
	p.canvas.SetColor(role.rgb())
	p.canvas.Fill(path)
}

// A text is a line of text in its place: x is where align says (0 the left end, 0.5 the middle,
// 1 the right end), y the baseline.
type text struct {
	x, y  float64
	align float64
	style style
	role  Role
	text  string
}

func (p pen) write(t text) {
	x := t.x - t.align*t.style.width(t.text)
	p.canvas.SetColor(t.role.rgb())
	for _, r := range runs(t.text) {
		face, y := t.style.face(), t.y
		if r.raised {
			face, y = t.style.superscript().face(), t.y-raisedBy*t.style.size
		}
		p.canvas.FillString(face, p.point(x, y), r.text)
		x += face.Width(r.text).Points()
	}
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
