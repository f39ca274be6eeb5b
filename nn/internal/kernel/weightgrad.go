package kernel

// WeightGrad adds the gradient of the weights to dw; see NaiveWeightGrad.
//
// The tile's rows are here the rows of dw, as a matrix [Kernel*Kernel*In/Groups,
// Out]: one for each tap and input channel. Its runs are the rows of pixels of
// dy. What a row of dw meets at a pixel stands in x at the row's own offset
// plus the pixel's.
//
// The pictures are split among teams, whose number depends on the shape alone.
// Each team adds up a dw of its own; then these are added in order.
func (c Conv) WeightGrad(dw, x, dy []float32) {
	if c.N == 0 {
		return
	}
	if g, use := c.winograd(false); use {
		g.weightGrad(dw, x, dy)
		return
	}
	g := newWeightGrad(c)
	memory := getScratch()
	defer memory.release()
	sums := resize(&memory.floats, g.teams*g.size)
	Parallel(g.teams*g.parts, func(item int) {
		team, part := item/g.parts, item%g.parts
		g.collect(sums[team*g.size:][:g.size], x, dy, team, part)
	})
	Parallel(len(g.panels), func(i int) { g.add(dw, sums, g.panels[i]) })
}

// cached is how many floats of x and dy the tiles of dw pass over before the
// next ones: about what stays in the first-level cache.
const cached = 10 << 10

type weightGrad struct {
	Conv
	in, out picture
	frame   framed
	lot     int   // pictures taken together
	from    []int // where each row of dw starts in the framed pictures; whole tiles
	runs    []int // and how far each row of output pixels of a lot stands from there
	panels  []sumPanel
	size    int // floats of one team's dw
	teams   int
	parts   int // the rows of dw are split into so many items of work
}

// sumPanel is a panel of a team's dw, stored at its place as [len(from)][cols].
type sumPanel struct {
	panel
	at int
}

func newWeightGrad(c Conv) *weightGrad {
	const maxTeams, maxSums, wantItems = 8, 1 << 19, 16
	g := &weightGrad{Conv: c, in: c.inPicture(), out: c.outPicture()}
	w := window{c.forwardAxis(c.H), c.forwardAxis(c.W)}
	g.frame = g.in.frame(w)
	g.lot = max(1, min(c.N, cached/(g.frame.size()+g.out.size())))
	g.from = g.rows(w)
	for n := range g.lot {
		for i := range g.out.h {
			g.runs = append(g.runs, n*g.frame.size()+g.frame.at(i*c.Stride, 0))
		}
	}
	for _, p := range kernels.panels(c.Groups, c.Out/c.Groups) {
		g.panels = append(g.panels, sumPanel{p, g.size})
		g.size += len(g.from) * p.cols
	}
	g.teams = max(1, min(c.N, maxTeams, maxSums/g.size))
	g.parts = min(g.tiles(), ceilDiv(wantItems, g.teams))
	return g
}

// rows lists where the rows of dw start; the last one again and again until the
// last tile is full.
func (g *weightGrad) rows(w window) []int {
	var rows []int
	taps, length := w.runs(g.frame, g.In/g.Groups)
	for _, tap := range taps {
		for k := range length {
			rows = append(rows, tap+k)
		}
	}
	for len(rows)%kernels.wide.rows != 0 {
		rows = append(rows, rows[len(rows)-1])
	}
	return rows
}

func (g *weightGrad) tiles() int { return len(g.from) / kernels.wide.rows }

// collect computes one part of the rows of a team's dw.
func (g *weightGrad) collect(sums, x, dy []float32, team, part int) {
	own := getScratch()
	defer own.release()
	line := g.out.w * g.out.channels
	band := max(1, cached/(g.Stride*g.frame.w*g.in.channels+line)) // rows of pixels of dy
	first, end := team*g.N/g.teams, (team+1)*g.N/g.teams
	begun := false
	for n := first; n < end; n += g.lot {
		lot := min(g.lot, end-n)
		in := g.inFrames(own, x[n*g.in.size():(n+lot)*g.in.size()])
		out := dy[n*g.out.size() : (n+lot)*g.out.size()]
		for runs := g.runs[:lot*g.out.h]; len(runs) > 0; {
			rows := min(band, len(runs))
			g.collectBand(own, sums, in, out[:rows*line], runs[:rows], part, begun)
			runs, out = runs[rows:], out[rows*line:]
			begun = true
		}
	}
}

// inFrames puts each of the pictures into its frame.
func (g *weightGrad) inFrames(own *scratch, pictures []float32) []float32 {
	if g.frame.bare() {
		return pictures
	}
	n := len(pictures) / g.in.size()
	framed := resize(&own.picture, n*g.frame.size())
	for i := range n {
		g.frame.fill(framed[i*g.frame.size():], pictures[i*g.in.size():], 0, g.frame.h)
	}
	return framed
}

// collectBand computes what some rows of pixels give to one part of the rows of
// dw. It sets the sums or adds to them.
func (g *weightGrad) collectBand(own *scratch, sums, x, dy []float32, runs []int, part int, add bool) {
	rows, outW, aStep := kernels.wide.rows, g.out.w, g.Stride*g.In
	first, end := part*g.tiles()/g.parts*rows, (part+1)*g.tiles()/g.parts*rows
	for _, p := range g.panels {
		a, b, bStep := x[p.group*g.In/g.Groups:], dy[p.group*g.Out/g.Groups+p.first:], g.Out
		if p.width < p.cols {
			b, bStep = p.pack(own, b, g.Out), p.cols
		}
		to := p.lines(own)
		for row := first; row < end; row += rows {
			p.run(sums[p.at+row*p.cols:], a, b, to, g.from[row:], runs, outW, aStep, bStep, add)
		}
	}
}

// pack copies the panel's columns out of pixels of so many channels, and fills
// them up with zeros to the width of the tile.
func (p panel) pack(own *scratch, pixels []float32, channels int) []float32 {
	n := ceilDiv(len(pixels), channels)
	packed := resize(&own.floats, n*p.cols)
	for i := range n {
		line := packed[i*p.cols:][:p.cols]
		copy(line[:p.width], pixels[i*channels:])
		clear(line[p.width:])
	}
	return packed
}

// add adds one panel of all teams' sums to dw.
func (g *weightGrad) add(dw, sums []float32, p sumPanel) {
	for row := range g.Kernel * g.Kernel * g.In / g.Groups {
		to := dw[row*g.Out+p.group*g.Out/g.Groups+p.first:][:p.width]
		for team := range g.teams {
			from := sums[team*g.size+p.at+row*p.cols:][:p.width]
			for i := range to {
				to[i] += from[i]
			}
		}
	}
}
