package spring

import "reslab/nn"

// Kinds are the names of what can be drawn. A label is a place in this list.
var Kinds = []string{
	"peach blossom", "apricot blossom", "pear blossom", "sunflower", "tulip", "wild daisy",
	"bee", "butterfly", "dragonfly", "ladybird",
}

// draws says how each kind is drawn, and its radius in edges of the picture.
var draws = []struct {
	draw        func(a artist, f frame)
	small, wide fix
	upright     bool // it stands on a stem; the others may lie any way
}{
	{artist.peach, 20 * pct, 42 * pct, false},
	{artist.apricot, 20 * pct, 42 * pct, false},
	{artist.pear, 21 * pct, 42 * pct, false},
	{artist.sunflower, 20 * pct, 42 * pct, false},
	{artist.tulip, 28 * pct, 54 * pct, true},
	{artist.daisy, 20 * pct, 42 * pct, false},
	{artist.bee, 21 * pct, 36 * pct, false},
	{artist.butterfly, 22 * pct, 38 * pct, false},
	{artist.dragonfly, 25 * pct, 40 * pct, false},
	{artist.ladybird, 19 * pct, 34 * pct, false},
}

// Draw returns a picture of a kind, edge pixels wide and high: rows of pixels of
// red, green, blue. Of two pictures that differ only in edge, one is the other
// in another size, but for the grain.
func Draw(kind, edge int, random *nn.Random) []uint8 {
	a := scene(kind, edge, random)
	a.grain()
	return a.bytes()
}

// scene draws all but the grain.
func scene(kind, edge int, random *nn.Random) artist {
	a := artist{dice{random}, newCanvas(edge), 0}
	if a.chance(30) {
		a.blur = a.between(0, 3*pct)
	}
	a.background()
	if a.chance(25) { // one more of its kind, further away
		away := a
		away.blur += a.between(pct, 4*pct)
		away.subject(kind, 55*pct)
	}
	a.subject(kind, one)
	if a.chance(30) {
		a.overlap()
	}
	a.light()
	return a
}

// subject draws the kind at a place, in a pose and in a size of its own.
func (a artist) subject(kind int, share fix) {
	d := draws[kind]
	f := picture.move(a.around(one/2, 22*pct), a.around(one/2, 22*pct))
	if d.upright {
		f = f.move(0, 18*pct).turn(a.around(0, 5*pct))
	} else {
		f = f.turn(a.between(0, one)).stretch(one, a.between(65*pct, one)).turn(a.between(0, one)) // seen from the side
	}
	d.draw(a, f.scale(mul(share, a.between(d.small, d.wide))))
}

// overlap lays a leaf or a blade of grass in front.
func (a artist) overlap() {
	blur := a.between(0, 4*pct)
	if a.chance(50) {
		f := picture.move(a.between(0, one), 105*pct).turn(-one/4 + a.around(0, 8*pct))
		a.fill(f, petal(a.between(60*pct, 110*pct), a.between(pct, 3*pct), spear), plain(a.colour(0x2F6B2A, 0x9CC060)), blur)
		return
	}
	side := a.between(0, one)
	f := picture.move(one/2, one/2).turn(side).move(62*pct, 0).turn(one/2 + a.around(0, 10*pct))
	green := a.colour(0x2F5F2A, 0x8DB55A)
	a.fill(f.move(-20*pct, 0), petal(50*pct, 11*pct, spear), along(green.bright(75*pct), green, 50*pct), blur)
}

// light is sun or shade: brighter on one side, warm or cold, hard or flat.
func (a artist) light() {
	tint := rgb{a.around(one, 10*pct), one, a.around(one, 12*pct)}.bright(a.between(72*pct, 118*pct))
	direction, fall := a.between(0, one), a.between(0, 35*pct)
	x, y := cos(direction), sin(direction)
	haze, veil := a.between(0, 18*pct), hex(0xD9DEE2)
	a.each(func(p point, old rgb) rgb {
		side := mul(p.x-one/2, x) + mul(p.y-one/2, y)
		return blend(old.times(tint).bright(one+mul(fall, side)), veil, haze)
	})
}

// grain is the noise of a camera: three small numbers added up.
func (a artist) grain() {
	strength := a.between(0, 4*pct)
	a.each(func(_ point, old rgb) rgb {
		part := func() fix { return mul(strength, a.around(0, one)+a.around(0, one)+a.around(0, one)) }
		return rgb{old.r + part(), old.g + part(), old.b + part()}
	})
}
