package kernel

import "math"

// exponentials computes y = e^(x - top), where no x is above top.
func exponentials(y []float64, x []float32, top float64) {
	for i, v := range x {
		y[i] = power(float64(v) - top)
	}
}

// sigmoid computes y = 1/(1 + e^-x).
func sigmoid(y, x []float32) {
	for i, v := range x[:len(y)] {
		// No power may be above 0: below 0 the fraction is expanded by e^x.
		e, above := power(-math.Abs(float64(v))), 1.0
		if v < 0 {
			above = e
		}
		y[i] = float32(above / (1 + e))
	}
}

// tanh computes y = (1 - e^-2x)/(1 + e^-2x), and y = x next to zero, where they are
// the same to a float32 and the difference 1 - e^-2x has few digits left.
func tanh(y, x []float32) {
	for i, v := range x[:len(y)] {
		y[i] = v
		if twice := -2 * math.Abs(float64(v)); twice < -2*tanhIsItself {
			e := power(twice)
			y[i] = float32(math.Copysign((1-e)/(1+e), float64(v)))
		}
	}
}

// tanhIsItself is where tanh x = x - x³/3 + ... is x to three parts in a thousand million.
const tanhIsItself = 1e-4

// power returns e^x for an x of at most 0. A power below e^-708, next to the least
// that a float64 holds, is 0.
//
// x is k*ln 2 + r with the whole number k that leaves r the smallest, so that e^x
// is 2^k * e^r, and the first fourteen terms 1, r, r²/2!, ... of the series of e^r
// are all that a float64 can tell apart (the fifteenth is at most 4e-18). 2^k is put
// together from its bits. ln 2 is taken off in two parts: k times the larger one
// has no error.
func power(x float64) float64 {
	if x < leastPower {
		return 0
	}
	shifted := math.FMA(x, math.Log2E, wholeNumbers)
	k := shifted - wholeNumbers
	r := math.FMA(-k, ln2Low, math.FMA(-k, ln2High, x))
	e := series[len(series)-1]
	for n := len(series) - 2; n >= 0; n-- {
		e = math.FMA(e, r, series[n])
	}
	twoToK := math.Float64frombits((math.Float64bits(shifted) + exponentBias) << 52)
	return e * twoToK
}

const (
	leastPower   = -708
	wholeNumbers = 0x1.8p52 // a float64 of this size has no fraction, and the sum's last bits are k
	exponentBias = 1023     // the exponent 0 of a float64 is stored so
	ln2High      = 0x1.62e42feep-1
	ln2Low       = 0x1.a39ef35793c76p-33
)

// series holds 1/n!.
var series = [...]float64{1, 1, 1. / 2, 1. / 6, 1. / 24, 1. / 120, 1. / 720, 1. / 5040, 1. / 40320, 1. / 362880,
	1. / 3628800, 1. / 39916800, 1. / 479001600, 1. / 6227020800}
