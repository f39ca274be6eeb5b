package residual

import (
	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

// A written is a layer made of two functions, and params that it lists.
type written struct {
	body     nn.Layer
	forward  func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor
	backward func(body nn.Layer, dy *nn.Tensor) *nn.Tensor
	params   func() []*nn.Param
}

func (w *written) Forward(x *nn.Tensor, train bool) *nn.Tensor { return w.forward(w.body, x, train) }
func (w *written) Backward(dy *nn.Tensor) *nn.Tensor           { return w.backward(w.body, dy) }
func (w *written) Params() []*nn.Param {
	if w.params != nil {
		return w.params()
	}
	return w.body.Params()
}

func rightForward(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
	return plus(body.Forward(x, train), x)
}

func rightBackward(body nn.Layer, dy *nn.Tensor) *nn.Tensor { return plus(body.Backward(dy), dy) }

func highwayAnswers() labtest.Exercise {
	forward := func(f func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor) newHighwayFunc {
		return func(body nn.Layer) nn.Layer { return &written{body: body, forward: f, backward: rightBackward} }
	}
	backward := func(f func(body nn.Layer, dy *nn.Tensor) *nn.Tensor) newHighwayFunc {
		return func(body nn.Layer) nn.Layer { return &written{body: body, forward: rightForward, backward: f} }
	}
	return labtest.Exercise{
		Name: "highway",
		Right: map[string]any{
			"the solution": newHighwayFunc(newHighway),
			"the library's block": newHighwayFunc(func(body nn.Layer) nn.Layer {
				return nn.NewResidual(body, nil, true)
			}),
			"loops of its own": newHighwayFunc(func(body nn.Layer) nn.Layer {
				add := func(a, b *nn.Tensor) *nn.Tensor {
					sum := nn.NewTensor(a.Shape...)
					for i := range sum.Data {
						sum.Data[i] = b.Data[i] + a.Data[i]
					}
					return sum
				}
				return &written{body: body,
					forward:  func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor { return add(x, body.Forward(x, train)) },
					backward: func(body nn.Layer, dy *nn.Tensor) *nn.Tensor { return add(dy, body.Backward(dy)) },
				}
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the plain block": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor { return body.Forward(x, train) }), "Forward gives [9 -15]. By hand: 4*2 + 1 + 2 = 11 and 4*(-4) + 1 - 4 = -19. That is the body alone"),
			"the body is skipped": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				body.Forward(x, train)
				return x.Clone()
			}), "That is the road alone: the body is missing."),
			"subtracted": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				return minus(body.Forward(x, train), x)
			}), "That is F(x) - x: add it."),
			"x is overwritten": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				for i, v := range body.Forward(x, train).Data {
					x.Data[i] += v
				}
				return x
			}), "Forward changed its input: x was [2 -4] and is [11 -19]"),
			"the body twice": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				return plus(body.Forward(x, train), body.Forward(x, train))
			}), "That is F(x) + F(x)"),
			"x twice": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor { return plus(x, x) }), "That is x + x"),
			"the body gets the sum": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				return body.Forward(plus(x, x), train)
			}), "The body got x + x"),
			"subtracted the other way": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				return minus(x, body.Forward(x, train))
			}), "That is x - F(x)"),
			"the mean": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				y := rightForward(body, x, train)
				for i := range y.Data {
					y.Data[i] /= 2
				}
				return y
			}), "No mean is taken"),
			"the ReLU stands in the block": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				return nn.NewReLU().Forward(rightForward(body, x, train), train)
			}), "A ReLU may stand behind the block"),
			"put behind in place of added": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				return nn.FromSlice(append(body.Forward(x, train).Clone().Data, x.Data...), 4, 1)
			}), "2 numbers, not 4"),
			"always training": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				return rightForward(body, x, true)
			}), "Forward got train=false and gave the body train=true"),
			"never training": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				return rightForward(body, x, false)
			}), "Forward got train=true and gave the body train=false"),
			"the body's output is overwritten": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				return into(body.Forward(x, train), x)
			}), "it was [9 -15] and is [11 -19]"),
			"the body's answer on the way back is overwritten": labtest.Refused(backward(func(body nn.Layer, dy *nn.Tensor) *nn.Tensor {
				return into(body.Backward(dy), dy)
			}), "dy was [1 10] and is [2 20]"),
			"dy twice": labtest.Refused(backward(func(body nn.Layer, dy *nn.Tensor) *nn.Tensor {
				body.Backward(dy)
				return plus(dy, dy)
			}), "That is dy + dy"),
			"subtracted on the way back": labtest.Refused(backward(func(body nn.Layer, dy *nn.Tensor) *nn.Tensor {
				return minus(body.Backward(dy), dy)
			}), "You took dy away"),
			"the body's way back gets the sum": labtest.Refused(backward(func(body nn.Layer, dy *nn.Tensor) *nn.Tensor {
				return body.Backward(plus(dy, dy))
			}), "Each road gets dy"),
			"the body's way back is asked twice": labtest.Refused(backward(func(body nn.Layer, dy *nn.Tensor) *nn.Tensor {
				return plus(body.Backward(dy), body.Backward(dy))
			}), "Call Backward of the body once"),
			"the body is not there": labtest.Refused(func(body nn.Layer) nn.Layer {
				return &written{forward: rightForward, backward: rightBackward}
			}, "Is the body in the layer that newHighway returns?"),
			"the shape is lost": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				y := rightForward(body, x, train)
				return y.Reshape(len(y.Data))
			}), "gives the shape [40], and should give [1 5 4 2]"),
			"no way back over the road": labtest.Refused(backward(func(body nn.Layer, dy *nn.Tensor) *nn.Tensor { return body.Backward(dy) }), "That is the body's part alone"),
			"the body is left out on the way back": labtest.Refused(backward(func(body nn.Layer, dy *nn.Tensor) *nn.Tensor {
				return dy.Clone()
			}), "That is the road's part alone"),
			"x is added on the way back": labtest.Refused(func(body nn.Layer) nn.Layer {
				var kept *nn.Tensor
				return &written{body: body,
					forward: func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
						kept = x
						return rightForward(body, x, train)
					},
					backward: func(body nn.Layer, dy *nn.Tensor) *nn.Tensor { return plus(body.Backward(dy), kept) },
				}
			}, "You added x, which went forward."),
			"the body's part twice": labtest.Refused(backward(func(body nn.Layer, dy *nn.Tensor) *nn.Tensor {
				dx := body.Backward(dy)
				return plus(plus(dx, dx), dy)
			}), "The body's part is counted twice."),
			"dy is overwritten": labtest.Refused(backward(func(body nn.Layer, dy *nn.Tensor) *nn.Tensor {
				for i, v := range body.Backward(dy).Data {
					dy.Data[i] += v
				}
				return dy
			}), "Backward changed its argument"),
			"no parameters": labtest.Refused(func(body nn.Layer) nn.Layer {
				return &written{body: body, forward: rightForward, backward: rightBackward, params: func() []*nn.Param { return nil }}
			}, "Params of the block lists 0 parameters, the body has 2."),
			"nothing is returned": labtest.Refused(newHighwayFunc(func(body nn.Layer) nn.Layer { return nil }), "newHighway returns nil"),
		},
	}
}
