package engine

import (
	"math"

	"reslab/nn/weights/onnx"
)

// maxPool keeps the largest number under the window; padding never wins.
func maxPool(c *call) *onnx.Tensor {
	x := c.picture(0)
	w := c.window(x.Shape, nil)
	return slide(x, w, func(plane []float32, i, j int) float32 {
		best := math.Inf(-1)
		w.under(plane, i, j, func(v float32) { best = math.Max(best, float64(v)) })
		return float32(best)
	})
}

// averagePool takes the mean under the window. Padding is left out, or counts as
// zeros if count_include_pad says so.
func averagePool(c *call) *onnx.Tensor {
	x := c.picture(0)
	w := c.window(x.Shape, nil)
	withPads := c.whole("count_include_pad", 0) == 1
	return slide(x, w, func(plane []float32, i, j int) float32 {
		sum, n := 0.0, 0
		w.under(plane, i, j, func(v float32) { sum, n = sum+float64(v), n+1 })
		if withPads {
			n = w.padded(0, i) * w.padded(1, j)
		}
		return float32(sum / float64(n))
	})
}

// padded counts the taps at place i that lie in the picture or in its padding:
// rounded up, a window may reach beyond that.
func (w *window) padded(a, i int) int {
	first := i*w.stride[a] - w.before[a]
	inside := (w.in[a] + w.after[a] - first + w.dilation[a] - 1) / w.dilation[a]
	return min(w.kernel[a], inside)
}

// slide calls f for each place of the window over each plane, one channel of one
// picture.
func slide(x *onnx.Tensor, w window, f func(plane []float32, i, j int) float32) *onnx.Tensor {
	y := zeros(x.Type, x.Shape[0], x.Shape[1], w.out[0], w.out[1])
	size := w.in[0] * w.in[1]
	parallel(x.Shape[0]*x.Shape[1], func(p int) {
		plane, at := x.Floats[p*size:(p+1)*size], p*w.out[0]*w.out[1]
		for i := range w.out[0] {
			for j := range w.out[1] {
				y.Floats[at] = f(plane, i, j)
				at++
			}
		}
	})
	return y
}

// under calls see for each number of a plane that lies under a place of the window.
func (w *window) under(plane []float32, i, j int, see func(v float32)) {
	top, bottom := w.taps(0, i)
	left, right := w.taps(1, j)
	for row := top; row < bottom; row += w.dilation[0] {
		for column := left; column < right; column += w.dilation[1] {
			see(plane[row*w.in[1]+column])
		}
	}
}

func globalAveragePool(c *call) *onnx.Tensor {
	return wholePlane(c, 0, func(sum, v float64) float64 { return sum + v }, func(sum float64, n int) float64 { return sum / float64(n) })
}

func globalMaxPool(c *call) *onnx.Tensor { return wholePlane(c, math.Inf(-1), math.Max, asItIs) }

// wholePlane makes one number of each channel of each picture.
func wholePlane(c *call, start float64, f func(sum, v float64) float64, end func(sum float64, n int) float64) *onnx.Tensor {
	x := c.float(0)
	if len(x.Shape) < 3 {
		fail("it works on pictures [N C H W], and got the shape %v", x.Shape)
	}
	shape := append([]int{}, x.Shape...)
	n := product(x.Shape[2:])
	for axis := 2; axis < len(shape); axis++ {
		shape[axis] = 1
	}
	y := zeros(x.Type, shape...)
	for i := range y.Floats {
		sum := start
		for _, v := range x.Floats[i*n : (i+1)*n] {
			sum = f(sum, float64(v))
		}
		y.Floats[i] = float32(end(sum, n))
	}
	return y
}
