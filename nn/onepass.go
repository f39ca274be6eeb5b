package nn

import "reslab/nn/internal/kernel"

// These layers do little with each number: what takes time is to fetch it from
// memory and to put it back. So where a ReLU follows a batch norm, or a block
// whose body ends in one, both (and the addition between them) are done while a
// number is at hand:
//
//	conv - norm - relu               y = max(0, norm(x))
//	body ... norm - (+) - relu       y = max(0, norm(x) + road)
//
// Each number is computed just as the layers by themselves would, to the last
// bit, and each layer is left with just what its own Forward would have kept:
// its own Backward could follow. What lies between the layers is never
// written down. So they run by themselves where a tap listens there, and where a
// layer is not nn's.

// pair is two children of a Sequential that run in one pass.
type pair struct {
	first, second *child // batch norm or Residual; ReLU

	residual *Residual // nil if first is the batch norm
	norm     *child    // the batch norm: first, or the last of the residual's body
}

// pairAt says whether children i and i+1 may run in one pass.
func (s *Sequential) pairAt(i int) (p pair, ok bool) {
	if i < 0 || i+1 >= len(s.children) {
		return pair{}, false
	}
	p = pair{first: s.children[i], second: s.children[i+1], norm: s.children[i]}
	if _, ok := p.second.layer.(*ReLU); !ok {
		return pair{}, false
	}
	if p.residual, ok = p.first.layer.(*Residual); ok {
		body, ok := p.residual.Body.(*Sequential)
		if !ok || len(body.children) == 0 {
			return pair{}, false
		}
		p.norm = body.children[len(body.children)-1]
	}
	_, ok = p.norm.layer.(*BatchNorm2D)
	return p, ok && len(p.first.taps) == 0 && len(p.norm.taps) == 0
}

func (p pair) forward(x *Tensor, train bool) *Tensor {
	y := p.activate(x, train)
	p.second.heard(y)
	return y
}

// activate runs what comes before the norm, the other road, and both layers.
func (p pair) activate(x *Tensor, train bool) *Tensor {
	defer locate(&p.first.name)
	var road *Tensor
	if p.residual != nil {
		before := x
		x = p.head().Forward(x, train)
		if p.residual.Skip {
			road = p.residual.road().forward(before, train)
			sameEnd(x.Shape, road.Shape)
		}
	}
	scale, shift := p.normalise(x, train)
	relu := p.second.layer.(*ReLU)
	relu.keep(x.Shape)
	y := relu.tensor(x.Shape...)
	if road == nil {
		kernel.ScaleShiftReLU(y.Data, x.Data, relu.positive, scale, shift)
	} else {
		kernel.ScaleShiftAddReLU(y.Data, x.Data, road.Data, relu.positive, scale, shift)
	}
	return y
}

// backward sends dy through the ReLU and down both roads. The gradient that the
// ReLU lets through is dy where its bit is 1.
func (p pair) backward(dy *Tensor) *Tensor {
	p.second.blamed(dy)
	positive := p.letThrough(dy)
	defer locate(&p.first.name)
	dx := p.normBackward(dy, positive)
	if p.residual == nil {
		return dx
	}
	dx = p.head().Backward(dx)
	if !p.residual.Skip {
		return dx
	}
	if p.residual.Shortcut == nil {
		both := p.residual.tensor(dx.Shape...)
		kernel.Add(both.Data, dx.Data, dy.Data, positive)
		return both
	}
	through := p.second.layer.(*ReLU).tensor(dy.Shape...)
	kernel.ReLUGrad(through.Data, dy.Data, positive)
	return p.residual.sum(dx, p.residual.road().backward(through))
}

// letThrough returns the bits of the ReLU.
func (p pair) letThrough(dy *Tensor) []byte {
	defer locate(&p.second.name)
	relu := p.second.layer.(*ReLU)
	wantShape(relu, "dy", dy, relu.shape.take(relu))
	return relu.positive
}

func (p pair) normalise(x *Tensor, train bool) (scale, shift []float64) {
	defer locate(p.normName())
	return p.norm.layer.(*BatchNorm2D).normalise(x, train)
}

func (p pair) normBackward(dy *Tensor, positive []byte) *Tensor {
	defer locate(p.normName())
	return p.norm.layer.(*BatchNorm2D).backward(dy, positive)
}

// head is the residual's body without the norm.
func (p pair) head() *Sequential {
	body := p.residual.Body.(*Sequential)
	p.residual.head.children = body.children[:len(body.children)-1]
	return &p.residual.head
}

// normName is the name of the norm below that of first.
func (p pair) normName() *string {
	if p.residual == nil {
		return &noName
	}
	return &p.norm.name
}

var noName string
