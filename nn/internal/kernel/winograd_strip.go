package kernel

// strip is some tiles of a block that stand side by side in a picture.
type strip struct {
	picture     int // of the batch
	row, column int // of the first tile's outputs
	tiles       int
	at          int // the first tile's number in the block
}

// bounds returns the first tile of a block and that behind its last.
func (g *winograd) bounds(block int) (first, end int) {
	return block * g.block, min((block+1)*g.block, g.tiles())
}

// strips calls do for each strip of a block.
func (g *winograd) strips(block int, do func(s strip)) {
	first, end := g.bounds(block)
	for t := first; t < end; {
		line, column := t/g.across, t%g.across
		s := strip{line / g.down, line % g.down * g.edge, column * g.edge, min(g.across-column, end-t), t - first}
		do(s)
		t += s.tiles
	}
}

// area is a rectangle of a picture, which may stand out over its edges.
type area struct{ row, column, rows, columns int }

// inside says that the area is a part of the picture.
func (a area) inside(p picture) bool {
	return a.row >= 0 && a.column >= 0 && a.row+a.rows <= p.h && a.column+a.columns <= p.w
}

// inputs is the area that the outputs of a strip are made from.
func (g *winograd) inputs(s strip) area {
	return area{s.row - g.pad, s.column - g.pad, g.points, s.tiles*g.edge + g.points - g.edge}
}

// outputs is the area of the outputs of a strip.
func (g *winograd) outputs(s strip) area {
	return area{s.row, s.column, g.edge, s.tiles * g.edge}
}

// span is what a block uses of the pictures p, whole rows of pixels: from so
// many rows above the first row of its tiles, as many as it takes. It is nil
// behind the last block.
func (g *winograd) span(p picture, pictures []float32, block, above, rows int) []float32 {
	if block >= g.blocks() {
		return nil
	}
	first, end := g.bounds(block)
	row := func(tile int) int {
		line := tile / g.across
		return line/g.down*p.h + line%g.down*g.edge - above
	}
	from, to := max(row(first), 0), min(row(end-1)+rows, g.n*p.h)
	return pictures[p.at(from, 0):p.at(max(from, to), 0)]
}

// inputSpan is what a block reads of the source, outputSpan its part of the
// target.
func (g *winograd) inputSpan(source []float32, block int) []float32 {
	return g.span(g.source, source, block, g.pad, g.points)
}

func (g *winograd) outputSpan(target []float32, block int) []float32 {
	return g.span(g.target, target, block, 0, g.edge)
}

// view returns the area of a picture with so many channels, from its first
// pixel, and the distance of its rows: the picture itself if it has them, or
// a copy with zeros for what the picture has not.
func (p picture) view(a area, pixels []float32, channels int, buffer []float32) (view []float32, row int) {
	if channels == p.channels && a.inside(p) {
		return pixels[p.at(a.row, a.column):], p.w * p.channels
	}
	row = a.columns * channels
	for i := range a.rows {
		p.copyLine(buffer[i*row:][:row], pixels, a.row+i, a.column, channels)
	}
	return buffer, row
}

// copyLine copies a part of a row of pixels, with zeros for what is not there.
func (p picture) copyLine(to, pixels []float32, row, column, channels int) {
	first, end := max(column, 0), min(column+len(to)/channels, p.w)
	if row < 0 || row >= p.h || first >= end {
		clear(to)
		return
	}
	from := pixels[p.at(row, first):p.at(row, end)]
	clear(to[:(first-column)*channels])
	to = to[(first-column)*channels:]
	if channels == p.channels {
		clear(to[copy(to, from):])
		return
	}
	for ; len(from) > 0; from, to = from[p.channels:], to[channels:] {
		clear(to[copy(to[:channels], from[:p.channels]):channels])
	}
	clear(to)
}
