package spring

// rgb is a colour: each part from 0 to one.
type rgb struct{ r, g, b fix }

// hex returns the colour 0xRRGGBB.
func hex(code int) rgb {
	part := func(shift int) fix { return fix(code>>shift&255) * one / 255 }
	return rgb{part(16), part(8), part(0)}
}

// blend goes from a to b as share goes from 0 to one.
func blend(a, b rgb, share fix) rgb {
	return rgb{mix(a.r, b.r, share), mix(a.g, b.g, share), mix(a.b, b.b, share)}
}

// times scales each part by a part of the other: light falls on a.
func (a rgb) times(b rgb) rgb { return rgb{mul(a.r, b.r), mul(a.g, b.g), mul(a.b, b.b)} }

// bright scales all parts.
func (a rgb) bright(by fix) rgb { return rgb{mul(a.r, by), mul(a.g, by), mul(a.b, by)} }

// any returns a colour between two, by chance.
func (d dice) colour(a, b int) rgb { return blend(hex(a), hex(b), d.between(0, one)) }

// oneOf returns one of the colours, a little lighter or darker.
func (d dice) oneOf(codes ...int) rgb {
	return hex(codes[d.Intn(len(codes))]).bright(d.around(one, 12*pct))
}

// brush says the colour of a place on the sheet, and how much it covers.
type brush func(p point) (rgb, fix)

// plain is the same everywhere.
func plain(c rgb) brush { return func(point) (rgb, fix) { return c, one } }

// sheer covers in part.
func sheer(c rgb, cover fix) brush { return func(point) (rgb, fix) { return c, cover } }

// along goes from a at the origin to b at x = length.
func along(a, b rgb, length fix) brush {
	return func(p point) (rgb, fix) { return blend(a, b, clamp(div(p.x, length))), one }
}

// ball is lit from one side: from bright at the top to dark at the bottom.
func ball(c rgb, radius fix) brush {
	return func(p point) (rgb, fix) {
		return c.bright(115*pct - mul(clamp(div(p.y+p.x/2+radius, 2*radius)), 55*pct)), one
	}
}

// rimmed is a petal's colour with a darker edge, so that one petal stands out
// from the next.
func rimmed(c, rim rgb, length fix) brush {
	return func(p point) (rgb, fix) {
		middle := point{p.x - length/2, p.y}.length()
		return blend(c, rim, smooth(length*30/100, length*56/100, middle)), one
	}
}

// shaded is a petal of length one: from inner to outer, its edges and a vein in
// the middle darker.
func shaded(inner, outer, dark rgb) brush {
	return func(p point) (rgb, fix) {
		c := blend(inner, outer, smooth(0, 80*pct, p.x))
		vein := smooth(4*pct, 0, abs(p.y)) / 3
		edge := smooth(24*pct, 46*pct, abs(p.y)) / 2
		return blend(c, dark, max(vein, edge)), one
	}
}
