package backpropagation

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
	"reslab/nn"
)

type convFunc = func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor)

// A convolved is a question for convBackward.
type convolved struct{ h, w, k int }

var convolutions = []convolved{{1, 1, 1}, {1, 2, 1}, {2, 2, 2}, {2, 3, 2}, {3, 3, 2}, {4, 5, 3}, {3, 3, 1}}

func (c convolved) tensors() (x, w, dy *nn.Tensor) {
	return whole(11, c.h, c.w), whole(12, c.k, c.k), whole(13, c.h-c.k+1, c.w-c.k+1)
}

// convWith returns convBackward with other steps in the middle of the loops:
// from output (i, j) and weight (p, q) it changes dx and dw.
func convWith(step func(x, w, dy, dx, dw *nn.Tensor, i, j, p, q int)) convFunc {
	return func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
		dx, dw = nn.NewTensor(x.Shape...), nn.NewTensor(w.Shape...)
		for i := range dy.Shape[0] {
			for j := range dy.Shape[1] {
				for p := range w.Shape[0] {
					for q := range w.Shape[1] {
						step(x, w, dy, dx, dw, i, j, p, q)
					}
				}
			}
		}
		return dx, dw
	}
}

func add(t *nn.Tensor, v float32, i, j int) { t.Set(t.At(i, j)+v, i, j) }

var convSlips = []slip.Slip[convFunc]{
	{Advice: "Both are zero: the loops are still missing.", Wrong: convWith(func(x, w, dy, dx, dw *nn.Tensor, i, j, p, q int) {})},
	{Advice: "dw is still zero.", Wrong: convWith(func(x, w, dy, dx, dw *nn.Tensor, i, j, p, q int) { add(dx, w.At(p, q)*dy.At(i, j), i+p, j+q) })},
	{Advice: "dx is still zero.", Wrong: convWith(func(x, w, dy, dx, dw *nn.Tensor, i, j, p, q int) { add(dw, x.At(i+p, j+q)*dy.At(i, j), p, q) })},
	{Advice: "A pixel lies under several windows, and a weight is used at every stop: add what comes back, and do not overwrite it.", Wrong: convWith(func(x, w, dy, dx, dw *nn.Tensor, i, j, p, q int) {
		dx.Set(w.At(p, q)*dy.At(i, j), i+p, j+q)
		dw.Set(x.At(i+p, j+q)*dy.At(i, j), p, q)
	})},
	{Advice: "In dx the weights are turned by half: the pixel under weight (p, q) gets that weight, w.At(p, q).", Wrong: convWith(func(x, w, dy, dx, dw *nn.Tensor, i, j, p, q int) {
		k := w.Shape[0]
		add(dx, w.At(k-1-p, k-1-q)*dy.At(i, j), i+p, j+q)
		add(dw, x.At(i+p, j+q)*dy.At(i, j), p, q)
	})},
	{Advice: "Rows and columns of the weight have changed places: w.At(p, q), not w.At(q, p).", Wrong: convWith(func(x, w, dy, dx, dw *nn.Tensor, i, j, p, q int) {
		add(dx, w.At(q, p)*dy.At(i, j), i+p, j+q)
		add(dw, x.At(i+p, j+q)*dy.At(i, j), p, q)
	})},
	{Advice: "x and w have changed places: in a product each factor gets the other one.", Wrong: convWith(func(x, w, dy, dx, dw *nn.Tensor, i, j, p, q int) {
		add(dx, x.At(i+p, j+q)*dy.At(i, j), i+p, j+q)
		add(dw, w.At(p, q)*dy.At(i, j), p, q)
	})},
	{Advice: "The window starts at (i, j): the pixel under weight (p, q) is (i+p, j+q).", Wrong: convWith(func(x, w, dy, dx, dw *nn.Tensor, i, j, p, q int) {
		add(dx, w.At(p, q)*dy.At(i, j), i, j)
		add(dw, x.At(i, j)*dy.At(i, j), p, q)
	})},
	{Advice: "The sign is wrong. To go downhill is the optimiser's business, not the gradient's.", Wrong: convWith(func(x, w, dy, dx, dw *nn.Tensor, i, j, p, q int) {
		add(dx, -w.At(p, q)*dy.At(i, j), i+p, j+q)
		add(dw, -x.At(i+p, j+q)*dy.At(i, j), p, q)
	})},
}

func checkConv(yours convFunc) string {
	for _, c := range convolutions {
		x, w, dy := c.tensors()
		wantX, wantW := convBackward(x, w, dy)
		var dx, dw *nn.Tensor
		if sentence := lab.Panics(func() { dx, dw = yours(x, w, dy) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", c, sentence)
		}
		for _, r := range []struct {
			name      string
			byHand    func(at int) string
			got, want *nn.Tensor
		}{{"dx", c.dxByHand, dx, wantX}, {"dw", c.dwByHand, dw, wantW}} {
			if problem := shapeProblem(r.name, r.got, r.want); problem != "" {
				return fmt.Sprintf("For %v, %s", c, problem)
			}
			if at, ok := differ(r.got, r.want); !ok {
				return strings.TrimSpace(fmt.Sprintf("For %v, %s in row %d, column %d is %v. By hand: %s. %s", c, r.name, at/r.want.Shape[1], at%r.want.Shape[1], r.got.Data[at], r.byHand(at), slip.Find(yours, convSlips, convolutions, answerConv)))
			}
		}
		if freshX, freshW, freshDy := c.tensors(); !slices.Equal(x.Data, freshX.Data) || !slices.Equal(w.Data, freshW.Data) || !slices.Equal(dy.Data, freshDy.Data) {
			return fmt.Sprintf("For %v yours changes its arguments. They belong to others: write into dx and dw alone.", c)
		}
	}
	return ""
}

func (c convolved) String() string {
	x, w, dy := c.tensors()
	return fmt.Sprintf("x=%s w=%s dy=%s", rows(x), rows(w), rows(dy))
}

// dxByHand lists the windows over a pixel.
func (c convolved) dxByHand(at int) string {
	_, w, dy := c.tensors()
	row, column := at/c.w, at%c.w
	var terms []string
	sum := float32(0)
	for i := range dy.Shape[0] {
		for j := range dy.Shape[1] {
			if p, q := row-i, column-j; p >= 0 && p < c.k && q >= 0 && q < c.k {
				terms = append(terms, fmt.Sprintf("%v*%v", w.At(p, q), dy.At(i, j)))
				sum += w.At(p, q) * dy.At(i, j)
			}
		}
	}
	return fmt.Sprintf("the pixel lies under %s, %s = %v", slip.Plural(len(terms), "window"), strings.Join(terms, " + "), sum)
}

// dwByHand lists the stops at which a weight is used.
func (c convolved) dwByHand(at int) string {
	x, _, dy := c.tensors()
	p, q := at/c.k, at%c.k
	var terms []string
	sum := float32(0)
	for i := range dy.Shape[0] {
		for j := range dy.Shape[1] {
			terms = append(terms, fmt.Sprintf("%v*%v", x.At(i+p, j+q), dy.At(i, j)))
			sum += x.At(i+p, j+q) * dy.At(i, j)
		}
	}
	if len(terms) > 6 {
		terms = append(terms[:5], "and so on")
	}
	return fmt.Sprintf("the weight is used at every stop of the window, %s = %v", strings.Join(terms, " + "), sum)
}

func answerConv(f convFunc, c convolved) string {
	dx, dw := f(c.tensors())
	return signature(dx) + signature(dw)
}
