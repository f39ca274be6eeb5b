package ladder

// Blocking computes the product of Im2col in tiles of two pixels by four
// channels. The eight sums are local variables, so that they stay in registers
// until they are complete, and each number that is fetched is used two or four
// times: six fetches for eight products. The loops before fetch and store a sum
// for each single one. Larger tiles would need more registers than there are.
// The weights of a tile's four channels are laid side by side, so that they
// stream.
func Blocking(s Shape, y, x, w []float32) {
	rows, depth, pixels := windows(s, x), 9*s.In, s.N*s.H*s.W
	panel := make([]float32, 4*depth)
	for o := 0; o < s.Out; o += 4 {
		width := min(4, s.Out-o)
		gather(panel, w[o:], s.Out, width)
		for r := 0; r < pixels; r += 2 {
			first, second := r, min(r+1, pixels-1) // the same one if a single one is left
			sums := product2x4(rows[first*depth:][:depth], rows[second*depth:][:depth], panel)
			copy(y[first*s.Out+o:][:width], sums[0][:])
			copy(y[second*s.Out+o:][:width], sums[1][:])
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

// product2x4 multiplies two rows with a panel of four columns.
func product2x4(a0, a1, panel []float32) [2][4]float32 {
	var t00, t01, t02, t03, t10, t11, t12, t13 float32
	a1 = a1[:len(a0)]
	for k, v0 := range a0 {
		v1 := a1[k]
		b := panel[:4]
		panel = panel[4:]
		b0, b1, b2, b3 := b[0], b[1], b[2], b[3]
		t00, t01, t02, t03 = t00+v0*b0, t01+v0*b1, t02+v0*b2, t03+v0*b3
		t10, t11, t12, t13 = t10+v1*b0, t11+v1*b1, t12+v1*b2, t13+v1*b3
	}
	return [2][4]float32{{t00, t01, t02, t03}, {t10, t11, t12, t13}}
}
