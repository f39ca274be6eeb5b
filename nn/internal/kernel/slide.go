package kernel

import "runtime"

// slide is the plan of windows that move over a batch of pictures, the source,
// and compute one pixel of the target at each position: the forward pass and,
// over dy, the gradient of the input. All windows have the same step.
type slide struct {
	cores          int // that the work is cut for
	n, groups      int
	source, target picture
	frame          framed
	step           int
	passes         []pass
	weights        int // floats of all packed weights
	cut
}

// pass is the way of one window over a picture for one panel of target channels.
type pass struct {
	*path
	panel
	weights int // where its packed weights begin, as the tile reads b: [runs][length][cols]
}

// path is where a window goes, and what it reads at each place.
type path struct {
	window
	from, to []int // of the first band of rows; the others follow at a distance
	runs     []int
	length   int
}

func newSlide(n, groups int, source, target picture, windows []window) *slide {
	s := &slide{cores: runtime.GOMAXPROCS(0), n: n, groups: groups, source: source, target: target, frame: source.frame(windows...), step: windows[0].y.step}
	panels := kernels.panels(groups, target.channels/groups)
	for _, w := range windows {
		p := &path{window: w}
		p.runs, p.length = w.runs(s.frame, source.channels/groups)
		for _, panel := range panels {
			s.passes = append(s.passes, pass{p, panel, s.weights})
			s.weights += len(p.runs) * p.length * panel.cols()
		}
	}
	s.cut = s.newCut()
	for i := 0; i < len(s.passes); i += len(panels) {
		s.passes[i].from, s.passes[i].to = s.passes[i].positions(s.frame.picture, target, s.rows)
	}
	return s
}

// slideCall is one run of a plan over some data. It is used again and again, with
// the functions that Parallel wants.
type slideCall struct {
	*slide
	target, source []float32
	unpacked       weights
	packed         []float32
	Epilogue

	frames, packing []float32 // memory
	onPack, onFrame func(i int)
	onItem          func(i int)
}

var slideCalls = stock[slideCall]{make: func() *slideCall {
	c := new(slideCall)
	c.onPack, c.onFrame, c.onItem = c.pack, c.fill, c.item
	return c
}}

// run computes target, overwriting it.
func (s *slide) run(target, source []float32, w weights, e Epilogue) {
	c := slideCalls.take()
	defer c.release()
	c.slide, c.target, c.source, c.unpacked, c.Epilogue = s, target, source, w, e
	c.packed = resize(&c.packing, s.weights)
	Parallel(len(s.passes), c.onPack)
	c.compute()
}

// runPacked does so with weights that are packed already.
func (s *slide) runPacked(target, source, packed []float32, e Epilogue) {
	c := slideCalls.take()
	defer c.release()
	c.slide, c.target, c.source, c.packed, c.Epilogue = s, target, source, packed, e
	c.compute()
}

// release forgets the caller's data.
func (c *slideCall) release() {
	c.slide, c.target, c.source, c.unpacked, c.packed, c.Epilogue = nil, nil, nil, weights{}, nil, Epilogue{}
	slideCalls.giveBack(c)
}

func (c *slideCall) compute() {
	if c.frameFirst {
		resize(&c.frames, c.n*c.frame.size())
		Parallel(c.n*c.frameBands(), c.onFrame)
	}
	parallelWithScratch(c.n*ceilDiv(c.bands, c.lot)*c.parts, c.onItem)
}

func (c *slideCall) pack(i int) {
	c.unpacked.pack(c.packed[c.passes[i].weights:], c.passes[i], c.slide.source.channels/c.groups)
}

// frameRows is how many rows of a picture are framed by an item.
const frameRows = 8

func (s *slide) frameBands() int { return ceilDiv(s.frame.h, frameRows) }

func (c *slideCall) fill(item int) {
	n, first := item/c.frameBands(), item%c.frameBands()*frameRows
	c.frame.fill(c.frames[n*c.frame.size():], c.source[n*c.slide.source.size():], first, first+frameRows)
}

