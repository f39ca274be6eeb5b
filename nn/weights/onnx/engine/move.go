package engine

import (
	"slices"

	"reslab/nn/weights/onnx"
)

// All operators that move numbers about do the same: number (i, j, k) of the
// output comes from one place of the input, which is a sum of what i, j and k each
// contribute. So a move is a list for each axis of the output: how far each place
// along it lies from the first number of the input.
//
//	a transpose of [2 3]      rows 0 1 2,  columns 0 3
//	a slice [:, ::-1] of it   rows 0 3,    columns 2 1 0
//	three copies of a row     rows 0 0 0,  columns 0 1 2
type move [][]int

// nowhere is a place that is filled with a constant.
const nowhere = -1

// stepsOf returns how far two neighbours along each axis lie apart.
func stepsOf(shape []int) []int {
	steps := make([]int, len(shape))
	n := 1
	for axis := len(shape) - 1; axis >= 0; axis-- {
		steps[axis] = n
		n *= shape[axis]
	}
	return steps
}

// stay is the move that changes nothing.
func stay(shape []int) move {
	m := make(move, len(shape))
	for axis, step := range stepsOf(shape) {
		m[axis] = places(shape[axis], 0, step)
	}
	return m
}

// places returns so many places, beginning with a first one and a step apart.
func places(count, first, step int) []int {
	all := make([]int, count)
	for i := range all {
		all[i] = first + i*step
	}
	return all
}

func (m move) shape() []int {
	shape := make([]int, len(m))
	for axis, places := range m {
		shape[axis] = len(places)
	}
	return shape
}

// of moves the numbers of x.
func (m move) of(x *onnx.Tensor) *onnx.Tensor { return m.filled(x, 0, 0) }

// filled moves the numbers of x, and has a constant where they come from nowhere.
func (m move) filled(x *onnx.Tensor, float float32, whole int64) *onnx.Tensor {
	y := zeros(x.Type, m.shape()...)
	switch {
	case y.Len() == 0:
	case x.Type.Whole():
		carry(m, 0, y.Ints, x.Ints, whole)
	default:
		carry(m, 0, y.Floats, x.Floats, float)
	}
	return y
}

// carry fills to, in order, from the places of from that lie at and further on.
func carry[T any](m move, at int, to, from []T, fill T) {
	switch len(m) {
	case 0:
		to[0] = from[at]
	case 1:
		for i, place := range m[0] {
			if to[i] = fill; place != nowhere {
				to[i] = from[at+place]
			}
		}
	default:
		part := len(to) / len(m[0])
		for i, place := range m[0] {
			into := to[i*part : (i+1)*part]
			if place != nowhere {
				carry(m[1:], at+place, into, from, fill)
				continue
			}
			for k := range into {
				into[k] = fill
			}
		}
	}
}

// transpose puts the axes into another order.
func transpose(c *call) *onnx.Tensor {
	x := c.any(0)
	order, there := c.list("perm", -1)
	if !there {
		order = places(len(x.Shape), len(x.Shape)-1, -1)
	}
	if sorted := slices.Sorted(slices.Values(order)); !slices.Equal(sorted, places(len(x.Shape), 0, 1)) {
		fail("the order %v must name each of %d axes once", order, len(x.Shape))
	}
	was, m := stay(x.Shape), move{}
	for _, axis := range order {
		m = append(m, was[axis])
	}
	return m.of(x)
}

// expand repeats what has size 1 until x has a shape.
func expand(c *call) *onnx.Tensor {
	x := c.any(0)
	return spread(x, common(x.Shape, c.ints(1)))
}

// spread repeats axes of size 1, and adds axes in front, until x has the shape.
func spread(x *onnx.Tensor, shape []int) *onnx.Tensor {
	if slices.Equal(x.Shape, shape) {
		return x
	}
	product(shape)
	m, extra := make(move, len(shape)), len(shape)-len(x.Shape)
	was := stay(x.Shape)
	for axis, size := range shape {
		if axis < extra || x.Shape[axis-extra] == 1 {
			m[axis] = make([]int, size)
		} else {
			m[axis] = was[axis-extra]
		}
	}
	return m.of(x)
}

// common is the shape that two tensors are spread to before their numbers are
// joined: aligned at the end, an axis of size 1 or one that is not there is
// repeated as often as the other needs.
func common(a, b []int) []int {
	if len(a) < len(b) {
		a, b = b, a
	}
	shape := slices.Clone(a)
	for i, size := range b {
		at := len(a) - len(b) + i
		switch {
		case a[at] == 1:
			shape[at] = size
		case size != 1 && size != a[at]:
			fail("the shapes %v and %v do not go together: counted from the end, sizes must be equal or 1", a, b)
		}
	}
	return shape
}

