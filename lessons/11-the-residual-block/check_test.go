package residual

import (
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "11", wayBackAnswers(), highwayAnswers(), addRoadAnswers(), countAnswers())
}

func wayBackAnswers() labtest.Exercise {
	f := func(f wayBackFunc) wayBackFunc { return f }
	return labtest.Exercise{
		Name: "way-back",
		Right: map[string]any{
			"the solution": f(wayBack),
			"one product":  f(func(slope, dy float64) float64 { return (slope + 1) * dy }),
			"by nudging": f(func(slope, dy float64) float64 {
				y := func(x float64) float64 { return slope*x + x }
				return (y(1) - y(-1)) / 2 * dy
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the plain block":                  labtest.Refused(f(func(slope, dy float64) float64 { return slope * dy }), "Hole 2 is still empty"),
			"the input passes as if by itself": labtest.Refused(f(func(slope, dy float64) float64 { return dy }), "That is the road alone"),
			"1 over the road":                  labtest.Refused(f(func(slope, dy float64) float64 { return slope*dy + 1 }), "Over the road comes all of dy, not 1"),
			"multiplied":                       labtest.Refused(f(func(slope, dy float64) float64 { return slope * dy * dy }), "The two parts are added"),
			"wrong sign":                       labtest.Refused(f(func(slope, dy float64) float64 { return dy - slope*dy }), "the sign of both parts is plus"),
			"slope added":                      labtest.Refused(f(func(slope, dy float64) float64 { return slope + dy }), "multiplied by the slope, as in lesson 07, and not added"),
			"the mean":                         labtest.Refused(f(func(slope, dy float64) float64 { return (slope*dy + dy) / 2 }), "No mean is taken"),
			"the stub":                         labtest.Refused(f(func(slope, dy float64) float64 { return 0 }), "both holes are empty"),
			"a panic":                          labtest.Refused(f(func(slope, dy float64) float64 { panic("no") }), "For slope=0.5 dy=1 yours panics: no."),
		},
	}
}

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
			"the plain block": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor { return body.Forward(x, train) }), "Forward gives [1 -2]. By hand: 0.5*2 + 2 = 3 and 0.5*(-4) - 4 = -6. That is the body alone"),
			"the body is skipped": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				body.Forward(x, train)
				return x.Clone()
			}), "That is the road alone: the body is missing."),
			"subtracted": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				y := body.Forward(x, train).Clone()
				for i, v := range x.Data {
					y.Data[i] -= v
				}
				return y
			}), "That is F(x) - x."),
			"x is overwritten": labtest.Refused(forward(func(body nn.Layer, x *nn.Tensor, train bool) *nn.Tensor {
				for i, v := range body.Forward(x, train).Data {
					x.Data[i] += v
				}
				return x
			}), "Forward changed its input: x was [2 -4] and is [3 -6]"),
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

func addRoadAnswers() labtest.Exercise {
	f := func(f addRoadFunc) addRoadFunc { return f }
	return labtest.Exercise{
		Name: "add-road",
		Right: map[string]any{
			"the solution": f(addRoad),
			"a clone of x": f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				sum := x.Clone()
				for i, v := range body.Forward(x, false).Data {
					sum.Data[i] += v
				}
				return sum
			}),
			"a new tensor": f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				y, sum := body.Forward(x, false), nn.NewTensor(x.Shape...)
				for i := range sum.Data {
					sum.Data[i] = x.Data[i] + y.Data[i]
				}
				return sum
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"x is overwritten": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				for i, v := range body.Forward(x, false).Data {
					x.Data[i] += v
				}
				return x
			}), "x is not yours"),
			"the body's output is overwritten": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				y := body.Forward(x, false)
				for i, v := range x.Data {
					y.Data[i] += v
				}
				return y
			}), "what the body returned is [4 -8 12] afterwards"),
			"F is forgotten": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor { return x.Clone() }), "That is x alone"),
			"x is forgotten": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor { return body.Forward(x, false).Clone() }), "That is F(x) alone"),
			"subtracted": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				y := body.Forward(x, false).Clone()
				for i, v := range x.Data {
					y.Data[i] -= v
				}
				return y
			}), "That is F(x) - x"),
			"the clone comes too late": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				y := body.Forward(x, false)
				for i, v := range x.Data {
					y.Data[i] += v
				}
				return y.Clone()
			}), "what the body returned is"),
			"nothing is returned": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor { return nil }), "yours returns nil"),
		},
	}
}

func countAnswers() labtest.Exercise {
	f := func(f countFunc) countFunc { return f }
	return labtest.Exercise{
		Name: "count",
		Right: map[string]any{
			"the solution": f(weightLayers),
			"one product":  f(func(blocks []int, perBlock int) int { return 2 + perBlock*sumOf(blocks) }),
			"one by one": f(func(blocks []int, perBlock int) int {
				n := 2
				for _, b := range blocks {
					for range b {
						n += perBlock
					}
				}
				return n
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"blocks alone":              labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks) * perBlock }), "have weights too"),
			"one layer is missing":      labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 1 }), "One is missing"),
			"a block counts as a layer": labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks) + 2 }), "That counts blocks."),
			"stages in place of blocks": labtest.Refused(f(func(blocks []int, perBlock int) int { return len(blocks)*perBlock + 2 }), "That counts stages"),
			"projections count":         labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 2 + len(blocks) }), "The projections stand in shortcuts."),
			"stem and head a stage":     labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 2*len(blocks) }), "once, not once a stage"),
			"pooling counts":            labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 4 }), "The pooling layers have no weights"),
			"the stub":                  labtest.Refused(f(func(blocks []int, perBlock int) int { return len(blocks) * perBlock }), "For blocks=[1] with 2 convolutions each yours gives 2. By hand: 1 + (1)*2 + 1 = 4."),
		},
	}
}
