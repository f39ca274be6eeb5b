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
// picture with so many channels, a multiple of the lanes; row is the distance of
// its rows. The positions are step apart, and at each is a matrix
// [tiles, channels]. All distances count floats.
type winogradForm struct {
	edge, points int // of a tile of outputs, and of inputs

	input func(v, x []float32, tiles, channels, row, step int) // V = Bᵀ d B

	// Y = Aᵀ M A + add, with ReLU if wanted; a nil add counts as zeros, else it is
	// where y is, or shaped like it. Of the channels of y, pixel, these are some.
	output func(y, m, add []float32, tiles, channels, pixel, row, step int, relu bool)

	gradient func(z, dy []float32, tiles, channels, row, step int) // Z = A dY Aᵀ

	// U = G g Gᵀ for n times as many weights as there are lanes, uNext and wNext
	// apart; tap is the distance of the nine taps.
	weights func(u, w []float32, n, uNext, wNext, step, tap int)
	// dw = Gᵀ dU G for n times as many weights as there are lanes, without gaps.
	weightGrad func(dw, du []float32, n, tap, step int)
}

// positions is how many products a tile takes.
func (f *winogradForm) positions() int { return f.points * f.points }

// winogradProduct is the matrix products of all positions, in panels of so many
// columns. U[p] is stored as [panels][depth][cols]. What ahead and aside hold is
// used next: it is fetched into the cache meanwhile, a little at each position; by
// multiply, ahead a line with every fourth of the depth, pace apart, and from position
// to position aheadStep on.
type winogradProduct struct {
	cols int

	multiplyRows int // M[p] = V[p] U[p], in chunks of so many rows
	multiply     func(m, v, u []float32, positions, panels, chunks, depth, mRow, vRow, mStep, vStep, uStep int, ahead []float32, aheadStep, pace int, aside []float32)

	collectRows int // dU[p] += V[p]ᵀ Z[p], in chunks of so many rows of dU
	collect     func(du, v, z []float32, positions, panels, chunks, tiles, vRow, zRow, duStep, vStep, zStep int, ahead, aside []float32)
}

// winogradSet is what one kind of processor has.
type winogradSet struct {
	name     string
	lanes    int // channels are filled up to a multiple of it
	f2, f4   winogradForm
	products []winogradProduct // the widest first; the last as wide as the lanes
}

// winograd is the plan of a convolution in this way. Source and target are x
// and y, or dy and dx.
type winograd struct {
	*winogradForm
	*winogradProduct
	lanes               int
	n, pad              int
	source, target      picture
	in, out             int // channels, filled up
	down, across        int // tiles of a picture
	block               int // tiles of a block
	parts               int // of the target channels, each an item of work
	uStep, vStep, mStep int // distances of the positions
}

// skew keeps the positions from standing a power of two apart: such addresses
// compete for the same places of the cache.
const skew = 16

// newWinograd makes the plan, with blocks of block tiles or some more.
func newWinograd(form *winogradForm, n, pad int, source, target picture, block int) winograd {
	set := &winogradUsed
	g := winograd{winogradForm: form, lanes: set.lanes, n: n, pad: pad, source: source, target: target}
	g.in, g.out = roundUp(source.channels, g.lanes), roundUp(target.channels, g.lanes)
	for i := range set.products {
		g.winogradProduct = &set.products[i]
		if g.out%g.cols == 0 {
			break
		}
	}
	g.down, g.across = ceilDiv(target.h, g.edge), ceilDiv(target.w, g.edge)
	if largeWeights := g.in*g.out > 1<<13; largeWeights {
		// U does not fit into the second-level cache: each block reads it from
		// further away, and so does more with it; but there must be some blocks
		// for each core.
		block = max(block, min(64, g.tiles()/4))
	}
	g.block, g.parts = roundUp(block, g.multiplyRows), 1
	g.uStep = source.channels*g.out + skew
	g.vStep, g.mStep = g.block*g.in+skew, g.block*g.out+skew
	return g
}

func (g *winograd) tiles() int  { return g.n * g.down * g.across }
func (g *winograd) blocks() int { return ceilDiv(g.tiles(), g.block) }

// roundUp returns the next multiple of unit.
func roundUp(n, unit int) int { return ceilDiv(n, unit) * unit }
