package kernel

// Scale multiplies the weights of each output channel by a factor, where they
// lie.
func (p *Packed) Scale(factors []float64) {
	if p.form != nil {
		p.scaleWinograd(factors)
		return
	}
	for _, pass := range p.slide().passes {
		lines := p.conv.Kernel * p.conv.Kernel * p.conv.In / p.conv.Groups
		of := factors[pass.group*p.conv.Out/p.conv.Groups+pass.first:][:pass.width]
		scaleLines(p.data[pass.weights:], of, lines, pass.cols())
	}
}

// scaleLines multiplies the elements of so many lines, a distance apart, each by
// its factor.
func scaleLines(data []float32, factors []float64, lines, distance int) {
	for line := range lines {
		for i, factor := range factors {
			at := line*distance + i
			data[at] = float32(float64(data[at]) * factor)
		}
	}
}
