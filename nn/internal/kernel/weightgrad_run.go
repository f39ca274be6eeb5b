package kernel

import "sync"

// weightGradCall is one run of a plan over some data, pooled.
type weightGradCall struct {
	*weightGrad
	dw, x, dy []float32

	sums   []float32 // of all teams but the first
	onItem func(i int)
}

var weightGradCalls = sync.Pool{New: func() any {
	c := new(weightGradCall)
	c.onItem = c.item
	return c
}}

func (g *weightGrad) run(dw, x, dy []float32) {
	if g.N == 0 {
		return
	}
	c := weightGradCalls.Get().(*weightGradCall)
	defer c.release()
	c.weightGrad, c.dw, c.x, c.dy = g, dw, x, dy
	resize(&c.sums, (g.teams-1)*len(dw))
	Parallel(g.teams*len(g.parts)*g.across, c.onItem)
	for team := 1; team < g.teams; team++ {
		Add(dw, dw, c.sumsOf(team), nil)
	}
}

// release forgets the caller's data.
func (c *weightGradCall) release() {
	c.weightGrad, c.dw, c.x, c.dy = nil, nil, nil, nil
	weightGradCalls.Put(c)
}

// sumsOf is what a team adds up.
func (c *weightGradCall) sumsOf(team int) []float32 {
	if team == 0 {
		return c.dw
	}
	return c.sums[(team-1)*len(c.dw):][:len(c.dw)]
}

// item computes some rows and panels of a team's dw.
func (c *weightGradCall) item(i int) {
	team, part, across := i/(len(c.parts)*c.across), c.parts[i/c.across%len(c.parts)], i%c.across
	panels := c.panels[across*len(c.panels)/c.across : (across+1)*len(c.panels)/c.across]
	own := getScratch()
	defer own.release()
	sums, add := c.sumsOf(team), team == 0
	for block := team * c.count / c.teams; block < (team+1)*c.count/c.teams; block++ {
		c.collect(own, sums, block, part, panels, add)
		add = true
	}
}

// collect computes what a block gives to some rows and panels. It sets the sums
// or adds to them.
func (c *weightGradCall) collect(own *scratch, sums []float32, block int, part rowPart, panels []panel, add bool) {
	first, lot, row, rows := c.of(block, c.N, c.out.h)
	pixels := lot * rows * c.out.w
	dy := c.dy[first*c.out.size()+c.out.at(row, 0):][:pixels*c.Out]
	o := operands{a: resize(&own.picture, (part.end-part.first)*c.slabs.size), runs: c.runs, length: pixels, aStep: c.slabs.step * c.slabs.channels}
	if c.length > 0 {
		o.runs, o.length = c.runs[:lot*rows], c.length
	}
	group := -1
	for _, p := range panels {
		if p.group != group {
			group = p.group
			c.fillSlabs(o.a, part, group, first, lot, row, rows)
		}
		o.b, o.bStep = p.columns(own, dy, c.Conv)
		o.c = sums[p.group*c.Out/c.Groups+p.first:]
		if add {
			o.start = o.c
		}
		p.sweep(own, o, part.to, part.from)
	}
}

// fillSlabs fills those of a part with what a block reads.
func (c *weightGradCall) fillSlabs(to []float32, part rowPart, group, first, lot, row, rows int) {
	depth := c.In / c.Groups
	for slab := part.first; slab < part.end; slab++ {
		channel := slab * c.slabs.channels
		c.slabs.fill(to[(slab-part.first)*c.slabs.size:], c.x[first*c.in.size():], c.in,
			group*depth+channel, min(c.slabs.channels, depth-channel), lot, row, rows)
	}
}

// columns returns the panel's columns of some pixels and how far they stand apart:
// copied, and filled up with zeros to the width of the tile, if there are others.
func (p panel) columns(own *scratch, pixels []float32, c Conv) (columns []float32, step int) {
	cols := p.cols()
	if p.width == cols && cols == c.Out {
		return pixels, cols
	}
	n := len(pixels) / c.Out
	columns = resize(&own.floats, n*cols)
	copyLines(columns, pixels[p.group*c.Out/c.Groups+p.first:], n, cols, p.width, c.Out)
	return columns, cols
}
