package backpropagation

import (
	"maps"
	"slices"
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/lessons/lab/slip"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "07", twiceAnswers(), linearAnswers(), poolAnswers(), convAnswers())
}

// slopesBy is slopes on a tape whose values hand on their gradients as given:
// for a sum and for a product.
func slopesBy(sumBack, productBack func(a, b *value, grad float64)) slopesFunc {
	node := func(data float64, a, b *value, back func(a, b *value, grad float64)) *value {
		v := &value{data: data, from: []*value{a, b}}
		v.back = func() { back(a, b, v.grad) }
		return v
	}
	plus := func(a, b *value) *value { return node(a.data+b.data, a, b, sumBack) }
	times := func(a, b *value) *value { return node(a.data*b.data, a, b, productBack) }
	return func(x float64) (a, b, c float64) {
		u, v, w := &value{data: x}, &value{data: x}, &value{data: x}
		backward(plus(times(u, u), u))
		backward(plus(v, v))
		backward(times(times(w, w), w))
		return u.grad, v.grad, w.grad
	}
}

func rightSum(a, b *value, grad float64) { a.grad += grad; b.grad += grad }

func rightProduct(a, b *value, grad float64) { a.grad += b.data * grad; b.grad += a.data * grad }

func twiceAnswers() labtest.Exercise {
	return labtest.Exercise{
		Name: "twice",
		Right: map[string]any{
			"the solution":  slopesFunc(slopes),
			"another order": slopesBy(func(a, b *value, grad float64) { b.grad += grad; a.grad += grad }, rightProduct),
			"a long way": slopesBy(rightSum, func(a, b *value, grad float64) {
				left, right := b.data*grad, a.data*grad
				a.grad, b.grad = a.grad+left, b.grad+right
				if a == b {
					a.grad += left // the pair above kept the second only
				}
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"= in the place of +=":         labtest.Refused(slopesBy(overwritingSum, overwritingProduct), "each use overwrites the gradient of the one before"),
			"plus alone is mended":         labtest.Refused(slopesBy(rightSum, overwritingProduct), "each use overwrites the gradient of the one before"),
			"times alone is mended":        labtest.Refused(slopesBy(overwritingSum, rightProduct), "For x + x at x=3 yours gives 1. A nudge says: it goes from 6 to 6.002, by 2 times 0.001. Of the two uses of x only one arrives: in plus, too"),
			"= in the first line of times": labtest.Refused(slopesBy(rightSum, func(a, b *value, grad float64) { a.grad = b.data * grad; b.grad += a.data * grad }), "The sum's part is lost"),
			"one factor alone":             labtest.Refused(slopesBy(rightSum, func(a, b *value, grad float64) { a.grad += b.data * grad }), "only one arrives"),
			"two at once, from the old": labtest.Refused(slopesBy(rightSum, func(a, b *value, grad float64) {
				a.grad, b.grad = a.grad+b.data*grad, b.grad+a.data*grad
			}), "the second line of times overwrites the first"),
			"times hands nothing on":       labtest.Refused(slopesBy(rightSum, func(a, b *value, grad float64) {}), "That is the sum's part alone"),
			"the gradient as it is":        labtest.Refused(slopesBy(rightSum, rightSum), "each factor gets the other one times the gradient"),
			"added in place of multiplied": labtest.Refused(slopesBy(rightSum, func(a, b *value, grad float64) { a.grad += b.data + grad; b.grad += a.data + grad }), "has to be multiplied, not added"),
			"-= in the place of +=": labtest.Refused(slopesBy(
				func(a, b *value, grad float64) { a.grad -= grad; b.grad -= grad },
				func(a, b *value, grad float64) { a.grad -= b.data * grad; b.grad -= a.data * grad },
			), "+= and not -="),
			"each factor gets itself":             labtest.Refused(slopesBy(rightSum, func(a, b *value, grad float64) { a.grad += a.data * grad; b.grad += b.data * grad }), "For x*x*x at x=3 yours gives 57. A nudge says: it goes from 27 to 27.027, by 27 times 0.001. In x*x*x the two factors of a product differ."),
			"the product's gradient is forgotten": labtest.Refused(slopesBy(rightSum, func(a, b *value, grad float64) { a.grad += b.data; b.grad += a.data }), "times product.grad"),
			"the value":                           labtest.Refused(slopesFunc(func(x float64) (a, b, c float64) { return x*x + x, x + x, x * x * x }), "and not its slope"),
			"nothing":                             labtest.Refused(slopesFunc(func(x float64) (a, b, c float64) { return 0, 0, 0 }), "Nothing arrives at x"),
		},
	}
}

func overwritingSum(a, b *value, grad float64) { a.grad = grad; b.grad = grad }

func overwritingProduct(a, b *value, grad float64) { a.grad = b.data * grad; b.grad = a.data * grad }

// oneSided are mistakes on one side alone, the other being right.
func oneSided(which string, slips []slip.Slip[side], join func(side) backFunc, mistakes ...string) map[string]labtest.Wrong {
	wrong := map[string]labtest.Wrong{}
	for i, mistake := range mistakes {
		wrong[which+": "+mistake] = labtest.Refused(join(slips[i].Wrong), slips[i].Advice)
	}
	return wrong
}

// rest is the right other side.
func rest(right backFunc) (withDx, withDw func(side) backFunc) {
	return func(s side) backFunc { return both(s, onlyW(right)) }, func(s side) backFunc { return both(onlyX(right), s) }
}

func linearAnswers() labtest.Exercise {
	f := func(f backFunc) backFunc { return f }
	answers := labtest.Exercise{
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
			"the stub":                      labtest.Refused(both(linearDxSlips[0].Wrong, linearDwSlips[0].Wrong), "Hole 1 is still empty"),
			"x and w swapped":               labtest.Refused(both(linearDxSlips[1].Wrong, linearDwSlips[1].Wrong), "x and w have changed places"),
			"forward again":                 labtest.Refused(both(linearDxSlips[2].Wrong, linearDwSlips[2].Wrong), "as Forward does"),
			"a step in place of a gradient": labtest.Refused(both(linearDxSlips[6].Wrong, linearDwSlips[6].Wrong), "To go downhill is the optimiser's business"),
			"results swapped": labtest.Refused(f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
				dw, dx = linearBackward(x, w, dy)
				return dx, dw
			}), "dx and dw have changed places"),
			"one row too many": labtest.Refused(f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
				x.At(x.Shape[0], 0)
				return linearBackward(x, w, dy)
			}), "yours panics: nn: Tensor: index [1 0] is outside the shape [1 1]."),
			"dw of the wrong shape": labtest.Refused(f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
				dx, dw = linearBackward(x, w, dy)
				return dx, dw.Reshape(w.Shape[1], w.Shape[0])
			}), "A gradient has the shape of that whose gradient it is"),
			"nil": labtest.Refused(f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) { return nil, nil }), "dx is nil"),
			"into the arguments": labtest.Refused(f(func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
				dx, dw = linearBackward(x, w, dy)
				x.Data[0]++
				return dx, dw
			}), "changes its arguments"),
		},
	}
	withDx, withDw := rest(linearBackward)
	mistakes := []string{"nothing", "itself", "forward again", "dy alone", "no dy", "a sum", "the sign", "overwritten", "dy turned over", "the first row alone", "the first row is left out", "the mean of the batch", "indices swapped"}
	maps.Copy(answers.Wrong, oneSided("dx", linearDxSlips, withDx, mistakes...))
	maps.Copy(answers.Wrong, oneSided("dw", linearDwSlips, withDw, mistakes...))
	return answers
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
								before := p < i || p == i && q < j
								best = best && (x.At(p, q) < x.At(i, j) || x.At(p, q) == x.At(i, j) && !before)
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
	for i, mistake := range []string{"the stub", "all of the window", "as the average", "the losers", "the first pixel", "the pixel in place of dy", "one winner for all",
		"a search that begins at zero", "the same, and the first pixel of the picture gets it", "the same, and the first pixel of the window gets it", "all equals", "the last of equals",
		"the smallest", "the search begins with the picture", "the first pixel has no place", "a window too small", "the place of the window", "windows that overlap", "the same, and the search begins where it should", "all that were the largest for a while",
		"1 in place of dy", "times itself", "the sign", "the last windows are missing", "as many windows side by side as below each other"} {
		answers.Wrong[mistake] = labtest.Refused(poolSlips[i].Wrong, poolSlips[i].Advice)
	}
	return answers
}

