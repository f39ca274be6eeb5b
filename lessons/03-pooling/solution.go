// Package pooling holds the solutions of lesson 03 and the checks that judge a
// learner's.
package pooling

import (
	"math"

	"reslab/nn"
)

// maxpool keeps the largest number under each stop of a window over the picture
// x [height, width].
func maxpool(x *nn.Tensor, kernel, stride int) *nn.Tensor {
	rows := (x.Shape[0]-kernel)/stride + 1
	columns := (x.Shape[1]-kernel)/stride + 1
	y := nn.NewTensor(rows, columns)
	for i := range rows {
		for j := range columns {
			best := float32(math.Inf(-1)) // every number is larger
			for p := range kernel {
				for q := range kernel {
					best = max(best, x.At(i*stride+p, j*stride+q))
				}
			}
			y.Set(best, i, j)
		}
	}
	return y
}

// globalAverage takes the mean over all pixels of x [1, height, width, channels],
// one number for each channel.
func globalAverage(x *nn.Tensor) []float32 {
	height, width, channels := x.Shape[1], x.Shape[2], x.Shape[3]
	means := make([]float32, channels)
	for c := range channels {
		var sum float32
		for i := range height {
			for j := range width {
				sum += x.At(0, i, j, c)
			}
		}
		means[c] = sum / float32(height*width)
	}
	return means
}

// holds tells whether a pixel in column at stays under the same window if the
// picture moves by pixels to the right. The windows cover kernel pixels and touch.
func holds(at, by, kernel int) bool {
	return at/kernel == (at+by)/kernel
}
