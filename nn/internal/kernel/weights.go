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

// transpose makes columns of to from lines of from, a distance apart. Columns beyond
// the width are zero. It goes in blocks, so that the lines of to that it writes stay
// in the cache.
func transpose(to, from []float32, depth, cols, width, distance int) {
	const block = 32
	rows, columns := transposeEights(to, from, depth, cols, width, distance)
	for first := 0; first < depth; first += block {
		end := min(first+block, depth)
		for i := range width {
			line := first
			if i < columns {
				line = max(first, rows)
			}
			for ; line < end; line++ {
				to[line*cols+i] = from[i*distance+line]
			}
		}
		for line := first; line < end && width < cols; line++ {
			clear(to[line*cols:][width:cols])
		}
	}
}

// transposeEights does the first rows of the first columns, eight by eight, and returns
// how many of both. In plain Go it is none.
func transposeEights(to, from []float32, depth, cols, width, distance int) (rows, columns int) {
	if kernels.transpose8 == nil || depth < 8 || width < 8 {
		return 0, 0
	}
	rows, columns = depth/8*8, width/8*8
	_, _ = to[rows*cols-1], from[(columns-1)*distance+rows-1] // assembly does not look
	for i := 0; i < columns; i += 8 {
		kernels.transpose8(to[i:], from[i*distance:], rows/8, cols, distance)
	}
	return rows, columns
}
