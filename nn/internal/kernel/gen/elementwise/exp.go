package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func exponentials(v vector) {
	begin(v, "exponentials", "func(y []float64, x []float32, top float64)", "exponentials for whole steps")
	y, x, steps, top := base("y"), base("x"), stepsOf(v, "x"), wideConstant(v, "top")
	loop("step", steps, func() {
		for half, w := range v.widen(Mem{Base: x}) {
			VSUBPD(top, w, w)
			VMOVUPD(power(v, w), Mem{Base: y, Disp: half * v.floats() / 2 * double})
		}
		advance(v.floats()*double, y)
		advance(v.floats()*float, x)
	})
	end()
}

func sigmoid(v vector) {
	bend(v, "sigmoid", func(x reg.VecVirtual) {
		e := v.register()
		VMOVAPD(x, e)
		v.withBits(e, number(signBit))
		e = power(v, e)
		over, below := v.register(), v.register()
		VMOVUPD(number(1), over)
		VADDPD(over, e, below)
		VDIVPD(below, v.chooseBelow(x, number(0), e, over), x)
	})
}

func tanh(v vector) {
	bend(v, "tanh", func(x reg.VecVirtual) {
		twice := v.register()
		VMOVAPD(x, twice)
		v.withBits(twice, number(signBit))
		VADDPD(twice, twice, twice)
		e := power(v, twice)
		over, below := v.register(), v.register()
		VMOVUPD(number(1), over)
		VADDPD(over, e, below)
		VSUBPD(e, over, over)
		VDIVPD(below, over, over)
		sign := v.register()
		VMOVAPD(x, sign)
		v.onlyBits(sign, number(signBit))
		v.withBits(over, sign)
		v.chooseBelow(twice, number(-2*tanhIsItself), over, x)
	})
}

// bend writes a pass that puts a curve in the place of x.
func bend(v vector, name string, curve func(x reg.VecVirtual)) {
	begin(v, name, "func(y, x []float32)", name+" for whole steps")
	y, x, steps := base("y"), base("x"), stepsOf(v, "y")
	loop("step", steps, func() {
		wide := v.widen(Mem{Base: x})
		for _, w := range wide {
			curve(w)
		}
		VMOVUPS(v.narrow(wide), Mem{Base: y})
		advance(v.floats()*float, y, x)
	})
	end()
}

// power is e^x, where no x is above 0.
func power(v vector, x reg.VecVirtual) reg.VecVirtual {
	shifted, k, r, e := v.register(), v.register(), v.register(), v.register()
	VMOVUPD(number(math.Log2E), shifted)
	VFMADD213PD(number(wholeNumbers), x, shifted)
	VSUBPD(number(wholeNumbers), shifted, k)
	VMOVAPD(x, r)
	VFNMADD231PD(number(ln2High), k, r)
	VFNMADD231PD(number(ln2Low), k, r)
	VMOVUPD(number(1/factorial(lastTerm)), e)
	for n := lastTerm - 1; n >= 0; n-- {
		VFMADD213PD(number(1/factorial(n)), r, e)
	}
	VPADDQ(number(math.Float64frombits(exponentBias)), shifted, shifted)
	VPSLLQ(Imm(52), shifted, shifted)
	VMULPD(shifted, e, e)
	v.zeroBelow(e, x, number(leastPower))
	return e
}

// The constants of exp.go in package kernel, which says what they
// are.
const (
	leastPower   = -708
	wholeNumbers = 0x1.8p52
	exponentBias = 1023
	ln2High      = 0x1.62e42feep-1
	ln2Low       = 0x1.a39ef35793c76p-33
	lastTerm     = 13
	tanhIsItself = 1e-4
)

// signBit is minus zero, of which nothing but the sign is set.
var signBit = math.Copysign(0, -1)

func factorial(n int) float64 {
	f := 1.0
	for i := 2; i <= n; i++ {
		f *= float64(i)
	}
	return f
}

// numbers is a table of eight copies of each constant, a register of the largest
// kind, and at is where the copies of one begin.
var (
	numbers Mem
	at      = map[uint64]int{}
)

// number is a register full of a constant, in memory.
func number(n float64) Mem {
	if numbers.Base == nil {
		numbers = GLOBL("numbers", RODATA|NOPTR)
	}
	bits := math.Float64bits(n)
	if _, known := at[bits]; !known {
		at[bits] = len(at) * 8 * double
		for i := range 8 {
			DATA(at[bits]+i*double, U64(bits)) // bits: the assembler takes a float64 of 1 for a whole number
		}
	}
	return numbers.Offset(at[bits])
}
