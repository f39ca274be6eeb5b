// Command elementwise writes the passes of amd64 over whole tensors in
// assembly: batch norm, ReLU, additions, maxima, exponentials, optimisers. elementwise_generic.go in
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
		maxOf(v)
		maxWinner(v)
		scaleShiftBytes(v)
		exponentials(v)
		sigmoid(v)
		tanh(v)
		sgdStep(v)
		momentumStep(v, "momentumStep", false)
		momentumStep(v, "nesterovStep", true)
		adamStep(v)
	}
	Generate()
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

// constant is a register full of a parameter, and wideConstant one of a float64.
func constant(v vector, name string) reg.VecVirtual {
	full := v.register()
	VBROADCASTSS(address(name), full)
	return full
}

func wideConstant(v vector, name string) reg.VecVirtual {
	full := v.register()
	VBROADCASTSD(address(name), full)
	return full
}

func address(name string) Mem {
	at, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return at.Addr
}

// shift is the binary logarithm.
func shift(n int) (bits int) {
	for ; n > 1; n /= 2 {
		bits++
	}
	return bits
}
