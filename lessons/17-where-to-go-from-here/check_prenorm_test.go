package beyond

import (
	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func preNormAnswers() labtest.Exercise {
	f := func(f preNormFunc) preNormFunc { return f }
	ask := func(l nn.Layer, x *nn.Tensor) *nn.Tensor { return l.Forward(x, false) }
	minus := func(a, b *nn.Tensor) *nn.Tensor {
		d := a.Clone()
		for i, v := range b.Data {
			d.Data[i] -= v
		}
		return d
	}
	return labtest.Exercise{
		Name: "clear-road",
		Right: map[string]any{
			"the solution": f(preNorm),
			"in one line":  f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor { return plus(ask(body, ask(norm, x)), x) }),
			"the library's block": f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor {
				both := nn.NewSequential().Add("norm", norm).Add("body", body)
				return nn.NewResidual(both, nil, true).Forward(x, false)
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the norm stands on the road": labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor {
				x = ask(norm, x)
				return plus(x, ask(body, x))
			}), "yours gives [9 -15]. By hand: the norm gives [2 -4], the body makes [7 -11] of it, and with x that is [11 -19]. The norm stands on the road"),
			"the road is closed":       labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor { return ask(body, ask(norm, x)) }), "the road is closed"),
			"no norm":                  labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor { return plus(x, ask(body, x)) }), "the norm is left out"),
			"norm behind the addition": labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor { return ask(norm, plus(x, ask(body, x))) }), "behind the addition, on the road"),
			"norm behind the body":     labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor { return plus(x, ask(norm, ask(body, x))) }), "The norm stands behind the body"),
			"changed places":           labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor { return plus(ask(norm, x), ask(body, x)) }), "F gets norm(x)"),
			"x twice":                  labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor { return plus(x, plus(x, ask(body, ask(norm, x)))) }), "or x counted twice"),
			"no body":                  labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor { return plus(x, ask(norm, x)) }), "The body was left out"),
			"nothing but x":            labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor { return x.Clone() }), "That is x alone"),
			"subtracted":               labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor { return minus(x, ask(body, ask(norm, x))) }), "That is x - F(norm(x))"),
			"subtracted the other way": labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor { return minus(ask(body, ask(norm, x)), x) }), "That is F(norm(x)) - x"),
			"x is overwritten": labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor {
				for i, v := range ask(body, ask(norm, x)).Data {
					x.Data[i] += v
				}
				return x
			}), "x is [11 -19] afterwards"),
			"what the body returned is overwritten": labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor {
				y := ask(body, ask(norm, x))
				for i, v := range x.Data {
					y.Data[i] += v
				}
				return y
			}), "what the body returned is [11 -19] afterwards"),
			"what the norm returned is overwritten": labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor {
				quiet := ask(norm, x)
				y := ask(body, quiet)
				for i, v := range y.Data {
					quiet.Data[i] = x.Data[i] + v
				}
				return quiet
			}), "what the norm returned is [11 -19] afterwards"),
			"the body is asked twice": labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor {
				ask(body, ask(norm, x))
				return plus(x, ask(body, ask(norm, x)))
			}), "the norm is asked 2 times and the body 2 times"),
			"nothing is returned": labtest.Refused(f(func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor { return nil }), "yours returns nil"),
		},
	}
}

// plus adds two tensors of one shape and changes neither.
func plus(a, b *nn.Tensor) *nn.Tensor {
	sum := a.Clone()
	for i, v := range b.Data {
		sum.Data[i] += v
	}
	return sum
}
