package kernel

// Winograd's convolution computes a 3x3 window with fewer multiplications than
// it has weights: a tile of 4x4 outputs with 36 instead of 144, for each pair of
// channels. See Lavin and Gray, "Fast Algorithms for Convolutional Neural
// Networks", arXiv 1509.09308, 2015, whose letters are used here.
//
// It is the trick by which polynomials are multiplied through their values: two
// polynomials of degree 2 and 3 have a product of degree 5, which is fixed by
// its values at 6 points, and there it takes one multiplication each. The
// matrices G and Bᵀ go from weights and from inputs to these values, Aᵀ goes
// back (winograd_matrices.go). In two dimensions, with weights g and a tile d of
// inputs, two pixels larger than its outputs Y,
//
//	Y = Aᵀ [ (G g Gᵀ) * (Bᵀ d B) ] A      * multiplies element by element
//
// The sum over input channels may be taken before Aᵀ. So there is a small matrix
// product at each of the 36 positions p of a tile, over all tiles t:
//
//	U[p] = G g Gᵀ    [In, Out]
//	V[p] = Bᵀ d B    [t, In]
//	M[p] = V[p] U[p] [t, Out]
//	Y    = Aᵀ M A
//
// The gradient of the input is a convolution of dy with the weights turned by
// half a turn and transposed. The gradient of the weights turns the formula
// round (its adjoint): with Z = A dY Aᵀ
//
//	dU[p] = V[p]ᵀ Z[p]
//	dw    = Gᵀ dU G
//
// Tiles are taken in blocks of some dozens, so that V and M of a block stay in
// the cache of one core.

// winogradForm is F(2x2,3x3) or F(4x4,3x3) in the hands of one kind of
// processor. The transforms work on a row of tiles that stand side by side in a
// picture with so many channels, a multiple of lanes; row is the distance of its
// rows. The positions stand step apart, and at each is a matrix
// [tiles, channels]. All distances count floats.
type winogradForm struct {
	edge, points int // of a tile of outputs, and of inputs

	input    func(v, x []float32, tiles, channels, row, step int)  // V = Bᵀ d B
	output   func(y, m []float32, tiles, channels, row, step int)  // Y = Aᵀ M A
	gradient func(z, dy []float32, tiles, channels, row, step int) // Z = A dY Aᵀ

	// U = G g Gᵀ for n vectors of lanes weights, wNext apart; tap is the distance
	// of the nine taps.
	weights func(u, w []float32, n, uNext, wNext, step, tap int)
	// dw = Gᵀ dU G for n vectors that follow each other.
	weightGrad func(dw, du []float32, n, tap, step int)
}

func (f *winogradForm) positions() int { return f.points * f.points }

// winogradProduct is the matrix products of all positions in tiles of so many
// columns; U[p] is stored as [panels][depth][cols].
type winogradProduct struct {
	cols int

	multiplyRows int // M[p] = V[p] U[p], in chunks of so many rows
	multiply     func(m, v, u []float32, positions, panels, chunks, depth, mRow, vRow, mStep, vStep, uStep int)

	collectRows int // dU[p] += V[p]ᵀ Z[p], in chunks of so many rows of dU
	collect     func(du, v, z []float32, positions, panels, chunks, tiles, vRow, zRow, duStep, vStep, zStep int)
}

// winogradSet is what one kind of processor has.
type winogradSet struct {
	name     string
	lanes    int // channels are filled up to a multiple of it
	f2, f4   winogradForm
	products []winogradProduct // the widest first; the last as wide as the lanes
}

// winograd is a convolution in this way: the sizes of everything. Source and
// target are x and y, or dy and dx.
type winograd struct {
	*winogradForm
	*winogradProduct
	lanes          int
	n, pad         int
	source, target picture
	in, out        int // channels, filled up
	down, across   int // tiles of a picture
	block          int // tiles of a block
	uStep          int // distances of the positions
	vStep, mStep   int
}

// skew keeps the positions from standing a power of two apart: such addresses
// fight for the same places of the cache.
const skew = 16

