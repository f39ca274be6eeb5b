package kernel

import (
	"runtime"
	"sync"
)

// winogradPass is a forward pass, or the gradient of the input, under way. It is
// pooled with its memory and with its functions bound, so that a call allocates
// nothing.
type winogradPass struct {
	winograd
	y, x, w, bias []float32
	flipped       bool // y is dx and x is dy: w the other way round
	u             []float32
	workers       int

	doWeights, doBlock func(i int)
}

var winogradPasses = sync.Pool{New: func() any {
	p := new(winogradPass)
	p.doWeights, p.doBlock = p.transformWeights, p.convolveBlock
	return p
}}

// passBlock is how many tiles a block has: with few channels V stays in the
// first-level cache.
const passBlock = 16

func (c Conv) winogradForward(form *winogradForm, y, x, w, bias []float32) {
	p := winogradPasses.Get().(*winogradPass)
	p.winograd = newWinograd(form, c.N, c.Pad, c.inPicture(), c.outPicture(), passBlock)
	p.y, p.x, p.w, p.bias, p.flipped = y, x, w, bias, false
	p.run()
}

func (c Conv) winogradInputGrad(form *winogradForm, dx, dy, w []float32) {
	p := winogradPasses.Get().(*winogradPass)
	p.winograd = newWinograd(form, c.N, 2-c.Pad, c.outPicture(), c.inPicture(), passBlock)
	p.y, p.x, p.w, p.bias, p.flipped = dx, dy, w, nil, true
	p.run()
}

// run computes y, overwriting it, and gives the pass back.
func (p *winogradPass) run() {
	p.u = resize(&p.u, p.positions()*p.uStep)
	p.workers = runtime.GOMAXPROCS(0)
	Parallel(p.out/p.lanes, p.doWeights)
	Parallel(p.blocks(), p.doBlock)
	p.y, p.x, p.w, p.bias = nil, nil, nil, nil
	winogradPasses.Put(p)
}

// winogradBuffer is the memory of one goroutine.
type winogradBuffer struct{ v, m, du, pixels, weights []float32 }

var winogradBuffers = sync.Pool{New: func() any { return new(winogradBuffer) }}

func getWinogradBuffer() *winogradBuffer { return winogradBuffers.Get().(*winogradBuffer) }
func (b *winogradBuffer) release()       { winogradBuffers.Put(b) }

// transformWeights computes U for as many target channels as there are lanes.
func (p *winogradPass) transformWeights(i int) {
	first, n := i*p.lanes, p.source.channels
	u := p.u[first/p.cols*p.cols*n+first%p.cols:]
	if !p.flipped && first+p.lanes <= p.target.channels {
		p.weights(u, p.w[first:], n, p.cols, p.target.channels, p.uStep, n*p.target.channels)
		return
	}
	own := getWinogradBuffer()
	defer own.release()
	packed := resize(&own.weights, 9*n*p.lanes)
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

// convolveBlock computes the outputs of a block of tiles.
func (p *winogradPass) convolveBlock(block int) {
	own := getWinogradBuffer()
	defer own.release()
	v := resize(&own.v, p.positions()*p.vStep)
	m := v // a product of one panel can take the place of its factor
	if p.in != p.out || p.out != p.cols {
		m = resize(&own.m, p.positions()*p.mStep)
	}
	p.transformInputs(own, v, p.x, block)
	first, end := p.bounds(block)
	p.multiply(m, v, p.u, p.positions(), p.out/p.cols, ceilDiv(end-first, p.multiplyRows), p.source.channels,
		p.out, p.in, p.mStep, p.vStep, p.uStep, p.inputSpan(p.x, block+p.workers), p.outputSpan(p.y, block))
	if p.bias != nil {
		p.addBias(m, end-first)
	}
	p.transformOutputs(own, m, block)
}

// addBias adds the bias to all outputs of so many tiles: the position of the
// point 1 in both directions goes into each output once, for the second column
// of Aᵀ is all ones.
func (p *winogradPass) addBias(m []float32, tiles int) {
	m = m[(p.points+1)*p.mStep:]
	for t := range tiles {
		line := m[t*p.out:][:len(p.bias)]
		for i, b := range p.bias {
			line[i] += b
		}
	}
}

// transformInputs computes V of a block.
func (g *winograd) transformInputs(own *winogradBuffer, v, x []float32, block int) {
	buffer := resize(&own.pixels, g.points*(g.block*g.edge+g.points-g.edge)*g.in)
	g.strips(block, func(s strip) {
		view, row := g.source.view(g.inputs(s), x[s.picture*g.source.size():][:g.source.size()], g.in, buffer)
		g.input(v[s.at*g.in:], view, s.tiles, g.in, row, g.vStep)
	})
}

// transformOutputs computes Y of a block.
func (p *winogradPass) transformOutputs(own *winogradBuffer, m []float32, block int) {
	buffer := resize(&own.pixels, p.edge*p.block*p.edge*p.out)
	p.strips(block, func(s strip) {
		y, area := p.y[s.picture*p.target.size():][:p.target.size()], p.outputs(s)
		if p.out == p.target.channels && area.inside(p.target) {
			p.output(y[p.target.at(area.row, area.column):], m[s.at*p.out:], s.tiles, p.out, p.target.w*p.out, p.mStep)
			return
		}
		p.output(buffer, m[s.at*p.out:], s.tiles, p.out, area.columns*p.out, p.mStep)
		p.target.put(area, y, p.out, buffer)
	})
}
