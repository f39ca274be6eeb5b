package kernel

// genericTiles runs on every processor. Sixteen sums are as many as the
// compiler can keep in registers.
var genericTiles = tileSet{"generic", []tiles{{{4, 4, tile4x4}}}, peak{peakGeneric, 12}, nil, nil}

func tile4x4(c, start, bias, a, b []float32, to, from, runs []int, length, aStep int, relu bool, next []float32, pace int) {
	product4x4(c, start, bias, a, b, to, from, runs, length, aStep, 4, relu)
}

// product4x4 is that tile where the lines of b stand bStep floats apart.
func product4x4(c, start, bias, a, b []float32, to, from, runs []int, length, aStep, bStep int, relu bool) {
	for ; len(from) > 0; to, from = to[4:], from[4:] {
		var c00, c01, c02, c03, c10, c11, c12, c13, c20, c21, c22, c23, c30, c31, c32, c33 float32
		line := b
		for _, run := range runs {
			a0, a1, a2, a3 := a[from[0]+run:], a[from[1]+run:], a[from[2]+run:], a[from[3]+run:]
			at := 0
			for range length {
				b0, b1, b2, b3 := load4(line)
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
				line = line[min(bStep, len(line)):]
			}
		}
		if start != nil {
			c00, c01, c02, c03 = add4(start[to[0]:], c00, c01, c02, c03)
			c10, c11, c12, c13 = add4(start[to[1]:], c10, c11, c12, c13)
			c20, c21, c22, c23 = add4(start[to[2]:], c20, c21, c22, c23)
			c30, c31, c32, c33 = add4(start[to[3]:], c30, c31, c32, c33)
		}
		var d0, d1, d2, d3 float32
		if bias != nil {
			d0, d1, d2, d3 = load4(bias)
		}
		store4(c[to[0]:], c00+d0, c01+d1, c02+d2, c03+d3, relu)
		store4(c[to[1]:], c10+d0, c11+d1, c12+d2, c13+d3, relu)
		store4(c[to[2]:], c20+d0, c21+d1, c22+d2, c23+d3, relu)
		store4(c[to[3]:], c30+d0, c31+d1, c32+d2, c33+d3, relu)
	}
}

func add4(c []float32, s0, s1, s2, s3 float32) (t0, t1, t2, t3 float32) {
	c = c[:4]
	return s0 + c[0], s1 + c[1], s2 + c[2], s3 + c[3]
}

func load4(c []float32) (s0, s1, s2, s3 float32) {
	c = c[:4]
	return c[0], c[1], c[2], c[3]
}

func store4(c []float32, s0, s1, s2, s3 float32, relu bool) {
	if relu {
		s0, s1, s2, s3 = max(s0, 0), max(s1, 0), max(s2, 0), max(s3, 0)
	}
	c = c[:4]
	c[0], c[1], c[2], c[3] = s0, s1, s2, s3
}
