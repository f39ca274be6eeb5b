package kernel

// axis is how a window slides in one direction. For its u-th position it reads
// the source at u*step + shift, once for each tap, and writes the target at
// first + u*spacing.
type axis struct {
	count, step    int
	first, spacing int
	taps           []tap // by rising shift
}

// tap is one row, or one column, of the weights.
type tap struct{ index, shift int }

// forwardAxis is the plain convolution over size pixels:
// y[u] = sum over p of w[p] * x[u*Stride + p*Dilation - Pad].
func (c Conv) forwardAxis(size int) axis {
	a := axis{count: c.outSize(size), step: c.Stride, spacing: 1}
	for p := range c.Kernel {
		a.taps = append(a.taps, tap{p, p*c.Dilation - c.Pad})
	}
	return a
}

// inputGradAxes turns the plain convolution round. Pixel h of dx was read by
// the outputs i with i*Stride + p*Dilation - Pad = h. With stride 1 there is
// one for each tap p. With a larger stride every Stride-th pixel uses the same
// taps: the pixels h = first + u*Stride form a convolution of their own,
//
//	dx[first + u*Stride] = sum over p of w[p] * dy[u + shift]
//	shift = (first + Pad - p*Dilation)/Stride, for those p that leave no remainder
//
// Some of these have no tap at all: there dx is zero.
func (c Conv) inputGradAxes(size int) []axis {
	var axes []axis
	for first := range min(c.Stride, size) {
		a := axis{count: (size - first + c.Stride - 1) / c.Stride, step: 1, first: first, spacing: c.Stride}
		for p := c.Kernel - 1; p >= 0; p-- {
			if at := first + c.Pad - p*c.Dilation; at%c.Stride == 0 {
				a.taps = append(a.taps, tap{p, at / c.Stride})
			}
		}
		axes = append(axes, a)
	}
	return axes
}

// margins returns how many pixels before and after a source of that size the
// window touches.
func (a axis) margins(size int) (before, after int) {
	if len(a.taps) == 0 {
		return 0, 0
	}
	low, high := a.taps[0].shift, a.taps[len(a.taps)-1].shift
	return max(0, -low), max(0, (a.count-1)*a.step+high-(size-1))
}

// window slides over a picture in both directions.
type window struct{ y, x axis }

// positions lists, row by row, where the pixels of the window's first rows start
// in the source and stand in the target, as indices into their data.
func (w window) positions(source, target picture, rows int) (from, to []int) {
	rows = min(rows, w.y.count)
	from, to = make([]int, 0, rows*w.x.count), make([]int, 0, rows*w.x.count)
	for u := range rows {
		for v := range w.x.count {
			from = append(from, source.at(u*w.y.step, v*w.x.step))
			to = append(to, target.at(w.y.first+u*w.y.spacing, w.x.first+v*w.x.spacing))
		}
	}
	return from, to
}

// runs lists where the taps stand, counted from the start of a window in a
// source that has the given frame, and how many floats are read at each. Taps
// side by side in memory make one long run: it costs less than many short ones.
func (w window) runs(source framed, channels int) (runs []int, length int) {
	if len(w.x.taps) == 0 {
		return nil, 0
	}
	origin := source.at(source.top, source.left)
	taps := w.x.taps
	length = channels
	if last := taps[len(taps)-1]; (last.shift-taps[0].shift)*source.channels == (len(taps)-1)*channels {
		taps, length = taps[:1], len(taps)*channels
	}
	for _, y := range w.y.taps {
		for _, x := range taps {
			runs = append(runs, origin+source.at(y.shift, x.shift))
		}
	}
	return runs, length
}

// picture is the size of one picture of a batch.
type picture struct{ h, w, channels int }

func (p picture) size() int { return p.h * p.w * p.channels }

// at is the index of a pixel's first channel.
func (p picture) at(row, column int) int { return (row*p.w + column) * p.channels }
