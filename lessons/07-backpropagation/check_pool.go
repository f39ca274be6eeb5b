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

// A pooled is a question for poolBackward: the numbers begin at low, and so many
// at a time are equal.
type pooled struct{ h, w, k, low, equal int }

var pools = []pooled{{2, 2, 2, 1, 1}, {2, 2, 2, -4, 1}, {2, 4, 2, -3, 1}, {4, 2, 2, -3, 1}, {3, 3, 3, -3, 1}, {1, 2, 1, -3, 1}, {4, 6, 2, -3, 1}, {2, 2, 2, 1, 2}, {2, 4, 2, 1, 4}}

func (p pooled) tensors() (x, dy *nn.Tensor) {
	x = nn.NewTensor(p.h, p.w)
	for place, v := range nn.NewRandom(4).Shuffle(len(x.Data)) {
		x.Data[place] = float32(p.low + v/p.equal)
		if p.low < 0 {
			x.Data[place] = float32(notZero(p.low + v/p.equal)) // a zero is what searches begin at
		}
	}
	dy = nn.NewTensor(p.h/p.k, p.w/p.k)
	for i := range dy.Data {
		dy.Data[i] = float32(10 * (i + 1))
	}
	return x, dy
}

// A window is where it begins, and the place of the output that it gave.
type window struct{ top, left, k, i, j int }

// poolWith goes over the windows and lets give write into dx.
func poolWith(give func(x, dy, dx *nn.Tensor, w window)) poolFunc {
	return poolOver(func(dy *nn.Tensor) (rows, columns int) { return dy.Shape[0], dy.Shape[1] }, give)
}

func poolOver(size func(dy *nn.Tensor) (rows, columns int), give func(x, dy, dx *nn.Tensor, w window)) poolFunc {
	return func(x, dy *nn.Tensor, k int) *nn.Tensor {
		dx := nn.NewTensor(x.Shape...)
		rows, columns := size(dy)
		for i := range rows {
			for j := range columns {
				give(x, dy, dx, window{i * k, j * k, k, i, j})
			}
		}
		return dx
	}
}

// search returns the winner of a window: it begins with the number best, at
// (row, column), and takes what better calls better, with so many pixels left out
// at the end of each row and column.
func (w window) search(x *nn.Tensor, best float32, row, column, left int, better func(v, best float32) bool) (int, int) {
	for p := range w.k - left {
		for q := range w.k - left {
			if v := x.At(w.top+p, w.left+q); better(v, best) {
				best, row, column = v, w.top+p, w.left+q
			}
		}
	}
	return row, column
}

func larger(v, best float32) bool { return v > best }

// winner is the mistake of a search that goes wrong; a winner outside of the
// picture is nobody.
func winner(find func(x *nn.Tensor, w window) (row, column int)) poolFunc {
	return poolWith(func(x, dy, dx *nn.Tensor, w window) {
		if row, column := find(x, w); row >= 0 {
			dx.Set(dy.At(w.i, w.j), row, column)
		}
	})
}

// prize is the mistake that the right pixel gets something else.
func prize(amount func(x, dy float32) float32) poolFunc {
	return poolWith(func(x, dy, dx *nn.Tensor, w window) {
		row, column := w.search(x, x.At(w.top, w.left), w.top, w.left, 0, larger)
		dx.Set(amount(x.At(row, column), dy.At(w.i, w.j)), row, column)
	})
}

// spread gives each pixel of a window its share.
func spread(share func(isLargest bool, k int) float32) poolFunc {
	return poolWith(func(x, dy, dx *nn.Tensor, w window) {
		row, column := w.search(x, x.At(w.top, w.left), w.top, w.left, 0, larger)
		largest := x.At(row, column)
		for i := w.top; i < w.top+w.k; i++ {
			for j := w.left; j < w.left+w.k; j++ {
				dx.Set(dy.At(w.i, w.j)*share(x.At(i, j) == largest, w.k), i, j)
			}
		}
	})
}

const overlap = "The windows overlap. They do not here: under (p, q) of window (i, j) lies the pixel (i*k+p, j*k+q)."

