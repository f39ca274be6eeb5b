package kernel

// slabs are x as the gradient of the weights reads it: of each pixel of a block
// so many channels side by side, as many as fill a line of the cache, then of each
// the next ones. What windows read outside of the picture is there, as zeros. A
// window of one pixel reads every Stride-th pixel alone: no others are there.
type slabs struct {
	channels int // of a slab
	count    int // of a group of channels
	size     int // floats of a slab
	h, w     int // pixels of each picture of a block
	reach    int // rows that a window reads
	step     int // from window to window
	gap      int // from pixel to pixel, in x
	pad      int
}

// slabChannels fill a line of the cache.
const slabChannels = 16

// newSlabs plans those of blocks of so many pictures and rows of output pixels.
func (c Conv) newSlabs(pictures, rows int) slabs {
	depth := c.In / c.Groups
	s := slabs{channels: min(depth, slabChannels), reach: c.Dilation*(c.Kernel-1) + 1, step: c.Stride, gap: 1, pad: c.Pad}
	if c.Kernel == 1 {
		s.step, s.gap = 1, c.Stride
	}
	s.h, s.w = s.rows(rows), (c.OutW()-1)*s.step+s.reach
	s.count = ceilDiv(depth, s.channels)
	s.size = pictures*s.h*s.w*s.channels + skew
	return s
}

// rows is how many rows of pixels the windows of so many rows read.
func (s slabs) rows(windows int) int { return (windows-1)*s.step + s.reach }

// at is where a pixel of a picture stands in a slab.
func (s slabs) at(picture, row, column int) int {
	return ((picture*s.h+row)*s.w + column) * s.channels
}

// fill writes the slabs of so many channels, from one on, of what some rows of
// windows, from one on, read in some pictures of x.
func (s slabs) fill(to, x []float32, in picture, channel, channels, pictures, row, rows int) {
	left := min(s.w, ceilDiv(s.pad, s.gap))
	right := max(left, min(s.w, ceilDiv(in.w+s.pad, s.gap)))
	for n := range pictures {
		for i := range s.rows(rows) {
			from := row*s.step*s.gap + i*s.gap - s.pad
			first, end := left, right
			if from < 0 || from >= in.h || left == right {
				first, end = s.w, s.w
			} else {
				at := n*in.size() + in.at(from, left*s.gap-s.pad) + channel
				split(to[s.at(n, i, left):], x[at:], right-left, s.gap*in.channels, channels, s.channels, s.size)
			}
			for at := 0; at < ceilDiv(channels, s.channels)*s.size; at += s.size {
				clear(to[at:][s.at(n, i, 0):s.at(n, i, first)])
				clear(to[at:][s.at(n, i, end):s.at(n, i, s.w)])
			}
		}
	}
}
