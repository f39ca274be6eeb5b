package connected

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
	"reslab/nn"
)

type shuffleFunc = func(x *nn.Tensor, order []int) *nn.Tensor

// pack is a question for shuffle: so many rows, and where each number is from.
type pack struct {
	rows  int
	order []int
}

var packs = []pack{{1, []int{1, 0}}, {1, []int{2, 0, 1}}, {2, []int{1, 2, 0}}, {3, []int{3, 1, 0, 2}}, {2, []int{0, 1, 2}}}

// x returns rows of numbers, none of them twice.
func (p pack) x() *nn.Tensor {
	x := nn.NewTensor(p.rows, len(p.order))
	for i := range x.Data {
		x.Data[i] = float32(10*(i/len(p.order)+1) + i%len(p.order))
	}
	return x
}

func (p pack) String() string {
	return fmt.Sprintf("x %s and order %v", table(p.x()), p.order)
}

// table writes the rows one after the other.
func table(x *nn.Tensor) string {
	var rows []string
	for n := range x.Shape[0] {
		rows = append(rows, fmt.Sprint(x.Data[n*x.Shape[1]:(n+1)*x.Shape[1]]))
	}
	return strings.Join(rows, " ")
}

// moved puts the number from(n, k) of the data at place k of row n.
func moved(from func(n, k int, order []int) int) shuffleFunc {
	return func(x *nn.Tensor, order []int) *nn.Tensor {
		y := nn.NewTensor(x.Shape...)
		for i := range y.Data {
			n, k := i/len(order), i%len(order)
			y.Data[i] = x.Data[from(n, k, order)]
		}
		return y
	}
}

var shuffleSlips = []slip.Slip[shuffleFunc]{
	{Advice: "y is x, so each number that you write is one that you can no longer read. The result needs a tensor of its own.", Wrong: inPlace},
	{Advice: "That puts number k at place order[k]. Here place k gets the number at place order[k].", Wrong: backwards},
	{Advice: "Nothing has moved.", Wrong: moved(func(n, k int, order []int) int { return n*len(order) + k })},
	{Advice: "Every row begins with numbers of its own: yours takes them all from the first.", Wrong: moved(func(n, k int, order []int) int { return order[k] })},
	{Advice: "The order must be the same for every row: yours moves on with the row.", Wrong: moved(func(n, k int, order []int) int { return n*len(order) + order[(k+n)%len(order)] })},
	{Advice: "The first row is right. Now the others: a batch has more than one.", Wrong: func(x *nn.Tensor, order []int) *nn.Tensor {
		y := shuffle(x, order)
		clear(y.Data[len(order):])
		return y
	}},
	{Advice: "The last place is left out.", Wrong: func(x *nn.Tensor, order []int) *nn.Tensor {
		y := shuffle(x, order)
		for last := len(order) - 1; last < len(y.Data); last += len(order) {
			y.Data[last] = 0
		}
		return y
	}},
	{Advice: "Those are the places and not the numbers at them.", Wrong: func(x *nn.Tensor, order []int) *nn.Tensor {
		y := nn.NewTensor(x.Shape...)
		for i := range y.Data {
			y.Data[i] = float32(order[i%len(order)])
		}
		return y
	}},
}

// inPlace writes to what it still has to read.
func inPlace(x *nn.Tensor, order []int) *nn.Tensor {
	for start := 0; start < len(x.Data); start += len(order) {
		for k, from := range order {
			x.Data[start+k] = x.Data[start+from]
		}
	}
	return x
}

// backwards undoes what shuffle does.
func backwards(x *nn.Tensor, order []int) *nn.Tensor {
	y := nn.NewTensor(x.Shape...)
	for start := 0; start < len(x.Data); start += len(order) {
		for k, to := range order {
			y.Data[start+to] = x.Data[start+k]
		}
	}
	return y
}

// checkShuffle compares yours with the solution.
func checkShuffle(yours shuffleFunc) string {
	for _, p := range packs {
		x, order := p.x(), slices.Clone(p.order)
		want := shuffle(x, order)
		var got *nn.Tensor
		if sentence := lab.Panics(func() { got = yours(x, order) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", p, sentence)
		}
		switch {
		case got == nil:
			return fmt.Sprintf("For %v yours returns no tensor.", p)
		case !slices.Equal(got.Shape, want.Shape):
			return fmt.Sprintf("For %v yours returns the shape %v. It should be that of x, %v.", p, got.Shape, want.Shape)
		case !slices.Equal(got.Data, want.Data):
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %s. By hand: place 0 of the first row gets the number at place %d, which is %v, and so on: %s. %s",
				p, table(got), p.order[0], want.Data[0], table(want), shuffleAdvice(yours)))
		case !slices.Equal(x.Data, p.x().Data) || !slices.Equal(order, p.order):
			return fmt.Sprintf("For %v yours gives what it should, but changes its arguments. Others still need them.", p)
		}
	}
	return ""
}

func shuffleAdvice(yours shuffleFunc) string {
	return slip.Find(yours, shuffleSlips, packs, func(f shuffleFunc, p pack) string { return table(f(p.x(), p.order)) })
}
