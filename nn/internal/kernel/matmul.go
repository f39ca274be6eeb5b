package kernel

// A matrix product is a convolution with a window of one pixel: a row of x is
// a pixel, its elements are the channels.

// MatMul computes y = x w, with x [n, in], w [in, out] and y [n, out],
// overwriting y.
func MatMul(y, x, w []float32, n, in, out int) {
	pixels(1, n, 1, in, out).Forward(y, x, w, nil)
}

// MatMulInputGrad computes dx = dy wᵀ, overwriting dx.
func MatMulInputGrad(dx, dy, w []float32, n, in, out int) {
	pixels(1, n, 1, in, out).InputGrad(dx, dy, w)
}

// MatMulWeightGrad adds xᵀ dy to dw.
func MatMulWeightGrad(dw, x, dy []float32, n, in, out int) {
	const lot = 64 // rows: pictures of this size are spread over the cores
	lots := n / lot
	if lots > 0 {
		pixels(lots, 1, lot, in, out).WeightGrad(dw, x, dy)
	}
	if rest := n - lots*lot; rest > 0 {
		pixels(1, 1, rest, in, out).WeightGrad(dw, x[lots*lot*in:], dy[lots*lot*out:])
	}
}

// pixels is the convolution of n pictures of h by w pixels with a window of one.
func pixels(n, h, w, in, out int) Conv {
	return Conv{N: n, H: h, W: w, In: in, Out: out, Kernel: 1, Stride: 1, Dilation: 1, Groups: 1}
}
