package kernel

// rowPass is one walk over tensors that lie side by side. It is cut into groups of
// whole rows, by the shape alone, which are spread over the cores; what is left
// of a row at the end belongs to the last group.
type rowPass struct {
	y, x, r  []float32
	positive []byte
	bytes    []byte
	a, b, c  []float64 // coefficients of a row
	sums     []float64 // for each group, two sums for each column of a row

	leak        float32
	f           func(y, x, r []float32)
	fast, plain func(y, x []float32)

	size, row, groups int // floats in all, floats in a row
	do                func(p *rowPass, from, whole, end int)
	work              func(group int) // p.group: made once, so that no pass makes it anew
}

// A row is a multiple of 32 floats, which all assembly takes at a time, and of
// the channels; a group is about as much as stays in the first-level cache.
const (
	rowUnit     = 32
	groupFloats = 8 << 10
)

var passPool = stock[rowPass]{make: func() *rowPass {
	p := new(rowPass)
	p.work = p.group
	return p
}}

// newRowPass begins a walk over so many floats of rows of channels.
func newRowPass(size, channels int) *rowPass {
	p := passPool.take()
	p.size, p.row = size, channels/gcd(channels, rowUnit)*rowUnit
	p.groups = max(1, size/p.row/p.rowsOfGroup())
	return p
}

// flatPass begins a walk over floats that all are treated alike.
func flatPass(size int) *rowPass { return newRowPass(size, rowUnit) }

// run calls do for every group, with the place where it begins, where its last
// whole row ends, and where it ends itself.
func (p *rowPass) run(do func(p *rowPass, from, whole, end int)) {
	if p.size > 0 {
		p.do = do
		Parallel(p.groups, p.work)
	}
}

// release ends the walk. The pass lets go of the tensors and keeps its buffers.
func (p *rowPass) release() {
	p.y, p.x, p.r, p.positive, p.bytes, p.do, p.f = nil, nil, nil, nil, nil, nil, nil
	p.fast, p.plain = nil, nil
	passPool.giveBack(p)
}

func (p *rowPass) group(i int) {
	size := p.rowsOfGroup() * p.row
	from, end := i*size, (i+1)*size
	whole := end
	if i == p.groups-1 {
		whole, end = p.size/p.row*p.row, p.size
	}
	p.do(p, from, whole, end)
}

func (p *rowPass) rowsOfGroup() int { return max(1, groupFloats/p.row) }

// columns is how many columns a row has: fewer than p.row if there is no whole row.
func (p *rowPass) columns() int { return min(p.row, p.size) }

// repeat writes the coefficients of the channels to the buffer, as often as they
// fit into a row.
func (p *rowPass) repeat(buffer *[]float64, channels []float64) {
	*buffer = sized(*buffer, p.columns())
	for at := 0; at < len(*buffer); at += len(channels) {
		copy((*buffer)[at:], channels)
	}
}

// sized returns n numbers of any value, in the memory of s if that is enough.
func sized(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	return s[:n]
}

// clearSums makes room for two sums of every column of every group.
func (p *rowPass) clearSums() {
	n := p.groups * 2 * p.columns()
	p.sums = sized(p.sums, n)
	clear(p.sums)
}

// sumsOf returns the two sums of the group that begins at from.
func (p *rowPass) sumsOf(from int) (first, second []float64) {
	n := p.columns()
	both := p.sums[from/(p.rowsOfGroup()*p.row)*2*n:][:2*n]
	return both[:n], both[n:]
}

// total adds up the two sums of each channel, group after group.
func (p *rowPass) total(first, second []float64) {
	clear(first)
	clear(second)
	n := p.columns()
	for at := 0; at < len(p.sums); at += 2 * n {
		for column := 0; column < n; column += len(first) {
			for c := range first {
				first[c] += p.sums[at+column+c]
				second[c] += p.sums[at+n+column+c]
			}
		}
	}
}

// bitsOf returns the bits of the floats from one place to another; nil of nil.
func bitsOf(positive []byte, from, to int) []byte {
	if positive == nil {
		return nil
	}
	return positive[from/8 : ceilDiv(to, 8)]
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