const beganAtZero = "The largest so far began at 0. In a window of negative numbers nothing is above that: begin with the first pixel."

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
	{Advice: "The first pixel of each window got it. Find the largest.", Wrong: winner(func(x *nn.Tensor, w window) (int, int) { return w.top, w.left })},
	{Advice: "Where the largest stands you put the largest itself. What comes back is dy.", Wrong: prize(func(x, dy float32) float32 { return x })},
	{Advice: "The largest of the whole picture got all. Each window has its own winner.", Wrong: poolWith(func(x, dy, dx *nn.Tensor, w window) {
		dx.Data[slices.Index(x.Data, slices.Max(x.Data))] += dy.At(w.i, w.j)
	})},
	{Advice: beganAtZero, Wrong: winner(func(x *nn.Tensor, w window) (int, int) { return w.search(x, 0, -1, -1, 0, larger) })},
	{Advice: beganAtZero, Wrong: winner(func(x *nn.Tensor, w window) (int, int) { return w.search(x, 0, 0, 0, 0, larger) })},
	{Advice: beganAtZero, Wrong: winner(func(x *nn.Tensor, w window) (int, int) { return w.search(x, 0, w.top, w.left, 0, larger) })},
	{Advice: "Two pixels of a window are equally large, and each of them got it. The first of them gets it all.", Wrong: spread(func(largest bool, _ int) float32 {
		if largest {
			return 1
		}
		return 0
	})},
	{Advice: "Two pixels of a window are equally large, and the last of them got it. The first gets it: > and not >=.", Wrong: winner(func(x *nn.Tensor, w window) (int, int) {
		return w.search(x, x.At(w.top, w.left), w.top, w.left, 0, func(v, best float32) bool { return v >= best })
	})},
	{Advice: "The smallest got it. Find the largest.", Wrong: winner(func(x *nn.Tensor, w window) (int, int) {
		return w.search(x, x.At(w.top, w.left), w.top, w.left, 0, func(v, best float32) bool { return v < best })
	})},
	{Advice: "The search begins with the first pixel of the picture, for every window. Begin with the window's own first pixel, (i*k, j*k).", Wrong: winner(func(x *nn.Tensor, w window) (int, int) { return w.search(x, x.At(0, 0), 0, 0, 0, larger) })},
	{Advice: "If the first pixel is the largest, nobody gets it: remember its place before the search begins.", Wrong: winner(func(x *nn.Tensor, w window) (int, int) { return w.search(x, x.At(w.top, w.left), -1, -1, 0, larger) })},
	{Advice: "The last row and column of each window are not looked at: p and q run up to k.", Wrong: winner(func(x *nn.Tensor, w window) (int, int) {
		return w.search(x, x.At(w.top, w.left), w.top, w.left, 1, larger)
	})},
	{Advice: "That is the place of the window, (i, j), and not that of the pixel, (i*k+p, j*k+q).", Wrong: winner(func(x *nn.Tensor, w window) (int, int) { return w.i, w.j })},
	{Advice: overlap, Wrong: poolWith(func(x, dy, dx *nn.Tensor, w window) {
		w.top, w.left = w.i, w.j
		row, column := w.search(x, x.At(w.top, w.left), w.top, w.left, 0, larger)
		dx.Set(dy.At(w.i, w.j), row, column)
	})},
	{Advice: overlap, Wrong: poolWith(func(x, dy, dx *nn.Tensor, w window) {
		slid := window{w.i, w.j, w.k, w.i, w.j}
		row, column := slid.search(x, x.At(w.top, w.left), w.top, w.left, 0, larger)
		dx.Set(dy.At(w.i, w.j), row, column)
	})},
	{Advice: "Each pixel that was the largest so far keeps what it got. Wait for the end of the window, then give it to the winner alone.", Wrong: poolWith(func(x, dy, dx *nn.Tensor, w window) {
		best := x.At(w.top, w.left)
		for i := w.top; i < w.top+w.k; i++ {
			for j := w.left; j < w.left+w.k; j++ {
				if v := x.At(i, j); v > best || i == w.top && j == w.left {
					best = v
					dx.Set(dy.At(w.i, w.j), i, j)
				}
			}
		}
	})},
	{Advice: "The winner got 1. It gets what comes back, dy.", Wrong: prize(func(x, dy float32) float32 { return 1 })},
	{Advice: "The winner got dy times itself. The maximum moves exactly as far as its winner: the factor is 1.", Wrong: prize(func(x, dy float32) float32 { return x * dy })},
	{Advice: "The sign is wrong: if the winner grows, so does the maximum.", Wrong: prize(func(x, dy float32) float32 { return -dy })},
	{Advice: "The last row and column of windows got nothing: i and j run over all of dy.", Wrong: func(x, dy *nn.Tensor, k int) *nn.Tensor { return poolBackward(x, without(dy, true, true), k) }},
	{Advice: "j runs over the wrong side: there are dy.Shape[1] windows side by side, not dy.Shape[0].", Wrong: poolOver(func(dy *nn.Tensor) (rows, columns int) { return dy.Shape[0], dy.Shape[0] }, func(x, dy, dx *nn.Tensor, w window) {
		row, column := w.search(x, x.At(w.top, w.left), w.top, w.left, 0, larger)
		dx.Set(dy.At(w.i, w.j), row, column)
	})},
}

func checkPool(yours poolFunc) string {
	advice := func() string { return slip.Find(yours, poolSlips, pools, answerPool) }
	for _, p := range pools {
		x, dy := p.tensors()
		var dx *nn.Tensor
		if sentence := lab.Panics(func() { dx = yours(x, dy, p.k) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("For %v yours panics: %s. %s", p, sentence, advice()))
		}
		want := poolBackward(x, dy, p.k)
		if problem := shapeProblem("dx", dx, want); problem != "" {
			return fmt.Sprintf("For %v, %s", p, problem)
		}
		if _, ok := differ(dx, want); !ok {
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %s. By hand: the largest of each window gets what comes back for it, so %s. %s", p, rows(dx), rows(want), advice()))
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
