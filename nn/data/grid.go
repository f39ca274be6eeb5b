package data

import (
	"image"
	"image/color"
	"math"
	"sync"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Sizes of a grid, in pixels.
const (
	gridMargin  = 28
	gridGap     = 14 // between pictures
	gridPicture = 96 // small pictures are enlarged as far as this allows
	gridLabel   = 22 // height of the line below a picture
	gridFont    = 14
)

var (
	gridFrame = color.Gray{0xd0}
	gridInk   = color.Gray{0x33}
)

// Grid draws the pictures at indices side by side on white, the name of its
// class below each. Small pictures are enlarged up to four times, so that the
// pixels show.
func Grid(s *Set, indices []int) image.Image { return GridOf(s, indices, 0) }

// GridOf is Grid with so many pictures in a row; 0: as many as look well.
func GridOf(s *Set, indices []int, columns int) image.Image {
	s.check()
	if len(indices) == 0 {
		panic(mistake("Grid", "there must be a picture at least, got none"))
	}
	face := gridFace()
	scale := max(1, min(4, gridPicture/max(s.H, s.W)))
	w, h := s.W*scale, s.H*scale
	cell := image.Pt(w, h+gridLabel)
	for _, i := range indices {
		cell.X = max(cell.X, font.MeasureString(face, s.Class(i)).Ceil())
	}
	cell = cell.Add(image.Pt(gridGap, gridGap))

	if columns < 1 {
		columns = gridColumns(len(indices), cell)
	}
	rows := (len(indices) + columns - 1) / columns
	size := image.Pt(columns*cell.X, rows*cell.Y).Add(image.Pt(2*gridMargin-gridGap, 2*gridMargin-gridGap))
	grid := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(grid, grid.Bounds(), image.White, image.Point{}, draw.Src)
	for k, i := range indices {
		corner := image.Pt(gridMargin+k%columns*cell.X, gridMargin+k/columns*cell.Y)
		middle := corner.X + (cell.X-gridGap)/2
		box := image.Rect(0, 0, w, h).Add(image.Pt(middle-w/2, corner.Y))
		draw.Draw(grid, box.Inset(-1), image.NewUniform(gridFrame), image.Point{}, draw.Src)
		picture := s.Image(i)
		draw.NearestNeighbor.Scale(grid, box, picture, picture.Bounds(), draw.Src, nil)
		caption(grid, face, s.Class(i), image.Pt(middle, box.Max.Y+gridLabel-6))
	}
	return grid
}

// gridColumns returns how many of n cells stand in a row: a handful in one row,
// more so that the grid is about half as wide again as it is high, with rows as
// full as can be.
func gridColumns(n int, cell image.Point) int {
	if n <= 5 {
		return n
	}
	columns := max(1, math.Round(math.Sqrt(1.5*float64(n)*float64(cell.Y)/float64(cell.X))))
	rows := math.Ceil(float64(n) / columns)
	return int(math.Ceil(float64(n) / rows))
}

// caption writes a line of text, its middle above at.
func caption(dst draw.Image, face font.Face, text string, at image.Point) {
	d := font.Drawer{Dst: dst, Src: image.NewUniform(gridInk), Face: face, Dot: fixed.P(at.X, at.Y)}
	d.Dot.X -= d.MeasureString(text) / 2
	d.DrawString(text)
}

var parseFont = sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(goregular.TTF) })

// gridFace returns a face of the Go font, which is part of the program: nothing
// can be wrong with it. A face is for one goroutine.
func gridFace() font.Face {
	parsed, err := parseFont()
	if err != nil {
		panic(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: gridFont, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		panic(err)
	}
	return face
}
