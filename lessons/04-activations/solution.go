// Package activations holds the solutions of lesson 04 and the checks that
// judge a learner's.
package activations

import (
	"math"

	"reslab/nn"
)

// collapse returns the one layer w*x + b that does what two layers do, the
// first w1*x + b1 and then the second w2*x + b2.
func collapse(w1, b1, w2, b2 float64) (w, b float64) {
	return w2 * w1, w2*b1 + b2
}

// relu returns max(0, x) for each number of x, and the slope there: 1 where x is
// above zero, else 0.
func relu(x *nn.Tensor) (y, slope *nn.Tensor) {
	y, slope = nn.NewTensor(x.Shape...), nn.NewTensor(x.Shape...)
	for i, v := range x.Data {
		if v > 0 {
			y.Data[i], slope.Data[i] = v, 1
		}
	}
	return y, slope
}

// sigmoid squeezes x between 0 and 1. Where x is so far below zero that exp(-x)
// is infinite, 1 divided by it is 0, as it should be.
func sigmoid(x float64) float64 {
	return 1 / (1 + math.Exp(-x))
}
