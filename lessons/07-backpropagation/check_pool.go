package backpropagation

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
	"reslab/nn"
)

type poolFunc = func(x, dy *nn.Tensor, k int) *nn.Tensor

// A pooled is a question for poolBackward: all numbers of a window differ.
type pooled struct{ h, w, k int }

var pools = []pooled{{2, 2, 2}, {2, 4, 2}, {4, 2, 2}, {3, 3, 3}, {1, 2, 1}, {4, 6, 2}}

func (p pooled) tensors() (x, dy *nn.Tensor) {
	x = nn.NewTensor(p.h, p.w)
	for place, v := range nn.NewRandom(4).Shuffle(len(x.Data)) {
		x.Data[place] = float32(v) - 3
	}
	dy = nn.NewTensor(p.h/p.k, p.w/p.k)
	for i := range dy.Data {
		dy.Data[i] = float32(10 * (i + 1))
	}
	return x, dy
}

// spread returns a poolBackward that gives each pixel of a window its share.
func spread(share func(isLargest bool, k int) float32) poolFunc {
	return func(x, dy *nn.Tensor, k int) *nn.Tensor {
		dx := nn.NewTensor(x.Shape...)
		largest := poolBackward(x, ones(dy.Shape), k)
		for i := range x.Shape[0] {
			for j := range x.Shape[1] {
				dx.Set(dy.At(i/k, j/k)*share(largest.At(i, j) == 1, k), i, j)
			}
		}
		return dx
	}
}

func ones(shape []int) *nn.Tensor {
	t := nn.NewTensor(shape...)
	for i := range t.Data {
		t.Data[i] = 1
	}
	return t
}

var poolSlips = []slip.Slip[poolFunc]{
	{Advice: "All are zero: nobody got the blame.", Wrong: spread(func(bool, int) float32 { return 0 })},
	{Advice: "All pixels of the window got it. A nudge of a smaller one does not move the maximum: its gradient is 0.", Wrong: spread(func(bool, int) float32 { return 1 })},
	{Advice: "That is the way back of the average. The maximum has one winner, and it gets all.", Wrong: spread(func(_ bool, k int) float32 { return 1 / float32(k*k) })},
	{Advice: "The losers got it, and the winner nothing: it is the other way round.", Wrong: spread(func(largest bool, k int) float32 {
		if largest {
			return 0
		}
		return 1
	})},
	{Advice: "The first pixel of each window got it. Find the largest.", Wrong: func(x, dy *nn.Tensor, k int) *nn.Tensor {
		dx := nn.NewTensor(x.Shape...)
		for i := range dy.Shape[0] {
			for j := range dy.Shape[1] {
				dx.Set(dy.At(i, j), i*k, j*k)
			}
		}
		return dx
	}},
	{Advice: "Where the largest stands you put the largest itself. What comes back is dy.", Wrong: func(x, dy *nn.Tensor, k int) *nn.Tensor {
		dx := poolBackward(x, ones(dy.Shape), k)
		for i := range dx.Data {
			dx.Data[i] *= x.Data[i]
		}
		return dx
	}},
	{Advice: "The largest of the whole picture got all. Each window has its own winner.", Wrong: func(x, dy *nn.Tensor, k int) *nn.Tensor {
		dx, at := nn.NewTensor(x.Shape...), 0
		for i, v := range x.Data {
			if v > x.Data[at] {
				at = i
			}
		}
		for _, d := range dy.Data {
			dx.Data[at] += d
		}
		return dx
	}},
	{Advice: "The largest so far began at 0. In a window of negative numbers nothing is above that: begin with the first pixel.", Wrong: func(x, dy *nn.Tensor, k int) *nn.Tensor {
		dx := poolBackward(x, dy, k)
		for i := range dx.Data {
			if x.Data[i] <= 0 {
				dx.Data[i] = 0
			}
		}
		return dx
	}},
}

func checkPool(yours poolFunc) string {
	for _, p := range pools {
		x, dy := p.tensors()
		var dx *nn.Tensor
		if sentence := lab.Panics(func() { dx = yours(x, dy, p.k) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", p, sentence)
		}
		want := poolBackward(x, dy, p.k)
		if problem := shapeProblem("dx", dx, want); problem != "" {
			return fmt.Sprintf("For %v, %s", p, problem)
		}
		if _, ok := differ(dx, want); !ok {
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %s. By hand: the largest of each window gets what comes back for it, so %s. %s", p, rows(dx), rows(want), slip.Find(yours, poolSlips, pools, answerPool)))
		}
		if fresh, _ := p.tensors(); !slices.Equal(fresh.Data, x.Data) {
			return fmt.Sprintf("For %v yours changes x. It belongs to others: write into dx alone.", p)
		}
	}
	return ""
}

func (p pooled) String() string {
	x, dy := p.tensors()
	return fmt.Sprintf("x=%s, windows of %dx%d and dy=%s", rows(x), p.k, p.k, rows(dy))
}

func answerPool(f poolFunc, p pooled) string {
	x, dy := p.tensors()
	return signature(f(x, dy, p.k))
}
