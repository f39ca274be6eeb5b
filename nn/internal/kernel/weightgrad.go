package kernel

import "sync"

// WeightGrad adds the gradient of the weights to dw; see NaiveWeightGrad.
//
// The tile's rows are here the rows of dw, as a matrix [Kernel*Kernel*In/Groups,
// Out]: one for each tap and input channel. Its runs are the rows of pixels of
// dy. What a row of dw meets at a pixel stands in x at the row's own offset
// plus the pixel's.
//
// The pictures are split among teams, whose number depends on the shape alone.
// Each team adds up a dw of its own; then these are added in order. A team that
// is alone adds to dw itself.
func (c Conv) WeightGrad(dw, x, dy []float32) {
	if form := c.winogradForm(); form != nil {
		c.winogradWeightGrad(form, dw, x, dy)
		return
	}
	if c.Kernel > 1 || c.Stride > 1 || c.Pad > 0 {
		weightGrads.of(c).run(dw, x, dy)
		return
	}
	// Where the window is one pixel, all pixels are one list, and this is cut
	// into pictures of a good size.
	const lot = 128
	pixels := c.N * c.H * c.W
	c.N, c.H, c.W = pixels/lot, 1, lot
	weightGrads.of(c).run(dw, x, dy)
	done := c.N * lot
	c.N, c.W = 1, pixels-done
	if c.W > 0 {
		weightGrads.of(c).run(dw, x[done*c.In:], dy[done*c.Out:])
	}
}

var weightGrads = plans[*weightGrad]{make: newWeightGrad}

// weightGrad is the plan.
type weightGrad struct {
	Conv
	in, out picture
	frame   framed
	lot     int   // pictures taken together
	band    int   // rows of output pixels taken together, of one lot
	from    []int // where each row of dw starts in the framed pictures
	runs    []int // and how far each row of output pixels of a lot stands from there
	panels  []sumPanel
	size    int // floats of one team's dw
	teams   int
	parts   int // the rows of dw are split into so many items of work
}

// sumPanel is a panel of a team's dw. Where there are several teams, it is
// stored at its place as [len(from)][cols]; else it is a part of dw.
type sumPanel struct {
	panel
	at int
	to []int // where its rows are
}

func newWeightGrad(c Conv) *weightGrad {
	const maxTeams, maxSums, wantItems = 8, 1 << 19, 16
	g := &weightGrad{Conv: c, in: c.inPicture(), out: c.outPicture()}
	w := window{c.forwardAxis(c.H), c.forwardAxis(c.W)}
	g.frame = g.in.frame(w)
	g.setLot()
	taps, length := w.runs(g.frame, g.In/g.Groups)
	for _, tap := range taps {
		for k := range length {
			g.from = append(g.from, tap+k)
		}
	}
	panels := kernels.panels(c.Groups, c.Out/c.Groups)
	for _, p := range panels {
		g.size += len(g.from) * p.cols()
	}
	g.teams = max(1, min(c.N, maxTeams, maxSums/g.size))
	at, to := 0, map[int][]int{}
	for _, p := range panels {
		if g.teams == 1 {
			at = p.group*c.Out/c.Groups + p.first
			to[p.cols()] = lines(to[p.cols()], len(g.from), c.Out)
		} else {
			to[p.cols()] = lines(to[p.cols()], len(g.from), p.cols())
		}
		g.panels = append(g.panels, sumPanel{p, at, to[p.cols()]})
		at += len(g.from) * p.cols()
	}
	g.parts = min(ceilDiv(len(g.from), maxRows), ceilDiv(wantItems, g.teams))
	return g
}

// setLot chooses how many pixels the tiles of dw pass over before the next
// ones: a panel of dy should stay in the first-level cache, the part of x in the
// second.
func (g *weightGrad) setLot() {
	const maxPixels, maxSource = 192, 1 << 17
	g.lot = max(1, min(g.N, maxPixels/(g.out.h*g.out.w), maxSource/g.frame.size()))
	for n := range g.lot {
		for i := range g.out.h {
			g.runs = append(g.runs, n*g.frame.size()+g.frame.at(i*g.Stride, 0))
		}
	}
	bands := max(ceilDiv(len(g.runs)*g.out.w, maxPixels), ceilDiv(g.lot*g.frame.size(), maxSource))
	g.band = ceilDiv(len(g.runs), bands)
}

// lines says where n lines stand that are a distance apart, in at if that is made.
func lines(at []int, n, distance int) []int {
	if at == nil {
		at = make([]int, n)
	}
	for i := range at {
		at[i] = i * distance
	}
	return at
}

// frameFirst says that all pictures are put into their frames before the items
// begin, since several items would frame the same ones.
func (g *weightGrad) frameFirst() bool { return g.parts > 1 && !g.frame.bare() }

// weightGradCall is one run of a plan over some data, pooled.
type weightGradCall struct {
	*weightGrad
	dw, x, dy []float32

	sums, frames  []float32 // memory
	onItem, onAdd func(i int)
	onFrame       func(i int)
}

