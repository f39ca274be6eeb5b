package engine

import (
	"slices"

	"reslab/nn"
	"reslab/nn/weights/onnx"
)

// gemm multiplies two tables and adds a third.
//
//	y = alpha * a b + beta * bias      a or b may be turned before
func gemm(c *call) *onnx.Tensor {
	a, b := c.table(0), c.table(1)
	if c.whole("transA", 0) != 0 {
		a = turned(a)
	}
	alpha, beta := c.number("alpha", 1), c.number("beta", 1)
	rows, inner := a.Shape[0], a.Shape[1]
	wide := b.Shape
	if c.whole("transB", 0) != 0 {
		wide = []int{b.Shape[1], b.Shape[0]}
	}
	if wide[0] != inner {
		fail("a table of %v cannot be multiplied with one of %v", a.Shape, wide)
	}
	y := zeros(a.Type, rows, wide[1])
	if a.Len() > 0 && b.Len() > 0 {
		net := c.once(b, func() any {
			if c.whole("transB", 0) != 0 {
				return fusedTable(turned(b))
			}
			return fusedTable(b)
		}).(*nn.Fused)
		y.Floats = net.Forward(nn.FromSlice(a.Floats, a.Shape...)).Data
	}
	if alpha != 1 {
		y = each(y, func(v float64) float64 { return float64(alpha) * v })
	}
	if !c.has(2) {
		return y
	}
	bias := spread(c.float(2), common(c.in[2].Shape, y.Shape))
	return pair(y, bias, func(v, plus float64) float64 { return v + float64(beta)*plus }, nil)
}

// table returns an input with two axes.
func (c *call) table(i int) *onnx.Tensor {
	x := c.float(i)
	if len(x.Shape) != 2 {
		fail("its input %d must be a table, with two axes, and has the shape %v", i, x.Shape)
	}
	return x
}

// turned makes columns of rows.
func turned(x *onnx.Tensor) *onnx.Tensor {
	y := zeros(x.Type, x.Shape[1], x.Shape[0])
	turn(y.Floats, x.Floats, 1, x.Shape[0], x.Shape[1])
	return y
}

// fusedTable is the multiplication by a table, in the order in which the kernels
// read it.
func fusedTable(b *onnx.Tensor) *nn.Fused {
	layer := nn.NewLinear(b.Shape[0], b.Shape[1])
	layer.Weight.Value = nn.FromSlice(b.Floats, b.Shape...)
	return nn.Fuse(layer)
}

// matMul multiplies tables: the last two axes of each tensor. The axes before them
// are spread to a common shape, as in an addition. A tensor of one axis counts as
// a row on the left, and as a column on the right.
func matMul(c *call) *onnx.Tensor {
	a, b := c.float(0), c.float(1)
	if len(a.Shape) == 0 || len(b.Shape) == 0 {
		fail("a single number is no table")
	}
	row, column := len(a.Shape) == 1, len(b.Shape) == 1
	if row {
		a = withShape(a, []int{1, a.Shape[0]})
	}
	if column {
		b = withShape(b, []int{b.Shape[0], 1})
	}
	y := tables(c, a, b)
	shape := slices.Clone(y.Shape)
	if column {
		shape = shape[:len(shape)-1]
	}
	if row {
		at := len(y.Shape) - 2
		shape = slices.Delete(shape, at, at+1)
	}
	return withShape(y, shape)
}

func tables(c *call, a, b *onnx.Tensor) *onnx.Tensor {
	before, behind := a.Shape[:len(a.Shape)-2], b.Shape[:len(b.Shape)-2]
	rows, inner, columns := a.Shape[len(before)], a.Shape[len(before)+1], b.Shape[len(behind)+1]
	if b.Shape[len(behind)] != inner {
		fail("tables of %v cannot be multiplied with those of %v", a.Shape, b.Shape)
	}
	many := common(before, behind)
	y := zeros(a.Type, slices.Concat(many, []int{rows, columns})...)
	if y.Len() == 0 || inner == 0 {
		return y
	}
	if len(behind) == 0 { // one table for all: one product of many rows
		net := c.once(c.in[1], func() any { return fusedTable(b) }).(*nn.Fused)
		y.Floats = net.Forward(nn.FromSlice(a.Floats, a.Len()/inner, inner)).Data
		return y
	}
	a = spread(a, slices.Concat(many, a.Shape[len(before):]))
	b = spread(b, slices.Concat(many, b.Shape[len(behind):]))
	layer := nn.NewLinear(inner, columns)
	for i := range product(many) {
		layer.Weight.Value = nn.FromSlice(b.Floats[i*inner*columns:(i+1)*inner*columns], inner, columns)
		copy(y.Floats[i*rows*columns:], layer.Forward(nn.FromSlice(a.Floats[i*rows*inner:(i+1)*rows*inner], rows, inner), false).Data)
	}
	return y
}
