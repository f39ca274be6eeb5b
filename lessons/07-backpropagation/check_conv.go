package backpropagation

import (
	"fmt"
	"slices"

	"reslab/lessons/lab/slip"
	"reslab/nn"
)

// A convolved is a question for convBackward.
type convolved struct{ h, w, k int }

var checkConv = backCheck[convolved]{
	solution:  convBackward,
	questions: []convolved{{1, 1, 1}, {1, 2, 1}, {2, 2, 2}, {2, 3, 2}, {3, 3, 2}, {4, 5, 3}, {3, 3, 1}},
	dxSlips: slices.Concat(convDxSlips, boundSlips(onlyX(convBackward), func(row, column bool) side {
		return func(x, w, dy *nn.Tensor) *nn.Tensor { return onlyX(convBackward)(x, without(w, row, column), dy) }
	})),
	dwSlips: slices.Concat(convDwSlips, boundSlips(onlyW(convBackward), func(row, column bool) side {
		return func(x, w, dy *nn.Tensor) *nn.Tensor { return without(onlyW(convBackward)(x, w, dy), row, column) }
	})),
}

// A stop is a step in the middle of the loops: from output (i, j) and weight
// (p, q) it changes d.
type stop = func(x, w, dy, d *nn.Tensor, i, j, p, q int)

func convDx(step stop) side {
	return func(x, w, dy *nn.Tensor) *nn.Tensor { return walk(x, w, dy, nn.NewTensor(x.Shape...), step) }
}

func convDw(step stop) side {
	return func(x, w, dy *nn.Tensor) *nn.Tensor { return walk(x, w, dy, nn.NewTensor(w.Shape...), step) }
}

func walk(x, w, dy, d *nn.Tensor, step stop) *nn.Tensor {
	for i := range dy.Shape[0] {
		for j := range dy.Shape[1] {
			for p := range w.Shape[0] {
				for q := range w.Shape[1] {
					step(x, w, dy, d, i, j, p, q)
				}
			}
		}
	}
	return d
}

const (
	changedPlaces = "x and w have changed places: in a product each factor gets the other one."
	wrongSign     = "The sign is wrong. To go downhill is the optimiser's business, not the gradient's."
	startsAt      = "The window starts at (i, j): the pixel under weight (p, q) is (i+p, j+q)."
	rowsColumns   = "Rows and columns have changed places: the pixel under weight (p, q) is (i+p, j+q)."
)

var convDxSlips = []slip.Slip[side]{
	{Advice: "dx is still zero: nothing has come back to the pixels.", Wrong: convDx(func(x, w, dy, d *nn.Tensor, i, j, p, q int) {})},
	{Advice: "A pixel lies under several windows: add what comes back from each, and do not overwrite it.", Wrong: convDx(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { d.Set(w.At(p, q)*dy.At(i, j), i+p, j+q) })},
	{Advice: "In dx the weights are turned by half: the pixel under weight (p, q) gets that weight, w.At(p, q).", Wrong: convDx(func(x, w, dy, d *nn.Tensor, i, j, p, q int) {
		k := w.Shape[0]
		add(d, w.At(k-1-p, k-1-q)*dy.At(i, j), i+p, j+q)
	})},
	{Advice: "Rows and columns of the weight have changed places: w.At(p, q), not w.At(q, p).", Wrong: convDx(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { add(d, w.At(q, p)*dy.At(i, j), i+p, j+q) })},
	{Advice: changedPlaces, Wrong: convDx(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { add(d, x.At(i+p, j+q)*dy.At(i, j), i+p, j+q) })},
	{Advice: startsAt, Wrong: convDx(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { add(d, w.At(p, q)*dy.At(i, j), i, j) })},
	{Advice: rowsColumns, Wrong: convDx(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { add(d, w.At(p, q)*dy.At(i, j), j+p, i+q) })},
	{Advice: "dy is missing: the pixel gets the weight times what came back to that output.", Wrong: convDx(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { add(d, w.At(p, q), i+p, j+q) })},
	{Advice: wrongSign, Wrong: convDx(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { add(d, -w.At(p, q)*dy.At(i, j), i+p, j+q) })},
}

