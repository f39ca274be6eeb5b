package engine

import (
	"slices"

	"reslab/nn/weights/onnx"
)

func identity(c *call) *onnx.Tensor { return c.any(0) }

// dropout drops nothing in a prediction. Its second output tells what stayed: all.
func dropout(c *call) []*onnx.Tensor {
	x := c.any(0)
	if c.has(2) && slices.Contains(c.in[2].Ints, 1) {
		fail("it is in training mode; export the net after net.eval()")
	}
	mask := spread(&onnx.Tensor{Type: onnx.Bool, Ints: []int64{1}}, x.Shape)
	return []*onnx.Tensor{x, mask}
}

// flatten makes a table: the axes before one become rows, the others columns.
func flatten(c *call) *onnx.Tensor {
	x := c.any(0)
	axis := c.whole("axis", 1)
	if axis != len(x.Shape) {
		axis = axisOf(axis, len(x.Shape))
	}
	return withShape(x, []int{product(x.Shape[:axis]), product(x.Shape[axis:])})
}

// reshape gives x a shape that an input holds: -1 stands for what is left over, 0
// for the size that x has there.
func reshape(c *call) *onnx.Tensor {
	x, wish := c.any(0), c.ints(1)
	shape := slices.Clone(wish)
	open := -1
	for axis, size := range wish {
		switch {
		case size == -1 && open < 0:
			open, shape[axis] = axis, 1
		case size == 0 && c.whole("allowzero", 0) == 0 && axis < len(x.Shape):
			shape[axis] = x.Shape[axis]
		case size < 0:
			fail("the shape %v does not hold the %d numbers of %v", wish, x.Len(), x.Shape)
		}
	}
	if rest := product(shape); open >= 0 && rest > 0 {
		shape[open] = x.Len() / rest
	}
	return withShape(x, shape)
}

// squeeze takes out axes of size 1: those named, or all.
func squeeze(c *call) *onnx.Tensor {
	x := c.any(0)
	axes, there := c.list("axes", 1)
	gone := map[int]bool{}
	for _, axis := range axes {
		axis = axisOf(axis, len(x.Shape))
		if gone[axis] = true; x.Shape[axis] != 1 {
			fail("axis %d of %v has not the size 1", axis, x.Shape)
		}
	}
	shape := []int{}
	for axis, size := range x.Shape {
		if !gone[axis] && (there || size != 1) {
			shape = append(shape, size)
		}
	}
	return withShape(x, shape)
}

// unsqueeze puts in axes of size 1; the places are those in the new shape.
func unsqueeze(c *call) *onnx.Tensor {
	x := c.any(0)
	axes, _ := c.list("axes", 1)
	rank := len(x.Shape) + len(axes)
	fresh := map[int]bool{}
	for _, axis := range axes {
		if axis = axisOf(axis, rank); fresh[axis] {
			fail("the axes %v name one twice", axes)
		}
		fresh[axis] = true
	}
	shape, rest := []int{}, x.Shape
	for axis := range rank {
		if fresh[axis] {
			shape = append(shape, 1)
		} else {
			shape, rest = append(shape, rest[0]), rest[1:]
		}
	}
	return withShape(x, shape)
}

// shape returns the sizes of x, or those from one axis to before another.
func shape(c *call) *onnx.Tensor {
	sizes := c.any(0).Shape
	all := ranged(sizes, c.whole("start", 0), c.whole("end", len(sizes)), 1)
	y := zeros(onnx.Int64, len(all))
	for i, size := range all {
		y.Ints[i] = int64(size)
	}
	return y
}

// size returns how many numbers x has.
func size(c *call) *onnx.Tensor { return onnx.NewInts([]int64{int64(c.any(0).Len())}) }

// constant returns what the node itself holds.
func constant(c *call) *onnx.Tensor {
	return c.once(nil, func() any {
		for _, a := range c.node.Attributes {
			switch a.Name {
			case "value":
				return stored(a)
			case "value_float":
				return onnx.NewTensor([]float32{a.F})
			case "value_floats":
				return onnx.NewTensor(a.Floats, len(a.Floats))
			case "value_int":
				return onnx.NewInts([]int64{a.I})
			case "value_ints":
				return onnx.NewInts(a.Ints, len(a.Ints))
			}
		}
		fail("it holds no numbers")
		return nil
	}).(*onnx.Tensor)
}

func stored(a *onnx.Attribute) *onnx.Tensor {
	if a.T == nil {
		fail("its %s is no tensor", a.Name)
	}
	t, err := a.T.Tensor("")
	if err != nil {
		fail("%v", err)
	}
	return t
}

// constantOfShape returns a tensor of a shape, full of one number.
func constantOfShape(c *call) *onnx.Tensor {
	value := onnx.NewTensor([]float32{0}, 1)
	if a := c.attribute("value"); a != nil {
		value = stored(a)
	}
	if value.Len() != 1 {
		fail("its value must be one number, and is %v", value)
	}
	return spread(withShape(value, nil), c.ints(0))
}

// cast turns numbers into those of another type.
func cast(c *call) *onnx.Tensor {
	to := onnx.DataType(c.whole("to", 0))
	if !to.Known() {
		fail("the %v is not known here", to)
	}
	return asType(c.any(0), to)
}

// asType turns fractions towards zero where the type has none. Types of 16 and 64
// bits with fractions are kept as float32.
func asType(x *onnx.Tensor, to onnx.DataType) *onnx.Tensor {
	if x.Type == to {
		return x
	}
	y := zeros(to, slices.Clone(x.Shape)...)
	for i := range x.Len() {
		switch {
		case to == onnx.Bool && x.Type.Whole():
			y.Ints[i] = truth(x.Ints[i] != 0)
		case to == onnx.Bool:
			y.Ints[i] = truth(x.Floats[i] != 0)
		case to.Whole() && x.Type.Whole():
			y.Ints[i] = fit(to, x.Ints[i])
		case to.Whole():
			y.Ints[i] = fit(to, int64(x.Floats[i]))
		case x.Type.Whole():
			y.Floats[i] = float32(x.Ints[i])
		default:
			y.Floats[i] = x.Floats[i]
		}
	}
	return y
}

func truth(v bool) int64 {
	if v {
		return 1
	}
	return 0
}
