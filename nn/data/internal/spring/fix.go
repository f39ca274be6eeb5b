package spring

import (
	"math"

	"reslab/nn"
)

// fix is a number with 16 binary places. Lengths are shares of what they belong
// to, as the edge of the picture or the radius of a flower; angles are turns.
type fix int64

const (
	one fix = 1 << 16
	pct     = one / 100 // so that 45*pct is 0.45
)

func mul(a, b fix) fix { return a * b >> 16 }
func div(a, b fix) fix { return a << 16 / b }

// root returns the square root. A float64 root is rounded in the same way
// everywhere, and holds every number that a picture needs exactly.
func root(a fix) fix { return fix(math.Sqrt(float64(max(a, 0) << 16))) }

// sin returns the sine of an angle in turns, to about 0.0001: a polynomial on
// the first quarter of the wave, mirrored into the others.
func sin(turns fix) fix {
	at := turns & (one - 1)
	quarter, u := at>>14, at&(one/4-1)<<2
	if quarter&1 == 1 {
		u = one - u
	}
	uu := mul(u, u)
	s := mul(u, 102933-mul(uu, 42155-mul(uu, 4765))) // 1.57063 u - 0.64323 u³ + 0.07271 u⁵
	if quarter >= 2 {
		return -s
	}
	return s
}

func cos(turns fix) fix { return sin(turns + one/4) }

// mix goes from a to b as share goes from 0 to one.
func mix(a, b, share fix) fix { return a + mul(b-a, share) }

// clamp cuts a to what lies from 0 to one.
func clamp(a fix) fix { return min(max(a, 0), one) }

// smooth rises from 0 at a to one at b, level at both ends.
func smooth(a, b, x fix) fix {
	t := clamp(div(x-a, b-a))
	return mul(mul(t, t), 3*one-2*t)
}

// dice draws what chance decides in a picture.
type dice struct{ *nn.Random }

// between returns a number from low to high, each as likely.
func (d dice) between(low, high fix) fix {
	return low + fix(d.Uint64()>>32)*(high-low)>>32
}

// around returns a number at most spread away from middle.
func (d dice) around(middle, spread fix) fix { return d.between(middle-spread, middle+spread) }

// chance is true in so many of a hundred cases.
func (d dice) chance(percent int) bool { return d.Intn(100) < percent }