// item computes a part of the target channels for a lot of bands of a picture.
// Items that follow each other use the same weights.
func (c *slideCall) item(i int) {
	lots := ceilDiv(c.bands, c.lot)
	part, n, band := i/(c.n*lots), i/lots%c.n, i%lots*c.lot
	own := getScratch()
	defer own.release()
	passes := c.passes[part*len(c.passes)/c.parts : (part+1)*len(c.passes)/c.parts]
	for end := min(band+c.lot, c.bands); band < end; band++ {
		in := c.bandOf(own, n, band)
		var next ahead
		if band+1 < end {
			next = c.reads(n, band+1, len(passes))
		}
		for k, p := range passes {
			following := c.firstWeights(i + c.cores)
			if k+1 < len(passes) {
				following = c.packed[passes[k+1].weights:]
			}
			c.do(p, own, in, n, band, &next, following)
		}
	}
}

// firstWeights are those that an item begins with, and what follows them. The item that
// falls to the same core next is as many on as there are cores, if all are equally fast.
func (c *slideCall) firstWeights(item int) []float32 {
	part := item / (c.n * ceilDiv(c.bands, c.lot))
	if part >= c.parts {
		return nil
	}
	return c.packed[c.passes[part*len(c.passes)/c.parts].weights:]
}

// bandOf returns the source, framed, from the band's first row on.
func (c *slideCall) bandOf(own *scratch, n, band int) []float32 {
	pixels := c.source[n*c.slide.source.size():]
	first := band * c.rows * c.step
	switch {
	case c.frame.bare():
	case c.frameFirst:
		pixels = c.frames[n*c.frame.size():]
	default:
		framed := own.floats(pictureBuffer, c.frame.size())
		c.frame.fill(framed, pixels, first, first+(c.rows-1)*c.step+c.frame.reach)
		pixels = framed
	}
	return pixels[c.frame.at(first, 0):]
}

// reads is what is read for a band, to be asked for in so many sweeps. Only bands
// without a frame come in lots.
func (c *slideCall) reads(n, band, sweeps int) (a ahead) {
	size := c.slide.source.size()
	from, to := c.frame.at(band*c.rows*c.step, 0), c.frame.at((band+1)*c.rows*c.step, 0)
	a.x = c.source[n*size:][min(from, size):min(to, size)]
	a.share = ceilDiv(len(a.x), max(1, sweeps-1))
	return a
}

// do computes the pass's target channels for its rows of a band. The sums go on
// in the target from one block of weights to the next. Its tiles ask for a share of
// the next band or else for the next weights: the pass's own, and in the end those that follow.
func (c *slideCall) do(p pass, own *scratch, source []float32, n, band int, next *ahead, following []float32) {
	pixels := (min((band+1)*c.rows, p.y.count) - band*c.rows) * p.x.count
	if pixels <= 0 { // another window has a row more
		return
	}
	to, from := p.to[:pixels], p.from[:pixels]
	channel := p.group*c.slide.target.channels/c.groups + p.first
	at := n*c.slide.target.size() + c.slide.target.at(band*c.rows*p.y.spacing, 0) + channel
	o := operands{
		c: c.target[at:], start: after(c.Add, at), b: c.packed[p.weights:],
		a:      source[p.group*c.slide.source.channels/c.groups:],
		length: p.length, aStep: 1,
	}
	block, tiles := p.block(), ceilDiv(pixels, p.tiles[0].rows)
	for first := 0; ; first += block {
		end := min(first+block, len(p.runs))
		o.runs = p.runs[first:end]
		if share := next.take(); len(share) > 0 {
			o.foresee(share, tiles)
		} else if p.width == p.cols() {
			weights := len(o.runs) * p.length * p.cols()
			if end < len(p.runs) {
				o.foresee(o.b[weights:][:min(weights, len(o.b)-weights)], tiles)
			} else {
				o.foresee(following[:min(weights, len(following))], tiles)
			}
		}
		if end == len(p.runs) {
			o.bias, o.relu = after(c.Bias, channel), c.ReLU
			p.sweep(own, o, to, from)
			return
		}
		p.sweep(own, o, to, from)
		o.start, o.b = o.c, o.b[block*p.length*p.cols():]
	}
}

// block is how many runs the tiles go through before they go on to the next
// pixels: so many that their weights, which come from afar the first time, take
// little of the second-level cache.
func (p pass) block() int {
	const floats = 16 << 10
	return max(1, floats/max(1, p.length*p.cols()))
}

// after returns s[at:], or nil if s is.
func after(s []float32, at int) []float32 {
	if s == nil {
		return nil
	}
	return s[at:]
}
