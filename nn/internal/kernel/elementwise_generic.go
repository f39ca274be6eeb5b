package kernel

import "math"

// The loops below are the definition of every pass over whole tensors, and run
// as they are where there is no assembly, or where less is left than it takes at
// a time. The assembly does the same operations in the same order: it gives the
// same bits.
//
// Tensors are rows of columns, as many columns as the coefficients. With more
// than one row the number of columns is a multiple of 32.
//
// Bits say, number by number, whether a ReLU let it through: bit i%8 of byte
// i/8. No bits at all stand for ones.
//
// Numbers are widened to float64 in registers: memory sets the pace of these
// passes, and a mean can be far larger than what differs from it.

var genericPasses = passes{
	name:          "generic",
	columnMoments: columnMoments, columnProducts: columnProducts, columnProductsMasked: columnProducts,
	scaleShift: scaleShift, scaleShiftReLU: scaleShiftReLU, scaleShiftAddReLU: scaleShiftAddReLU,
	batchNormGrad: batchNormGrad, batchNormGradMasked: batchNormGrad,
	add: add, addMasked: add, relu: relu, reluGrad: reluGrad, leakyReLU: leakyReLU, leakyReLUGrad: leakyReLUGrad,
	maxOf: maxOf, maxWinner: maxWinner,
	scaleShiftBytes: scaleShiftBytes, exponentials: exponentials, sigmoid: sigmoid, tanh: tanh,
	sgdStep: sgdStep, momentumStep: momentumStep, nesterovStep: nesterovStep, adamStep: adamStep,
}

// columnMoments adds up x and x² of every column. A float64 holds the square of
// a float32 exactly.
func columnMoments(sum, squares []float64, x []float32, rows int) {
	for row := range rows {
		for c, v := range x[row*len(sum):][:len(sum)] {
			wide := float64(v)
			sum[c] += wide
			squares[c] += wide * wide
		}
	}
}

// columnProducts adds up dy and dy*x of every column.
func columnProducts(sum, products []float64, x, dy []float32, positive []byte, rows int) {
	for row := range rows {
		for c := range sum {
			i := row*len(sum) + c
			g := float64(letThrough(dy[i], positive, i))
			sum[c] += g
			products[c] += g * float64(x[i])
		}
	}
}

// scaleShift computes y = x*scale + shift.
func scaleShift(y, x []float32, scale, shift []float64, rows int) {
	for row := range rows {
		for c := range scale {
			i := row*len(scale) + c
			y[i] = float32(math.FMA(float64(x[i]), scale[c], shift[c]))
		}
	}
}

// scaleShiftBytes computes y = x*scale + shift, of bytes.
func scaleShiftBytes(y []float32, x []byte, scale, shift []float64, rows int) {
	for row := range rows {
		for c := range scale {
			i := row*len(scale) + c
			y[i] = float32(math.FMA(float64(x[i]), scale[c], shift[c]))
		}
	}
}

// scaleShiftReLU computes y = max(0, x*scale + shift), and its bits.
func scaleShiftReLU(y, x []float32, positive []byte, scale, shift []float64, rows int) {
	for row := range rows {
		for c := range scale {
			i := row*len(scale) + c
			y[i] = rectify(float32(math.FMA(float64(x[i]), scale[c], shift[c])), positive, i)
		}
	}
}

// scaleShiftAddReLU computes y = max(0, x*scale + shift + r), and its bits.
func scaleShiftAddReLU(y, x, r []float32, positive []byte, scale, shift []float64, rows int) {
	for row := range rows {
		for c := range scale {
			i := row*len(scale) + c
			y[i] = rectify(float32(math.FMA(float64(x[i]), scale[c], shift[c]))+r[i], positive, i)
		}
	}
}

// batchNormGrad computes dx = a*dy + b*x + c.
func batchNormGrad(dx, x, dy []float32, positive []byte, a, b, c []float64, rows int) {
	for row := range rows {
		for k := range a {
			i := row*len(a) + k
			dx[i] = float32(math.FMA(a[k], float64(letThrough(dy[i], positive, i)), math.FMA(b[k], float64(x[i]), c[k])))
		}
	}
}

// add computes y = a + b.
func add(y, a, b []float32, positive []byte) {
	for i := range y {
		y[i] = a[i] + letThrough(b[i], positive, i)
	}
}

// relu computes y = max(0, x), and its bits.
func relu(y, x []float32, positive []byte) {
	for i := range y {
		y[i] = rectify(x[i], positive, i)
	}
}

// reluGrad computes dx = dy where the bit is 1, else 0.
func reluGrad(dx, dy []float32, positive []byte) {
	for i := range dx {
		dx[i] = letThrough(dy[i], positive, i)
	}
}

// leakyReLU computes y = x where x is positive, else leak*x, and its bits.
func leakyReLU(y, x []float32, positive []byte, leak float32) {
	for i, v := range x[:len(y)] {
		if noteBit(v > 0, positive, i); !(v > 0) {
			v *= leak
		}
		y[i] = v
	}
}

// leakyReLUGrad computes dx = dy where the bit is 1, else leak*dy.
func leakyReLUGrad(dx, dy []float32, positive []byte, leak float32) {
	for i := range dx {
		dx[i] = dy[i]
		if positive[i/8]>>(i%8)&1 == 0 {
			dx[i] *= leak
		}
	}
}

// maxOf computes y = max(y, x). What is not a number wins.
func maxOf(y, x []float32) {
	for i, v := range x[:len(y)] {
		if v > y[i] || v != v {
			y[i] = v
		}
	}
}

// maxWinner does the same, and notes the pixel that x is where x wins.
func maxWinner(y []float32, winners []int32, x []float32, pixel int32) {
	for i, v := range x[:len(y)] {
		if v > y[i] || v != v {
			y[i], winners[i] = v, pixel
		}
	}
}

// rectify returns max(0, v), and notes the i-th bit. What is not a number stays
// so, that trouble is seen.
func rectify(v float32, positive []byte, i int) float32 {
	if noteBit(v > 0, positive, i); v < 0 {
		return 0
	}
	return v
}

// noteBit sets the i-th bit.
func noteBit(is bool, bits []byte, i int) {
	if i%8 == 0 {
		bits[i/8] = 0
	}
	if is {
		bits[i/8] |= 1 << (i % 8)
	}
}

// letThrough returns v where the i-th bit is 1, else 0.
func letThrough(v float32, bits []byte, i int) float32 {
	if bits != nil && bits[i/8]>>(i%8)&1 == 0 {
		return 0
	}
	return v
}
