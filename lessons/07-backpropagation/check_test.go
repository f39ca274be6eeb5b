package backpropagation

import (
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "07", twiceAnswers(), linearAnswers(), poolAnswers(), convAnswers())
}

// gradientBy is gradientAt on a tape whose values hand on their gradients as
// given: for a sum and for a product.
func gradientBy(sumBack, productBack func(a, b *value, grad float64)) gradientFunc {
	return func(x float64) float64 {
		v := &value{data: x}
		product := &value{data: x * x, from: []*value{v, v}}
		product.back = func() { productBack(v, v, product.grad) }
		sum := &value{data: product.data + x, from: []*value{product, v}}
		sum.back = func() { sumBack(product, v, sum.grad) }
		backward(sum)
		return v.grad
	}
}

func rightSum(a, b *value, grad float64) { a.grad += grad; b.grad += grad }

func rightProduct(a, b *value, grad float64) { a.grad += b.data * grad; b.grad += a.data * grad }

func twiceAnswers() labtest.Exercise {
	return labtest.Exercise{
		Name: "twice",
		Right: map[string]any{
			"the solution":  gradientFunc(gradientAt),
			"another order": gradientBy(func(a, b *value, grad float64) { b.grad += grad; a.grad += grad }, rightProduct),
			"a long way": gradientBy(rightSum, func(a, b *value, grad float64) {
				left, right := b.data*grad, a.data*grad
				a.grad, b.grad = a.grad+left, b.grad+right
				if a == b {
					a.grad += left // the pair above kept the second only
				}
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"= in the place of +=": labtest.Refused(gradientBy(
				func(a, b *value, grad float64) { a.grad = grad; b.grad = grad },
				func(a, b *value, grad float64) { a.grad = b.data * grad; b.grad = a.data * grad },
			), "each use overwrites the gradient of the one before"),
			"= in the first line of times": labtest.Refused(gradientBy(rightSum,
				func(a, b *value, grad float64) { a.grad = b.data * grad; b.grad += a.data * grad },
			), "The sum's part is lost"),
			"one factor alone": labtest.Refused(gradientBy(rightSum,
				func(a, b *value, grad float64) { a.grad += b.data * grad },
			), "only one arrives"),
			"times hands nothing on": labtest.Refused(gradientBy(rightSum, func(a, b *value, grad float64) {}), "That is the sum's part alone"),
			"the gradient as it is": labtest.Refused(gradientBy(rightSum,
				func(a, b *value, grad float64) { a.grad += grad; b.grad += grad },
			), "each factor gets the other one times the gradient"),
			"added in place of multiplied": labtest.Refused(gradientBy(rightSum,
				func(a, b *value, grad float64) { a.grad += b.data + grad; b.grad += a.data + grad },
			), "has to be multiplied, not added"),
			"the value": labtest.Refused(gradientFunc(func(x float64) float64 { return x*x + x }), "and not its slope"),
			"nothing":   labtest.Refused(gradientFunc(func(x float64) float64 { return 0 }), "Nothing arrives at x"),
		},
	}
}

func linearAnswers() labtest.Exercise {
	f := func(f linearFunc) linearFunc { return f }
	return labtest.Exercise{
		Name: "linear-back",
		Right: map[string]any{
			"the solution": f(linearBackward),
			"the library's layer": f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
				l := nn.NewLinear(w.Shape[0], w.Shape[1])
				copy(l.Weight.Value.Data, w.Data)
				l.Forward(x, true)
				return l.Backward(dy), l.Weight.Grad
			}),
			"two loops apart": f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
				dx, dw = nn.NewTensor(x.Shape...), nn.NewTensor(w.Shape...)
				for i := range w.Shape[0] {
					for n := range x.Shape[0] {
						var sum float32
						for o := range w.Shape[1] {
							sum += w.At(i, o) * dy.At(n, o)
						}
						dx.Set(sum, n, i)
					}
					for o := range w.Shape[1] {
						var sum float32
						for n := range x.Shape[0] {
							sum += dy.At(n, o) * x.At(n, i)
						}
						dw.Set(sum, i, o)
					}
				}
				return dx, dw
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the stub":                      labtest.Refused(linearSlips[0].Wrong, "the holes are still empty"),
			"hole 2 is empty":               labtest.Refused(linearSlips[1].Wrong, "Hole 2 is still empty"),
			"x and w swapped":               labtest.Refused(linearSlips[2].Wrong, "x and w have changed places"),
			"forward again":                 labtest.Refused(linearSlips[3].Wrong, "as Forward does"),
			"the factor is missing":         labtest.Refused(linearSlips[4].Wrong, "The factor is missing"),
			"a step in place of a gradient": labtest.Refused(linearSlips[5].Wrong, "To go downhill is the optimiser's business"),
			"overwritten":                   labtest.Refused(linearSlips[6].Wrong, "do not overwrite it"),
			"dw of the wrong shape": labtest.Refused(f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
				dx, _ = linearBackward(x, w, dy)
				return dx, nn.NewTensor(w.Shape[1], w.Shape[0])
			}), "A gradient has the shape of that whose gradient it is"),
			"nil": labtest.Refused(f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) { return nil, nil }), "dx is nil"),
			"into the arguments": labtest.Refused(f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
				dx, dw = linearBackward(x, w, dy)
				x.Data[0]++
				return dx, dw
			}), "changes its arguments"),
		},
	}
}