func convAnswers() labtest.Exercise {
	f := func(f backFunc) backFunc { return f }
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
	withDx, withDw := rest(convBackward)
	answers.Wrong["the stub"] = labtest.Refused(both(convDxSlips[0].Wrong, convDwSlips[0].Wrong), "dx is still zero")
	answers.Wrong["x and w swapped"] = labtest.Refused(both(convDxSlips[4].Wrong, convDwSlips[3].Wrong), "x and w have changed places")
	answers.Wrong["a step in place of a gradient"] = labtest.Refused(both(convDxSlips[8].Wrong, convDwSlips[8].Wrong), wrongSign)
	maps.Copy(answers.Wrong, oneSided("dx", checkConv.dxSlips, withDx, slices.Concat([]string{"nothing", "overwritten", "weights turned round", "rows and columns of the weight swapped", "itself", "the place in the window is forgotten", "rows and columns of the pixel swapped", "no dy", "the sign"}, bounds)...))
	maps.Copy(answers.Wrong, oneSided("dw", checkConv.dwSlips, withDw, slices.Concat([]string{"nothing", "overwritten", "rows and columns swapped", "itself", "the place in the window is forgotten", "rows and columns of the pixel swapped", "no dy", "the mean of the stops", "the sign"}, bounds)...))
	return answers
}

// bounds are the mistakes of boundSlips.
var bounds = []string{"the last row and column of stops missing", "a window too small", "the last row of stops missing", "a window too low", "the last column of stops missing", "a window too narrow", "as many stops side by side as below each other"}
