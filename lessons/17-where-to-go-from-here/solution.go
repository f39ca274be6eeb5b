// Package beyond holds the solutions of lesson 17 and the checks that judge a
// learner's.
package beyond

import (
	"math"
	"slices"

	"reslab/nn"
)

// onDisk returns the place of a weight in the file, where the axes are
// output, input, row, column.
func onDisk(r, c, i, o, kernel, in, out int) int {
	return ((o*in+i)*kernel+r)*kernel + c
}

// softmax turns scores into shares.
func softmax(scores []float64) []float64 {
	shares, sum := make([]float64, len(scores)), 0.0
	most := slices.Max(scores)
	for j, s := range scores {
		shares[j] = math.Exp(s - most)
		sum += shares[j]
	}
	for j := range shares {
		shares[j] /= sum
	}
	return shares
}

// attend returns what one query gets from all tokens.
func attend(query []float64, keys, values [][]float64) []float64 {
	root := math.Sqrt(float64(len(query)))
	scores := make([]float64, len(keys))
	for j, key := range keys {
		for c := range key {
			agree := query[c] * key[c]
			scores[j] += agree / root
		}
	}
	y := make([]float64, len(values[0]))
	for j, share := range softmax(scores) {
		for c := range y {
			given := values[j][c]
			y[c] += share * given
		}
	}
	return y
}

// preNorm returns x + F(norm(x)).
func preNorm(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor {
	normed := norm.Forward(x, false)
	sum := x.Clone()
	for i, v := range body.Forward(normed, false).Data {
		sum.Data[i] += v
	}
	return sum
}

// patches counts tokens, weights and scores of a vision transformer.
func patches(edge, patch, width int) (tokens, weights, scores int) {
	inARow := edge / patch
	tokens = inARow * inARow
	weights = patch * patch * 3 * width
	return tokens, weights, tokens * tokens
}
