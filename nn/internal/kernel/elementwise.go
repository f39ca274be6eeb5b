package kernel

// Passes over whole tensors, on all cores; elementwise_generic.go says what each
// computes. Their results are the same bits on every kind of processor. A channel is
// a place on the last axis: the number of coefficients says how many there are.

// BitsLen is how many bytes the bits of n numbers take: see ScaleShiftReLU.
func BitsLen(n int) int { return ceilDiv(n, 8) }

// ColumnMoments computes the sums of x and of x² in each channel.
func ColumnMoments(sum, squares []float64, x []float32) {
	p := newRowPass(len(x), len(sum))
	defer p.release()
	p.x = x
	p.sumColumns(sum, squares)
}

// sumColumns computes them of p.x.
func (p *rowPass) sumColumns(sum, squares []float64) {
	p.clearSums()
	p.run(func(p *rowPass, from, whole, end int) {
		sum, squares := p.sumsOf(from)
		if whole > from {
			elementwise.columnMoments(sum, squares, p.x[from:whole], (whole-from)/p.row)
		}
		columnMoments(sum[:end-whole], squares[:end-whole], p.x[whole:end], 1)
	})
	p.total(sum, squares)
}

// AddColumnSums adds the sum of x in each channel to sum.
func AddColumnSums(sum, x []float32) {
	p := newRowPass(len(x), len(sum))
	defer p.release()
	p.x = x
	p.a, p.b = sized(p.a, len(sum)), sized(p.b, len(sum))
	p.sumColumns(p.a, p.b)
	for c, s := range p.a {
		sum[c] += float32(s)
	}
}

// ColumnProducts computes the sums of dy and of dy*x in each channel. Where
// positive is not nil, it counts only the dy with a bit of 1.
func ColumnProducts(sum, products []float64, x, dy []float32, positive []byte) {
	p := newRowPass(len(x), len(sum))
	defer p.release()
	p.x, p.r, p.positive = x, dy, positive
	p.clearSums()
	p.run(func(p *rowPass, from, whole, end int) {
		sum, products := p.sumsOf(from)
		if whole > from {
			run := elementwise.columnProducts
			if p.positive != nil {
				run = elementwise.columnProductsMasked
			}
			run(sum, products, p.x[from:whole], p.r[from:whole], bitsOf(p.positive, from, whole), (whole-from)/p.row)
		}
		rest := end - whole
		columnProducts(sum[:rest], products[:rest], p.x[whole:end], p.r[whole:end], bitsOf(p.positive, whole, end), 1)
	})
	p.total(sum, products)
}

// ScaleShift computes y = x*scale + shift.
func ScaleShift(y, x []float32, scale, shift []float64) {
	p := scaling(y, x, nil, nil, scale, shift)
	defer p.release()
	p.run(func(p *rowPass, from, whole, end int) {
		if whole > from {
			elementwise.scaleShift(p.y[from:whole], p.x[from:whole], p.a, p.b, (whole-from)/p.row)
		}
		rest := end - whole
		scaleShift(p.y[whole:end], p.x[whole:end], p.a[:rest], p.b[:rest], 1)
	})
}

// ScaleShiftBytes computes y = x*scale + shift, of bytes.
func ScaleShiftBytes(y []float32, x []byte, scale, shift []float64) {
	p := scaling(y, nil, nil, nil, scale, shift)
	defer p.release()
	p.bytes = x
	p.run(func(p *rowPass, from, whole, end int) {
		if whole > from {
			elementwise.scaleShiftBytes(p.y[from:whole], p.bytes[from:whole], p.a, p.b, (whole-from)/p.row)
		}
		rest := end - whole
		scaleShiftBytes(p.y[whole:end], p.bytes[whole:end], p.a[:rest], p.b[:rest], 1)
	})
}

