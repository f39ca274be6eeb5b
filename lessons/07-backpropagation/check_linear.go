package backpropagation

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
	"reslab/nn"
)

type linearFunc = func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor)

// A layer is a question for linearBackward.
type layer struct{ n, in, out int }

var layers = []layer{{1, 1, 1}, {1, 2, 1}, {1, 1, 2}, {2, 1, 1}, {1, 2, 3}, {2, 3, 2}, {3, 2, 4}}

func (l layer) tensors() (x, w, dy *nn.Tensor) {
	return whole(3, l.n, l.in), whole(5, l.in, l.out), whole(8, l.n, l.out)
}

// linearWith returns linearBackward with other products in the middle of the
// loops.
func linearWith(dxTerm, dwTerm func(x, w, dy float32) float32) linearFunc {
	return func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
		dx, dw = nn.NewTensor(x.Shape...), nn.NewTensor(w.Shape...)
		for n := range x.Shape[0] {
			for i := range w.Shape[0] {
				for o := range w.Shape[1] {
					a, b, d := x.At(n, i), w.At(i, o), dy.At(n, o)
					dx.Set(dx.At(n, i)+dxTerm(a, b, d), n, i)
					dw.Set(dw.At(i, o)+dwTerm(a, b, d), i, o)
				}
			}
		}
		return dx, dw
	}
}

var linearSlips = []slip.Slip[linearFunc]{
	{Advice: "Both are zero: the holes are still empty.", Wrong: linearWith(func(x, w, d float32) float32 { return 0 }, func(x, w, d float32) float32 { return 0 })},
	{Advice: "dx is right. Hole 2 is still empty.", Wrong: linearWith(func(x, w, d float32) float32 { return w * d }, func(x, w, d float32) float32 { return 0 })},
	{Advice: "x and w have changed places: in a product each factor gets the other one.", Wrong: linearWith(func(x, w, d float32) float32 { return x * d }, func(x, w, d float32) float32 { return w * d })},
	{Advice: "That computes as Forward does. On the way back dy takes part, in both.", Wrong: linearWith(func(x, w, d float32) float32 { return x * w }, func(x, w, d float32) float32 { return x * w })},
	{Advice: "The factor is missing: how far y moves when x does is w, and the other way round.", Wrong: linearWith(func(x, w, d float32) float32 { return d }, func(x, w, d float32) float32 { return d })},
	{Advice: "The sign is wrong. To go downhill is the optimiser's business, not the gradient's.", Wrong: linearWith(func(x, w, d float32) float32 { return -w * d }, func(x, w, d float32) float32 { return -x * d })},
	{Advice: "A number that is used more than once gets the sum of what comes back: add to what is there, and do not overwrite it.", Wrong: func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor) {
		dx, dw = nn.NewTensor(x.Shape...), nn.NewTensor(w.Shape...)
		for n := range x.Shape[0] {
			for i := range w.Shape[0] {
				for o := range w.Shape[1] {
					dx.Set(dy.At(n, o)*w.At(i, o), n, i)
					dw.Set(x.At(n, i)*dy.At(n, o), i, o)
				}
			}
		}
		return dx, dw
	}},
}

func checkLinear(yours linearFunc) string {
	for _, l := range layers {
		x, w, dy := l.tensors()
		wantX, wantW := linearBackward(x, w, dy)
		var dx, dw *nn.Tensor
		if sentence := lab.Panics(func() { dx, dw = yours(x, w, dy) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", l, sentence)
		}
		for _, r := range []struct {
			name, byHand string
			got, want    *nn.Tensor
		}{{"dx", l.dxByHand(), dx, wantX}, {"dw", l.dwByHand(), dw, wantW}} {
			if problem := shapeProblem(r.name, r.got, r.want); problem != "" {
				return fmt.Sprintf("For %v, %s", l, problem)
			}
			if at, ok := differ(r.got, r.want); !ok {
				return strings.TrimSpace(fmt.Sprintf("For %v, %s is %s, and the first wrong number is %v. By hand: %s. %s", l, r.name, rows(r.got), r.got.Data[at], r.byHand, slip.Find(yours, linearSlips, layers, answerLinear)))
			}
		}
		if freshX, freshW, freshDy := l.tensors(); !slices.Equal(x.Data, freshX.Data) || !slices.Equal(w.Data, freshW.Data) || !slices.Equal(dy.Data, freshDy.Data) {
			return fmt.Sprintf("For %v yours changes its arguments. They belong to others: write into dx and dw alone.", l)
		}
	}
	return ""
}

func (l layer) String() string {
	x, w, dy := l.tensors()
	return fmt.Sprintf("x=%s w=%s dy=%s", rows(x), rows(w), rows(dy))
}

// dxByHand follows the first number of dx.
func (l layer) dxByHand() string {
	_, w, dy := l.tensors()
	var terms []string
	for o := range l.out {
		terms = append(terms, fmt.Sprintf("%v*%v", dy.At(0, o), w.At(0, o)))
	}
	want, _ := linearBackward(l.tensors())
	return fmt.Sprintf("x[0][0] reaches every output, so dx[0][0] = %s = %v, and dx is %s", strings.Join(terms, " + "), want.Data[0], rows(want))
}

func (l layer) dwByHand() string {
	x, _, dy := l.tensors()
	var terms []string
	for n := range l.n {
		terms = append(terms, fmt.Sprintf("%v*%v", x.At(n, 0), dy.At(n, 0)))
	}
	_, want := linearBackward(l.tensors())
	return fmt.Sprintf("w[0][0] is used for every row, so dw[0][0] = %s = %v, and dw is %s", strings.Join(terms, " + "), want.Data[0], rows(want))
}

func answerLinear(f linearFunc, l layer) string {
	dx, dw := f(l.tensors())
	return signature(dx) + signature(dw)
}
