package spring

// background paints what lies behind, the same for all kinds: it must not tell
// them apart.
func (a artist) background() {
	top, bottom := a.ground()
	lean := a.around(0, 60*pct)
	a.each(func(p point, _ rgb) rgb {
		return blend(top, bottom, clamp(p.y+mul(lean, p.x-one/2)))
	})
	for range 4 + a.Intn(8) {
		a.patch(blend(top, bottom, a.between(0, one)))
	}
	switch a.Intn(4) {
	case 0:
		a.grass()
	case 1:
		a.twigs()
	case 2:
		a.leaves()
	}
}

// ground returns two colours: a meadow, leaves, the sky, earth, a wall, a dark
// hedge, a bed of flowers.
func (a artist) ground() (top, bottom rgb) {
	pairs := [][2]int{
		{0x9CC5E8, 0xDCEBF5}, {0x6FA84F, 0x2F5D2B}, {0xB7CF7A, 0x5F8F3E}, {0x8A6B4A, 0x4A3524},
		{0xD8D2C4, 0xA79F8F}, {0x22331E, 0x0F1A10}, {0xB7D3C0, 0x78A67A}, {0xE8B8C8, 0x8FB06A}, {0xE3C75A, 0x7C9A45},
	}
	pair := pairs[a.Intn(len(pairs))]
	return hex(pair[0]).bright(a.around(one, 12*pct)), hex(pair[1]).bright(a.around(one, 12*pct))
}

// patch is something far out of focus: a leaf, a flower, light between leaves.
func (a artist) patch(like rgb) {
	colour := blend(like, a.oneOf(0xF2F2EA, 0xF5C6D6, 0xF2C94C, 0x4F7F3A, 0xD9534F, 0x2E4A27, 0x8E6BB0, 0xCFE3F2), a.between(10*pct, 75*pct))
	f := picture.move(a.between(0, one), a.between(0, one)).turn(a.between(0, one)).scale(a.between(6*pct, 26*pct))
	a.fill(f, oval(one, a.between(50*pct, one)), sheer(colour, a.between(25*pct, 80*pct)), a.between(4*pct, 14*pct))
}

func (a artist) grass() {
	for range 8 + a.Intn(12) {
		f := picture.move(a.between(0, one), 105*pct).turn(-one/4 + a.around(0, 7*pct))
		a.fill(f, petal(a.between(30*pct, 95*pct), a.between(pct, 3*pct), spear), plain(a.colour(0x2F6B2A, 0x9CC060)), a.between(0, 4*pct))
	}
}

func (a artist) twigs() {
	for range 1 + a.Intn(3) {
		f := picture.move(a.between(0, one), a.between(0, one)).turn(a.between(0, one)).move(-one, 0)
		a.fill(f, line(2*one, a.between(pct, 3*pct), pct), along(hex(0x3A271B), hex(0x6B4A34), 2*one), a.between(0, 3*pct))
	}
}

func (a artist) leaves() {
	for range 2 + a.Intn(5) {
		a.leaf(a.between(0, 5*pct))
	}
}

// leaf lies anywhere, its vein in the middle.
func (a artist) leaf(blur fix) {
	length := a.between(25*pct, 70*pct)
	f := picture.move(a.between(0, one), a.between(0, one)).turn(a.between(0, one))
	green := a.colour(0x2F5F2A, 0x8DB55A)
	a.fill(f, petal(length, length/4, spear), along(green.bright(80*pct), green, length), blur)
	a.fill(f, line(length*95/100, pct/2, 0), sheer(green.bright(130*pct), 60*pct), blur)
}