// ScaleShiftReLU computes y = max(0, x*scale + shift), and a bit for each
// number: is it above 0?
func ScaleShiftReLU(y, x []float32, positive []byte, scale, shift []float64) {
	p := scaling(y, x, nil, positive, scale, shift)
	defer p.release()
	p.run(func(p *rowPass, from, whole, end int) {
		if whole > from {
			elementwise.scaleShiftReLU(p.y[from:whole], p.x[from:whole], bitsOf(p.positive, from, whole), p.a, p.b, (whole-from)/p.row)
		}
		rest := end - whole
		scaleShiftReLU(p.y[whole:end], p.x[whole:end], bitsOf(p.positive, whole, end), p.a[:rest], p.b[:rest], 1)
	})
}

// ScaleShiftAddReLU computes y = max(0, x*scale + shift + r), and its bits.
func ScaleShiftAddReLU(y, x, r []float32, positive []byte, scale, shift []float64) {
	p := scaling(y, x, r, positive, scale, shift)
	defer p.release()
	p.run(func(p *rowPass, from, whole, end int) {
		if whole > from {
			elementwise.scaleShiftAddReLU(p.y[from:whole], p.x[from:whole], p.r[from:whole], bitsOf(p.positive, from, whole), p.a, p.b, (whole-from)/p.row)
		}
		rest := end - whole
		scaleShiftAddReLU(p.y[whole:end], p.x[whole:end], p.r[whole:end], bitsOf(p.positive, whole, end), p.a[:rest], p.b[:rest], 1)
	})
}

func scaling(y, x, r []float32, positive []byte, scale, shift []float64) *rowPass {
	p := newRowPass(len(y), len(scale))
	p.y, p.x, p.r, p.positive = y, x, r, positive
	p.repeat(&p.a, scale)
	p.repeat(&p.b, shift)
	return p
}

// BatchNormGrad computes dx = a*dy + b*x + c. Where positive is not nil, a dy
// with a bit of 0 counts as 0.
func BatchNormGrad(dx, x, dy []float32, positive []byte, a, b, c []float64) {
	p := scaling(dx, x, dy, positive, a, b)
	defer p.release()
	p.repeat(&p.c, c)
	p.run(func(p *rowPass, from, whole, end int) {
		if whole > from {
			run := elementwise.batchNormGrad
			if p.positive != nil {
				run = elementwise.batchNormGradMasked
			}
			run(p.y[from:whole], p.x[from:whole], p.r[from:whole], bitsOf(p.positive, from, whole), p.a, p.b, p.c, (whole-from)/p.row)
		}
		rest := end - whole
		batchNormGrad(p.y[whole:end], p.x[whole:end], p.r[whole:end], bitsOf(p.positive, whole, end), p.a[:rest], p.b[:rest], p.c[:rest], 1)
	})
}

// Add computes y = a + b. Where positive is not nil, a b with a bit of 0 counts
// as 0.
func Add(y, a, b []float32, positive []byte) {
	p := flatPass(len(y))
	defer p.release()
	p.y, p.x, p.r, p.positive = y, a, b, positive
	p.run(func(p *rowPass, from, whole, end int) {
		run := elementwise.add
		if p.positive != nil {
			run = elementwise.addMasked
		}
		if whole > from {
			run(p.y[from:whole], p.x[from:whole], p.r[from:whole], bitsOf(p.positive, from, whole))
		}
		add(p.y[whole:end], p.x[whole:end], p.r[whole:end], bitsOf(p.positive, whole, end))
	})
}

// ReLU computes y = max(0, x), and a bit for each number: is it above 0?
func ReLU(y, x []float32, positive []byte) {
	p := flatPass(len(y))
	defer p.release()
	p.y, p.x, p.positive = y, x, positive
	p.run(func(p *rowPass, from, whole, end int) {
		if whole > from {
			elementwise.relu(p.y[from:whole], p.x[from:whole], bitsOf(p.positive, from, whole))
		}
		relu(p.y[whole:end], p.x[whole:end], bitsOf(p.positive, whole, end))
	})
}

