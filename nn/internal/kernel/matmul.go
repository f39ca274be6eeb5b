package kernel

// A matrix product is a convolution with a window of one pixel: a row of x is
// a pixel, its elements are the channels.

// MatMul computes y = x w, with x [n, in], w [in, out] and y [n, out],
// overwriting y.
func MatMul(y, x, w []float32, n, in, out int) {
	pixels(n, in, out).Forward(y, x, w, nil)
}

// MatMulInputGrad computes dx = dy wᵀ, overwriting dx.
func MatMulInputGrad(dx, dy, w []float32, n, in, out int) {
	pixels(n, in, out).InputGrad(dx, dy, w)
}

// MatMulWeightGrad adds xᵀ dy to dw.
func MatMulWeightGrad(dw, x, dy []float32, n, in, out int) {
	pixels(n, in, out).WeightGrad(dw, x, dy)
}

// pixels is the convolution of n pictures of one pixel.
func pixels(n, in, out int) Conv {
	return Conv{N: n, H: 1, W: 1, In: in, Out: out, Kernel: 1, Stride: 1, Dilation: 1, Groups: 1}
}
