package kernel

import "runtime"

// For inference, U is made once and kept: it takes four times the memory of the
// weights, and as often as many bytes to read for each picture.

// packedForm is the form in which packed weights are kept, or nil for direct
// convolution. The size of the pictures is not known here.
func (c Conv) packedForm() *winogradForm {
	// Beyond so many pairs of channels what is won goes into reading U. (F(2x2,3x3), whose
	// U is smaller, made layers of 256 channels in ResNet-50 1.25 times as fast, but took
	// the memory for building and fusing it from 2.15 to 2.24 times the weights: past
	// what TestFuseMemory allows.)
	const maxWeights = 128 * 128
	if winogradMode == WinogradAuto && c.In*c.Out > maxWeights {
		return nil
	}
	c.N, c.H, c.W = 32, 8, 8 // a size of which the choice does not depend
	return c.winogradForm()
}

// packWinograd returns U.
func (c Conv) packWinograd(form *winogradForm, w []float32) []float32 {
	p := winogradPass{w: w, winograd: newWinograd(form, 1, c.Pad, c.inPicture(), c.outPicture(), passBlock)}
	p.u = make([]float32, p.positions()*p.uStep)
	parallelWithScratch(p.out/p.lanes, p.transformWeights)
	return p.u
}

func (p *Packed) scaleWinograd(factors []float64) {
	c := p.conv
	g := newWinograd(p.form, 1, c.Pad, c.inPicture(), c.outPicture(), passBlock)
	for position := range g.positions() {
		for first := 0; first < c.Out; first += g.cols {
			of := factors[first:min(first+g.cols, c.Out)]
			scaleLines(p.data[position*g.uStep+first*c.In:], of, c.In, g.cols)
		}
	}
}

// winogradPacked computes y, overwriting it.
func (c Conv) winogradPacked(y, x []float32, w *Packed, e Epilogue) {
	p := winogradPasses.take()
	p.winograd = newWinograd(w.form, c.N, c.Pad, c.inPicture(), c.outPicture(), passBlock)
	p.split()
	p.y, p.x, p.u, p.Epilogue = y, x, w.data, e
	p.convolveAll()
}

// split cuts the work of few tiles with many weights by target channels, so
// that a core reads but a part of U: once, if there are parts enough for all cores.
func (g *winograd) split() {
	if g.in*g.out <= 1<<13 || g.tiles() > 256 {
		return
	}
	g.parts = g.out / g.cols
	block := 32
	if g.parts >= 2*runtime.GOMAXPROCS(0) {
		block = 64
	}
	g.block = roundUp(min(block, g.tiles()), g.multiplyRows)
	g.vStep, g.mStep = g.blocks()*g.block*g.in+skew, g.block*g.out/g.parts+skew
}
