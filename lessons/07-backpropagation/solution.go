// Package backpropagation holds the solutions of lesson 07 and the checks that
// judge a learner's.
package backpropagation

import "reslab/nn"

// A value is a number that remembers what it was computed from.
type value struct {
	data, grad float64
	from       []*value
	back       func() // hands grad on to from
}

// plus adds two values.
func plus(a, b *value) *value {
	sum := &value{data: a.data + b.data, from: []*value{a, b}}
	sum.back = func() {
		a.grad += sum.grad
		b.grad += sum.grad
	}
	return sum
}

// times multiplies two values.
func times(a, b *value) *value {
	product := &value{data: a.data * b.data, from: []*value{a, b}}
	product.back = func() {
		a.grad += b.data * product.grad
		b.grad += a.data * product.grad
	}
	return product
}

// backward walks from the result to the inputs, each value after all that were
// computed from it.
func backward(result *value) {
	var order []*value
	seen := map[*value]bool{}
	var visit func(v *value)
	visit = func(v *value) {
		if seen[v] {
			return
		}
		seen[v] = true
		for _, f := range v.from {
			visit(f)
		}
		order = append(order, v)
	}
	visit(result)
	result.grad = 1
	for i := len(order) - 1; i >= 0; i-- {
		if order[i].back != nil {
			order[i].back()
		}
	}
}

// slopes returns three slopes at x, found by the tape: of x*x + x, of x + x and
// of x*x*x.
func slopes(x float64) (a, b, c float64) {
	u, v, w := &value{data: x}, &value{data: x}, &value{data: x}
	backward(plus(times(u, u), u))
	backward(plus(v, v))
	backward(times(times(w, w), w))
	return u.grad, v.grad, w.grad
}

// linearBackward returns dL/dx [N, In] and dL/dw [In, Out] of y = x w, when
// dL/dy [N, Out] is dy.
func linearBackward(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
	dx, dw = nn.NewTensor(x.Shape...), nn.NewTensor(w.Shape...)
	for n := range x.Shape[0] {
		for i := range w.Shape[0] {
			for o := range w.Shape[1] {
				dx.Set(dx.At(n, i)+dy.At(n, o)*w.At(i, o), n, i)
				dw.Set(dw.At(i, o)+x.At(n, i)*dy.At(n, o), i, o)
			}
		}
	}
	return dx, dw
}

// poolBackward returns dL/dx [H, W] of maximum pooling with windows of k by k
// that do not overlap, when dL/dy is dy.
func poolBackward(x, dy *nn.Tensor, k int) *nn.Tensor {
	dx := nn.NewTensor(x.Shape...)
	for i := range dy.Shape[0] {
		for j := range dy.Shape[1] {
			row, column := i*k, j*k // of the largest so far
			for p := range k {
				for q := range k {
					if x.At(i*k+p, j*k+q) > x.At(row, column) {
						row, column = i*k+p, j*k+q
					}
				}
			}
			dx.Set(dy.At(i, j), row, column)
		}
	}
	return dx
}

// convBackward returns dL/dx [H, W] and dL/dw [K, K] of a convolution without
// padding and with stride 1, when dL/dy is dy.
func convBackward(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
	dx, dw = nn.NewTensor(x.Shape...), nn.NewTensor(w.Shape...)
	for i := range dy.Shape[0] {
		for j := range dy.Shape[1] {
			for p := range w.Shape[0] {
				for q := range w.Shape[1] {
					dx.Set(dx.At(i+p, j+q)+w.At(p, q)*dy.At(i, j), i+p, j+q)
					dw.Set(dw.At(p, q)+x.At(i+p, j+q)*dy.At(i, j), p, q)
				}
			}
		}
	}
	return dx, dw
}
