package kernel

import "runtime"

// WeightGrad adds the gradient of the weights to dw; see NaiveWeightGrad.
//
// The tile's rows are here the rows of dw, as a matrix [Kernel*Kernel*In/Groups,
// Out]: one for each tap and input channel. What is summed up are pixels, a block
// at a time, small enough for the caches. Of a block, the tiles read dy in panels
// and x in slabs (slabs.go), which are copied out first: in a picture of 1024
// channels the pixels stand 4 KB apart, and such addresses compete for the same
// few places of the cache.
//
// The rows of dw stand a power of two apart as well: there, too, tiles of few rows and
// several lines of each are the fastest. (On a core of AMD Zen 3, with three rows in
// place of six, layers of ResNet-50 with 49 pixels went from 0.70 to 0.79 of the peak.)
//
// The blocks are split among teams, whose number depends on the shape alone. The
// first team adds to dw itself, each other one adds up a dw of its own; then these
// are added in order. Beside that, the rows and the panels of dw are split.
func (c Conv) WeightGrad(dw, x, dy []float32) {
	if form := c.winogradWeightGradForm(); form != nil {
		c.winogradWeightGrad(form, dw, x, dy)
		return
	}
	weightGrads.of(c).run(dw, x, dy)
}

var weightGrads = plans[*weightGrad]{make: newWeightGrad}

// weightGrad is the plan.
type weightGrad struct {
	Conv
	in, out picture
	blocking
	slabs  slabs
	runs   []int // where the rows of a block's pixels of dy start in a slab
	length int   // pixels of a run, 0: all of the block are one run
	panels []panel
	teams  int
	parts  []rowPart
	across int // so many parts have the panels
}

// blocking cuts a batch into blocks: some whole pictures, a lot, or a band of rows
// of one picture.
type blocking struct{ lot, band, bands, count int }

// rowPart is a part of the rows of dw: those of some slabs.
type rowPart struct {
	first, end int   // slabs
	from, to   []int // where each row stands in these slabs, and in dw
	group      int   // so many rows are done together
}

// groups yields the bounds of these.
func (p rowPart) groups(yield func(first, end int) bool) {
	for first := 0; first < len(p.to); first += p.group {
		if !yield(first, min(first+p.group, len(p.to))) {
			return
		}
	}
}

func newWeightGrad(c Conv) *weightGrad {
	g := &weightGrad{Conv: c, in: c.inPicture(), out: c.outPicture()}
	g.panels = kernels.panels(c.Groups, c.Out/c.Groups)
	g.blocking = c.newBlocking()
	g.slabs = c.newSlabs(g.lot, g.band)
	g.setRuns()
	g.setParts()
	return g
}

// newBlocking makes blocks of so many pixels that a panel of dy and a slab of x stay in
// the first-level cache, or nearly so; for windows that move by more, a slab is larger.
// If there are two pictures there are at least two blocks: shorter sums, added up in
// the end, round less. (On a core of Intel's Sapphire Rapids, 112 pixels in place of 56
// made the layers of ResNet-50 with 56x56 and 28x28 pixels 1.05 to 1.1 times as fast.)
func (c Conv) newBlocking() blocking {
	h, w, pixels := c.OutH(), c.OutW(), 128
	if c.Stride > 1 && c.Kernel > 1 {
		pixels = 100
	}
	b := blocking{lot: max(1, min(ceilDiv(c.N, 2), pixels/(h*w)))}
	b.bands = ceilDiv(h, max(1, pixels/w))
	b.band = ceilDiv(h, b.bands)
	b.bands = ceilDiv(h, b.band)
	b.count = ceilDiv(c.N, b.lot) * b.bands
	return b
}

// of returns which pictures and which rows of them the i-th block has.
func (b blocking) of(i, pictures, height int) (picture, lot, row, rows int) {
	picture, row = i/b.bands*b.lot, i%b.bands*b.band
	return picture, min(b.lot, pictures-picture), row, min(b.band, height-row)
}

func (g *weightGrad) setRuns() {
	if g.Kernel == 1 { // a slab has one pixel for each of dy
		g.runs = []int{0}
		return
	}
	g.length = g.out.w
	for n := range g.lot {
		for i := range g.band {
			g.runs = append(g.runs, g.slabs.at(n, i*g.slabs.step, 0))
		}
	}
}

// setParts says how the work is cut into items.
func (g *weightGrad) setParts() {
	const (
		maxTeams, maxSums = 8, 1 << 19
		wantItems         = 16
		side              = 128     // an item should have so many rows and columns,
		minBlocks         = 6       // and so many blocks: to add a team's dw takes time
		maxSource         = 1 << 16 // floats of the slabs of an item: half of the second-level cache
		perCore           = 4       // items
	)
	rows := g.Kernel * g.Kernel * g.In / g.Groups
	large := ceilDiv(rows, side) * ceilDiv(g.Out, side)
	g.teams = max(1, min(maxTeams, ceilDiv(wantItems, large), g.count/minBlocks, 1+maxSums/(rows*g.Out)))
	down := min(g.slabs.count, ceilDiv(g.slabs.count*g.slabs.size, maxSource))
	g.across = 1
	if cores := runtime.GOMAXPROCS(0); cores > 1 {
		down, g.across = g.halve(rows, down, ceilDiv(perCore*cores, g.teams))
	}
	for i := range down {
		g.parts = append(g.parts, g.rowPart(i*g.slabs.count/down, (i+1)*g.slabs.count/down))
	}
}

// halve cuts a team's dw, of so many rows that are cut already, into so many items
// or somewhat more. It halves the longer side: each item copies its rows of x and
// its columns of dy.
func (g *weightGrad) halve(rows, down, items int) (partsDown, across int) {
	across = 1
	for down*across < items {
		canDown, canAcross := 2*down <= g.slabs.count, 2*across <= len(g.panels)
		switch {
		case canDown && (rows*across >= g.Out*down || !canAcross):
			down *= 2
		case canAcross:
			across *= 2
		default:
			return down, across
		}
	}
	return down, across
}

// rowPart lists the rows of dw that belong to some slabs.
func (g *weightGrad) rowPart(first, end int) rowPart {
	depth := g.In / g.Groups
	p := rowPart{first: first, end: end, group: g.group()}
	for slab := first; slab < end; slab++ {
		for tap := range g.Kernel * g.Kernel {
			start := (slab-first)*g.slabs.size + g.slabs.at(0, tap/g.Kernel*g.Dilation, tap%g.Kernel*g.Dilation)
			channel := slab * g.slabs.channels
			for k := range min(g.slabs.channels, depth-channel) {
				p.from = append(p.from, start+k)
				p.to = append(p.to, (tap*depth+channel+k)*g.Out)
			}
		}
	}
	return p
}

// group is how many rows are done together, for one panel after the other: those
// of whole slabs. A panel's share of a row of dw is a line of the cache, and the
// rows may stand pages apart. With too many rows, their pages are forgotten before
// the next panel comes to the lines beside; with too few, the panel's columns of
// dy are read again and again. Between 96 and 288, 144 was the fastest, and has
// whole tiles of six and of twelve.
func (g *weightGrad) group() int {
	const rows = 144
	ofSlab := g.Kernel * g.Kernel * g.slabs.channels
	return max(1, rows/ofSlab) * ofSlab
}
