package viz

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
)

// An ImageGrid shows small pictures in rows: digits, filters, activations.
type ImageGrid struct {
	Title, Subtitle, Source string

	Columns int  // zero: as suits the number of pictures
	Signed  bool // matrices in blue, white and red, centred on zero; else from black to white
	Scale   int  // CSS pixels for each pixel; zero: by the size of the pictures

	// From and To are black and white (or the reach of the signed colours). Both zero: the least
	// and greatest value of all matrices, so that pictures can be compared.
	From, To float64

	tiles []tile
}

type tile struct {
	caption string
	values  [][]float64 // or
	picture image.Image
}

// NewImageGrid starts a grid under a title that says what to see.
func NewImageGrid(title string) *ImageGrid { return &ImageGrid{Title: title} }

// Add puts a matrix into the grid, one pixel for each number.
func (g *ImageGrid) Add(caption string, values [][]float64) *ImageGrid {
	g.tiles = append(g.tiles, tile{caption: caption, values: values})
	return g
}

// AddImage puts a picture with colours of its own into the grid.
func (g *ImageGrid) AddImage(caption string, picture image.Image) *ImageGrid {
	g.tiles = append(g.tiles, tile{caption: caption, picture: picture})
	return g
}

// Len counts the pictures.
func (g *ImageGrid) Len() int { return len(g.tiles) }

// Tile returns picture i: a matrix, or an image with colours of its own.
func (g *ImageGrid) Tile(i int) (caption string, values [][]float64, picture image.Image) {
	t := g.tiles[i]
	return t.caption, t.values, t.picture
}

// String is the title, short.
func (g *ImageGrid) String() string {
	return fmt.Sprintf("grid %q of %d pictures", g.Title, len(g.tiles))
}

// Description lists the captions.
func (g *ImageGrid) Description() string {
	text := fmt.Sprintf("%s. %d pictures", g.Title, len(g.tiles))
	sep := ": "
	for _, t := range g.tiles {
		if t.caption != "" {
			text += sep + t.caption
			sep = ", "
		}
	}
	return text + "."
}

func (g *ImageGrid) check() error {
	if len(g.tiles) == 0 {
		return fmt.Errorf("image grid %q is empty: add a picture", g.Title)
	}
	for i, t := range g.tiles {
		if w, h := t.size(); w == 0 || h == 0 {
			return fmt.Errorf("image grid %q: picture %d has no pixels", g.Title, i)
		}
		for r, row := range t.values {
			if len(row) != len(t.values[0]) {
				return fmt.Errorf("image grid %q: picture %d has %d values in row %d, but %d in row 0: all rows must be of one length",
					g.Title, i, len(row), r, len(t.values[0]))
			}
		}
	}
	return nil
}

func (t tile) size() (w, h int) {
	if t.picture != nil {
		return t.picture.Bounds().Dx(), t.picture.Bounds().Dy()
	}
	if len(t.values) == 0 {
		return 0, 0
	}
	return len(t.values[0]), len(t.values)
}

// columns is the number of pictures in a row.
func (g *ImageGrid) columns() int {
	n := len(g.tiles)
	if g.Columns > 0 {
		return min(g.Columns, n)
	}
	if n <= 8 {
		return n
	}
	return int(math.Ceil(math.Sqrt(1.6 * float64(n))))
}

func (g *ImageGrid) layout(header bool) *sheet {
	const gap = 10.0
	columns := g.columns()
	w, h := 0, 0
	captions := false
	for _, t := range g.tiles {
		tw, th := t.size()
		w, h = max(w, tw), max(h, th)
		captions = captions || t.caption != ""
	}
	scale := float64(g.Scale)
	if scale <= 0 {
		scale = max(1, math.Floor(min(96, (720-gap*float64(columns))/float64(columns))/float64(max(w, h))))
	}
	cellWidth, cellHeight := max(float64(w)*scale, 40), float64(h)*scale
	s := &sheet{margin: 1} // for the frame of the first picture
	if header {
		s.margin = margin
	}
	s.w = max(2*s.margin+float64(columns)*(cellWidth+gap)-gap, 320)
	y := 4.0
	if header {
		y = s.head(g.Title, g.Subtitle)
	}
	from, to := g.span()
	for start := 0; start < len(g.tiles); start += columns {
		end := y + cellHeight
		for i, t := range g.tiles[start:min(start+columns, len(g.tiles))] {
			tw, th := t.size()
			x := s.margin + float64(i)*(cellWidth+gap)
			s.frames = append(s.frames, tileFrame{rect{x, y, float64(tw) * scale, float64(th) * scale}, g.render(t, from, to)})
			end = max(end, s.put(x, y+cellHeight+1, cellWidth, sourceStyle, muted, t.caption))
		}
		y = end + gap
	}
	if header {
		s.foot(y-gap, g.Source)
	} else {
		s.h = y
	}
	return s
}

// span is the least and greatest value of all matrices, or what the caller chose.
func (g *ImageGrid) span() (from, to float64) {
	if g.From != 0 || g.To != 0 {
		return g.From, g.To
	}
	from, to = math.Inf(1), math.Inf(-1)
	for _, t := range g.tiles {
		for _, row := range t.values {
			for _, v := range row {
				if finite(v) {
					from, to = min(from, v), max(to, v)
				}
			}
		}
	}
	if from >= to {
		return from - 0.5, to + 0.5
	}
	return from, to
}

// tileFrame is one picture in its place.
type tileFrame struct {
	area    rect
	picture image.Image
}

func (f tileFrame) paint(p pen) {
	// A thin frame, or the black background of a digit would have no edge on a dark page.
	p.fill(rect{f.area.x - 1, f.area.y - 1, f.area.w + 2, f.area.h + 2}, rule)
	p.image(f.area, f.picture)
}

// render draws a tile, each pixel large enough to stay sharp when it is scaled.
func (g *ImageGrid) render(t tile, from, to float64) image.Image {
	w, h := t.size()
	k := max(1, 512/max(w, h))
	img := image.NewRGBA(image.Rect(0, 0, w*k, h*k))
	for y := range h {
		for x := range w {
			var c color.Color
			if t.picture != nil {
				c = t.picture.At(t.picture.Bounds().Min.X+x, t.picture.Bounds().Min.Y+y)
			} else {
				c = g.shade(t.values[y][x], from, to)
			}
			fillCell(img, x*k, y*k, k, k, c)
		}
	}
	return img
}

func (g *ImageGrid) shade(v, from, to float64) color.Color {
	switch {
	case !finite(v):
		return broken.rgb()
	case g.Signed:
		reach := max(math.Abs(from), math.Abs(to))
		return shade(blueWhiteRed, (v/reach+1)/2)
	}
	return shade(grey, (v-from)/(to-from))
}

func fillCell(img *image.RGBA, x, y, w, h int, c color.Color) {
	draw.Draw(img, image.Rect(x, y, x+w, y+h), image.NewUniform(c), image.Point{}, draw.Src)
}
