// Package convolution holds the solutions of lesson 02 and the checks that
// judge a learner's.
package convolution

import "reslab/nn"

// stops counts the places at which the window stops, see the lesson.
func stops(in, kernel, stride, pad int) int {
	room := in + 2*pad - kernel // how far the first window can move
	if room < 0 {
		return 0 // the window is longer than the row
	}
	return room/stride + 1 // and one for the place where it starts
}

// convolve slides the weights w [K, K] over the picture x [H, W], with zeros
// around the picture.
func convolve(x, w *nn.Tensor, stride, pad int) *nn.Tensor {
	height, width, kernel := x.Shape[0], x.Shape[1], w.Shape[0]
	y := nn.NewTensor(stops(height, kernel, stride, pad),
		stops(width, kernel, stride, pad))
	for i := range y.Shape[0] {
		for j := range y.Shape[1] {
			var sum float32
			for p := range kernel {
				for q := range kernel {
					row, column := i*stride+p-pad, j*stride+q-pad
					inside := row >= 0 && row < height &&
						column >= 0 && column < width
					if inside {
						sum += x.At(row, column) * w.At(p, q)
					}
				}
			}
			y.Set(sum, i, j)
		}
	}
	return y
}

// cost counts the weights of a convolution, and the multiply-adds of one picture
// whose maps have so many rows and columns.
func cost(in, out, kernel, rows, columns int) (weights, multiplyAdds int) {
	weights = kernel * kernel * in * out
	multiplyAdds = rows * columns * weights
	return weights, multiplyAdds
}
