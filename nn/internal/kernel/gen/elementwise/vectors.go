package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

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
	// widenBytes loads a step of bytes as float64.
	widenBytes(from Mem) [2]reg.VecVirtual
	// narrowHalf rounds half a step of float64 to float32.
	narrowHalf(wide reg.VecVirtual) reg.VecVirtual
	// zeroBelow makes y zero where x is below the limit; what is not a number is not.
	zeroBelow(y, x reg.VecVirtual, limit Mem)
	// chooseBelow returns yes where x is below the limit, else no.
	chooseBelow(x reg.VecVirtual, limit Mem, yes, no reg.VecVirtual) reg.VecVirtual
	// withBits sets those bits of x that are set in bits, and onlyBits leaves no others.
	withBits(x reg.VecVirtual, bits Op)
	onlyBits(x reg.VecVirtual, bits Op)
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

// Comparisons of VCMPPS and VCMPPD: is the second operand less than the first, which
// is never so for what is not a number; is one of them not a number; and is the
// second not less than the first?
var (
	above    = Imm(0x11)
	unknown  = Imm(0x03)
	notBelow = Imm(0x15)
)

// avx512 has a register for the bits of a step, and needs no more than the
// foundation, AVX512F.
type avx512 struct{}

func (avx512) name() string             { return "AVX512" }
func (avx512) floats() int              { return 16 }
func (avx512) register() reg.VecVirtual { return ZMM() }

func (avx512) zero() reg.VecVirtual {
	zero := ZMM()
	VPXORD(zero, zero, zero)
	return zero
}

func (avx512) widen(from Mem) [2]reg.VecVirtual {
	low, high := ZMM(), ZMM()
	VCVTPS2PD(from, low)
	VCVTPS2PD(from.Offset(32), high)
	return [2]reg.VecVirtual{low, high}
}

func (avx512) widenMasked(from, bits Mem) [2]reg.VecVirtual {
	low, high, lowBits, highBits := ZMM(), ZMM(), K(), K()
	KMOVW(bits, lowBits)
	KSHIFTRW(Imm(8), lowBits, highBits)
	VCVTPS2PD_Z(from, lowBits, low)
	VCVTPS2PD_Z(from.Offset(32), highBits, high)
	return [2]reg.VecVirtual{low, high}
}

func (avx512) narrow(wide [2]reg.VecVirtual) reg.VecVirtual {
	low, high := ZMM(), YMM()
	VCVTPD2PS(wide[0], low.AsY())
	VCVTPD2PS(wide[1], high)
	VINSERTF64X4(Imm(1), high, low, low)
	return low
}

func (avx512) widenBytes(from Mem) (wide [2]reg.VecVirtual) {
	for half := range wide {
		whole := YMM()
		wide[half] = ZMM()
		VPMOVZXBD(from.Offset(8*half), whole)
		VCVTDQ2PD(whole, wide[half])
	}
	return wide
}

func (avx512) narrowHalf(wide reg.VecVirtual) reg.VecVirtual {
	half := YMM()
	VCVTPD2PS(wide, half)
	return half
}

func (avx512) zeroBelow(y, x reg.VecVirtual, limit Mem) {
	k := K()
	VCMPPD(notBelow, limit, x, k)
	VMOVAPD_Z(y, k, y)
}

func (avx512) chooseBelow(x reg.VecVirtual, limit Mem, yes, no reg.VecVirtual) reg.VecVirtual {
	k := K()
	VCMPPD(above, limit, x, k)
	VMOVAPD(yes, k, no)
	return no
}

func (avx512) withBits(x reg.VecVirtual, bits Op) { VPORQ(bits, x, x) }
func (avx512) onlyBits(x reg.VecVirtual, bits Op) { VPANDQ(bits, x, x) }

func (avx512) loadMasked(from, bits Mem) reg.VecVirtual {
	v, k := ZMM(), K()
	KMOVW(bits, k)
	VMOVUPS_Z(from, k, v)
	return v
}

func (avx512) storePositive(v, zero reg.VecVirtual, bits Mem) {
	k := K()
	VCMPPS(above, v, zero, k)
	KMOVW(k, bits)
}

func (avx512) choose(v, zero, yes, no reg.VecVirtual) reg.VecVirtual {
	k := K()
	VCMPPS(above, v, zero, k)
	VMOVAPS(yes, k, no)
	return no
}

func (avx512) chooseBit(bits Mem, yes, no reg.VecVirtual) reg.VecVirtual {
	k := K()
	KMOVW(bits, k)
	VMOVAPS(yes, k, no)
	return no
}

