package spring

// An insect looks along x. Its body reaches from about -1 to 1, seen from above.

func (a artist) bee(f frame) {
	a.legs(f, hex(0x2A1C10), 45*pct)
	gold := a.colour(0xE8A20C, 0xF7C948)
	abdomen := f.move(-45*pct, 0)
	a.draw(abdomen, oval(58*pct, 36*pct), func(p point) (rgb, fix) {
		stripe := smooth(-20*pct, 20*pct, sin(div(p.x-3*pct, 32*pct)))
		shade := 110*pct - abs(p.y)*80/100
		return blend(gold, hex(0x1C130C), stripe).bright(shade), one
	})
	a.draw(f.move(-one, 0), line(8*pct, pct, 5*pct), plain(hex(0x1C130C)))
	a.draw(f.move(28*pct, 0), disc(31*pct), ball(a.colour(0x8A5A1C, 0xC79035), 31*pct))
	a.draw(f.move(68*pct, 0), oval(19*pct, 23*pct), plain(hex(0x20150D)))
	a.feelers(f.move(78*pct, 0), 34*pct, hex(0x20150D))
	spread := a.between(28*pct, 36*pct)
	a.pairs(f.move(26*pct, 0), func(f frame) {
		for _, w := range []struct{ turn, length, width fix }{{spread, 98 * pct, 21 * pct}, {spread + 6*pct, 66 * pct, 17 * pct}} {
			a.draw(f.turn(w.turn), petal(w.length, w.width, wing), veined(hex(0xE9EEF2), hex(0x6F6A5E), w.length, w.width, 58*pct))
		}
	})
}

func (a artist) butterfly(f frame) {
	main := a.oneOf(0xF28C1E, 0x3F7FD9, 0xF4E04D, 0xE9EDF0, 0xB23A2E, 0x57B894, 0x8F5FC4)
	margin := a.oneOf(0x15110F, 0x3A2416, 0x14213D)
	spot := a.oneOf(0xFFFFFF, 0xFFD166, 0x1B1B2F, 0xE63946)
	spread := a.around(15*pct, 2*pct)
	spots := a.Intn(4)
	a.pairs(f, func(f frame) {
		hind := f.move(-12*pct, 0).turn(spread + 17*pct)
		a.draw(hind, petal(82*pct, 40*pct, wing), bordered(main.bright(88*pct), margin, 82*pct, 40*pct))
		fore := f.move(10*pct, 0).turn(spread)
		a.draw(fore, petal(118*pct, 42*pct, wing), bordered(main, margin, 118*pct, 42*pct))
		for i := range spots {
			a.draw(fore.move(45*pct+fix(i)*22*pct, fix(i%2)*20*pct-10*pct), disc(8*pct), plain(spot))
		}
		a.draw(hind.move(50*pct, 0), disc(11*pct), plain(spot))
		a.draw(hind.move(50*pct, 0), disc(5*pct), plain(margin))
	})
	dark := hex(0x1E1712)
	a.draw(f.move(-55*pct, 0), line(95*pct, 5*pct, 8*pct), plain(dark))
	a.draw(f.move(50*pct, 0), disc(9*pct), plain(dark))
	a.feelers(f.move(52*pct, 0), 55*pct, dark)
}

