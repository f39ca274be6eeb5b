package kernel

// winogradWeightGrad is the gradient of the weights under way, used
// again and again as winogradPass is.
//
// The blocks of tiles are split among groups, whose number depends on the shape
// alone. Each group adds up a dU of its own and goes back to the nine taps; then
// these sums are added in order.
type winogradWeightGrad struct {
	winograd
	dw, x, dy []float32
	groups    int
	duStep    int
	sums      []float32 // [groups][9][in][out]

	doGroup, doTap func(i int)
}

var winogradWeightGrads = stock[winogradWeightGrad]{make: func() *winogradWeightGrad {
	p := new(winogradWeightGrad)
	p.doGroup, p.doTap = p.collectGroup, p.addTap
	return p
}}

// gradBlock is how many tiles a block has: more than in a pass, for each block
// reads and writes all of dU.
const gradBlock = 32

func (c Conv) winogradWeightGrad(form *winogradForm, dw, x, dy []float32) {
	const maxGroups, maxSums = 8, 1 << 23
	p := winogradWeightGrads.take()
	p.winograd = newWinograd(form, c.N, c.Pad, c.inPicture(), c.outPicture(), gradBlock)
	p.dw, p.x, p.dy = dw, x, dy
	p.groups = min(maxGroups, p.blocks(), max(1, maxSums/p.size()))
	p.duStep = p.in*p.out + skew
	p.sums = resize(&p.sums, p.groups*p.size())
	parallelWithScratch(p.groups, p.doGroup)
	Parallel(9, p.doTap)
	p.dw, p.x, p.dy = nil, nil, nil
	winogradWeightGrads.giveBack(p)
}

// size is how many floats the sum of a group has.
func (p *winogradWeightGrad) size() int { return 9 * p.in * p.out }

// collectGroup computes one group's sum.
func (p *winogradWeightGrad) collectGroup(group int) {
	own := getScratch()
	defer own.release()
	v, z := own.floats(vBuffer, p.positions()*p.vStep), own.floats(mBuffer, p.positions()*p.mStep)
	du := own.floats(duBuffer, p.positions()*p.duStep)
	clear(du)
	for block := group * p.blocks() / p.groups; block < (group+1)*p.blocks()/p.groups; block++ {
		p.transformInputs(own, v, p.x, block)
		p.transformGradients(own, z, block)
		first, end := p.bounds(block)
		p.collect(du, v, z, p.positions(), p.out/p.cols, p.in/p.collectRows, end-first,
			p.in, p.out, p.duStep, p.vStep, p.mStep, p.inputSpan(p.x, block+1), p.outputSpan(p.dy, block+1))
	}
	n := p.in * p.out
	p.weightGrad(p.sums[group*p.size():], du, n/p.lanes, n, p.duStep)
}

// transformGradients computes Z of a block.
func (p *winogradWeightGrad) transformGradients(own *scratch, z []float32, block int) {
	buffer := own.floats(pixelBuffer, p.edge*p.block*p.edge*p.out)
	p.strips(block, func(s strip) {
		dy := p.dy[s.picture*p.target.size():][:p.target.size()]
		view, row := p.target.view(p.outputs(s), dy, p.out, buffer)
		p.gradient(z[s.at*p.out:], view, s.tiles, p.out, row, p.mStep)
	})
}

// addTap adds the groups' sums to the weights of one tap.
func (p *winogradWeightGrad) addTap(tap int) {
	for k := range p.source.channels {
		to := p.dw[(tap*p.source.channels+k)*p.target.channels:][:p.target.channels]
		for group := range p.groups {
			from := p.sums[group*p.size()+(tap*p.in+k)*p.out:][:len(to)]
			for j := range to {
				to[j] += from[j]
			}
		}
	}
}
