package kernel

// Weights that come from memory come too late: while one tile reads a block of
// them for the first time, it waits, and the tiles after it find them in the
// second-level cache. Hence each tile asks for its share of the block after, which
// is there when its turn comes. (On a core of AMD Zen 3, layers of ResNet-50 with
// 512 channels and more went from 0.80 to 0.88 of the peak.)

// foresee has so many tiles of so many columns, those that read the block of
// weights at hand, ask for next, what follows it.
func (o *operands) foresee(next []float32, cols, tiles int) {
	block := len(o.runs) * o.length * cols
	o.next = next[:min(block, len(next))]
	o.pace = min(lineFloats, ceilDiv(2*cols, tiles))
}

// asking returns how many of so many tiles are to ask: no more than it takes.
// With nothing to ask for, they ask for what they have.
func (o *operands) asking(tiles int) int {
	if len(o.next) == 0 || o.share() == 0 {
		o.next, o.pace = o.b, 0
		return tiles
	}
	return min(tiles, ceilDiv(len(o.next), o.share()))
}

// asked says that so many have.
func (o *operands) asked(tiles int) {
	o.next = o.next[min(tiles*o.share(), len(o.next)):]
}

// share is how many floats a tile asks for.
func (o *operands) share() int { return len(o.runs) * (o.length / 2) * o.pace }
