// Package pictures holds the solutions of lesson 01 and the checks that judge a
// learner's.
package pictures

import "reslab/nn"

// place tells where in Data the number of row i, column j and channel c stands.
// The picture has height rows of width pixels of channels numbers.
func place(i, j, c, height, width, channels int) int {
	pixels := i*width + j // i whole rows, and j pixels of this one
	return pixels*channels + c
}

// brighten adds by to a pixel, and stops at black and at white.
func brighten(pixel uint8, by int) uint8 {
	return uint8(min(max(int(pixel)+by, 0), 255))
}

// nudge raises number i of x by 0.001 and tells how many times as far the result
// of f moves. It leaves x as it was.
func nudge(f func(x *nn.Tensor) float64, x *nn.Tensor, i int) float64 {
	before := f(x)
	kept := x.Data[i]
	x.Data[i] += 0.001
	after := f(x)
	x.Data[i] = kept
	return (after - before) / 0.001
}
