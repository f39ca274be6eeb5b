package residual

import (
	"math"
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
			"slope added":                      labtest.Refused(f(func(slope, dy float64) float64 { return slope + dy }), "The slope by itself is not a part"),
			"the mean":                         labtest.Refused(f(func(slope, dy float64) float64 { return (slope*dy + dy) / 2 }), "No mean is taken"),
			"the stub":                         labtest.Refused(f(func(slope, dy float64) float64 { return 0 }), "both holes are empty"),
			"dy is forgotten":                  labtest.Refused(f(func(slope, dy float64) float64 { return slope + 1 }), "The loss moves dy times as far"),
			"divided":                          labtest.Refused(f(func(slope, dy float64) float64 { return dy/slope + dy }), "do not divide by it"),
			"the body's part in both holes":    labtest.Refused(f(func(slope, dy float64) float64 { return slope*dy + slope*dy }), "The body's part is counted twice. Over the road comes dy"),
			"the body's part again":            labtest.Refused(f(func(slope, dy float64) float64 { return slope*dy + slope*dy + dy }), "Over the road comes dy alone"),
			"dy in both holes":                 labtest.Refused(f(func(slope, dy float64) float64 { return dy + dy }), "dy is counted twice"),
			"the sign is dropped":              labtest.Refused(f(func(slope, dy float64) float64 { return math.Abs(slope*dy) + dy }), "The sign of the slope counts"),
			"the number of the example":        labtest.Refused(f(func(slope, dy float64) float64 { return 1.5 }), "Yours gives that whatever slope and dy are"),
			"the slope of the example":         labtest.Refused(f(func(slope, dy float64) float64 { return 1.5 * dy }), "1.5 is right for a slope of 0.5 alone"),
			"too few digits":                   labtest.Refused(f(func(slope, dy float64) float64 { return float64(float32(slope*dy) + float32(dy)) }), "A float32 has seven digits"),
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

func minus(a, b *nn.Tensor) *nn.Tensor {
	y := a.Clone()
	for i, v := range b.Data {
		y.Data[i] -= v
	}
	return y
}

// into adds b to a, and spoils a.
func into(a, b *nn.Tensor) *nn.Tensor {
	for i, v := range b.Data {
		a.Data[i] += v
	}
	return a
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
			}), "what the body returned is [5 -7 13] afterwards, and was [4 -5 10]"),
			"F is forgotten": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor { return x.Clone() }), "That is x alone"),
			"x is forgotten": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor { return body.Forward(x, false).Clone() }), "That is F(x) alone"),
			"subtracted":     labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor { return minus(body.Forward(x, false), x) }), "That is F(x) - x: add it"),
			"the clone comes too late": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				y := body.Forward(x, false)
				for i, v := range x.Data {
					y.Data[i] += v
				}
				return y.Clone()
			}), "what the body returned is"),
			"a clone for the body, then overwritten": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				sum := x.Clone()
				return into(sum, body.Forward(sum, false))
			}), "what the body was given is [5 -7 13] afterwards"),
			"the same memory under another name": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				sum := nn.FromSlice(x.Data, x.Shape...)
				return into(sum, body.Forward(x, false))
			}), "x is not yours"),
			"put back afterwards": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				y := body.Forward(x, false)
				sum := into(x, y).Clone()
				for i, v := range y.Data {
					x.Data[i] -= v
				}
				return sum
			}), "a body without layers, which returns the very tensor that it got, x is [0 0 0] afterwards"),
			"a tensor without numbers": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				return into(&nn.Tensor{Shape: x.Shape}, body.Forward(x, false))
			}), "nn.NewTensor(x.Shape...) makes one with room"),
			"x twice": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor { return plus(x, x) }), "That is x + x"),
			"F twice": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				return plus(body.Forward(x, false), body.Forward(x, false))
			}), "That is F(x) + F(x)"),
			"F of F": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				return plus(body.Forward(body.Forward(x, false), false), x)
			}), "The body was applied twice"),
			"subtracted the other way": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor { return minus(x, body.Forward(x, false)) }), "That is x - F(x)"),
			"multiplied": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				y := x.Clone()
				for i, v := range body.Forward(x, false).Data {
					y.Data[i] *= v
				}
				return y
			}), "That is F(x) times x"),
			"from the place 1": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				y := plus(body.Forward(x, false), x)
				y.Data[0] = 0
				return y
			}), "Number 0 is wrong: does the loop go over all of Data"),
			"put behind in place of added": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				return nn.FromSlice(append(x.Clone().Data, body.Forward(x, false).Data...), 2, 3)
			}), "3 numbers, not 6"),
			"the shape is lost": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				return plus(body.Forward(x, false), x).Reshape(3)
			}), "their shape is [3]. x has the shape [1 3]"),
			"the body is asked for each number": labtest.Refused(f(func(body nn.Layer, x *nn.Tensor) *nn.Tensor {
				y := x.Clone()
				for i := range y.Data {
					y.Data[i] += body.Forward(x, false).Data[i]
				}
				return y
			}), "Forward of the body is called 3 times"),
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
			"places in place of blocks": labtest.Refused(f(func(blocks []int, perBlock int) int {
				n := 2
				for b := range blocks {
					n += b * perBlock
				}
				return n
			}), "range gives the place first"),
			"stages multiplied": labtest.Refused(f(func(blocks []int, perBlock int) int {
				n := perBlock
				for _, b := range blocks {
					n *= b
				}
				return n + 2
			}), "added, not multiplied"),
			"the outside times perBlock":     labtest.Refused(f(func(blocks []int, perBlock int) int { return (sumOf(blocks) + 2) * perBlock }), "Multiply the blocks alone by perBlock"),
			"the stem times perBlock":        labtest.Refused(f(func(blocks []int, perBlock int) int { return (sumOf(blocks)+1)*perBlock + 1 }), "The first convolution stands there alone"),
			"perBlock added":                 labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks) + perBlock + 2 }), "multiply, do not add"),
			"perBlock added for every stage": labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks) + len(blocks)*perBlock + 2 }), "multiply, do not add"),
			"overwritten every turn": labtest.Refused(f(func(blocks []int, perBlock int) int {
				n := 0
				for _, b := range blocks {
					n = b * perBlock
				}
				return n + 2
			}), "+= adds to it"),
			"ends too early": labtest.Refused(f(func(blocks []int, perBlock int) int {
				n := 2
				for i := 0; i < len(blocks)-1; i++ {
					n += blocks[i] * perBlock
				}
				return n
			}), "The last stage is left out"),
			"begins too late": labtest.Refused(f(func(blocks []int, perBlock int) int {
				n := 2
				for i := 1; i < len(blocks); i++ {
					n += blocks[i] * perBlock
				}
				return n
			}), "The first stage is left out"),
			"always four stages": labtest.Refused(f(func(blocks []int, perBlock int) int {
				return 2 + perBlock*(blocks[0]+blocks[1]+blocks[2]+blocks[3])
			}), "A net may have any number of stages. Here len(blocks) is 1"),
			"fifty":                     labtest.Refused(f(func(blocks []int, perBlock int) int { return 50 }), "Yours gives that for any net"),
			"the projections of the 50": labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 6 }), "The projections stand in shortcuts."),
			"shortcuts count":           labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*(perBlock+1) + 2 }), "a layer for each shortcut"),
			"batch norms count":         labtest.Refused(f(func(blocks []int, perBlock int) int { return 2*(sumOf(blocks)*perBlock+1) + 1 }), "The batch norms are not counted"),
			"one pooling counts":        labtest.Refused(f(func(blocks []int, perBlock int) int { return sumOf(blocks)*perBlock + 3 }), "Only two layers stand outside"),
			"blocks are used up": labtest.Refused(f(func(blocks []int, perBlock int) int {
				n := 2
				for i := range blocks {
					for ; blocks[i] > 0; blocks[i]-- {
						n += perBlock
					}
				}
				return n
			}), "blocks was [1] and is [0] afterwards"),
			"the stub": labtest.Refused(f(func(blocks []int, perBlock int) int { return len(blocks) * perBlock }), "For blocks=[1] with 2 convolutions each yours gives 2. By hand: 1 + (1)*2 + 1 = 4."),
		},
	}
}