func (avx512) larger(v, best, its, bestIts reg.VecVirtual) {
	k, nan := K(), K()
	VCMPPS(above, v, best, k)
	VCMPPS(unknown, v, v, nan)
	KORW(nan, k, k)
	VMOVAPS(v, k, best)
	if its != nil {
		VMOVAPS(its, k, bestIts)
	}
}

// avx2 keeps bits in a byte and spreads them over a register when they are needed.
type avx2 struct{}

func (avx2) name() string             { return "AVX2" }
func (avx2) floats() int              { return 8 }
func (avx2) register() reg.VecVirtual { return YMM() }

func (avx2) zero() reg.VecVirtual {
	zero := YMM()
	VXORPS(zero, zero, zero)
	return zero
}

func (avx2) widen(from Mem) [2]reg.VecVirtual {
	low, high := YMM(), YMM()
	VCVTPS2PD(from, low)
	VCVTPS2PD(from.Offset(16), high)
	return [2]reg.VecVirtual{low, high}
}

func (avx2) widenBytes(from Mem) (wide [2]reg.VecVirtual) {
	for half := range wide {
		whole := XMM()
		wide[half] = YMM()
		VPMOVZXBD(from.Offset(4*half), whole)
		VCVTDQ2PD(whole, wide[half])
	}
	return wide
}

func (avx2) narrowHalf(wide reg.VecVirtual) reg.VecVirtual {
	half := XMM()
	VCVTPD2PSY(wide, half)
	return half
}

func (avx2) zeroBelow(y, x reg.VecVirtual, limit Mem) {
	is := YMM()
	VCMPPD(notBelow, limit, x, is)
	VANDPD(is, y, y)
}

func (avx2) chooseBelow(x reg.VecVirtual, limit Mem, yes, no reg.VecVirtual) reg.VecVirtual {
	is := YMM()
	VCMPPD(above, limit, x, is)
	VBLENDVPD(is, yes, no, no)
	return no
}

func (avx2) withBits(x reg.VecVirtual, bits Op) { VPOR(bits, x, x) }
func (avx2) onlyBits(x reg.VecVirtual, bits Op) { VPAND(bits, x, x) }

func (a avx2) widenMasked(from, bits Mem) [2]reg.VecVirtual {
	v, low, high, upper := a.loadMasked(from, bits), YMM(), YMM(), XMM()
	VEXTRACTF128(Imm(1), v, upper)
	VCVTPS2PD(v.AsX(), low)
	VCVTPS2PD(upper, high)
	return [2]reg.VecVirtual{low, high}
}

func (avx2) narrow(wide [2]reg.VecVirtual) reg.VecVirtual {
	low, high := YMM(), XMM()
	VCVTPD2PSY(wide[0], low.AsX())
	VCVTPD2PSY(wide[1], high)
	VINSERTF128(Imm(1), high, low, low)
	return low
}

func (avx2) loadMasked(from, bits Mem) reg.VecVirtual {
	v := spread(bits)
	VANDPS(from, v, v)
	return v
}

func (avx2) storePositive(v, zero reg.VecVirtual, bits Mem) {
	is, packed := YMM(), GP32()
	VCMPPS(above, v, zero, is)
	VMOVMSKPS(is, packed)
	MOVB(packed.As8(), bits)
}

func (avx2) choose(v, zero, yes, no reg.VecVirtual) reg.VecVirtual {
	is := YMM()
	VCMPPS(above, v, zero, is)
	VBLENDVPS(is, yes, no, no)
	return no
}

func (avx2) chooseBit(bits Mem, yes, no reg.VecVirtual) reg.VecVirtual {
	VBLENDVPS(spread(bits), yes, no, no)
	return no
}

func (avx2) larger(v, best, its, bestIts reg.VecVirtual) {
	is, nan := YMM(), YMM()
	VCMPPS(above, v, best, is)
	VCMPPS(unknown, v, v, nan)
	VORPS(nan, is, is)
	VBLENDVPS(is, v, best, best)
	if its != nil {
		VBLENDVPS(is, its, bestIts, bestIts)
	}
}

// spread makes each of eight bits a float of all ones or all zeros.
func spread(bits Mem) reg.VecVirtual {
	all, places := YMM(), YMM()
	VPBROADCASTB(bits, all)
	VMOVDQU(bitPlaces(), places)
	VPAND(places, all, all)
	VPCMPEQD(places, all, all)
	return all
}

var places Mem

// bitPlaces is the table 1, 2, 4, ... 128.
func bitPlaces() Mem {
	if places.Base == nil {
		places = GLOBL("bitPlaces", RODATA|NOPTR)
		for i := range 8 {
			DATA(4*i, U32(1<<i))
		}
	}
	return places
}
