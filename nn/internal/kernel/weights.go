package kernel

// weights says where in data the weight stands of tap (p, q), from one source
// channel of a group to one of its target channels.
type weights struct {
	data   []float32
	kernel int // taps in a row

	perTap, perSource, perTarget, perGroup int // distances in data
}

func (c Conv) forwardWeights(w []float32) weights {
	return weights{w, c.Kernel, c.In / c.Groups * c.Out, c.Out, 1, c.Out / c.Groups}
}

func (c Conv) inputGradWeights(w []float32) weights {
	return weights{w, c.Kernel, c.In / c.Groups * c.Out, 1, c.Out, c.Out / c.Groups}
}

// pack fills to with the weights of the pass's taps and panel, for depth source
// channels. Columns beyond the panel's width are zero.
func (w weights) pack(to []float32, p pass, depth int) {
	cols := p.cols()
	for _, y := range p.y.taps {
		for _, x := range p.x.taps {
			from := w.data[(y.index*w.kernel+x.index)*w.perTap+p.group*w.perGroup+p.first*w.perTarget:]
			if w.perTarget == 1 {
				split(to, from, depth, w.perSource, p.width, cols, 0)
			} else {
				transpose(to, from, depth, cols, p.width, w.perTarget)
			}
			to = to[depth*cols:]
		}
	}
}

// transpose makes columns of to from lines of from, a distance apart. It goes in
// blocks, so that the lines of to that it writes stay in the cache.
func transpose(to, from []float32, depth, cols, width, distance int) {
	const block = 32
	for first := 0; first < depth; first += block {
		lines := to[first*cols : min(first+block, depth)*cols]
		for i := range width {
			column := from[i*distance+first:]
			for l, at := 0, i; at < len(lines); l, at = l+1, at+cols {
				lines[at] = column[l]
			}
		}
		for at := width; width < cols && at < len(lines); at += cols {
			clear(lines[at:][:cols-width])
		}
	}
}
