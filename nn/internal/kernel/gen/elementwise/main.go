// Command elementwise writes the passes of amd64 over whole tensors in
// assembly: batch norm, ReLU, additions, maxima, SGD. elementwise_generic.go in
// package kernel has each of them in plain Go, under the same name and with the
// same order of operations: both give the same bits.
package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("amd64,!purego")
	for _, v := range []vector{avx2{}, avx512{}} {
		columnMoments(v)
		for _, masked := range []bool{false, true} {
			columnProducts(v, masked)
		}
		scaleShift(v, "scaleShift", false, false)
		scaleShift(v, "scaleShiftReLU", false, true)
		scaleShift(v, "scaleShiftAddReLU", true, true)
		for _, masked := range []bool{false, true} {
			batchNormGrad(v, masked)
			add(v, masked)
		}
		relu(v)
		reluGrad(v)
		leakyReLU(v)
		leakyReLUGrad(v)
		momentumStep(v)
		maxOf(v)
		maxWinner(v)
	}
	Generate()
}

// vector is a kind of processor. Its unit of work is a step: a register full of
// float32, or two registers full of float64.
type vector interface {
	name() string
	floats() int // in a step
	register() reg.VecVirtual
	zero() reg.VecVirtual

	// widen loads a step as float64. With bits, floats whose bit is 0 are loaded as 0.
	widen(from Mem) [2]reg.VecVirtual
	widenMasked(from, bits Mem) [2]reg.VecVirtual
	// narrow rounds a step of float64 to float32.
	narrow(wide [2]reg.VecVirtual) reg.VecVirtual
	// loadMasked loads a step of float32; floats whose bit is 0 are loaded as 0.
	loadMasked(from, bits Mem) reg.VecVirtual
	// storePositive stores a bit for each float: is it above zero?
	storePositive(v, zero reg.VecVirtual, bits Mem)
	// choose returns yes where v is above zero, else no.
	choose(v, zero, yes, no reg.VecVirtual) reg.VecVirtual
	// chooseBit returns yes where the bit is 1, else no.
	chooseBit(bits Mem, yes, no reg.VecVirtual) reg.VecVirtual
	// larger replaces best, and what belongs to it, where v is larger or not a number.
	larger(v, best, its, bestIts reg.VecVirtual)
}

const float, double = 4, 8 // bytes

// begin starts a function; its name ends with that of the vector.
func begin(v vector, name, signature, doc string) {
	TEXT(name+v.name(), NOSPLIT, signature)
	Doc(fmt.Sprintf("%s is %s.", name+v.name(), doc))
	Pragma("noescape")
}

func end() {
	VZEROUPPER()
	RET()
}

func suffix(name string, masked bool) string {
	if masked {
		return name + "Masked"
	}
	return name
}

func base(name string) reg.GPVirtual  { return Load(Param(name).Base(), GP64()).(reg.GPVirtual) }
func value(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }
func length(name string) reg.GPVirtual {
	return Load(Param(name).Len(), GP64()).(reg.GPVirtual)
}

// loop repeats the body until n, which is at least 1, is zero.
func loop(label string, n reg.GPVirtual, body func()) {
	Label(label)
	body()
	DECQ(n)
	JNZ(LabelRef(label))
}

// advance moves pointers on.
func advance(bytes int, pointers ...reg.GPVirtual) {
	for _, p := range pointers {
		ADDQ(U32(bytes), p)
	}
}

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

func add(v vector, masked bool) {
	begin(v, suffix("add", masked), "func(y, a, b []float32, positive []byte)", "add for whole steps")
	y, a, b, positive, steps := base("y"), base("a"), base("b"), base("positive"), stepsOf(v, "y")
	loop("step", steps, func() {
		sum := v.register()
		if masked {
			sum = v.loadMasked(Mem{Base: b}, Mem{Base: positive})
		} else {
			VMOVUPS(Mem{Base: b}, sum)
		}
		VADDPS(Mem{Base: a}, sum, sum)
		VMOVUPS(sum, Mem{Base: y})
		advance(v.floats()*float, y, a, b)
		advance(v.floats()/8, positive)
	})
	end()
}

func relu(v vector) {
	begin(v, "relu", "func(y, x []float32, positive []byte)", "relu for whole steps")
	y, x, positive, steps, zero := base("y"), base("x"), base("positive"), stepsOf(v, "y"), v.zero()
	loop("step", steps, func() {
		w := v.register()
		VMOVUPS(Mem{Base: x}, w)
		v.storePositive(w, zero, Mem{Base: positive})
		VMAXPS(w, zero, w)
		VMOVUPS(w, Mem{Base: y})
		advance(v.floats()*float, y, x)
		advance(v.floats()/8, positive)
	})
	end()
}

