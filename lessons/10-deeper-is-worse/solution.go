// Package deeper holds the solutions of lesson 10 and the checks that judge a
// learner's.
package deeper

import (
	"math"

	"reslab/nn"
)

// onTheWayBack returns the gradient at the input of every layer of a chain, see
// the lesson. slopes[0] is that of the first layer.
func onTheWayBack(slopes []float64, dy float64) []float64 {
	gradients := make([]float64, len(slopes))
	for i := len(slopes) - 1; i >= 0; i-- {
		dy *= slopes[i]
		gradients[i] = dy
	}
	return gradients
}

// norm returns the length of a gradient: the root of the sum of the squares.
func norm(gradient *nn.Tensor) float64 {
	sum := 0.0
	for _, v := range gradient.Data {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum)
}

// diagnose compares a deep net with a shallow one.
func diagnose(
	shallowTrain, deepTrain, shallowTest, deepTest float64,
) string {
	switch {
	case deepTrain > shallowTrain:
		return "hard to train"
	case deepTest > shallowTest:
		return "overfitting"
	}
	return "fine"
}
