package nn

import (
	"slices"

	"reslab/nn/internal/kernel"
)

// Residual opens a highway around Body (He et al. 2015, section 3.1).
//
//	x --+-- Body ------ F(x) --(+)-- y      y  = F(x) + x
//	    +-- Shortcut -----------+           dx = dy back through Body + dy
//
// Both roads must end in the same shape. A nil Shortcut is the identity;
// any other does its own Forward to x and its own Backward to dy before
// the sum. With Skip false the highway is closed: the block is its own
// plain twin.
type Residual struct {
	Body, Shortcut Layer
	Skip           bool // may be switched between two steps of a training

	main, highway child      // Body, and Shortcut with its name and taps
	head          Sequential // Body without its last layer: see onepass.go
	loan
}

// NewResidual returns a block with the highway open or closed. In paths the
// body adds no name of its own; the shortcut adds "downsample".
func NewResidual(body, shortcut Layer, skip bool) *Residual {
	if body == nil {
		panic(mistake("Residual", "the body must be a layer, got nil"))
	}
	return &Residual{Body: body, Shortcut: shortcut, Skip: skip}
}

// Forward computes F(x) + x, or F(x) alone when the highway is closed.
func (r *Residual) Forward(x *Tensor, train bool) *Tensor {
	y := r.body().forward(x, train)
	if r.Skip {
		y = r.sum(y, r.road().forward(x, train))
	}
	return y
}

// Backward sends dy down both roads and adds what comes back. The identity
// has no weights: it hands on dy as it is. A projection multiplies it by
// weights, and what stands between two blocks, as a ReLU behind the sum,
// changes it too.
func (r *Residual) Backward(dy *Tensor) *Tensor {
	dx := r.body().backward(dy)
	if r.Skip {
		dx = r.sum(dx, r.road().backward(dy))
	}
	return dx
}

// Params returns the parameters of the body and, with the highway open, those
// of the shortcut.
func (r *Residual) Params() []*Param {
	params := r.body().params()
	if r.Skip {
		params = append(params, r.road().params()...)
	}
	return params
}

// String describes the block in a word: its layers are listed by Summarise.
func (r *Residual) String() string {
	if r.Skip {
		return "Residual"
	}
	return "Residual, closed"
}

// body is Body as a child, which adds nothing to paths.
func (r *Residual) body() *child {
	r.main.layer = r.Body
	return &r.main
}

// road is Shortcut as a child; nil is the identity.
func (r *Residual) road() *child {
	r.highway.name, r.highway.layer = "downsample", r.Shortcut
	if r.Shortcut == nil {
		r.highway.name, r.highway.layer = "", identity{}
	}
	return &r.highway
}

func (r *Residual) clone() Layer {
	twin := NewResidual(r.body().clone().layer, nil, r.Skip)
	if r.Shortcut != nil {
		twin.Shortcut = r.road().clone().layer
	}
	return twin
}

// identity is the free highway: it changes nothing, either way.
type identity struct{}

func (identity) Forward(x *Tensor, train bool) *Tensor { return x }
func (identity) Backward(dy *Tensor) *Tensor           { return dy }
func (identity) Params() []*Param                      { return nil }
func (identity) String() string                        { return "identity" }
func (identity) outShape(in []int) []int               { return in }
func (identity) clone() Layer                          { return identity{} }

// sum returns a + b, in a tensor of its own.
func (r *Residual) sum(a, b *Tensor) *Tensor {
	sameEnd(a.Shape, b.Shape)
	y := r.tensor(a.Shape...)
	kernel.Add(y.Data, a.Data, b.Data, nil)
	return y
}

// sameEnd panics unless both roads end in the same shape.
func sameEnd(body, shortcut []int) {
	if !slices.Equal(body, shortcut) {
		panic(mistake("Residual", "both roads must end in the same shape, but the body ends in %v and the shortcut in %v", body, shortcut))
	}
}

// PadShortcut is the parameter-free shortcut where a net gets wider (option A
// of He et al. 2015, section 3.3): it keeps every Stride-th pixel of every
// Stride-th row, and fills the new channels with zeros.
//
// Input [N, H, W, In], output [N, ceil(H/Stride), ceil(W/Stride), Out].
type PadShortcut struct {
	in, out, stride int
	loan
	x, y memo
}

// NewPadShortcut returns an option A shortcut to at least as many channels.
func NewPadShortcut(in, out, stride int) *PadShortcut {
	if in < 1 || out < in || stride < 1 {
		panic(mistake("PadShortcut", "Out must be at least In, and the stride at least 1, got %d, %d and %d", out, in, stride))
	}
	return &PadShortcut{in: in, out: out, stride: stride}
}

// Forward copies the pixels that stay.
func (p *PadShortcut) Forward(x *Tensor, train bool) *Tensor {
	height, width := p.outSize(x.Shape)
	y := p.zeros(x.Shape[0], height, width, p.out)
	for n := range x.Shape[0] {
		for i := range height {
			for j := range width {
				to, from := ((n*height+i)*width+j)*p.out, p.pixel(x.Shape, n, i, j)
				copy(y.Data[to:to+p.in], x.Data[from:])
			}
		}
	}
	p.x.keep(x.Shape)
	p.y.keep(y.Shape)
	return y
}

// Backward puts the blame for a pixel back where it came from.
func (p *PadShortcut) Backward(dy *Tensor) *Tensor {
	in, out := p.x.take(p), p.y.take(p)
	wantShape(p, "dy", dy, out)
	dx := p.zeros(in...)
	for n := range out[0] {
		for i := range out[1] {
			for j := range out[2] {
				to, from := p.pixel(in, n, i, j), ((n*out[1]+i)*out[2]+j)*p.out
				copy(dx.Data[to:to+p.in], dy.Data[from:])
			}
		}
	}
	return dx
}

// Params returns nothing: that is the point of option A.
func (p *PadShortcut) Params() []*Param { return nil }

// Config returns what the shortcut was made from.
func (p *PadShortcut) Config() (in, out, stride int) { return p.in, p.out, p.stride }

func (p *PadShortcut) String() string { return "PadShortcut" }

func (p *PadShortcut) outShape(in []int) []int {
	height, width := p.outSize(in)
	return []int{in[0], height, width, p.out}
}

func (p *PadShortcut) outSize(in []int) (height, width int) {
	wantPicture(p, in, p.in)
	return (in[1]-1)/p.stride + 1, (in[2]-1)/p.stride + 1
}

// pixel returns where in x the pixel stands that goes to (i, j).
func (p *PadShortcut) pixel(in []int, n, i, j int) int {
	return ((n*in[1]+i*p.stride)*in[2] + j*p.stride) * p.in
}

func (p *PadShortcut) clone() Layer { return NewPadShortcut(p.in, p.out, p.stride) }
