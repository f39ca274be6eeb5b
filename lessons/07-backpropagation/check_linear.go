package backpropagation

import (
	"fmt"

	"reslab/lessons/lab/slip"
	"reslab/nn"
)

// A layer is a question for linearBackward.
type layer struct{ n, in, out int }

var checkLinear = backCheck[layer]{
	solution:  linearBackward,
	questions: []layer{{1, 1, 1}, {1, 2, 1}, {1, 1, 2}, {2, 1, 1}, {1, 2, 3}, {2, 3, 2}, {3, 2, 4}},
	dxSlips:   linearDxSlips,
	dwSlips:   linearDwSlips,
}

var (
	linearDxSlips = linearSlips(dxBy, "w", func(x, w float32) (own, other float32) { return x, w })
	linearDwSlips = linearSlips(dwBy, "x", func(x, w float32) (own, other float32) { return w, x })
)

// A term is what the middle of the loops adds, or puts in the place of what was
// there.
type term = func(x, w, dy *nn.Tensor, n, i, o int) float32

func dxBy(t term, overwrite bool) side {
	return linearSide(t, overwrite, func(x, _ *nn.Tensor) *nn.Tensor { return x }, func(n, i, o int) (int, int) { return n, i })
}

func dwBy(t term, overwrite bool) side {
	return linearSide(t, overwrite, func(_, w *nn.Tensor) *nn.Tensor { return w }, func(n, i, o int) (int, int) { return i, o })
}

func linearSide(t term, overwrite bool, like func(x, w *nn.Tensor) *nn.Tensor, place func(n, i, o int) (int, int)) side {
	return func(x, w, dy *nn.Tensor) *nn.Tensor {
		d := nn.NewTensor(like(x, w).Shape...)
		for n := range x.Shape[0] {
			for i := range w.Shape[0] {
				for o := range w.Shape[1] {
					row, column := place(n, i, o)
					v := t(x, w, dy, n, i, o)
					if !overwrite {
						v += d.At(row, column)
					}
					d.Set(v, row, column)
				}
			}
		}
		return d
	}
}

// linearSlips are the mistakes of one side: by makes it from its term, and
// factors tells which factor of the product is its own and which the other.
func linearSlips(by func(t term, overwrite bool) side, other string, factors func(x, w float32) (own, other float32)) []slip.Slip[side] {
	plain := func(f func(own, other, d float32) float32) side {
		return by(func(x, w, dy *nn.Tensor, n, i, o int) float32 {
			own, other := factors(x.At(n, i), w.At(i, o))
			return f(own, other, dy.At(n, o))
		}, false)
	}
	right := func(x, w, dy *nn.Tensor, n, i, o int) float32 {
		_, other := factors(x.At(n, i), w.At(i, o))
		return other * dy.At(n, o)
	}
	hole := map[string]int{"w": 1, "x": 2}[other]
	slips := []slip.Slip[side]{
		{Advice: fmt.Sprintf("Hole %d is still empty.", hole), Wrong: plain(func(own, other, d float32) float32 { return 0 })},
		{Advice: "x and w have changed places: in a product each factor gets the other one.", Wrong: plain(func(own, other, d float32) float32 { return own * d })},
		{Advice: "That computes as Forward does. On the way back dy takes part.", Wrong: plain(func(own, other, d float32) float32 { return own * other })},
		{Advice: "That is dy alone. The factor is missing: how far y moves here is " + other + " times as far.", Wrong: plain(func(own, other, d float32) float32 { return d })},
		{Advice: "That is " + other + " alone. What comes back from the output, dy, has to be multiplied with it.", Wrong: plain(func(own, other, d float32) float32 { return other })},
		{Advice: "Slopes in a row are multiplied: " + other + " times dy, not plus.", Wrong: plain(func(own, other, d float32) float32 { return other + d })},
		{Advice: "The sign is wrong. To go downhill is the optimiser's business, not the gradient's.", Wrong: plain(func(own, other, d float32) float32 { return -other * d })},
		{Advice: "A number that is used more than once gets the sum of what comes back: add to what is there, and do not overwrite it.", Wrong: by(right, true)},
		{Advice: "The indices of dy have changed places: a row for each n, a column for each o, so dy.At(n, o).", Wrong: by(func(x, w, dy *nn.Tensor, n, i, o int) float32 {
			_, other := factors(x.At(n, i), w.At(i, o))
			return other * dy.At(o, n)
		}, false)},
		{Advice: "Each row of the batch counts: n runs over all of them.", Wrong: by(func(x, w, dy *nn.Tensor, n, i, o int) float32 {
			if n > 0 {
				return 0
			}
			return right(x, w, dy, n, i, o)
		}, false)},
		{Advice: "The first row of the batch is missing: n begins at 0.", Wrong: by(func(x, w, dy *nn.Tensor, n, i, o int) float32 {
			if n == 0 {
				return 0
			}
			return right(x, w, dy, n, i, o)
		}, false)},
		{Advice: "That is the mean over the rows of the batch. Each row moves the loss, so their parts are added.", Wrong: by(func(x, w, dy *nn.Tensor, n, i, o int) float32 {
			return right(x, w, dy, n, i, o) / float32(x.Shape[0])
		}, false)},
	}
	swapped := slip.Slip[side]{Advice: "The indices of w have changed places: a row for each i, a column for each o, so w.At(i, o).", Wrong: by(func(x, w, dy *nn.Tensor, n, i, o int) float32 { return w.At(o, i) * dy.At(n, o) }, false)}
	if other == "x" {
		swapped = slip.Slip[side]{Advice: "The indices of x have changed places: a row for each n, a column for each i, so x.At(n, i).", Wrong: by(func(x, w, dy *nn.Tensor, n, i, o int) float32 { return x.At(i, n) * dy.At(n, o) }, false)}
	}
	return append(slips, swapped)
}

func (l layer) tensors() (x, w, dy *nn.Tensor) {
	return whole(3, l.n, l.in), whole(5, l.in, l.out), whole(8, l.n, l.out)
}

func (l layer) String() string {
	x, w, dy := l.tensors()
	return fmt.Sprintf("x=%s w=%s dy=%s", rows(x), rows(w), rows(dy))
}

func (l layer) dxByHand(n, i int) string {
	_, w, dy := l.tensors()
	var products [][2]float32
	for o := range l.out {
		products = append(products, [2]float32{w.At(i, o), dy.At(n, o)})
	}
	return fmt.Sprintf("x[%d][%d] reaches every output, %s", n, i, sum(products))
}

func (l layer) dwByHand(i, o int) string {
	x, _, dy := l.tensors()
	var products [][2]float32
	for n := range l.n {
		products = append(products, [2]float32{x.At(n, i), dy.At(n, o)})
	}
	return fmt.Sprintf("w[%d][%d] is used for every row, %s", i, o, sum(products))
}
