package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Batch norm. A row is a pixel, its floats are the channels: sums run over rows, and each
// channel has a scale and a shift of its own.

// blockSteps is how many steps of a row a sum over rows does side by side: with
// one alone each addition would wait for the one before.
const blockSteps = 2

// loadSums loads the sums of a block of columns as they stand so far.
func loadSums(v vector, from reg.GPVirtual) (sums [2 * blockSteps]reg.VecVirtual) {
	for i := range sums {
		sums[i] = v.register()
		VMOVUPD(Mem{Base: from, Disp: i * v.floats() / 2 * double}, sums[i])
	}
	return sums
}

func storeSums(v vector, to reg.GPVirtual, sums [2 * blockSteps]reg.VecVirtual) {
	for i, s := range sums {
		VMOVUPD(s, Mem{Base: to, Disp: i * v.floats() / 2 * double})
	}
	advance(blockSteps*v.floats()*double, to)
}

func columnMoments(v vector) {
	begin(v, "columnMoments", "func(sum, squares []float64, x []float32, rows int)", "columnMoments for whole rows of a multiple of 32 floats")
	sum, squares, x, rowBytes := base("sum"), base("squares"), base("x"), length("sum")
	blocks := GP64()
	MOVQ(rowBytes, blocks)
	SHLQ(Imm(2), rowBytes)
	SHRQ(U8(shift(blockSteps*v.floats())), blocks)
	loop("block", blocks, func() {
		s, q := loadSums(v, sum), loadSums(v, squares)
		at, rows := GP64(), value("rows")
		MOVQ(x, at)
		loop("row", rows, func() {
			for step := range blockSteps {
				for half, w := range v.widen(Mem{Base: at, Disp: step * v.floats() * float}) {
					VADDPD(w, s[2*step+half], s[2*step+half])
					VFMADD231PD(w, w, q[2*step+half])
				}
			}
			ADDQ(rowBytes, at)
		})
		storeSums(v, sum, s)
		storeSums(v, squares, q)
		advance(blockSteps*v.floats()*float, x)
	})
	end()
}

func columnProducts(v vector, masked bool) {
	begin(v, suffix("columnProducts", masked), "func(sum, products []float64, x, dy []float32, positive []byte, rows int)",
		"columnProducts for whole rows of a multiple of 32 floats")
	sum, products, x, dy, positive, rowBytes := base("sum"), base("products"), base("x"), base("dy"), base("positive"), length("sum")
	blocks, rowBits := GP64(), GP64()
	MOVQ(rowBytes, blocks)
	MOVQ(rowBytes, rowBits)
	SHLQ(Imm(2), rowBytes)
	SHRQ(Imm(3), rowBits)
	SHRQ(U8(shift(blockSteps*v.floats())), blocks)
	loop("block", blocks, func() {
		s, p := loadSums(v, sum), loadSums(v, products)
		atX, atDY, atBits, rows := GP64(), GP64(), GP64(), value("rows")
		MOVQ(x, atX)
		MOVQ(dy, atDY)
		MOVQ(positive, atBits)
		loop("row", rows, func() {
			for step := range blockSteps {
				disp := step * v.floats() * float
				g := wideGradient(v, masked, Mem{Base: atDY, Disp: disp}, Mem{Base: atBits, Disp: step * v.floats() / 8})
				for half, w := range v.widen(Mem{Base: atX, Disp: disp}) {
					VADDPD(g[half], s[2*step+half], s[2*step+half])
					VFMADD231PD(w, g[half], p[2*step+half])
				}
			}
			ADDQ(rowBytes, atX)
			ADDQ(rowBytes, atDY)
			ADDQ(rowBits, atBits)
		})
		storeSums(v, sum, s)
		storeSums(v, products, p)
		advance(blockSteps*v.floats()*float, x, dy)
		advance(blockSteps*v.floats()/8, positive)
	})
	end()
}

func wideGradient(v vector, masked bool, dy, bits Mem) [2]reg.VecVirtual {
	if masked {
		return v.widenMasked(dy, bits)
	}
	return v.widen(dy)
}

