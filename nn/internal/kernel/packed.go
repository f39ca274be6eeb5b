package kernel

// Packed are the weights of a convolution in the order in which the kernels of
// this processor read them. They fit any batch and any size of picture, and many
// goroutines may use them at once.
type Packed struct {
	conv  Conv // but for N, H and W
	tiles string
	data  []float32

	form *winogradForm // of which data is U; nil: data is what the tiles read
}

// Pack returns the weights w packed for ForwardPacked. Of c all but N, H and W
// count. w is not kept.
func (c Conv) Pack(w []float32) *Packed {
	c.N, c.H, c.W = 0, 0, 0
	p := &Packed{conv: c, tiles: kernels.name, form: c.packedForm()}
	if p.form != nil {
		p.data = c.packWinograd(p.form, w)
		return p
	}
	s := p.slide()
	p.data = make([]float32, s.weights)
	from := c.forwardWeights(w)
	Parallel(len(s.passes), func(i int) { from.pack(p.data[s.passes[i].weights:], s.passes[i], c.In/c.Groups) })
	return p
}

// slide is a plan that has the packed weights in their order.
func (p *Packed) slide() *slide {
	c := p.conv
	return newForward(Conv{N: 1, H: 1, W: 1, In: c.In, Out: c.Out, Kernel: c.Kernel, Stride: 1, Pad: c.Kernel, Dilation: 1, Groups: c.Groups})
}

// Epilogue is what is done to each sum of a convolution before it is stored:
//
//	y = ReLU(sum + Bias[channel] + Add[pixel, channel])
//
// Nil slices count as zeros. Add has the shape of y and may be y itself.
type Epilogue struct {
	Bias, Add []float32
	ReLU      bool
}

// ForwardPacked computes y, overwriting it, as Forward does, with packed
// weights.
func (c Conv) ForwardPacked(y, x []float32, w *Packed, e Epilogue) {
	if of := w.conv; w.tiles != kernels.name || c != (Conv{c.N, c.H, c.W, of.In, of.Out, of.Kernel, of.Stride, of.Pad, of.Dilation, of.Groups}) {
		panic("kernel: these weights were packed for another convolution")
	}
	if w.form != nil {
		c.winogradPacked(y, x, w, e)
		return
	}
	forwards.of(c.flat()).runPacked(y, x, w.data, e)
}
