package kernel

// Packed are the weights of a convolution in the order in which the tiles of
// this processor read them. They fit any batch and any size of picture, and many
// goroutines may use them at once.
type Packed struct {
	kernel, in, out, groups int
	tiles                   string
	data                    []float32
}

// Pack returns the weights w packed for ForwardPacked. Of c the kernel, the
// channels and the groups count. w is not kept.
func (c Conv) Pack(w []float32) *Packed {
	c = Conv{N: 1, H: 1, W: 1, In: c.In, Out: c.Out, Kernel: c.Kernel, Stride: 1, Pad: c.Kernel, Dilation: 1, Groups: c.Groups}
	s := newForward(c)
	p := &Packed{c.Kernel, c.In, c.Out, c.Groups, kernels.name, make([]float32, s.weights)}
	from := c.forwardWeights(w)
	Parallel(len(s.passes), func(i int) { from.pack(p.data[s.passes[i].weights:], s.passes[i], c.In/c.Groups) })
	return p
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
	if w.kernel != c.Kernel || w.in != c.In || w.out != c.Out || w.groups != c.Groups || w.tiles != kernels.name {
		panic("kernel: these weights were packed for another convolution")
	}
	forwards.of(c.flat()).runPacked(y, x, w.data, e)
}