func scaleShift(v vector, name string, plus, relu bool) {
	arguments := "y, x"
	if plus {
		arguments += ", r"
	}
	arguments += " []float32"
	if relu {
		arguments += ", positive []byte"
	}
	begin(v, name, "func("+arguments+", scale, shift []float64, rows int)", name+" for whole rows of a multiple of 32 floats")
	y, x, scale, shifts, rows := base("y"), base("x"), base("scale"), base("shift"), value("rows")
	pointers := []reg.GPVirtual{y, x}
	var r, positive reg.GPVirtual
	var zero reg.VecVirtual
	if plus {
		r = base("r")
		pointers = append(pointers, r)
	}
	if relu {
		positive, zero = base("positive"), v.zero()
	}
	loop("row", rows, func() {
		atScale, atShift, steps := GP64(), GP64(), length("scale")
		MOVQ(scale, atScale)
		MOVQ(shifts, atShift)
		SHRQ(U8(shift(v.floats())), steps)
		loop("step", steps, func() {
			wide := v.widen(Mem{Base: x})
			for half, w := range wide {
				disp, factor := half*v.floats()/2*double, v.register()
				VMOVUPD(Mem{Base: atScale, Disp: disp}, factor)
				VFMADD213PD(Mem{Base: atShift, Disp: disp}, factor, w)
			}
			result := v.narrow(wide)
			if plus {
				VADDPS(Mem{Base: r}, result, result)
			}
			if relu {
				v.storePositive(result, zero, Mem{Base: positive})
				VMAXPS(result, zero, result)
				advance(v.floats()/8, positive)
			}
			VMOVUPS(result, Mem{Base: y})
			advance(v.floats()*float, pointers...)
			advance(v.floats()*double, atScale, atShift)
		})
	})
	end()
}

// scaleShiftBytes is no part of batch norm, but what it does to a row is the same.
func scaleShiftBytes(v vector) {
	begin(v, "scaleShiftBytes", "func(y []float32, x []byte, scale, shift []float64, rows int)", "scaleShiftBytes for whole rows of a multiple of 32 floats")
	y, x, scale, shifts, rows := base("y"), base("x"), base("scale"), base("shift"), value("rows")
	loop("row", rows, func() {
		at, steps := GP64(), length("scale")
		XORQ(at, at)
		SHRQ(U8(shift(v.floats())), steps)
		loop("step", steps, func() {
			wide := v.widenBytes(Mem{Base: x})
			for half, w := range wide {
				disp, factor := half*v.floats()/2*double, v.register()
				VMOVUPD(Mem{Base: scale, Index: at, Scale: 1, Disp: disp}, factor)
				VFMADD213PD(Mem{Base: shifts, Index: at, Scale: 1, Disp: disp}, factor, w)
			}
			VMOVUPS(v.narrow(wide), Mem{Base: y})
			advance(v.floats()*float, y)
			advance(v.floats(), x)
			advance(v.floats()*double, at)
		})
	})
	end()
}

func batchNormGrad(v vector, masked bool) {
	begin(v, suffix("batchNormGrad", masked), "func(dx, x, dy []float32, positive []byte, a, b, c []float64, rows int)",
		"batchNormGrad for whole rows of a multiple of 32 floats")
	dx, x, dy, positive, rows := base("dx"), base("x"), base("dy"), base("positive"), value("rows")
	a, b, c := base("a"), base("b"), base("c")
	loop("row", rows, func() {
		at, steps := GP64(), length("a")
		XORQ(at, at)
		SHRQ(U8(shift(v.floats())), steps)
		loop("step", steps, func() {
			g, wide := wideGradient(v, masked, Mem{Base: dy}, Mem{Base: positive}), v.widen(Mem{Base: x})
			for half, w := range wide {
				disp, factor := half*v.floats()/2*double, v.register()
				VMOVUPD(Mem{Base: b, Index: at, Scale: 1, Disp: disp}, factor)
				VFMADD213PD(Mem{Base: c, Index: at, Scale: 1, Disp: disp}, factor, w)
				VFMADD231PD(Mem{Base: a, Index: at, Scale: 1, Disp: disp}, g[half], w)
			}
			VMOVUPS(v.narrow(wide), Mem{Base: dx})
			advance(v.floats()*float, dx, x, dy)
			advance(v.floats()/8, positive)
			advance(v.floats()*double, at)
		})
	})
	end()
}
