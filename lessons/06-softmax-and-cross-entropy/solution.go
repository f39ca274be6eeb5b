// Package softmax holds the solutions of lesson 06 and the checks that judge a
// learner's.
package softmax

import (
	"math"
	"slices"
)

// softmax turns scores into shares between 0 and 1 that sum to 1. The largest
// score is taken away from all, which changes no share, so that no exponential
// overflows.
func softmax(scores []float64) []float64 {
	largest := slices.Max(scores)
	p := make([]float64, len(scores))
	sum := 0.0
	for i, s := range scores {
		p[i] = math.Exp(s - largest)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// surprise is the cross-entropy of one picture: minus the logarithm of the share
// that its true class got. The share itself may be too small for a float64, its
// logarithm is not.
func surprise(scores []float64, label int) float64 {
	largest := slices.Max(scores)
	sum := 0.0
	for _, s := range scores {
		sum += math.Exp(s - largest)
	}
	return math.Log(sum) + largest - scores[label]
}

// scoreGradient says how far the surprise moves for each score that is raised:
// the share of the score, minus 1 for the true class.
func scoreGradient(scores []float64, label int) []float64 {
	gradient := softmax(scores)
	gradient[label]--
	return gradient
}
