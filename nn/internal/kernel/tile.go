package kernel

// tile is the one routine that all fast paths run on, a small matrix product
// whose sums stay in registers. For i < rows and j < cols it computes
//
//	c[to[i]+j] = sum over r and l < length of a[from[i]+runs[r]+l*aStep] * b[(r*length+l)*bStep+j]
//
// or adds that to c. To convolve, the rows are pixels, the columns output
// channels, a run is a tap (or several) and l an input channel; for the gradient
// of the weights, the rows are weights and a run is a row of pixels. All numbers
// count floats. Of to and from the first elements are used; from may have the
// same element twice, and so may to when nothing is added.
type tile struct {
	rows, cols int
	run        func(c, a, b []float32, to, from, runs []int, length, aStep, bStep int, add bool)
}

// No tile is larger.
const (
	maxRows = 8
	maxCols = 32
)

// tileSet is what one kind of processor has: a tile, and one with the same rows
// and fewer columns, or the same tile again.
type tileSet struct {
	name         string
	wide, narrow tile
}

// panel is a tile's share of the columns of a group, as wide as the tile or, at
// the end, less.
type panel struct {
	tile
	group, first, width int
}

// panels cuts the columns of each group into panels.
func (s tileSet) panels(groups, columns int) []panel {
	var panels []panel
	for g := range groups {
		for first := 0; first < columns; {
			t := s.wide
			if columns-first <= s.narrow.cols {
				t = s.narrow
			}
			panels = append(panels, panel{t, g, first, min(t.cols, columns-first)})
			first += t.cols
		}
	}
	return panels
}

// sweep runs the tile down all rows of from and to. b is packed, c starts at
// the panel's first column.
func (p panel) sweep(own *scratch, c, a, b []float32, to, from, runs []int, length int) {
	for first := 0; first < len(from); first += p.rows {
		tileTo, tileFrom := own.wholeTile(to[first:], from[first:], p.rows)
		if p.width == p.cols {
			p.run(c, a, b, tileTo, tileFrom, runs, length, 1, p.cols, false)
			continue
		}
		p.run(own.block[:], a, b, p.lines(own), tileFrom, runs, length, 1, p.cols, false)
		for i, at := range tileTo[:p.rows] {
			copy(c[at:][:p.width], own.block[i*p.cols:])
		}
	}
}

// wholeTile returns to and from as they are, or, if they are too short for a tile,
// with the last row again and again.
func (s *scratch) wholeTile(to, from []int, rows int) (tileTo, tileFrom []int) {
	if len(from) >= rows {
		return to, from
	}
	for i := range rows {
		s.to[i], s.from[i] = to[min(i, len(to)-1)], from[min(i, len(from)-1)]
	}
	return s.to[:], s.from[:]
}

// lines says where the rows of a tile stand that is stored without gaps.
func (p panel) lines(own *scratch) []int {
	for i := range p.rows {
		own.lines[i] = i * p.cols
	}
	return own.lines[:p.rows]
}
