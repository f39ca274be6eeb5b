package nn

import (
	"fmt"

	"reslab/nn/internal/kernel"
)

// An activation bends each number on its own; its input and output have the
// same shape, any. Without one, two layers of weights are no more than one.
// Each remembers as much of y = f(x) as tells its slope f'(x).

// ReLU is the rectified linear unit: what is positive passes, and so does
// its gradient; the rest is cut off, both ways.
//
//	y = max(0, x)      dx = dy where y > 0, else 0
type ReLU struct{ gate }

// NewReLU returns a rectified linear unit.
func NewReLU() *ReLU { return &ReLU{} }

// Forward computes y = max(0, x).
func (r *ReLU) Forward(x *Tensor, train bool) *Tensor {
	r.keep(x.Shape)
	y := r.tensor(x.Shape...)
	kernel.ReLU(y.Data, x.Data, r.positive)
	return y
}

// Backward lets dy through where the input was positive.
func (r *ReLU) Backward(dy *Tensor) *Tensor {
	wantShape(r, "dy", dy, r.shape.take(r))
	dx := r.tensor(dy.Shape...)
	kernel.ReLUGrad(dx.Data, dy.Data, r.positive)
	return dx
}

// Params returns nothing: a curve has nothing to learn.
func (r *ReLU) Params() []*Param { return nil }

func (r *ReLU) String() string          { return "ReLU" }
func (r *ReLU) outShape(in []int) []int { return in }
func (r *ReLU) clone() Layer            { return NewReLU() }

// LeakyReLU lets a small share of what is negative through, so that a unit
// which is never positive still learns (Maas et al. 2013).
//
//	y = x where x > 0, else Leak*x      dx = dy where y > 0, else Leak*dy
type LeakyReLU struct {
	Leak float64 // positive, and usually 0.01
	gate
}

// NewLeakyReLU returns a leaky rectified linear unit.
func NewLeakyReLU(leak float64) *LeakyReLU {
	if !(leak > 0) {
		panic(mistake("LeakyReLU", "the leak must be positive, got %g; for none take ReLU", leak))
	}
	return &LeakyReLU{Leak: leak}
}

// Forward computes y = x or Leak*x.
func (r *LeakyReLU) Forward(x *Tensor, train bool) *Tensor {
	r.keep(x.Shape)
	y := r.tensor(x.Shape...)
	kernel.LeakyReLU(y.Data, x.Data, r.positive, float32(r.Leak))
	return y
}

// Backward lets dy through, or a share of it where the input was negative.
func (r *LeakyReLU) Backward(dy *Tensor) *Tensor {
	wantShape(r, "dy", dy, r.shape.take(r))
	dx := r.tensor(dy.Shape...)
	kernel.LeakyReLUGrad(dx.Data, dy.Data, r.positive, float32(r.Leak))
	return dx
}

// Params returns nothing: a curve has nothing to learn.
func (r *LeakyReLU) Params() []*Param { return nil }

func (r *LeakyReLU) String() string          { return fmt.Sprintf("LeakyReLU %g", r.Leak) }
func (r *LeakyReLU) outShape(in []int) []int { return in }
func (r *LeakyReLU) clone() Layer            { return NewLeakyReLU(r.Leak) }

// Sigmoid squeezes every number between 0 and 1. Its slope is at most 1/4,
// at zero: a product of many such slopes vanishes.
//
//	y = 1/(1 + exp(-x))      dx = y(1-y) dy
type Sigmoid struct{ curve }

// NewSigmoid returns a sigmoid.
func NewSigmoid() *Sigmoid { return &Sigmoid{} }

// Forward computes y = 1/(1 + exp(-x)).
func (s *Sigmoid) Forward(x *Tensor, train bool) *Tensor {
	return s.bend(x, kernel.Sigmoid)
}

// Backward multiplies dy by the slope y(1-y).
func (s *Sigmoid) Backward(dy *Tensor) *Tensor {
	return s.unbend(s, dy, func(dx, y, dy []float32) {
		for i, v := range y {
			dx[i] = v * (1 - v) * dy[i]
		}
	})
}

// Params returns nothing: a curve has nothing to learn.
func (s *Sigmoid) Params() []*Param { return nil }

func (s *Sigmoid) String() string          { return "Sigmoid" }
func (s *Sigmoid) outShape(in []int) []int { return in }
func (s *Sigmoid) clone() Layer            { return NewSigmoid() }

// Tanh squeezes every number between -1 and 1. Its slope is 1 at zero, and
// small where the curve is flat.
//
//	y = tanh(x)      dx = (1-y*y) dy
type Tanh struct{ curve }

// NewTanh returns a hyperbolic tangent.
func NewTanh() *Tanh { return &Tanh{} }

// Forward computes y = tanh(x).
func (t *Tanh) Forward(x *Tensor, train bool) *Tensor {
	return t.bend(x, kernel.Tanh)
}

// Backward multiplies dy by the slope 1-y*y.
func (t *Tanh) Backward(dy *Tensor) *Tensor {
	return t.unbend(t, dy, func(dx, y, dy []float32) {
		for i, v := range y {
			dx[i] = (1 - v*v) * dy[i]
		}
	})
}

// Params returns nothing: a curve has nothing to learn.
func (t *Tanh) Params() []*Param { return nil }

func (t *Tanh) String() string          { return "Tanh" }
func (t *Tanh) outShape(in []int) []int { return in }
func (t *Tanh) clone() Layer            { return NewTanh() }

// gate is what a ReLU remembers of its Forward: a bit for each number, whether
// it was positive.
type gate struct {
	loan
	shape    memo
	positive []byte
}

func (g *gate) keep(shape []int) {
	g.shape.keep(shape)
	g.positive = resize(g.positive, kernel.BitsLen(size(shape)))
}

// curve is what a smooth activation remembers: its output.
type curve struct {
	loan
	y *Tensor
}

// bend makes y from x.
func (c *curve) bend(x *Tensor, pass func(y, x []float32)) *Tensor {
	c.y = c.tensor(x.Shape...)
	pass(c.y.Data, x.Data)
	return c.y
}

// unbend makes dx from dy and the y that Forward kept, by runs of numbers on all
// cores.
func (c *curve) unbend(layer fmt.Stringer, dy *Tensor, run func(dx, y, dy []float32)) *Tensor {
	y := take(&c.y, layer)
	wantShape(layer, "dy", dy, y.Shape)
	dx := c.tensor(y.Shape...)
	kernel.Each(dx.Data, y.Data, dy.Data, run)
	return dx
}
