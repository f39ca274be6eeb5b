package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

func exponentials(v vector) {
	begin(v, "exponentials", "func(y []float64, x []float32, top float64)", "exponentials for whole steps")
	y, x, steps, top := base("y"), base("x"), stepsOf(v, "x"), wideConstant(v, "top")
	loop("step", steps, func() {
		for half, power := range v.widen(Mem{Base: x}) {
			shifted, k, r, e := v.register(), v.register(), v.register(), v.register()
			VSUBPD(top, power, power)
			VMOVUPD(number(math.Log2E), shifted)
			VFMADD213PD(number(wholeNumbers), power, shifted)
			VSUBPD(number(wholeNumbers), shifted, k)
			VMOVAPD(power, r)
			VFNMADD231PD(number(ln2High), k, r)
			VFNMADD231PD(number(ln2Low), k, r)
			VMOVUPD(number(1/factorial(lastTerm)), e)
			for n := lastTerm - 1; n >= 0; n-- {
				VFMADD213PD(number(1/factorial(n)), r, e)
			}
			VPADDQ(number(math.Float64frombits(exponentBias)), shifted, shifted)
			VPSLLQ(Imm(52), shifted, shifted)
			VMULPD(shifted, e, e)
			v.zeroBelow(e, power, number(leastPower))
			VMOVUPD(e, Mem{Base: y, Disp: half * v.floats() / 2 * double})
		}
		advance(v.floats()*double, y)
		advance(v.floats()*float, x)
	})
	end()
}

// The constants of exponentials in softmax.go of package kernel, which says what
// they are.
const (
	leastPower   = -708
	wholeNumbers = 0x1.8p52
	exponentBias = 1023
	ln2High      = 0x1.62e42feep-1
	ln2Low       = 0x1.a39ef35793c76p-33
	lastTerm     = 13
)

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
	at      = map[float64]int{}
)

// number is a register full of a constant, in memory.
func number(n float64) Mem {
	if numbers.Base == nil {
		numbers = GLOBL("numbers", RODATA|NOPTR)
	}
	if _, known := at[n]; !known {
		at[n] = len(at) * 8 * double
		for i := range 8 {
			DATA(at[n]+i*double, U64(math.Float64bits(n))) // bits: the assembler takes a float64 of 1 for a whole number
		}
	}
	return numbers.Offset(at[n])
}
