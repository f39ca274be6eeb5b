package residual

import (
	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

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