func reluGrad(v vector) {
	begin(v, "reluGrad", "func(dx, dy []float32, positive []byte)", "reluGrad for whole steps")
	dx, dy, positive, steps := base("dx"), base("dy"), base("positive"), stepsOf(v, "dx")
	loop("step", steps, func() {
		VMOVUPS(v.loadMasked(Mem{Base: dy}, Mem{Base: positive}), Mem{Base: dx})
		advance(v.floats()*float, dx, dy)
		advance(v.floats()/8, positive)
	})
	end()
}

func leakyReLU(v vector) {
	begin(v, "leakyReLU", "func(y, x []float32, positive []byte, leak float32)", "leakyReLU for whole steps")
	y, x, positive, steps, zero, leak := base("y"), base("x"), base("positive"), stepsOf(v, "y"), v.zero(), constant(v, "leak")
	loop("step", steps, func() {
		w, less := v.register(), v.register()
		VMOVUPS(Mem{Base: x}, w)
		v.storePositive(w, zero, Mem{Base: positive})
		VMULPS(w, leak, less)
		VMOVUPS(v.choose(w, zero, w, less), Mem{Base: y})
		advance(v.floats()*float, y, x)
		advance(v.floats()/8, positive)
	})
	end()
}

func leakyReLUGrad(v vector) {
	begin(v, "leakyReLUGrad", "func(dx, dy []float32, positive []byte, leak float32)", "leakyReLUGrad for whole steps")
	dx, dy, positive, steps, leak := base("dx"), base("dy"), base("positive"), stepsOf(v, "dx"), constant(v, "leak")
	loop("step", steps, func() {
		g, less := v.register(), v.register()
		VMOVUPS(Mem{Base: dy}, g)
		VMULPS(g, leak, less)
		VMOVUPS(v.chooseBit(Mem{Base: positive}, g, less), Mem{Base: dx})
		advance(v.floats()*float, dx, dy)
		advance(v.floats()/8, positive)
	})
	end()
}

// momentumStep multiplies and adds with a rounding in between, as Go does.
func momentumStep(v vector) {
	begin(v, "momentumStep", "func(w, dw, m []float32, decay, momentum, rate float32)", "momentumStep for whole steps")
	w, dw, m, steps := base("w"), base("dw"), base("m"), stepsOf(v, "w")
	decay, momentum, rate := constant(v, "decay"), constant(v, "momentum"), constant(v, "rate")
	loop("step", steps, func() {
		weight, g, memory := v.register(), v.register(), v.register()
		VMOVUPS(Mem{Base: w}, weight)
		VMULPS(weight, decay, g)
		VADDPS(Mem{Base: dw}, g, g)
		VMULPS(Mem{Base: m}, momentum, memory)
		VADDPS(g, memory, memory)
		VMOVUPS(memory, Mem{Base: m})
		VMULPS(memory, rate, memory)
		VSUBPS(memory, weight, weight)
		VMOVUPS(weight, Mem{Base: w})
		advance(v.floats()*float, w, dw, m)
	})
	end()
}

func maxOf(v vector) {
	begin(v, "maxOf", "func(y, x []float32)", "maxOf for whole steps")
	y, x, steps := base("y"), base("x"), stepsOf(v, "y")
	loop("step", steps, func() {
		best, w := v.register(), v.register()
		VMOVUPS(Mem{Base: y}, best)
		VMOVUPS(Mem{Base: x}, w)
		v.larger(w, best, nil, nil)
		VMOVUPS(best, Mem{Base: y})
		advance(v.floats()*float, y, x)
	})
	end()
}

func maxWinner(v vector) {
	begin(v, "maxWinner", "func(y []float32, winners []int32, x []float32, pixel int32)", "maxWinner for whole steps")
	y, winners, x, steps := base("y"), base("winners"), base("x"), stepsOf(v, "y")
	pixel := v.register()
	number := Load(Param("pixel"), GP32())
	low := XMM()
	VMOVD(number, low)
	VPBROADCASTD(low, pixel)
	loop("step", steps, func() {
		best, w, winner := v.register(), v.register(), v.register()
		VMOVUPS(Mem{Base: y}, best)
		VMOVUPS(Mem{Base: winners}, winner)
		VMOVUPS(Mem{Base: x}, w)
		v.larger(w, best, pixel, winner)
		VMOVUPS(best, Mem{Base: y})
		VMOVUPS(winner, Mem{Base: winners})
		advance(v.floats()*float, y, winners, x)
	})
	end()
}

// stepsOf is the number of whole steps in a parameter.
func stepsOf(v vector, name string) reg.GPVirtual {
	steps := length(name)
	SHRQ(U8(shift(v.floats())), steps)
	return steps
}

// constant is a register full of a parameter.
func constant(v vector, name string) reg.VecVirtual {
	at, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	full := v.register()
	VBROADCASTSS(at.Addr, full)
	return full
}

// shift is the binary logarithm.
func shift(n int) (bits int) {
	for ; n > 1; n /= 2 {
		bits++
	}
	return bits
}
