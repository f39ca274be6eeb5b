// Package norm holds the solutions of lesson 09 and the checks that judge a
// learner's.
package norm

import "math"

// deviation is He's standard deviation for the weights of a convolution that a
// ReLU follows.
func deviation(kernel, in int) float64 {
	fanIn := kernel * kernel * in
	return math.Sqrt(2 / float64(fanIn))
}

// normalise is the batch norm of one channel.
func normalise(x []float64, gamma, beta, eps float64) []float64 {
	mean, variance := 0.0, 0.0
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		variance += (v - mean) * (v - mean) / float64(len(x))
	}
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = gamma*(v-mean)/math.Sqrt(variance+eps) + beta
	}
	return y
}

// inUse is the batch norm of one channel when the net is in use: mean and
// variance are those that training has gathered.
func inUse(x []float64, runningMean, runningVar, eps float64) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = (v - runningMean) / math.Sqrt(runningVar+eps)
	}
	return y
}