func poolAnswers() labtest.Exercise {
	f := func(f poolFunc) poolFunc { return f }
	answers := labtest.Exercise{
		Name: "pool-back",
		Right: map[string]any{
			"the solution": f(poolBackward),
			"the library's layer": f(func(x, dy *nn.Tensor, k int) *nn.Tensor {
				pool := nn.NewMaxPool2D(nn.PoolConfig{Kernel: k, Stride: k})
				pool.Forward(x.Reshape(1, x.Shape[0], x.Shape[1], 1), true)
				return pool.Backward(dy.Reshape(1, dy.Shape[0], dy.Shape[1], 1)).Reshape(x.Shape...)
			}),
			"over the pixels": f(func(x, dy *nn.Tensor, k int) *nn.Tensor {
				dx := nn.NewTensor(x.Shape...)
				for i := range x.Shape[0] {
					for j := range x.Shape[1] {
						best := true
						for p := i / k * k; p < i/k*k+k; p++ {
							for q := j / k * k; q < j/k*k+k; q++ {
								best = best && x.At(p, q) <= x.At(i, j)
							}
						}
						if best {
							dx.Set(dy.At(i/k, j/k), i, j)
						}
					}
				}
				return dx
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"nil": labtest.Refused(f(func(x, dy *nn.Tensor, k int) *nn.Tensor { return nil }), "dx is nil"),
		},
	}
	for i, mistake := range []string{"the stub", "all of the window", "as the average", "the losers", "the first pixel", "the pixel in place of dy", "one winner for all", "a search that begins at zero"} {
		answers.Wrong[mistake] = labtest.Refused(poolSlips[i].Wrong, poolSlips[i].Advice)
	}
	return answers
}

func convAnswers() labtest.Exercise {
	f := func(f convFunc) convFunc { return f }
	answers := labtest.Exercise{
		Name: "conv-back",
		Right: map[string]any{
			"the solution": f(convBackward),
			"the library's layer": f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
				conv := nn.NewConv2D(nn.ConvConfig{In: 1, Out: 1, Kernel: w.Shape[0]})
				copy(conv.Weight.Value.Data, w.Data)
				conv.Forward(x.Reshape(1, x.Shape[0], x.Shape[1], 1), true)
				dx = conv.Backward(dy.Reshape(1, dy.Shape[0], dy.Shape[1], 1)).Reshape(x.Shape...)
				return dx, conv.Weight.Grad.Reshape(w.Shape...)
			}),
			"the pixel asks": f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
				_, dw = convBackward(x, w, dy)
				dx = nn.NewTensor(x.Shape...)
				for r := range x.Shape[0] {
					for c := range x.Shape[1] {
						var sum float32
						for p := range w.Shape[0] {
							for q := range w.Shape[1] {
								if i, j := r-p, c-q; i >= 0 && j >= 0 && i < dy.Shape[0] && j < dy.Shape[1] {
									sum += w.At(p, q) * dy.At(i, j)
								}
							}
						}
						dx.Set(sum, r, c)
					}
				}
				return dx, dw
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"a panic": labtest.Refused(f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) { panic("no") }), "yours panics: no."),
		},
	}
	for i, mistake := range []string{"the stub", "no dw", "no dx", "overwritten", "weights turned round", "rows and columns of the weight swapped", "x and w swapped", "the place in the window is forgotten", "a step in place of a gradient"} {
		answers.Wrong[mistake] = labtest.Refused(convSlips[i].Wrong, convSlips[i].Advice)
	}
	return answers
}