func newWinograd(set *winogradSet, form *winogradForm, n, pad int, source, target picture) winograd {
	g := winograd{winogradForm: form, lanes: set.lanes, n: n, pad: pad, source: source, target: target}
	g.in, g.out = roundUp(source.channels, g.lanes), roundUp(target.channels, g.lanes)
	for i := range set.products {
		g.winogradProduct = &set.products[i]
		if g.out%g.cols == 0 {
			break
		}
	}
	g.down, g.across = ceilDiv(target.h, g.edge), ceilDiv(target.w, g.edge)
	g.block = roundUp(32, g.multiplyRows)
	g.uStep = source.channels*g.out + skew
	g.vStep, g.mStep = g.block*g.in+skew, g.block*g.out+skew
	return g
}

func (g *winograd) tiles() int  { return g.n * g.down * g.across }
func (g *winograd) blocks() int { return ceilDiv(g.tiles(), g.block) }

// roundUp returns the next multiple of unit.
func roundUp(n, unit int) int { return ceilDiv(n, unit) * unit }

// strip is some tiles of a block that stand side by side in a picture.
type strip struct {
	picture     int // of the batch
	row, column int // of the first tile's outputs
	tiles       int
	at          int // the first tile's number in the block
}

// strips calls do for each strip of a block and returns how many tiles it has.
func (g *winograd) strips(block int, do func(s strip)) int {
	first, end := block*g.block, min((block+1)*g.block, g.tiles())
	for t := first; t < end; {
		line, column := t/g.across, t%g.across
		s := strip{line / g.down, line % g.down * g.edge, column * g.edge, min(g.across-column, end-t), t - first}
		do(s)
		t += s.tiles
	}
	return end - first
}

// area is a rectangle of a picture, which may stand out over its edges.
type area struct{ row, column, rows, columns int }

// inside says that the area is a part of the picture.
func (a area) inside(p picture) bool {
	return a.row >= 0 && a.column >= 0 && a.row+a.rows <= p.h && a.column+a.columns <= p.w
}

// inputs is the area that the outputs of a strip are made from.
func (g *winograd) inputs(s strip) area {
	return area{s.row - g.pad, s.column - g.pad, g.points, s.tiles*g.edge + g.points - g.edge}
}

// outputs is the area of the outputs of a strip.
func (g *winograd) outputs(s strip) area {
	return area{s.row, s.column, g.edge, s.tiles * g.edge}
}

// view returns the area of a picture with so many channels, from its first
// pixel, and the distance of its rows: the picture itself if it has them, or
// a copy with zeros for what the picture has not.
func (p picture) view(a area, pixels []float32, channels int, buffer []float32) (view []float32, row int) {
	if channels == p.channels && a.inside(p) {
		return pixels[p.at(a.row, a.column):], p.w * p.channels
	}
	row = a.columns * channels
	for i := range a.rows {
		p.copyLine(buffer[i*row:][:row], pixels, a.row+i, a.column, channels)
	}
	return buffer, row
}

// copyLine copies a part of a row of pixels, with zeros for what is not there.
func (p picture) copyLine(to, pixels []float32, row, column, channels int) {
	first, end := max(column, 0), min(column+len(to)/channels, p.w)
	if row < 0 || row >= p.h || first >= end {
		clear(to)
		return
	}
	from := pixels[p.at(row, first):p.at(row, end)]
	clear(to[:(first-column)*channels])
	to = to[(first-column)*channels:]
	if channels == p.channels {
		clear(to[copy(to, from):])
		return
	}
	for ; len(from) > 0; from, to = from[p.channels:], to[channels:] {
		clear(to[copy(to[:channels], from[:p.channels]):channels])
	}
	clear(to)
}

// put copies what belongs to the picture out of a buffer that stands for an
// area of it.
func (p picture) put(a area, pixels []float32, channels int, buffer []float32) {
	columns := min(a.columns, p.w-a.column)
	for i := range min(a.rows, p.h-a.row) {
		from, to := buffer[i*a.columns*channels:], pixels[p.at(a.row+i, a.column):]
		if channels == p.channels {
			copy(to[:columns*channels], from)
			continue
		}
		for j := range columns {
			copy(to[j*p.channels:][:p.channels], from[j*channels:])
		}
	}
}
