package kernel

// framed is a picture with zeros around it, so that no tile ever tests for a
// border.
type framed struct {
	picture           // with the frame
	inner     picture // without
	top, left int
	reach     int // a window that starts at row u reads no row from u+reach on
}

// frame returns the picture in a frame that is wide enough for all the windows.
func (p picture) frame(windows ...window) framed {
	var top, bottom, left, right int
	for _, w := range windows {
		above, below := w.y.margins(p.h)
		before, after := w.x.margins(p.w)
		top, bottom = max(top, above), max(bottom, below)
		left, right = max(left, before), max(right, after)
	}
	f := framed{picture{top + p.h + bottom, left + p.w + right, p.channels}, p, top, left, 0}
	for _, w := range windows {
		if taps := w.y.taps; len(taps) > 0 {
			f.reach = max(f.reach, top+taps[len(taps)-1].shift+1)
		}
	}
	return f
}

// bare says that there is no frame at all.
func (f framed) bare() bool { return f.picture == f.inner }

// fill writes the rows [first, end) of the framed picture to their places in
// to; pixels is the picture without the frame.
func (f framed) fill(to, pixels []float32, first, end int) {
	for row := first; row < min(end, f.h); row++ {
		line := to[f.at(row, 0):f.at(row+1, 0)]
		if row < f.top || row >= f.top+f.inner.h {
			clear(line)
			continue
		}
		from := pixels[f.inner.at(row-f.top, 0):f.inner.at(row-f.top+1, 0)]
		before := f.left * f.channels
		clear(line[:before])
		copy(line[before:], from)
		clear(line[before+len(from):])
	}
}
