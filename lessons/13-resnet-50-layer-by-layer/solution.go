// Package resnet50 holds the solutions of lesson 13 and the checks that judge a
// learner's.
package resnet50

// conv counts a convolution with its batch norm, see the lesson.
func conv(in, out, kernel, edge int) (params, macs int) {
	weights := kernel * kernel * in * out
	return weights + 2*out, weights * edge * edge
}

// bottleneck counts one block, for maps of edge by edge that come in.
func bottleneck(in, width, edge, stride int) (params, macs int) {
	out := 4 * width
	after := edge / stride
	projection := in != out || stride != 1

	p1, m1 := conv(in, width, 1, edge)
	p2, m2 := conv(width, width, 3, after)
	p3, m3 := conv(width, out, 1, after)
	params, macs = p1+p2+p3, m1+m2+m3
	if projection {
		p, m := conv(in, out, 1, after)
		params, macs = params+p, macs+m
	}
	return params, macs
}

// resnet counts a net of bottlenecks, for pictures of 224 by 224 and
// 1,000 classes. blocks says how many blocks each stage has.
func resnet(blocks []int) (params, macs int) {
	params, macs = conv(3, 64, 7, 112) // the stem
	in, edge := 64, 56                 // behind its max pooling
	for stage, n := range blocks {
		width := 64 << stage // 64, 128, 256, 512
		for i := range n {
			stride := 1
			if stage > 0 && i == 0 {
				stride = 2
			}
			p, m := bottleneck(in, width, edge, stride)
			params, macs = params+p, macs+m
			edge /= stride
			in = 4 * width // what the next block gets
		}
	}
	return params + in*1000 + 1000, macs + in*1000
}

// seen returns the first and the last row of the picture that place i
// can see, behind windows one after the other.
func seen(kernels, strides, pads []int, i int) (first, last int) {
	first, last = i, i
	for l := len(kernels) - 1; l >= 0; l-- {
		first = first*strides[l] - pads[l]
		last = last*strides[l] - pads[l] + kernels[l] - 1
	}
	return first, last
}
