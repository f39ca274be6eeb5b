package kernel

import "sync"

// winogradPass is a forward pass, or the gradient of the input, under way. It is
// pooled with its memory and with its functions bound, so that a call allocates
// nothing.
type winogradPass struct {
	winograd
	y, x, w, bias []float32
	flipped       bool // y is dx and x is dy
	u             []float32

	doWeights, doBlock func(i int)
}

var winogradPasses = sync.Pool{New: func() any {
	p := new(winogradPass)
	p.doWeights, p.doBlock = p.transformWeights, p.convolveBlock
	return p
}}

// run computes y from x, overwriting it.
func (g winograd) run(y, x, w, bias []float32, flipped bool) {
	p := winogradPasses.Get().(*winogradPass)
	p.winograd, p.y, p.x, p.w, p.bias, p.flipped = g, y, x, w, bias, flipped
	p.u = resize(&p.u, g.positions()*g.uStep)
	Parallel(g.out/g.lanes, p.doWeights)
	Parallel(g.blocks(), p.doBlock)
	p.y, p.x, p.w, p.bias = nil, nil, nil, nil
	winogradPasses.Put(p)
}

// winogradBuffer is the memory of one goroutine.
type winogradBuffer struct{ v, m, du, area []float32 }

var winogradBuffers = sync.Pool{New: func() any { return new(winogradBuffer) }}

// transformWeights computes U for the i-th vector of target channels.
func (p *winogradPass) transformWeights(i int) {
	const taps = 9
	first := i * p.lanes
	u := p.u[first/p.cols*p.cols*p.source.channels+first%p.cols:]
	n, width := p.source.channels, min(p.lanes, p.target.channels-first)
	if !p.flipped && width == p.lanes {
		p.weights(u, p.w[first:], n, p.cols, p.target.channels, p.uStep, n*p.target.channels)
		return
	}
	own := winogradBuffers.Get().(*winogradBuffer)
	defer winogradBuffers.Put(own)
	packed := resize(&own.area, taps*n*p.lanes)
	for tap := range taps {
		for k := range n {
			line := packed[(tap*n+k)*p.lanes:][:p.lanes]
			clear(line[width:])
			if !p.flipped {
				copy(line[:width], p.w[(tap*n+k)*p.target.channels+first:])
				continue
			}
			from := p.w[((taps-1-tap)*p.target.channels+first)*n+k:]
			for j := range width {
				line[j] = from[j*n]
			}
		}
	}
	p.weights(u, packed, n, p.cols, p.lanes, p.uStep, n*p.lanes)
}

// convolveBlock computes the outputs of a block of tiles.
func (p *winogradPass) convolveBlock(block int) {
	own := winogradBuffers.Get().(*winogradBuffer)
	defer winogradBuffers.Put(own)
	v, m := resize(&own.v, p.positions()*p.vStep), resize(&own.m, p.positions()*p.mStep)
	tiles := p.transformInputs(own, v, p.x, block)
	p.multiply(m, v, p.u, p.positions(), p.out/p.cols, ceilDiv(tiles, p.multiplyRows), p.source.channels,
		p.out, p.in, p.mStep, p.vStep, p.uStep)
	if p.bias != nil {
		p.addBias(m, tiles)
	}
	p.transformOutputs(own, m, block)
}

// addBias adds the bias to all outputs: the position of the point 1 in both
// directions goes into each of them once, for the second column of Aᵀ is all
// ones.
func (p *winogradPass) addBias(m []float32, tiles int) {
	m = m[(p.points+1)*p.mStep:]
	for t := range tiles {
		line := m[t*p.out:][:len(p.bias)]
		for i, b := range p.bias {
			line[i] += b
		}
	}
}

// transformInputs computes V of a block and returns how many tiles it has.
func (g *winograd) transformInputs(own *winogradBuffer, v, x []float32, block int) int {
	buffer := resize(&own.area, g.points*(g.block*g.edge+g.points-g.edge)*g.in)
	return g.strips(block, func(s strip) {
		view, row := g.source.view(g.inputs(s), x[s.picture*g.source.size():][:g.source.size()], g.in, buffer)
		g.input(v[s.at*g.in:], view, s.tiles, g.in, row, g.vStep)
	})
}

// transformOutputs computes Y of a block from M.
func (p *winogradPass) transformOutputs(own *winogradBuffer, m []float32, block int) {
	buffer := resize(&own.area, p.edge*p.block*p.edge*p.out)
	p.strips(block, func(s strip) {
		y, area := p.y[s.picture*p.target.size():][:p.target.size()], p.outputs(s)
		if p.out == p.target.channels && area.inside(p.target) {
			p.output(y[p.target.at(area.row, area.column):], m[s.at*p.out:], s.tiles, p.out, p.target.w*p.out, p.mStep)
		} else {
			p.output(buffer, m[s.at*p.out:], s.tiles, p.out, area.columns*p.out, p.mStep)
			p.target.put(area, y, p.out, buffer)
		}
	})
}
