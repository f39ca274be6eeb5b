package spring

// A sunflower's and a daisy's radius is one on the sheet; a tulip stands on it
// upright, its cup from -1 to 0.

func (a artist) sunflower(f frame) {
	petals := a.colour(0xF5B301, 0xFFD92E)
	disk := a.between(46*pct, 58*pct)
	for layer, length := range []fix{one, 92 * pct} {
		tone := petals.bright(80*pct + fix(layer)*20*pct)
		a.ring(f.turn(fix(layer)*3*pct), 15+a.Intn(4), 50*pct, func(f frame, _ int) {
			a.draw(f, petal(mul(length, a.around(97*pct, 4*pct)), 15*pct, almond), along(hex(0xC46A00).times(tone), tone, 70*pct))
		})
	}
	brown := a.colour(0x3B2010, 0x6B3D14)
	a.draw(f, disc(disk), plain(brown))
	a.draw(f, disc(disk*55/100), plain(brown.bright(150*pct).times(hex(0xE8FFC0))))
	for i := range 48 { // the seeds stand in spirals: each a golden angle on
		f := f.turn(fix(i)*25034).move(mul(disk, root(fix(i)*one/48)), 0)
		a.draw(f, disc(4*pct), sheer(hex(0xB98B2E), 55*pct))
	}
}

func (a artist) daisy(f frame) {
	petals := a.colour(0xFFFFFF, 0xFBE9F0)
	n := 15 + a.Intn(8)
	for layer := range 2 {
		tone := petals.bright(86*pct + fix(layer)*14*pct)
		a.ring(f.turn(fix(layer)*one/fix(2*n)), n, 40*pct, func(f frame, _ int) {
			a.draw(f, petal(a.around(95*pct, 5*pct), a.around(10*pct, 2*pct), strap), along(tone.bright(88*pct), tone, 60*pct))
		})
	}
	a.draw(f, disc(a.around(28*pct, 3*pct)), ball(a.colour(0xF2B21A, 0xFFDD3C), 28*pct))
}

func (a artist) tulip(f frame) {
	green := a.colour(0x3E7D35, 0x6FA84F)
	f = f.turn(-one / 4) // along x is up
	stem := f.turn(one / 2)
	for _, side := range []fix{-1, 1} {
		leaf := stem.move(a.between(80*pct, 130*pct), 0).turn(one/2 + side*a.between(5*pct, 9*pct))
		a.draw(leaf, petal(a.between(110*pct, 160*pct), 17*pct, spear), along(green.bright(75*pct), green, one))
	}
	a.draw(stem, line(260*pct, 7*pct, 8*pct), plain(green))

	colour := a.oneOf(0xD7263D, 0xF2C12E, 0xE86FA0, 0x7B3FA0, 0xF6F1E8, 0xF07F2A, 0x5A1738, 0xF4A7B9)
	base := blend(colour, hex(0xF5E663), a.between(0, 50*pct))
	for _, part := range []struct{ x, turn, length, width, tone fix }{
		{0, 0, 98 * pct, 34 * pct, 70 * pct},
		{0, -5 * pct, 105 * pct, 34 * pct, 84 * pct},
		{0, 5 * pct, 105 * pct, 34 * pct, 84 * pct},
		{0, 0, 96 * pct, 42 * pct, one},
	} {
		open := one + a.around(0, 10*pct)
		tone := mul(part.tone, open)
		a.draw(f.turn(mul(part.turn, open)), petal(part.length, part.width, cup), along(base.bright(tone), colour.bright(tone), 50*pct))
	}
	a.draw(f.move(30*pct, 0), line(55*pct, pct, 0), sheer(colour.bright(60*pct), 60*pct))
}
