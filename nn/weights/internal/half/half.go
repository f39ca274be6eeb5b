// Package half reads numbers of 16 bits.
package half

import "math"

// Float returns the value of a number of IEEE 754's binary16: 1 bit of sign, 5 of
// exponent, 10 of fraction. A float32 holds each of them exactly.
func Float(bits uint16) float32 {
	sign := uint32(bits>>15) << 31
	exponent, fraction := uint32(bits>>10&31), uint32(bits&1023)
	switch exponent {
	case 0: // subnormal: fraction times 2^-24
		tiny := float32(fraction) / (1 << 24)
		return math.Float32frombits(sign | math.Float32bits(tiny))
	case 31: // infinite, or no number
		return math.Float32frombits(sign | 255<<23 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent-15+127)<<23 | fraction<<13)
}

// Brain returns the value of a bfloat16: the upper half of a float32.
func Brain(bits uint16) float32 { return math.Float32frombits(uint32(bits) << 16) }
