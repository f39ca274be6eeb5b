// Command winograd writes the transforms and the products of Winograd's
// convolution in assembly. Package kernel says what each routine computes
// (winograd.go) and has the same in plain Go (winograd_generic.go).
package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/gotypes"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("amd64,!purego")
	for _, v := range []vector{avx2, avx512} {
		for _, f := range []form{f2, f4} {
			v.writeTransforms(f)
		}
	}
	avx2.multiply(6, 2)
	avx2.multiply(12, 1)
	avx2.collect(4, 2)
	avx2.collect(8, 1)
	avx512.multiply(8, 2)
	avx512.multiply(16, 1)
	avx512.collect(8, 2)
	avx512.collect(16, 1)
	Generate()
}

// vector is a kind of register.
type vector struct {
	name      string
	floats    int // in one
	registers int
	new       func() reg.VecVirtual
}

var (
	avx2   = vector{"AVX2", 8, 16, YMM}
	avx512 = vector{"AVX512", 16, 32, ZMM}
)

func (v vector) bytes() int { return 4 * v.floats }

// zero returns a register of zeros.
func (v vector) zero() reg.VecVirtual {
	r := v.new()
	if v.floats == 16 {
		VPXORD(r, r, r) // VXORPS would need AVX512DQ
	} else {
		VXORPS(r, r, r)
	}
	return r
}

// parameter loads a number or the address of a slice.
func parameter(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }
func address(name string) reg.GPVirtual   { return Load(Param(name).Base(), GP64()).(reg.GPVirtual) }

// distance loads a number of floats as a number of bytes.
func distance(name string) reg.GPVirtual {
	r := parameter(name)
	SHLQ(Imm(2), r)
	return r
}

// stride addresses things that stand at equal distances, with as few registers
// as possible: those for the odd multiples.
type stride []reg.GPVirtual // once, three times, five times ...

// multiples prepares the distances up to count-1.
func multiples(once reg.GPVirtual, count int) stride {
	s := stride{once}
	for n := 3; n < count; n += 2 {
		next := GP64()
		LEAQ(Mem{Base: s[len(s)-1], Index: once, Scale: 2}, next)
		s = append(s, next)
	}
	return s
}

// at is the n-th thing from base.
func (s stride) at(base reg.Register, n int) Mem {
	if n == 0 {
		return Mem{Base: base}
	}
	scale := uint8(1)
	for n%2 == 0 {
		n, scale = n/2, scale*2
	}
	return Mem{Base: base, Index: s[n/2], Scale: scale}
}

// loop writes a loop whose counter is memory or a register; the body runs at
// least once.
func loop(label string, counter Op, body func()) {
	Label(label)
	body()
	DECQ(counter)
	JNZ(LabelRef(label))
}

// memory is where a parameter stands.
func memory(name string) Mem { return resolved(Param(name)) }

// resolved is where a parameter or a part of it stands.
func resolved(component gotypes.Component) Mem {
	basic, err := component.Resolve()
	if err != nil {
		panic(err)
	}
	return basic.Addr
}
