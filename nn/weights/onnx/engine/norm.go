package engine

import (
	"math"
	"slices"

	"reslab/nn/weights/onnx"
)

// batchNormalization gives each channel its scale and shift, by the averages that a
// training gathered. The channels are axis 1.
//
//	y = scale * (x - mean)/sqrt(variance + epsilon) + shift
func batchNormalization(c *call) *onnx.Tensor {
	x := c.float(0)
	if c.whole("training_mode", 0) != 0 {
		fail("it is in training mode; export the net after net.eval()")
	}
	if len(x.Shape) < 2 {
		fail("its input has no channels: %v", x.Shape)
	}
	channels := x.Shape[1]
	of := func(i int) []float32 {
		t := c.float(i)
		if t.Len() != channels {
			fail("its input %d must have a number for each of %d channels, and is %v", i, channels, t)
		}
		return t.Floats
	}
	scale, shift, mean, variance := of(1), of(2), of(3), of(4)
	epsilon := float64(c.number("epsilon", 1e-5))
	y := zeros(x.Type, slices.Clone(x.Shape)...)
	plane := product(x.Shape[2:])
	parallel(x.Shape[0]*channels, func(i int) {
		k := i % channels
		times := float64(scale[k]) / math.Sqrt(float64(variance[k])+epsilon)
		plus := float64(shift[k]) - float64(mean[k])*times
		for at := i * plane; at < (i+1)*plane; at++ {
			y.Floats[at] = float32(float64(x.Floats[at])*times + plus)
		}
	})
	return y
}

// layerNormalization gives all axes from one on mean 0 and variance 1, then each
// number its scale and shift.
func layerNormalization(c *call) *onnx.Tensor {
	x := c.float(0)
	axis := axisOf(c.whole("axis", -1), len(x.Shape))
	n := product(x.Shape[axis:])
	scale, shift := c.float(1), zeros(onnx.Float32, n)
	if c.has(2) {
		shift = c.float(2)
	}
	if scale.Len() != n || shift.Len() != n {
		fail("it needs a scale and a shift for each of %d numbers, and has %v and %v", n, scale, shift)
	}
	epsilon := float64(c.number("epsilon", 1e-5))
	y := zeros(x.Type, slices.Clone(x.Shape)...)
	for at := 0; at < len(x.Floats); at += n {
		sum, squares := 0.0, 0.0
		for _, v := range x.Floats[at : at+n] {
			sum, squares = sum+float64(v), squares+float64(v)*float64(v)
		}
		mean := sum / float64(n)
		times := 1 / math.Sqrt(max(0, squares/float64(n)-mean*mean)+epsilon)
		for k := range n {
			y.Floats[at+k] = float32((float64(x.Floats[at+k])-mean)*times*float64(scale.Floats[k]) + float64(shift.Floats[k]))
		}
	}
	return y
}
