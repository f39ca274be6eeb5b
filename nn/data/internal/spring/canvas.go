package spring

// canvas is a square of pixels.
type canvas struct {
	edge   int
	pixels []rgb
}

func newCanvas(edge int) *canvas {
	return &canvas{edge, make([]rgb, edge*edge)}
}

// place returns the middle of a pixel as a place in the picture.
func (c *canvas) place(column, row int) point {
	at := func(i int) fix { return (2*fix(i) + 1) * one / fix(2*c.edge) }
	return point{at(column), at(row)}
}

// each lets work change every pixel.
func (c *canvas) each(work func(p point, old rgb) rgb) {
	for i, old := range c.pixels {
		c.pixels[i] = work(c.place(i%c.edge, i/c.edge), old)
	}
}

// fill lays a shape over the picture. Its edge fades over a pixel, and over
// blur more, in edges of the picture: what is out of focus has no sharp edge.
func (c *canvas) fill(f frame, s shape, paint brush, blur fix) {
	fade := one/fix(c.edge) + blur
	first, last := f.box(s.low, s.high)
	for row := c.index(first.y - fade); row < c.index(last.y+fade)+1 && row < c.edge; row++ {
		for column := c.index(first.x - fade); column < c.index(last.x+fade)+1 && column < c.edge; column++ {
			p := f.local(c.place(column, row))
			cover := clamp(one/2 - div(mul(s.edge(p), f.size), fade))
			if cover == 0 {
				continue
			}
			colour, opaque := paint(p)
			pixel := &c.pixels[row*c.edge+column]
			*pixel = blend(*pixel, colour, mul(cover, opaque))
		}
	}
}

// index returns the row or column that a place falls into, from 0 to the edge.
func (c *canvas) index(at fix) int { return int(clamp(at) * fix(c.edge) >> 16) }

// bytes returns the pixels as rows of red, green, blue.
func (c *canvas) bytes() []uint8 {
	out := make([]uint8, 0, 3*len(c.pixels))
	for _, p := range c.pixels {
		for _, part := range [3]fix{p.r, p.g, p.b} {
			out = append(out, uint8((clamp(part)*255+one/2)>>16))
		}
	}
	return out
}
