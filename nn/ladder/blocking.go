package ladder

// Blocking computes the product of Im2col in tiles of four pixels by four
// channels. The sixteen sums are local variables, so they stay in registers,
// and each number that is fetched is used four times: eight fetches for sixteen
// products, where the loops before need two for one. The weights of a tile's
// four channels are laid side by side once, so that they stream.
func Blocking(s Shape, y, x, w []float32) {
	rows, depth, pixels := windows(s, x), 9*s.In, s.N*s.H*s.W
	panel := make([]float32, 4*depth)
	for o := 0; o < s.Out; o += 4 {
		width := min(4, s.Out-o)
		gather(panel, w[o:], s.Out, width)
		for r := 0; r < pixels; r += 4 {
			height := min(4, pixels-r)
			tile := product4x4(rows[r*depth:], panel, depth, height)
			for i := range height {
				copy(y[(r+i)*s.Out+o:][:width], tile[i][:])
			}
		}
	}
}

// gather copies four columns of a matrix side by side; what is beyond its width
// is zero.
func gather(panel, w []float32, stride, width int) {
	clear(panel)
	for k := range len(panel) / 4 {
		copy(panel[k*4:][:width], w[k*stride:])
	}
}

// product4x4 multiplies up to four rows of a with a panel of four columns.
func product4x4(a, panel []float32, depth, height int) (tile [4][4]float32) {
	row := func(i int) []float32 { return a[min(i, height-1)*depth:][:depth] }
	a0, a1, a2, a3 := row(0), row(1), row(2), row(3)
	var t00, t01, t02, t03, t10, t11, t12, t13, t20, t21, t22, t23, t30, t31, t32, t33 float32
	for k := range depth {
		b := panel[4*k:][:4:4]
		b0, b1, b2, b3 := b[0], b[1], b[2], b[3]
		v := a0[k]
		t00, t01, t02, t03 = t00+v*b0, t01+v*b1, t02+v*b2, t03+v*b3
		v = a1[k]
		t10, t11, t12, t13 = t10+v*b0, t11+v*b1, t12+v*b2, t13+v*b3
		v = a2[k]
		t20, t21, t22, t23 = t20+v*b0, t21+v*b1, t22+v*b2, t23+v*b3
		v = a3[k]
		t30, t31, t32, t33 = t30+v*b0, t31+v*b1, t32+v*b2, t33+v*b3
	}
	return [4][4]float32{{t00, t01, t02, t03}, {t10, t11, t12, t13}, {t20, t21, t22, t23}, {t30, t31, t32, t33}}
}
