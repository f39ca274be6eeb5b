package kernel

// Scale multiplies the weights of each output channel by a factor, where they
// lie.
func (p *Packed) Scale(factors []float64) {
	c := Conv{N: 1, H: 1, W: 1, In: p.in, Out: p.out, Kernel: p.kernel, Stride: 1, Pad: p.kernel, Dilation: 1, Groups: p.groups}
	for _, pass := range newForward(c).passes {
		lines := p.kernel * p.kernel * p.in / p.groups
		of := factors[pass.group*p.out/p.groups+pass.first:][:pass.width]
		for line := range lines {
			at := pass.weights + line*pass.cols()
			for i, factor := range of {
				p.data[at+i] = float32(float64(p.data[at+i]) * factor)
			}
		}
	}
}
