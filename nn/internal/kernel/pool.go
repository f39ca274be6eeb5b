package kernel

// Pool is the geometry of a pooling window over pictures [N,H,W,Channels]; the
// output is [N,OutH,OutW,Channels].
type Pool struct {
	N, H, W, Channels, OutH, OutW, Kernel, Stride, Pad int

	// LeavePadding makes a mean count the pixels inside the picture only.
	LeavePadding bool
}

// MaxPool computes the largest number of each window, in each channel on its
// own. If winners is not nil, it gets the pixel of x that each number came from;
// of equals the first. What is not a number wins.
func (p Pool) MaxPool(y []float32, winners []int32, x []float32) {
	p.eachRow(y, winners, x, func(p *pooling, n, i, j int) {
		at := ((n*p.OutH+i)*p.OutW + j) * p.Channels
		line, first := p.y[at:at+p.Channels], true
		p.window(n, i, j, func(pixel int) {
			from := p.x[pixel*p.Channels:][:p.Channels]
			switch {
			case first:
				copy(line, from)
				if p.winners != nil {
					fill(p.winners[at:at+p.Channels], int32(pixel))
				}
				first = false
			case p.winners != nil:
				MaxWinner(line, p.winners[at:at+p.Channels], from, int32(pixel))
			default:
				Max(line, from)
			}
		})
	})
}

// MaxPoolGrad computes dx, overwriting it: each dy goes to its winner.
func (p Pool) MaxPoolGrad(dx, dy []float32, winners []int32) {
	p.eachPicture(dx, winners, dy, func(p *pooling, n, _, _ int) {
		clear(p.y[n*p.H*p.W*p.Channels : (n+1)*p.H*p.W*p.Channels])
		size := p.OutH * p.OutW * p.Channels
		for at := n * size; at < (n+1)*size; at += p.Channels {
			for c, winner := range p.winners[at : at+p.Channels] {
				p.y[int(winner)*p.Channels+c] += p.x[at+c]
			}
		}
	})
}

// AvgPool computes the mean of each window, in each channel on its own.
func (p Pool) AvgPool(y, x []float32) {
	p.eachRow(y, nil, x, func(p *pooling, n, i, j int) {
		line := p.y[((n*p.OutH+i)*p.OutW+j)*p.Channels:][:p.Channels]
		clear(line)
		p.window(n, i, j, func(pixel int) {
			for c, v := range p.x[pixel*p.Channels:][:p.Channels] {
				line[c] += v
			}
		})
		share := p.share(i, j)
		for c := range line {
			line[c] *= share
		}
	})
}

// AvgPoolGrad computes dx, overwriting it: each dy is split evenly over its
// window.
func (p Pool) AvgPoolGrad(dx, dy []float32) {
	p.eachPicture(dx, nil, dy, func(p *pooling, n, _, _ int) {
		clear(p.y[n*p.H*p.W*p.Channels : (n+1)*p.H*p.W*p.Channels])
		for i := range p.OutH {
			for j := range p.OutW {
				line, share := p.x[((n*p.OutH+i)*p.OutW+j)*p.Channels:][:p.Channels], p.share(i, j)
				p.window(n, i, j, func(pixel int) {
					to := p.y[pixel*p.Channels:][:p.Channels]
					for c, v := range line {
						to[c] += v * share
					}
				})
			}
		}
	})
}

// pooling is a Pool at work; like rowPass, it is used again and again.
type pooling struct {
	Pool
	y, x    []float32
	winners []int32
	do      func(p *pooling, n, i, j int)

	rowWork, pictureWork func(item int)
}

var poolings = stock[pooling]{make: func() *pooling {
	p := new(pooling)
	p.rowWork, p.pictureWork = p.row, p.picture
	return p
}}

// eachRow calls do for every pixel of the output; the rows are spread over the
// cores.
func (p Pool) eachRow(y []float32, winners []int32, x []float32, do func(p *pooling, n, i, j int)) {
	work := p.begin(y, winners, x, do)
	defer work.release()
	Parallel(p.N*p.OutH, work.rowWork)
}

// eachPicture calls do for every picture, on all cores: windows overlap.
func (p Pool) eachPicture(y []float32, winners []int32, x []float32, do func(p *pooling, n, i, j int)) {
	work := p.begin(y, winners, x, do)
	defer work.release()
	Parallel(p.N, work.pictureWork)
}

func (p Pool) begin(y []float32, winners []int32, x []float32, do func(p *pooling, n, i, j int)) *pooling {
	work := poolings.take()
	work.Pool, work.y, work.winners, work.x, work.do = p, y, winners, x, do
	return work
}

func (p *pooling) release() {
	p.y, p.winners, p.x = nil, nil, nil
	poolings.giveBack(p)
}

func (p *pooling) row(item int) {
	for j := range p.OutW {
		p.do(p, item/p.OutH, item%p.OutH, j)
	}
}

func (p *pooling) picture(n int) { p.do(p, n, 0, 0) }

// window calls visit for each pixel of x under the window of output (i, j).
func (p Pool) window(n, i, j int, visit func(pixel int)) {
	top, bottom := p.span(i, p.H)
	left, right := p.span(j, p.W)
	for row := top; row < bottom; row++ {
		for column := left; column < right; column++ {
			visit((n*p.H+row)*p.W + column)
		}
	}
}

// span returns the rows, or columns, of the picture under window i.
func (p Pool) span(i, edge int) (from, to int) {
	from = i*p.Stride - p.Pad
	return max(from, 0), min(from+p.Kernel, edge)
}

// share is what one pixel under the window counts for.
func (p Pool) share(i, j int) float32 {
	top, bottom := p.span(i, p.H)
	left, right := p.span(j, p.W)
	if p.LeavePadding {
		return 1 / float32((bottom-top)*(right-left))
	}
	return 1 / float32(p.Kernel*p.Kernel)
}

func fill[T any](to []T, v T) {
	for i := range to {
		to[i] = v
	}
}
