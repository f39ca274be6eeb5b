package ladder

// The tiles of Tiles. In all of them the sums are variables of their own: a slice of
// sums would lie in memory.

func tile1x1(sums, a, b []float32) {
	var s00 float32
	for len(a) >= 1 && len(b) >= 1 {
		w0 := b[0]
		v := a[0]
		s00 = s00 + v*w0
		a, b = a[1:], b[1:]
	}
	copy(sums, []float32{s00})
}

func tile1x2(sums, a, b []float32) {
	var s00, s01 float32
	for len(a) >= 1 && len(b) >= 2 {
		w0, w1 := b[0], b[1]
		v := a[0]
		s00, s01 = s00+v*w0, s01+v*w1
		a, b = a[1:], b[2:]
	}
	copy(sums, []float32{s00, s01})
}

func tile1x4(sums, a, b []float32) {
	var s00, s01, s02, s03 float32
	for len(a) >= 1 && len(b) >= 4 {
		w0, w1, w2, w3 := b[0], b[1], b[2], b[3]
		v := a[0]
		s00, s01, s02, s03 = s00+v*w0, s01+v*w1, s02+v*w2, s03+v*w3
		a, b = a[1:], b[4:]
	}
	copy(sums, []float32{s00, s01, s02, s03})
}

func tile2x2(sums, a, b []float32) {
	var s00, s01, s10, s11 float32
	for len(a) >= 2 && len(b) >= 2 {
		w0, w1 := b[0], b[1]
		v := a[0]
		s00, s01 = s00+v*w0, s01+v*w1
		v = a[1]
		s10, s11 = s10+v*w0, s11+v*w1
		a, b = a[2:], b[2:]
	}
	copy(sums, []float32{s00, s01, s10, s11})
}

func tile2x4(sums, a, b []float32) {
	var s00, s01, s02, s03, s10, s11, s12, s13 float32
	for len(a) >= 2 && len(b) >= 4 {
		w0, w1, w2, w3 := b[0], b[1], b[2], b[3]
		v := a[0]
		s00, s01, s02, s03 = s00+v*w0, s01+v*w1, s02+v*w2, s03+v*w3
		v = a[1]
		s10, s11, s12, s13 = s10+v*w0, s11+v*w1, s12+v*w2, s13+v*w3
		a, b = a[2:], b[4:]
	}
	copy(sums, []float32{s00, s01, s02, s03, s10, s11, s12, s13})
}

func tile3x3(sums, a, b []float32) {
	var s00, s01, s02, s10, s11, s12, s20, s21, s22 float32
	for len(a) >= 3 && len(b) >= 3 {
		w0, w1, w2 := b[0], b[1], b[2]
		v := a[0]
		s00, s01, s02 = s00+v*w0, s01+v*w1, s02+v*w2
		v = a[1]
		s10, s11, s12 = s10+v*w0, s11+v*w1, s12+v*w2
		v = a[2]
		s20, s21, s22 = s20+v*w0, s21+v*w1, s22+v*w2
		a, b = a[3:], b[3:]
	}
	copy(sums, []float32{s00, s01, s02, s10, s11, s12, s20, s21, s22})
}

func tile4x4(sums, a, b []float32) {
	var s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33 float32
	for len(a) >= 4 && len(b) >= 4 {
		w0, w1, w2, w3 := b[0], b[1], b[2], b[3]
		v := a[0]
		s00, s01, s02, s03 = s00+v*w0, s01+v*w1, s02+v*w2, s03+v*w3
		v = a[1]
		s10, s11, s12, s13 = s10+v*w0, s11+v*w1, s12+v*w2, s13+v*w3
		v = a[2]
		s20, s21, s22, s23 = s20+v*w0, s21+v*w1, s22+v*w2, s23+v*w3
		v = a[3]
		s30, s31, s32, s33 = s30+v*w0, s31+v*w1, s32+v*w2, s33+v*w3
		a, b = a[4:], b[4:]
	}
	copy(sums, []float32{s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33})
}