var convDwSlips = []slip.Slip[side]{
	{Advice: "dw is still zero: nothing has come back to the weights.", Wrong: convDw(func(x, w, dy, d *nn.Tensor, i, j, p, q int) {})},
	{Advice: "A weight is used at every stop: add what comes back from each, and do not overwrite it.", Wrong: convDw(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { d.Set(x.At(i+p, j+q)*dy.At(i, j), p, q) })},
	{Advice: "Rows and columns of dw have changed places: what weight (p, q) gets belongs to (p, q), not (q, p).", Wrong: convDw(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { add(d, x.At(i+p, j+q)*dy.At(i, j), q, p) })},
	{Advice: changedPlaces, Wrong: convDw(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { add(d, w.At(p, q)*dy.At(i, j), p, q) })},
	{Advice: startsAt, Wrong: convDw(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { add(d, x.At(i, j)*dy.At(i, j), p, q) })},
	{Advice: rowsColumns, Wrong: convDw(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { add(d, x.At(j+p, i+q)*dy.At(i, j), p, q) })},
	{Advice: "dy is missing: the weight gets the pixel times what came back to that output.", Wrong: convDw(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { add(d, x.At(i+p, j+q), p, q) })},
	{Advice: "That is the mean over the stops. Each of them moves the loss, so their parts are added.", Wrong: convDw(func(x, w, dy, d *nn.Tensor, i, j, p, q int) {
		add(d, x.At(i+p, j+q)*dy.At(i, j)/float32(len(dy.Data)), p, q)
	})},
	{Advice: wrongSign, Wrong: convDw(func(x, w, dy, d *nn.Tensor, i, j, p, q int) { add(d, -x.At(i+p, j+q)*dy.At(i, j), p, q) })},
}

// boundSlips are loops with wrong bounds: the same for both sides, but for what
// is left out where the window is walked without its last row or column.
func boundSlips(right side, smaller func(row, column bool) side) (slips []slip.Slip[side]) {
	for _, last := range []struct{ row, column bool }{{true, true}, {true, false}, {false, true}} {
		slips = append(slips,
			slip.Slip[side]{Advice: "The last row or column of stops is missing: i runs over dy.Shape[0], j over dy.Shape[1].", Wrong: func(x, w, dy *nn.Tensor) *nn.Tensor {
				return right(x, w, without(dy, last.row, last.column))
			}},
			slip.Slip[side]{Advice: "The last row or column of the window is missing: p runs over w.Shape[0], q over w.Shape[1].", Wrong: smaller(last.row, last.column)})
	}
	return append(slips, slip.Slip[side]{Advice: "j stops too early: there are dy.Shape[1] stops side by side, not dy.Shape[0].", Wrong: func(x, w, dy *nn.Tensor) *nn.Tensor {
		square := dy.Clone()
		for i := range dy.Shape[0] {
			for j := dy.Shape[0]; j < dy.Shape[1]; j++ {
				square.Set(0, i, j)
			}
		}
		return right(x, w, square)
	}})
}

func (c convolved) tensors() (x, w, dy *nn.Tensor) {
	return whole(11, c.h, c.w), whole(12, c.k, c.k), whole(13, c.h-c.k+1, c.w-c.k+1)
}

func (c convolved) String() string {
	x, w, dy := c.tensors()
	return fmt.Sprintf("x=%s w=%s dy=%s", rows(x), rows(w), rows(dy))
}

// dxByHand lists the windows over a pixel.
func (c convolved) dxByHand(row, column int) string {
	_, w, dy := c.tensors()
	var products [][2]float32
	for i := range dy.Shape[0] {
		for j := range dy.Shape[1] {
			if p, q := row-i, column-j; p >= 0 && p < c.k && q >= 0 && q < c.k {
				products = append(products, [2]float32{w.At(p, q), dy.At(i, j)})
			}
		}
	}
	return fmt.Sprintf("the pixel lies under %s, %s", slip.Plural(len(products), "window"), sum(products))
}

// dwByHand lists the stops at which a weight is used.
func (c convolved) dwByHand(p, q int) string {
	x, _, dy := c.tensors()
	var products [][2]float32
	for i := range dy.Shape[0] {
		for j := range dy.Shape[1] {
			products = append(products, [2]float32{x.At(i+p, j+q), dy.At(i, j)})
		}
	}
	return fmt.Sprintf("the weight is used at every stop of the window, %s", sum(products))
}