// slice keeps a range of some axes: from a start to before an end, in steps.
// Numbers below zero count from the end.
func slice(c *call) *onnx.Tensor {
	x := c.any(0)
	starts, _ := c.list("starts", 1)
	ends, _ := c.list("ends", 2)
	axes, named := c.list("axes", 3)
	steps, given := c.list("steps", 4)
	if !named {
		axes = places(len(starts), 0, 1)
	}
	if !given {
		steps = slices.Repeat([]int{1}, len(starts))
	}
	if len(ends) != len(starts) || len(axes) != len(starts) || len(steps) != len(starts) {
		fail("starts %v, ends %v, axes %v and steps %v must be as many", starts, ends, axes, steps)
	}
	m := stay(x.Shape)
	for i, axis := range axes {
		axis = axisOf(axis, len(x.Shape))
		m[axis] = ranged(m[axis], starts[i], ends[i], steps[i])
	}
	return m.of(x)
}

// ranged returns the places from a start to before an end.
func ranged(all []int, start, end, step int) []int {
	if step == 0 {
		fail("a step cannot be 0")
	}
	n := len(all)
	within := func(i, low, high int) int {
		if i < 0 {
			i += n
		}
		return max(low, min(i, high))
	}
	var kept []int
	if step > 0 {
		start, end = within(start, 0, n), within(end, 0, n)
		for i := start; i < end; i += min(step, n) {
			kept = append(kept, all[i])
		}
		return kept
	}
	start, end = within(start, 0, n-1), within(end, -1, n-1)
	for i := start; i > end && n > 0; i += max(step, -n) {
		kept = append(kept, all[i])
	}
	return kept
}

// split cuts an axis into parts: of given sizes, or of the same one.
func split(c *call) []*onnx.Tensor {
	x := c.any(0)
	axis := axisOf(c.whole("axis", 0), len(x.Shape))
	m := stay(x.Shape)
	sizes, there := c.list("split", 1)
	if !there {
		parts := c.whole("num_outputs", len(c.node.Outputs))
		if parts < 1 || parts != len(c.node.Outputs) {
			fail("it must be cut into %d parts, and has %d outputs", parts, len(c.node.Outputs))
		}
		part := (len(m[axis]) + parts - 1) / parts
		for left := len(m[axis]); len(sizes) < parts; left -= part {
			sizes = append(sizes, max(0, min(part, left)))
		}
	}
	var all []*onnx.Tensor
	rest := m[axis]
	for _, size := range sizes {
		if size < 0 || size > len(rest) {
			fail("the sizes %v do not add up to %d", sizes, x.Shape[axis])
		}
		m[axis], rest = rest[:size], rest[size:]
		all = append(all, m.of(x))
	}
	if len(rest) > 0 || len(all) < len(c.node.Outputs) {
		fail("the sizes %v do not cover an axis of %d in %d parts", sizes, x.Shape[axis], len(c.node.Outputs))
	}
	return all
}

// gather takes the places of an axis that an input names.
func gather(c *call) *onnx.Tensor {
	x, at := c.any(0), c.any(1)
	axis := axisOf(c.whole("axis", 0), len(x.Shape))
	m := stay(x.Shape)
	var taken []int
	for _, i := range c.ints(1) {
		taken = append(taken, m[axis][axisOf(i, x.Shape[axis])])
	}
	m[axis] = taken
	y := m.of(x)
	shape := slices.Concat(x.Shape[:axis], at.Shape, x.Shape[axis+1:])
	return withShape(y, shape)
}

// concat puts tensors one behind the other along an axis.
func concat(c *call) *onnx.Tensor {
	first := c.any(0)
	axis := axisOf(c.whole("axis", 1), len(first.Shape))
	shape := slices.Clone(first.Shape)
	for i := 1; i < len(c.in); i++ {
		part := c.any(i)
		same := slices.Clone(part.Shape)
		if len(same) == len(shape) {
			same[axis] = first.Shape[axis]
		}
		if !slices.Equal(same, first.Shape) || part.Type != first.Type {
			fail("%v and %v cannot stand one behind the other along axis %d", first, part, axis)
		}
		shape[axis] += part.Shape[axis]
	}
	y := zeros(first.Type, shape...)
	rows := product(shape[:axis])
	at := 0 // of the part, in a row
	for _, part := range c.in {
		if y.Len() == 0 {
			break
		}
		row, whole := part.Len()/rows, y.Len()/rows
		for r := range rows {
			if part.Type.Whole() {
				copy(y.Ints[r*whole+at:], part.Ints[r*row:(r+1)*row])
			} else {
				copy(y.Floats[r*whole+at:], part.Floats[r*row:(r+1)*row])
			}
		}
		at += row
	}
	return y
}
