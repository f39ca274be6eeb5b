// Package connected holds the solutions of lesson 05 and the checks that judge a
// learner's.
package connected

import "reslab/nn"

// dense is a fully connected layer: for each row of x [N, In], each of the Out
// outputs is its bias and a weighted sum of all numbers of the row. w is
// [In, Out], b is [Out], and the result is [N, Out].
func dense(x, w, b *nn.Tensor) *nn.Tensor {
	rows, in, out := x.Shape[0], w.Shape[0], w.Shape[1]
	y := nn.NewTensor(rows, out)
	for n := range rows {
		for j := range out {
			sum := b.At(j)
			for i := range in {
				sum += x.At(n, i) * w.At(i, j)
			}
			y.Set(sum, n, j)
		}
	}
	return y
}

// parameters counts the weights and biases of two layers that read the same
// maps: a fully connected one with so many outputs, and a convolution with a
// window of 3 by 3 and so many output channels.
func parameters(height, width, channels, out int) (connected, conv int) {
	connected = height*width*channels*out + out
	conv = 3*3*channels*out + out
	return connected, conv
}

// shuffle moves the numbers of every row of x [N, P] in the same way: place k of
// the result gets the number at place order[k].
func shuffle(x *nn.Tensor, order []int) *nn.Tensor {
	y := nn.NewTensor(x.Shape...)
	for start := 0; start < len(x.Data); start += len(order) {
		for k, from := range order {
			y.Data[start+k] = x.Data[start+from]
		}
	}
	return y
}
