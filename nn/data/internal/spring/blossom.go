package spring

// A blossom has radius one on its sheet. What tells the three apart:
//
//	peach    pink all over, deeper inside; pointed petals; long pink stamens
//	apricot  nearly white; round petals that overlap; red sepals behind them, yellow anthers
//	pear     white spoons with gaps, green sepals and leaves; dark anthers

func (a artist) peach(f frame) {
	outer := a.colour(0xE85D96, 0xF7A8C6)
	inner := blend(outer, hex(0xC2185B), a.between(45*pct, 75*pct))
	a.ring(f, 5, 20*pct, func(f frame, _ int) {
		shade := a.around(one, 8*pct)
		a.draw(f, petal(one, a.around(40*pct, 3*pct), tip), shaded(inner.bright(shade), outer.bright(shade), inner))
	})
	a.draw(f, disc(17*pct), plain(hex(0xA3164F)))
	a.stamens(f, 15, 60*pct, hex(0xF3C1D5), hex(0xB5651D), 4*pct)
}

func (a artist) apricot(f frame) {
	a.ring(f.turn(one/10), 5, 10*pct, func(f frame, _ int) {
		a.draw(f, petal(98*pct, 20*pct, almond), plain(hex(0xA8243A)))
	})
	outer := a.colour(0xFFF8F4, 0xFBE0E4)
	a.ring(f, 5, 16*pct, func(f frame, _ int) {
		shade := a.around(96*pct, 4*pct)
		a.draw(f.move(8*pct, 0), petal(88*pct, 50*pct, round), rimmed(outer.bright(shade), outer.bright(82*pct), 84*pct))
	})
	a.draw(f, disc(15*pct), plain(hex(0xC7D36F)))
	a.stamens(f, 18, 50*pct, hex(0xFFFDF5), hex(0xF2B705), 6*pct)
}

func (a artist) pear(f frame) {
	a.ring(f.turn(one/10), 5, 10*pct, func(f frame, _ int) {
		a.draw(f, petal(70*pct, 12*pct, almond), plain(hex(0x7FA650)))
	})
	outer := a.colour(0xFFFFFF, 0xF4F6EE)
	a.ring(f, 5, 16*pct, func(f frame, _ int) {
		a.draw(f.move(6*pct, 0), petal(94*pct, a.around(37*pct, 3*pct), spoon), along(hex(0xDDE8C8), outer.bright(a.around(97*pct, 3*pct)), 50*pct))
	})
	a.draw(f, disc(15*pct), plain(hex(0x9CBF5A)))
	a.stamens(f, 13, 40*pct, hex(0xEFF2E0), hex(0x4A1530), 8*pct)
}

// stamens stand around the middle: threads with a knob, the anther.
func (a artist) stamens(f frame, n int, length fix, thread, anther rgb, knob fix) {
	a.ring(f, n, 60*pct, func(f frame, _ int) {
		reach := mul(length, a.between(55*pct, one))
		a.draw(f, line(reach, 2*pct, pct), plain(thread))
		a.draw(f.move(reach, 0), disc(knob), plain(anther))
	})
}
