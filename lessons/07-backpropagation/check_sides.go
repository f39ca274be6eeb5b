package backpropagation

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
	"reslab/nn"
)

// A backFunc is a way back: from dL/dy to dL/dx and dL/dw.
type backFunc = func(x, w, dy *nn.Tensor) (dx, dw *nn.Tensor)

// A side is one of its two results. Most mistakes are made on one side alone.
type side = func(x, w, dy *nn.Tensor) *nn.Tensor

func onlyX(f backFunc) side {
	return func(x, w, dy *nn.Tensor) *nn.Tensor { dx, _ := f(x, w, dy); return dx }
}

func onlyW(f backFunc) side {
	return func(x, w, dy *nn.Tensor) *nn.Tensor { _, dw := f(x, w, dy); return dw }
}

// both joins two sides.
func both(dx, dw side) backFunc {
	return func(x, w, dy *nn.Tensor) (*nn.Tensor, *nn.Tensor) { return dx(x, w, dy), dw(x, w, dy) }
}

// A question is a case for a way back, with a number of each result by hand.
type question interface {
	fmt.Stringer
	tensors() (x, w, dy *nn.Tensor)
	dxByHand(row, column int) string
	dwByHand(row, column int) string
}

// A backCheck judges a way back.
type backCheck[Q question] struct {
	solution         backFunc
	questions        []Q
	dxSlips, dwSlips []slip.Slip[side]
}

func (b backCheck[Q]) judge(yours backFunc) string {
	for _, q := range b.questions {
		x, w, dy := q.tensors()
		wantX, wantW := b.solution(x, w, dy)
		var dx, dw *nn.Tensor
		if sentence := lab.Panics(func() { dx, dw = yours(x, w, dy) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("For %v yours panics: %s. %s", q, sentence, b.whyPanic(yours)))
		}
		for _, r := range []struct {
			name      string
			got, want *nn.Tensor
			byHand    func(row, column int) string
			advice    func() string
		}{
			{"dx", dx, wantX, q.dxByHand, func() string { return b.advice(onlyX(yours), b.dxSlips, onlyW) }},
			{"dw", dw, wantW, q.dwByHand, func() string { return b.advice(onlyW(yours), b.dwSlips, onlyX) }},
		} {
			if problem := shapeProblem(r.name, r.got, r.want); problem != "" {
				return fmt.Sprintf("For %v, %s", q, problem)
			}
			if at, ok := differ(r.got, r.want); !ok {
				row, column := at/r.want.Shape[1], at%r.want.Shape[1]
				return strings.TrimSpace(fmt.Sprintf("For %v, %s[%d][%d] is %v. By hand: %s. %s", q, r.name, row, column, r.got.Data[at], r.byHand(row, column), r.advice()))
			}
		}
		if freshX, freshW, freshDy := q.tensors(); !slices.Equal(x.Data, freshX.Data) || !slices.Equal(w.Data, freshW.Data) || !slices.Equal(dy.Data, freshDy.Data) {
			return fmt.Sprintf("For %v yours changes its arguments. They belong to others: write into dx and dw alone.", q)
		}
	}
	return ""
}

func (b backCheck[Q]) advice(yours side, slips []slip.Slip[side], other func(backFunc) side) string {
	swapped := slip.Slip[side]{Advice: "dx and dw have changed places: dx comes first.", Wrong: other(b.solution)}
	return slip.Find(yours, append(slices.Clip(slips), swapped), b.questions, func(f side, q Q) string { return signature(f(q.tensors())) })
}

// whyPanic looks on both sides: either may be what panics.
func (b backCheck[Q]) whyPanic(yours backFunc) string {
	if advice := b.advice(onlyX(yours), b.dxSlips, onlyW); advice != "" {
		return advice
	}
	return b.advice(onlyW(yours), b.dwSlips, onlyX)
}

// sum writes a sum of products and what it comes to; of many, the first five.
func sum(products [][2]float32) string {
	total := float32(0)
	var terms []string
	for _, p := range products {
		total += p[0] * p[1]
		terms = append(terms, fmt.Sprintf("%v*%v", p[0], p[1]))
	}
	if len(terms) > 6 {
		terms = append(terms[:5], "and so on")
	}
	return fmt.Sprintf("%s = %v", strings.Join(terms, " + "), total)
}
