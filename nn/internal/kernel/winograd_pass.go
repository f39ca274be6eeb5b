package kernel

import "runtime"

// winogradPass is a forward pass, or the gradient of the input, under way. It is
// used again and again, with its memory and with its functions bound, so that a
// call allocates nothing.
type winogradPass struct {
	winograd
	y, x, w []float32
	flipped bool // y is dx and x is dy: w the other way round
	u       []float32
	Epilogue
	workers int

	weightMemory, inputMemory   []float32
	doWeights, doInputs, doItem func(i int)
}

var winogradPasses = stock[winogradPass]{make: func() *winogradPass {
	p := new(winogradPass)
	p.doWeights, p.doInputs, p.doItem = p.transformWeights, p.transformBlock, p.convolve
	return p
}}

// passBlock is how many tiles a block has: with few channels V stays in the
// first-level cache.
const passBlock = 16

func (c Conv) winogradForward(form *winogradForm, y, x, w, bias []float32) {
	p := winogradPasses.take()
	p.winograd = newWinograd(form, c.N, c.Pad, c.inPicture(), c.outPicture(), passBlock)
	p.y, p.x, p.w, p.flipped, p.Bias = y, x, w, false, bias
	p.run()
}

func (c Conv) winogradInputGrad(form *winogradForm, dx, dy, w []float32) {
	p := winogradPasses.take()
	p.winograd = newWinograd(form, c.N, 2-c.Pad, c.outPicture(), c.inPicture(), passBlock)
	p.y, p.x, p.w, p.flipped = dx, dy, w, true
	p.run()
}

// run computes y, overwriting it, and gives the pass back.
func (p *winogradPass) run() {
	p.u = resize(&p.weightMemory, p.positions()*p.uStep)
	parallelWithScratch(p.out/p.lanes, p.doWeights)
	p.convolveAll()
}

// convolveAll does so with U as it is.
func (p *winogradPass) convolveAll() {
	p.workers = runtime.GOMAXPROCS(0)
	if p.parts > 1 {
		resize(&p.inputMemory, p.positions()*p.vStep)
		parallelWithScratch(p.blocks(), p.doInputs)
	}
	parallelWithScratch(p.parts*p.blocks(), p.doItem)
	p.y, p.x, p.w, p.u, p.Epilogue = nil, nil, nil, nil, Epilogue{}
	winogradPasses.giveBack(p)
}

// transformWeights computes U for as many target channels as there are lanes.
func (p *winogradPass) transformWeights(i int) {
	first, n := i*p.lanes, p.source.channels
	u := p.u[first/p.cols*p.cols*n+first%p.cols:]
	if !p.flipped && first+p.lanes <= p.target.channels {
		p.weights(u, p.w[first:], n, p.cols, p.target.channels, p.uStep, n*p.target.channels)
		return
	}
	own := getScratch()
	defer own.release()
	packed := own.floats(weightBuffer, 9*n*p.lanes)
	if p.flipped {
		p.packFlipped(packed, first)
	} else {
		p.pack(packed, first)
	}
	p.weights(u, packed, n, p.cols, p.lanes, p.uStep, n*p.lanes)
}

// pack copies the weights of the target channels from first on, as many as
// there are lanes, with zeros for those that are not there: [9][source][lanes].
func (p *winogradPass) pack(packed []float32, first int) {
	for row := range 9 * p.source.channels {
		line, from := packed[row*p.lanes:][:p.lanes], p.w[row*p.target.channels:][:p.target.channels]
		clear(line[copy(line, from[first:]):])
	}
}

// packFlipped does so for the gradient of the input: tap t becomes 8-t, and
// w has the target channels before the source channels.
func (p *winogradPass) packFlipped(packed []float32, first int) {
	n, width := p.source.channels, min(p.lanes, p.target.channels-first)
	clear(packed)
	for tap := range 9 {
		to := packed[(8-tap)*n*p.lanes:][:n*p.lanes]
		for lane := range width {
			from := p.w[(tap*p.target.channels+first+lane)*n:][:n]
			at := lane
			for _, weight := range from {
				to[at] = weight
				at += p.lanes
			}
		}
	}
}

// transformBlock computes V of a block for the items that share it.
func (p *winogradPass) transformBlock(block int) {
	own := getScratch()
	defer own.release()
	p.transformInputs(own, p.inputMemory[block*p.block*p.in:], p.x, block)
}