var weightGradCalls = sync.Pool{New: func() any {
	c := new(weightGradCall)
	c.onFrame, c.onItem, c.onAdd = c.fill, c.item, c.add
	return c
}}

func (g *weightGrad) run(dw, x, dy []float32) {
	if g.N == 0 {
		return
	}
	c := weightGradCalls.Get().(*weightGradCall)
	defer c.release()
	c.weightGrad, c.dw, c.x, c.dy = g, dw, x, dy
	if g.teams > 1 {
		resize(&c.sums, g.teams*g.size)
	}
	if g.frameFirst() {
		resize(&c.frames, g.N*g.frame.size())
		Parallel(g.N, c.onFrame)
	}
	Parallel(g.teams*g.parts, c.onItem)
	if g.teams > 1 {
		Parallel(len(g.panels)*addParts, c.onAdd)
	}
}

// release forgets the caller's data.
func (c *weightGradCall) release() {
	c.weightGrad, c.dw, c.x, c.dy = nil, nil, nil, nil
	weightGradCalls.Put(c)
}

func (c *weightGradCall) fill(n int) {
	c.frame.fill(c.frames[n*c.frame.size():], c.x[n*c.in.size():], 0, c.frame.h)
}

// item computes one part of the rows of a team's dw.
func (c *weightGradCall) item(i int) {
	team, part := i/c.parts, i%c.parts
	own := getScratch()
	defer own.release()
	line := c.out.w * c.out.channels
	first, end := team*c.N/c.teams, (team+1)*c.N/c.teams
	begun := false
	for n := first; n < end; n += c.lot {
		lot := min(c.lot, end-n)
		x := c.framedLot(own, n, lot)
		dy := c.dy[n*c.out.size() : (n+lot)*c.out.size()]
		for runs := c.runs[:lot*c.out.h]; len(runs) > 0; {
			rows := min(c.band, len(runs))
			c.collect(own, team, part, x, dy[:rows*line], runs[:rows], begun)
			runs, dy = runs[rows:], dy[rows*line:]
			begun = true
		}
	}
}

// framedLot returns some pictures in their frames.
func (c *weightGradCall) framedLot(own *scratch, first, lot int) []float32 {
	switch {
	case c.frame.bare():
		return c.x[first*c.in.size():]
	case c.frameFirst():
		return c.frames[first*c.frame.size():]
	}
	framed := resize(&own.picture, lot*c.frame.size())
	for n := range lot {
		c.frame.fill(framed[n*c.frame.size():], c.x[(first+n)*c.in.size():], 0, c.frame.h)
	}
	return framed
}

// collect computes what some rows of pixels give to one part of the rows of a
// team's dw. It sets the sums or adds to them.
func (c *weightGradCall) collect(own *scratch, team, part int, x, dy []float32, runs []int, add bool) {
	first, end := part*len(c.from)/c.parts, (part+1)*len(c.from)/c.parts
	sums := c.dw
	if c.teams > 1 {
		sums = c.sums[team*c.size:]
	}
	for _, p := range c.panels {
		o := operands{
			c: sums[p.at:], a: x[p.group*c.In/c.Groups:], b: dy[p.group*c.Out/c.Groups+p.first:],
			runs: runs, length: c.out.w, aStep: c.Stride * c.In, bStep: c.Out,
		}
		if add || c.teams == 1 {
			o.start = o.c
		}
		if p.width < p.cols() || end-first >= packFrom {
			o.b, o.bStep = p.pack(own, o.b, c.Out), p.cols()
		}
		if c.teams > 1 { // there is room for whole tiles
			p.width = p.cols()
		}
		p.sweep(own, o, p.to[first:end], c.from[first:end])
	}
}

// packFrom is the number of rows of dw from which on it pays to pack a panel's
// columns of dy.
const packFrom = 96

// pack copies the panel's columns out of pixels of so many channels, and fills
// them up with zeros to the width of the tile.
func (p panel) pack(own *scratch, pixels []float32, channels int) []float32 {
	n := ceilDiv(len(pixels), channels)
	packed := resize(&own.floats, n*p.cols())
	copyLines(packed, pixels, n, p.cols(), p.width, channels)
	return packed
}

// addParts is how many items add one panel of the teams' sums.
const addParts = 8

// add adds some rows of one panel of all teams' sums to dw.
func (c *weightGradCall) add(i int) {
	p, part := c.panels[i/addParts], i%addParts
	for row := part * len(c.from) / addParts; row < (part+1)*len(c.from)/addParts; row++ {
		to := c.dw[row*c.Out+p.group*c.Out/c.Groups+p.first:][:p.width]
		for team := range c.teams {
			from := c.sums[team*c.size+p.at+row*p.cols():][:len(to)]
			for i := range to {
				to[i] += from[i]
			}
		}
	}
}
