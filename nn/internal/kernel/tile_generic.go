package kernel

// genericTiles runs on every processor. Sixteen sums are as many as the
// compiler can keep in registers.
var genericTiles = tileSet{"generic", tile{4, 4, tile4x4}, tile{4, 4, tile4x4}}

func tile4x4(c, a, b []float32, to, from, runs []int, length, aStep, bStep int, add bool) {
	var c00, c01, c02, c03, c10, c11, c12, c13, c20, c21, c22, c23, c30, c31, c32, c33 float32
	for _, run := range runs {
		a0, a1, a2, a3 := a[from[0]+run:], a[from[1]+run:], a[from[2]+run:], a[from[3]+run:]
		at := 0
		for range length {
			line := b[:4]
			b0, b1, b2, b3 := line[0], line[1], line[2], line[3]
			x := a0[at]
			c00 += x * b0
			c01 += x * b1
			c02 += x * b2
			c03 += x * b3
			x = a1[at]
			c10 += x * b0
			c11 += x * b1
			c12 += x * b2
			c13 += x * b3
			x = a2[at]
			c20 += x * b0
			c21 += x * b1
			c22 += x * b2
			c23 += x * b3
			x = a3[at]
			c30 += x * b0
			c31 += x * b1
			c32 += x * b2
			c33 += x * b3
			at += aStep
			b = b[min(bStep, len(b)):]
		}
	}
	store4(c[to[0]:], c00, c01, c02, c03, add)
	store4(c[to[1]:], c10, c11, c12, c13, add)
	store4(c[to[2]:], c20, c21, c22, c23, add)
	store4(c[to[3]:], c30, c31, c32, c33, add)
}

func store4(c []float32, s0, s1, s2, s3 float32, add bool) {
	c = c[:4]
	if add {
		s0, s1, s2, s3 = c[0]+s0, c[1]+s1, c[2]+s2, c[3]+s3
	}
	c[0], c[1], c[2], c[3] = s0, s1, s2, s3
}