func (a artist) dragonfly(f frame) {
	main := a.oneOf(0x2E86C1, 0x3DAA6B, 0xC0392B, 0x1ABC9C, 0xD4A017, 0x5B7FB5)
	tint := a.oneOf(0xEAF2F8, 0xFBF3DC)
	sweep := a.around(0, 3*pct)
	a.pairs(f.move(38*pct, 0), func(f frame) {
		for _, w := range []struct{ x, turn, length fix }{{12 * pct, 22*pct + sweep, 112 * pct}, {-12 * pct, 28*pct + sweep, 104 * pct}} {
			wing := f.move(w.x, 0).turn(w.turn)
			a.draw(wing, petal(w.length, 14*pct, strap), veined(tint, main.bright(50*pct), w.length, 14*pct, 62*pct))
			a.draw(wing.move(w.length*85/100, -7*pct), oval(6*pct, 3*pct), plain(hex(0x2B1B12)))
		}
	})
	a.draw(f.move(-115*pct, 0), line(140*pct, 5*pct, 7*pct), func(p point) (rgb, fix) {
		return main.bright(75*pct + mul(25*pct, sin(div(p.x, 18*pct)))), one
	})
	a.draw(f.move(38*pct, 0), oval(27*pct, 17*pct), ball(main, 17*pct))
	a.pairs(f.move(72*pct, 0), func(f frame) {
		a.draw(f.move(0, 9*pct), disc(12*pct), ball(main.bright(70*pct), 12*pct))
	})
}

func (a artist) ladybird(f frame) {
	a.legs(f, hex(0x120E0C), 80*pct)
	black := hex(0x16110F)
	a.feelers(f.move(80*pct, 0), 25*pct, black)
	a.draw(f.move(72*pct, 0), oval(26*pct, 40*pct), plain(black))
	a.pairs(f.move(74*pct, 0), func(f frame) { a.draw(f.move(0, 24*pct), disc(9*pct), plain(hex(0xF3EFE6))) })

	shell := a.oneOf(0xC81D11, 0xDE3B16, 0xE9730C, 0xE5A50A, 0xB3121D)
	a.draw(f.move(-12*pct, 0), oval(80*pct, 70*pct), ball(shell, 75*pct))
	a.draw(f.move(-92*pct, 0), line(160*pct, 3*pct, 3*pct), plain(black))
	rows, size := 2+a.Intn(2), a.between(12*pct, 18*pct)
	a.pairs(f.move(-12*pct, 0), func(f frame) {
		for i := range rows {
			x := 48*pct - fix(i)*96*pct/fix(rows-1)
			a.draw(f.move(x, 30*pct+fix(i%2)*10*pct), disc(size), plain(black))
		}
	})
	a.draw(f.move(15*pct, -32*pct), oval(20*pct, 9*pct), sheer(hex(0xFFFFFF), 45*pct))
}

// pairs draws what an insect has on both sides: once as it is, once mirrored.
func (a artist) pairs(f frame, draw func(f frame)) {
	draw(f)
	f.out = f.out.after(matrix{one, 0, 0, -one})
	f.in = matrix{one, 0, 0, -one}.after(f.in)
	draw(f)
}

func (a artist) legs(f frame, colour rgb, reach fix) {
	a.pairs(f, func(f frame) {
		for i := range 3 {
			turn := 14*pct + fix(i)*10*pct
			a.draw(f.move(32*pct-fix(i)*24*pct, 15*pct).turn(turn), line(reach, 5*pct, 2*pct), plain(colour))
		}
	})
}

func (a artist) feelers(f frame, length fix, colour rgb) {
	a.pairs(f, func(f frame) {
		a.draw(f.turn(7*pct), line(length, 2*pct, pct), plain(colour))
		a.draw(f.turn(7*pct).move(length, 0), disc(4*pct), plain(colour))
	})
}

// veined is a wing of glass: veins along it, its rim dark.
func veined(glass, vein rgb, length, width, cover fix) brush {
	return func(p point) (rgb, fix) {
		fan := div(p.y, width)
		line := smooth(55*pct, one, cos(3*fan))
		rim := smooth(70*pct, one, abs(fan))
		dark := max(line/2, rim*7/10)
		return blend(glass, vein, dark), max(cover, dark)
	}
}

// bordered is a wing with a dark margin, and darker where it is fixed.
func bordered(c, margin rgb, length, width fix) brush {
	return func(p point) (rgb, fix) {
		out := max(smooth(72*pct, 90*pct, div(p.x, length)), smooth(68*pct, 92*pct, div(abs(p.y), width)))
		return blend(blend(margin, c, smooth(0, 30*pct, div(p.x, length))), margin, out), one
	}
}
