package kernel

// The loops below are the definition of every operation of this package. They
// are written to be read, and the fast paths are tested against them.

// NaiveForward computes the convolution
//
//	y[n,i,j,o] = bias[o] + sum over p,q,c of
//	             x[n, i*S+p*D-P, j*S+q*D-P, c] * w[p,q,c,o]
//
// with stride S, dilation D and padding P: x is zero outside the picture.
// Output channel o reads the input channels c of its own group only.
func NaiveForward(c Conv, y, x, w, bias []float32) {
	for n := range c.N {
		for i := range c.OutH() {
			for j := range c.OutW() {
				for o := range c.Out {
					var sum float32
					if bias != nil {
						sum = bias[o]
					}
					for p := range c.Kernel {
						for q := range c.Kernel {
							for k := range c.In / c.Groups {
								channel := c.channel(k, o)
								pixel := c.pixel(x, n, i, j, p, q, channel)
								sum += pixel * w[c.weight(p, q, k, o)]
							}
						}
					}
					y[c.output(n, i, j, o)] = sum
				}
			}
		}
	}
}

// NaiveInputGrad computes dx from dy: every output pixel sends its gradient
// back, along the same weights, to the input pixels that it was made from.
func NaiveInputGrad(c Conv, dx, dy, w []float32) {
	clear(dx[:c.N*c.H*c.W*c.In])
	for n := range c.N {
		for i := range c.OutH() {
			for j := range c.OutW() {
				for o := range c.Out {
					gradient := dy[c.output(n, i, j, o)]
					for p := range c.Kernel {
						for q := range c.Kernel {
							for k := range c.In / c.Groups {
								if at, inside := c.input(n, i, j, p, q, c.channel(k, o)); inside {
									dx[at] += gradient * w[c.weight(p, q, k, o)]
								}
							}
						}
					}
				}
			}
		}
	}
}

// NaiveWeightGrad adds to dw: each weight collects, over all windows, the
// input that it met times the gradient of the output that it helped make.
func NaiveWeightGrad(c Conv, dw, x, dy []float32) {
	for n := range c.N {
		for i := range c.OutH() {
			for j := range c.OutW() {
				for o := range c.Out {
					gradient := dy[c.output(n, i, j, o)]
					for p := range c.Kernel {
						for q := range c.Kernel {
							for k := range c.In / c.Groups {
								channel := c.channel(k, o)
								pixel := c.pixel(x, n, i, j, p, q, channel)
								dw[c.weight(p, q, k, o)] += pixel * gradient
							}
						}
					}
				}
			}
		}
	}
}

// NaiveMatMul computes y = x w, with x [n, in], w [in, out] and y [n, out].
func NaiveMatMul(y, x, w []float32, n, in, out int) {
	for i := range n {
		for j := range out {
			var sum float32
			for k := range in {
				sum += x[i*in+k] * w[k*out+j]
			}
			y[i*out+j] = sum
		}
	}
}

// NaiveMatMulInputGrad computes dx = dy wᵀ.
func NaiveMatMulInputGrad(dx, dy, w []float32, n, in, out int) {
	for i := range n {
		for k := range in {
			var sum float32
			for j := range out {
				sum += dy[i*out+j] * w[k*out+j]
			}
			dx[i*in+k] = sum
		}
	}
}

// NaiveMatMulWeightGrad computes dw += xᵀ dy.
func NaiveMatMulWeightGrad(dw, x, dy []float32, n, in, out int) {
	for k := range in {
		for j := range out {
			for i := range n {
				dw[k*out+j] += x[i*in+k] * dy[i*out+j]
			}
		}
	}
}

// channel returns the input channel that is the k-th of output channel o's group.
func (c Conv) channel(k, o int) int {
	return o/(c.Out/c.Groups)*(c.In/c.Groups) + k
}

// input returns where in x the window of output (i, j) puts its tap (p, q), and
// whether that lies inside the picture.
func (c Conv) input(n, i, j, p, q, channel int) (at int, inside bool) {
	row, column := i*c.Stride+p*c.Dilation-c.Pad, j*c.Stride+q*c.Dilation-c.Pad
	return ((n*c.H+row)*c.W+column)*c.In + channel, row >= 0 && row < c.H && column >= 0 && column < c.W
}

// pixel returns the value that input finds, zero outside the picture.
func (c Conv) pixel(x []float32, n, i, j, p, q, channel int) float32 {
	if at, inside := c.input(n, i, j, p, q, channel); inside {
		return x[at]
	}
	return 0
}

// output returns where in y the output channel o of pixel (i, j) stands.
func (c Conv) output(n, i, j, o int) int {
	return ((n*c.OutH()+i)*c.OutW()+j)*c.Out + o
}

// weight returns where in w the weight of tap (p, q) stands that leads from the
// k-th input channel of the group to output channel o.
func (c Conv) weight(p, q, k, o int) int {
	return ((p*c.Kernel+q)*c.In/c.Groups+k)*c.Out + o
}
