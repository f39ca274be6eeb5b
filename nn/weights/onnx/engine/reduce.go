package engine

import (
	"math"
	"slices"

	"reslab/nn/weights/onnx"
)

// reduce makes one number of all that lie along some axes. They are summed up, or
// whatever f does, in float64.
func reduce(c *call, start float64, f func(sum, x float64) float64, end func(sum float64, n int) float64) *onnx.Tensor {
	x := c.any(0)
	axes, there := c.list("axes", 1)
	if !there || len(axes) == 0 {
		if c.whole("noop_with_empty_axes", 0) == 1 {
			return x
		}
		axes = places(len(x.Shape), 0, 1)
	}
	gone := map[int]bool{}
	for _, axis := range axes {
		gone[axisOf(axis, len(x.Shape))] = true
	}
	// Behind the axes that stay, those that go: then each number is made of a row.
	var stays, goes move
	shape := []int{}
	for axis, places := range stay(x.Shape) {
		switch {
		case !gone[axis]:
			stays, shape = append(stays, places), append(shape, x.Shape[axis])
		case c.whole("keepdims", 1) == 1:
			shape = append(shape, 1)
			fallthrough
		default:
			goes = append(goes, places)
		}
	}
	rows := asType(slices.Concat(stays, goes).of(x), onnx.Float32)
	y := zeros(onnx.Float32, shape...)
	n := product(goes.shape())
	for i := range y.Floats {
		sum := start
		for _, v := range rows.Floats[i*n : (i+1)*n] {
			sum = f(sum, float64(v))
		}
		y.Floats[i] = float32(end(sum, n))
	}
	return asType(y, x.Type)
}

func reduceSum(c *call) *onnx.Tensor {
	return reduce(c, 0, func(sum, x float64) float64 { return sum + x }, asItIs)
}

func reduceMean(c *call) *onnx.Tensor {
	return reduce(c, 0, func(sum, x float64) float64 { return sum + x }, func(sum float64, n int) float64 { return sum / float64(n) })
}

func reduceMax(c *call) *onnx.Tensor { return reduce(c, math.Inf(-1), math.Max, asItIs) }

func reduceMin(c *call) *onnx.Tensor { return reduce(c, math.Inf(1), math.Min, asItIs) }

func asItIs(sum float64, n int) float64 { return sum }

// argMax tells where along an axis the largest number stands; of equals, the first.
func argMax(c *call) *onnx.Tensor {
	x := asType(c.any(0), onnx.Float32)
	axis := axisOf(c.whole("axis", 0), len(x.Shape))
	r := rowsAlong(x.Shape, axis, axis+1)
	last := c.whole("select_last_index", 0) == 1
	shape := slices.Clone(x.Shape)
	shape[axis] = 1
	y := zeros(onnx.Int64, shape...)
	r.each(func(i, at int) {
		best := 0
		for k := range r.length {
			if v, top := x.Floats[at+k*r.step], x.Floats[at+best*r.step]; v > top || last && v == top {
				best = k
			}
		}
		y.Ints[i] = int64(best)
	})
	if c.whole("keepdims", 1) == 0 {
		return withShape(y, slices.Delete(shape, axis, axis+1))
	}
	return y
}

// rows are the numbers along some axes, for each place along the others.
type rows struct{ outer, length, step int }

// rowsAlong returns the rows along the axes from one to before another.
func rowsAlong(shape []int, from, to int) rows {
	return rows{product(shape[:from]), product(shape[from:to]), product(shape[to:])}
}

// each calls f for each row, with its number and where it begins.
func (r rows) each(f func(i, at int)) {
	for i := range r.outer * r.step * min(1, r.length) {
		f(i, i/r.step*r.length*r.step+i%r.step)
	}
}

// softmax turns scores into shares that sum to 1.
func softmax(c *call) *onnx.Tensor {
	return shares(c, func(score, log float64) float64 { return math.Exp(score - log) })
}

// logSoftmax returns the logarithms of the shares.
func logSoftmax(c *call) *onnx.Tensor {
	return shares(c, func(score, log float64) float64 { return score - log })
}

// shares calls f for each score, with the logarithm of the sum of all exponentials
// of its row. Before version 13, a row was all axes from one on.
func shares(c *call, f func(score, log float64) float64) *onnx.Tensor {
	x := c.float(0)
	usual, reach := -1, 1
	if c.opset < 13 {
		usual, reach = 1, len(x.Shape)
	}
	axis := axisOf(c.whole("axis", usual), len(x.Shape))
	r := rowsAlong(x.Shape, axis, min(axis+reach, len(x.Shape)))
	y := zeros(x.Type, slices.Clone(x.Shape)...)
	r.each(func(_, at int) {
		top, sum := math.Inf(-1), 0.0
		for k := range r.length {
			top = max(top, float64(x.Floats[at+k*r.step]))
		}
		for k := range r.length {
			sum += math.Exp(float64(x.Floats[at+k*r.step]) - top)
		}
		log := top + math.Log(sum)
		for k := range r.length {
			y.Floats[at+k*r.step] = float32(f(float64(x.Floats[at+k*r.step]), log))
		}
	})
	return y
}
