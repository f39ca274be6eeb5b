package kernel

import "math"

// The steps of the optimisers, on the caller's core. As in elementwise_generic.go
// the loops say what the assembly does, operation by operation: float32(...)
// rounds a product, so that no machine fuses it with a sum.

// SGDStep computes w = w - rate*(dw + decay*w).
func SGDStep(w, dw []float32, decay, rate float32) {
	whole := len(w) / rowUnit * rowUnit
	if whole > 0 {
		elementwise.sgdStep(w[:whole], dw[:whole], decay, rate)
	}
	sgdStep(w[whole:], dw[whole:], decay, rate)
}

// MomentumStep computes m = momentum*m + dw + decay*w, then w = w - rate*m.
func MomentumStep(w, dw, m []float32, decay, momentum, rate float32) {
	whole := len(w) / rowUnit * rowUnit
	if whole > 0 {
		elementwise.momentumStep(w[:whole], dw[:whole], m[:whole], decay, momentum, rate)
	}
	momentumStep(w[whole:], dw[whole:], m[whole:], decay, momentum, rate)
}

// NesterovStep computes g = dw + decay*w and m = momentum*m + g, then
// w = w - rate*(g + momentum*m).
func NesterovStep(w, dw, m []float32, decay, momentum, rate float32) {
	whole := len(w) / rowUnit * rowUnit
	if whole > 0 {
		elementwise.nesterovStep(w[:whole], dw[:whole], m[:whole], decay, momentum, rate)
	}
	nesterovStep(w[whole:], dw[whole:], m[whole:], decay, momentum, rate)
}

// What AdamStep multiplies and adds, in the order in which the assembly reads it.
const (
	AdamCouple  = iota // how much of a weight joins its gradient
	AdamKeep           // how much of a weight is kept
	AdamBeta1          // how much of m is kept, and
	AdamNew1           // how much of the gradient joins it
	AdamBeta2          // how much of v is kept, and
	AdamNew2           // how much of the gradient's square joins it
	AdamRate           // the factor of m in the step
	AdamUnbias2        // the factor of v under the root
	AdamEps            // what is added to the root

	AdamTerms // how many there are
)

// AdamStep computes, with the terms by their names and everything in float64,
//
//	g = dw + Couple*w
//	m = Beta1*m + New1*g
//	v = Beta2*v + New2*g*g
//	w = Keep*w - Rate*m / (sqrt(Unbias2*v) + Eps)
func AdamStep(w, dw, m, v []float32, terms *[AdamTerms]float64) {
	whole := len(w) / rowUnit * rowUnit
	if whole > 0 {
		elementwise.adamStep(w[:whole], dw[:whole], m[:whole], v[:whole], terms)
	}
	adamStep(w[whole:], dw[whole:], m[whole:], v[whole:], terms)
}

func sgdStep(w, dw []float32, decay, rate float32) {
	for i := range w {
		g := dw[i] + float32(decay*w[i])
		w[i] -= float32(rate * g)
	}
}

func momentumStep(w, dw, m []float32, decay, momentum, rate float32) {
	for i := range w {
		g := dw[i] + float32(decay*w[i])
		m[i] = float32(momentum*m[i]) + g
		w[i] -= float32(rate * m[i])
	}
}

func nesterovStep(w, dw, m []float32, decay, momentum, rate float32) {
	for i := range w {
		g := dw[i] + float32(decay*w[i])
		m[i] = float32(momentum*m[i]) + g
		step := g + float32(momentum*m[i])
		w[i] -= float32(rate * step)
	}
}

func adamStep(w, dw, m, v []float32, t *[AdamTerms]float64) {
	for i := range w {
		weight := float64(w[i])
		g := math.FMA(t[AdamCouple], weight, float64(dw[i]))
		mean := math.FMA(t[AdamBeta1], float64(m[i]), float64(t[AdamNew1]*g))
		square := math.FMA(t[AdamBeta2], float64(v[i]), float64(t[AdamNew2]*g)*g)
		m[i], v[i] = float32(mean), float32(square)
		root := math.Sqrt(t[AdamUnbias2]*square) + t[AdamEps]
		w[i] = float32(math.FMA(t[AdamKeep], weight, -(t[AdamRate] * mean / root)))
	}
}