// convolve computes a part of the target channels for the tiles of a block.
func (p *winogradPass) convolve(item int) {
	part, block := item/p.blocks(), item%p.blocks()
	own := getScratch()
	defer own.release()
	m := own.floats(mBuffer, p.positions()*p.mStep)
	v := p.inputMemory[block*p.block*p.in*min(1, p.parts-1):]
	if p.parts == 1 {
		v = own.floats(vBuffer, p.positions()*p.vStep)
		p.transformInputs(own, v, p.x, block)
		if p.in == p.out && p.out == p.cols { // a product of one panel can take the place of its factor
			m = v
		}
	}
	first, end := p.bounds(block)
	width, depth := p.out/p.parts, p.source.channels
	u := p.u[part*width*depth:]
	panels, chunks := width/p.cols, ceilDiv(end-first, p.multiplyRows)
	ahead, step, pace := p.ahead(u, width*depth, block, panels*chunks*(depth/4))
	p.multiply(m, v, u, p.positions(), panels, chunks, depth, width, p.in, p.mStep, p.vStep, p.uStep, ahead, step, pace, p.outputSpan(p.y, block))
	p.addBias(m, part*width, width, end-first)
	p.transformOutputs(own, m, block, part*width, width)
}

// ahead is what multiply asks for while it computes: so many times at each position
// the next floats, pace apart, and a step on from one position to the next. It is the
// next block's part of x; or, where that is in V already, U at the next position.
func (p *winogradPass) ahead(u []float32, floats, block, times int) (ahead []float32, step, pace int) {
	if p.parts > 1 {
		ahead, step = u[min(p.uStep, len(u)):], p.uStep
	} else {
		ahead = p.inputSpan(p.x, block+p.workers)
		step = ceilDiv(len(ahead), p.positions())
		floats = step
	}
	if len(ahead) == 0 {
		return p.x, 0, 0 // what is there already
	}
	return ahead, step, min(lineFloats, ceilDiv(floats, max(1, times)))
}

// addBias adds the bias to all outputs of so many tiles: the position of the
// point 1 in both directions goes into each output once, for the second column
// of Aᵀ is all ones.
func (p *winogradPass) addBias(m []float32, channel, width, tiles int) {
	if p.Bias == nil {
		return
	}
	m, bias := m[(p.points+1)*p.mStep:], p.Bias[channel:min(channel+width, len(p.Bias))]
	for t := range tiles {
		line := m[t*width:][:len(bias)]
		for i, b := range bias {
			line[i] += b
		}
	}
}

// transformInputs computes V of a block.
func (g *winograd) transformInputs(own *scratch, v, x []float32, block int) {
	buffer := own.floats(pixelBuffer, g.points*(g.block*g.edge+g.points-g.edge)*g.in)
	g.strips(block, func(s strip) {
		view, row := g.source.view(g.inputs(s), x[s.picture*g.source.size():][:g.source.size()], g.in, buffer)
		g.input(v[s.at*g.in:], view, s.tiles, g.in, row, g.vStep)
	})
}

// transformOutputs computes Y of a block from M, for so many channels from one
// on.
func (p *winogradPass) transformOutputs(own *scratch, m []float32, block, channel, width int) {
	p.strips(block, func(s strip) {
		area := p.outputs(s)
		at := s.picture*p.target.size() + channel
		if p.out == p.target.channels && area.inside(p.target) {
			at += p.target.at(area.row, area.column)
			p.output(p.y[at:], m[s.at*width:], after(p.Add, at), s.tiles, width, p.out, p.target.w*p.out, p.mStep, p.ReLU)
			return
		}
		buffer := own.floats(pixelBuffer, p.edge*p.block*p.edge*width)
		p.output(buffer, m[s.at*width:], nil, s.tiles, width, width, area.columns*width, p.mStep, false)
		p.put(area, at, min(width, p.target.channels-channel), buffer, width)
	})
}

// put stores what belongs to the target out of a buffer that stands for an area
// of it, so many channels of each pixel, with the epilogue.
func (p *winogradPass) put(a area, at, channels int, buffer []float32, pixel int) {
	for i := range min(a.rows, p.target.h-a.row) {
		for j := range min(a.columns, p.target.w-a.column) {
			sums := buffer[(i*a.columns+j)*pixel:][:channels]
			at := at + p.target.at(a.row+i, a.column+j)
			y := p.y[at:][:channels]
			if p.Add == nil {
				copy(y, sums)
			} else {
				for c, add := range p.Add[at:][:channels] {
					y[c] = sums[c] + add
				}
			}
			if p.ReLU {
				for c, sum := range y {
					y[c] = max(0, sum)
				}
			}
		}
	}
}