// ReLUGrad computes dx = dy where the bit is 1, else 0.
func ReLUGrad(dx, dy []float32, positive []byte) {
	p := flatPass(len(dx))
	defer p.release()
	p.y, p.x, p.positive = dx, dy, positive
	p.run(func(p *rowPass, from, whole, end int) {
		if whole > from {
			elementwise.reluGrad(p.y[from:whole], p.x[from:whole], bitsOf(p.positive, from, whole))
		}
		reluGrad(p.y[whole:end], p.x[whole:end], bitsOf(p.positive, whole, end))
	})
}

// LeakyReLU computes y = x where x is above 0, else leak*x, and the bits of x.
func LeakyReLU(y, x []float32, positive []byte, leak float32) {
	p := flatPass(len(y))
	defer p.release()
	p.y, p.x, p.positive, p.leak = y, x, positive, leak
	p.run(func(p *rowPass, from, whole, end int) {
		if whole > from {
			elementwise.leakyReLU(p.y[from:whole], p.x[from:whole], bitsOf(p.positive, from, whole), p.leak)
		}
		leakyReLU(p.y[whole:end], p.x[whole:end], bitsOf(p.positive, whole, end), p.leak)
	})
}

// LeakyReLUGrad computes dx = dy where the bit is 1, else leak*dy.
func LeakyReLUGrad(dx, dy []float32, positive []byte, leak float32) {
	p := flatPass(len(dx))
	defer p.release()
	p.y, p.x, p.positive, p.leak = dx, dy, positive, leak
	p.run(func(p *rowPass, from, whole, end int) {
		if whole > from {
			elementwise.leakyReLUGrad(p.y[from:whole], p.x[from:whole], bitsOf(p.positive, from, whole), p.leak)
		}
		leakyReLUGrad(p.y[whole:end], p.x[whole:end], bitsOf(p.positive, whole, end), p.leak)
	})
}

// Sigmoid computes y = 1/(1 + e^-x).
func Sigmoid(y, x []float32) { bend(y, x, elementwise.sigmoid, sigmoid) }

// Tanh computes y = tanh x.
func Tanh(y, x []float32) { bend(y, x, elementwise.tanh, tanh) }

// bend computes a curve: fast takes whole rows, and plain what is left.
func bend(y, x []float32, fast, plain func(y, x []float32)) {
	p := flatPass(len(y))
	defer p.release()
	p.y, p.x, p.fast, p.plain = y, x, fast, plain
	p.run(func(p *rowPass, from, whole, end int) {
		if whole > from {
			p.fast(p.y[from:whole], p.x[from:whole])
		}
		p.plain(p.y[whole:end], p.x[whole:end])
	})
}

// Each calls f with runs of y, x and r, on all cores.
func Each(y, x, r []float32, f func(y, x, r []float32)) {
	p := flatPass(len(y))
	defer p.release()
	p.y, p.x, p.r, p.f = y, x, r, f
	p.run(func(p *rowPass, from, _, end int) { p.f(p.y[from:end], p.x[from:end], p.r[from:end]) })
}

// Max computes y = max(y, x) on the caller's core. What is not a number wins.
func Max(y, x []float32) {
	whole := len(y) / rowUnit * rowUnit
	if whole > 0 {
		elementwise.maxOf(y[:whole], x[:whole])
	}
	maxOf(y[whole:], x[whole:])
}

// MaxWinner does as Max, and notes in winners the pixel that x is where x wins.
func MaxWinner(y []float32, winners []int32, x []float32, pixel int32) {
	whole := len(y) / rowUnit * rowUnit
	if whole > 0 {
		elementwise.maxWinner(y[:whole], winners[:whole], x[:whole], pixel)
	}
	maxWinner(y[whole:], winners[whole:], x[whole:], pixel)
}
