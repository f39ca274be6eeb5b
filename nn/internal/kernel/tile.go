package kernel

import "slices"

// tile is the one routine that all fast paths run on, a small matrix product
// whose sums stay in registers. For i < rows and j < cols it computes
//
//	c[to[i]+j] = sum over r and l < length of a[from[i]+runs[r]+l*aStep] * b[(r*length+l)*cols+j] + start[to[i]+j] + bias[j]
//
// in this order and, with relu, max(0, that). A nil start or bias counts as zeros; start may
// be c. When from has more than rows elements, a multiple of them, run computes
// one tile after the other: to call assembly costs a little. Meanwhile it may ask
// the caches for next, what is worked on later: with every two lines of b it goes
// pace floats on. It asks only, so it may go beyond the end.
//
// To convolve, the rows are pixels, the columns output channels, a run is a tap
// (or several) and l an input channel; for the gradient of the weights, the rows
// are weights and a run is a row of pixels. All numbers count floats. Within a
// tile from and to may have the same elements twice, if both have.
type tile struct {
	rows, cols int
	run        func(c, start, bias, a, b []float32, to, from, runs []int, length, aStep int, relu bool, next []float32, pace int)
}

// No tile is larger.
const (
	maxRows = 12
	maxCols = 64
)

// tiles are those of one width, from the tallest on: what is left of the rows
// after the tall ones needs no tall one too.
type tiles []tile

// cols is their width.
func (ts tiles) cols() int { return ts[0].cols }

// next returns which tile is best for the first of n rows that are left, and how
// many times. Twelve rows and one more are cut into eight and five, since too
// few rows do not keep the processor busy; and where six, five and four are all
// there is, thirteen are five, four and four: six would leave seven, of which no
// two tiles are made without doing a row twice.
func (ts tiles) next(n int) (t tile, times int) {
	tall, short := ts[0], ts[len(ts)-1]
	if n%tall.rows == 0 {
		return tall, n / tall.rows
	}
	if n >= tall.rows+short.rows {
		times = (n - short.rows) / tall.rows
		if rest := n - times*tall.rows; rest < ceilDiv(rest, tall.rows)*short.rows {
			times--
		}
		if times > 0 {
			return tall, times
		}
	}
	n = ceilDiv(n, ceilDiv(n, tall.rows))
	for _, other := range ts {
		if other.rows >= n {
			t = other
		}
	}
	return t, 1
}

// tileSet is what one kind of processor has: tiles of all widths, the widest first.
//
// Of tiles with as many sums the widest are the fastest: to three rows and four vectors
// belong seven loads for twelve multiply-adds, to six rows and two vectors eight, and
// each row of sums is stored in lines side by side. (On a core of Intel's Sapphire
// Rapids with AVX-512, 6x64 made the layers of ResNet-50 1.1 to 1.25 times as fast as
// 12x32, the most where another program ran on the core's second thread. With AVX2,
// 3x32 was mostly 1.0 to 1.1 times as fast as 6x16.)
type tileSet struct {
	name  string
	tiles []tiles
	peak  peak

	// copyLines copies n times m pieces of so many lines of lineFloats: pieces that follow
	// each other stand Next apart, and the rows of m pieces Step. If it is nil, plain Go
	// does it.
	copyLines func(to, from []float32, n, toStep, fromStep, m, toNext, fromNext, lines int)

	// transpose8 makes lines of eight floats in to, a step apart, from columns of
	// eight lines of from: 8n of them. If it is nil, plain Go does it.
	transpose8 func(to, from []float32, n, toStep, fromStep int)
}

// panel is a tile's share of the columns of a group, as wide as the tile or, at
// the end, less.
type panel struct {
	tiles
	group, first, width int
}

// panels cuts the columns of each group into panels: the widest that are full, and at
// the end one of the narrowest.
func (s tileSet) panels(groups, columns int) []panel {
	var panels []panel
	for g := range groups {
		for first := 0; first < columns; {
			t := s.tiles[len(s.tiles)-1]
			for _, wider := range slices.Backward(s.tiles) {
				if wider.cols() <= columns-first {
					t = wider
				}
			}
			panels = append(panels, panel{t, g, first, min(t.cols(), columns-first)})
			first += t.cols()
		}
	}
	return panels
}
