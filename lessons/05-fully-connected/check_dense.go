package connected

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
	"reslab/nn"
)

type denseFunc = func(x, w, b *nn.Tensor) *nn.Tensor

// layer is a question for dense. The numbers are whole, and no two weights are
// equal, so that no swap of indices stays hidden.
type layer struct{ rows, in, out int }

var layers = []layer{{1, 1, 1}, {1, 2, 1}, {1, 2, 2}, {1, 3, 2}, {2, 3, 2}, {3, 2, 4}}

func (l layer) tensors() (x, w, b *nn.Tensor) {
	x, w, b = nn.NewTensor(l.rows, l.in), nn.NewTensor(l.in, l.out), nn.NewTensor(l.out)
	for i := range x.Data {
		x.Data[i] = float32(2 + i*3%7)
	}
	for i := range w.Data {
		w.Data[i] = float32((i + 1) * (1 - 2*(i%2))) // 1, -2, 3, -4 ...
	}
	for i := range b.Data {
		b.Data[i] = float32(10 * (i + 1))
	}
	return x, w, b
}

func (l layer) String() string {
	x, w, b := l.tensors()
	return fmt.Sprintf("x %v in %s, w %v of shape %v and b %v", x.Data, slip.Plural(l.rows, "row"), w.Data, w.Shape, b.Data)
}

// byHand writes out one sum.
func (l layer) byHand(n, j int) string {
	x, w, b := l.tensors()
	terms := []string{fmt.Sprint(b.At(j))}
	for i := range l.in {
		terms = append(terms, fmt.Sprintf("%v*%v", x.At(n, i), w.At(i, j)))
	}
	return fmt.Sprintf("%s = %v", strings.Join(terms, " + "), dense(x, w, b).At(n, j))
}

// sums is dense with a place for a mistake: start is what a sum begins with, and
// visit what happens to it for each input.
func sums(start func(b *nn.Tensor, j int) float32, visit func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32) denseFunc {
	return func(x, w, b *nn.Tensor) *nn.Tensor {
		y := nn.NewTensor(x.Shape[0], w.Shape[1])
		for n := range y.Shape[0] {
			for j := range y.Shape[1] {
				sum := start(b, j)
				for i := range w.Shape[0] {
					sum = visit(sum, x, w, b, n, i, j)
				}
				y.Set(sum, n, j)
			}
		}
		return y
	}
}

func bias(b *nn.Tensor, j int) float32 { return b.At(j) }
func none(*nn.Tensor, int) float32     { return 0 }

func product(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 {
	return sum + x.At(n, i)*w.At(i, j)
}

var denseSlips = []slip.Slip[denseFunc]{
	{Advice: "All numbers are 0: are the loops there, and y.Set?", Wrong: sums(none, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 { return 0 })},
	{Advice: "Where did the bias go?", Wrong: sums(none, product)},
	{Advice: "The bias comes once to each sum, not once for each input.", Wrong: sums(none, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 {
		return product(sum, x, w, b, n, i, j) + b.At(j)
	})},
	{Advice: "Only the last product is left: add with += and not =.", Wrong: sums(bias, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 { return x.At(n, i) * w.At(i, j) })},
	{Advice: "Only the last product is left beside the bias: add with += and not =.", Wrong: sums(bias, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 {
		return b.At(j) + x.At(n, i)*w.At(i, j)
	})},
	{Advice: "Did you swap the indices of the weights? The first counts the inputs, the second the outputs.", Wrong: sums(bias, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 {
		return sum + x.At(n, i)*w.At(j, i)
	})},
	{Advice: "Every row has numbers of its own: read x.At(n, i).", Wrong: sums(bias, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 {
		return sum + x.At(0, i)*w.At(i, j)
	})},
	{Advice: "The bias belongs to the output: b.At(j).", Wrong: sums(func(b *nn.Tensor, j int) float32 { return b.At(0) }, product)},
	{Advice: "The bias belongs to the output, and not to the input: b.At(j).", Wrong: sums(none, func(sum float32, x, w, b *nn.Tensor, n, i, j int) float32 {
		return product(sum, x, w, b, n, i, j) + b.At(i)
	})},
	{Advice: "The bias is added, and yours is taken away.", Wrong: sums(func(b *nn.Tensor, j int) float32 { return -b.At(j) }, product)},
	{Advice: "The sum must start anew at every output.", Wrong: goesOn},
	{Advice: "Only the first row is computed. A batch has more.", Wrong: firstRow},
	{Advice: "No bend here: a fully connected layer has no ReLU of its own.", Wrong: bent},
}

// goesOn never sets its sum back.
func goesOn(x, w, b *nn.Tensor) *nn.Tensor {
	var sum float32
	y := nn.NewTensor(x.Shape[0], w.Shape[1])
	for n := range y.Shape[0] {
		for j := range y.Shape[1] {
			sum += b.At(j)
			for i := range w.Shape[0] {
				sum = product(sum, x, w, b, n, i, j)
			}
			y.Set(sum, n, j)
		}
	}
	return y
}

func firstRow(x, w, b *nn.Tensor) *nn.Tensor {
	y := dense(x, w, b)
	clear(y.Data[w.Shape[1]:])
	return y
}

func bent(x, w, b *nn.Tensor) *nn.Tensor {
	y := dense(x, w, b)
	for i, v := range y.Data {
		y.Data[i] = max(0, v)
	}
	return y
}

// checkDense compares yours with the solution, number by number.
func checkDense(yours denseFunc) string {
	for _, l := range layers {
		x, w, b := l.tensors()
		want := dense(x, w, b)
		var got *nn.Tensor
		if sentence := lab.Panics(func() { got = yours(x, w, b) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("For %v yours panics: %s. %s", l, sentence, denseAdvice(yours)))
		}
		oldX, oldW, oldB := l.tensors()
		if !slices.Equal(x.Data, oldX.Data) || !slices.Equal(w.Data, oldW.Data) || !slices.Equal(b.Data, oldB.Data) {
			return fmt.Sprintf("For %v yours changes its arguments. Others still need them: write to y alone.", l)
		}
		switch {
		case got == nil:
			return fmt.Sprintf("For %v yours returns no tensor.", l)
		case !slices.Equal(got.Shape, want.Shape):
			return fmt.Sprintf("For %v yours returns the shape %v. x has %s and b %d numbers, so it is %v.", l, got.Shape, slip.Plural(l.rows, "row"), l.out, want.Shape)
		}
		for k, v := range want.Data {
			if !(math.Abs(float64(got.Data[k]-v)) <= 1e-4) { // NaN too
				n, j := k/l.out, k%l.out
				return strings.TrimSpace(fmt.Sprintf("For %v yours has %v in row %d, output %d. By hand: %s. %s", l, got.Data[k], n, j, l.byHand(n, j), denseAdvice(yours)))
			}
		}
	}
	return ""
}

func denseAdvice(yours denseFunc) string {
	return slip.Find(yours, denseSlips, layers, func(f denseFunc, l layer) string { return fmt.Sprint(f(l.tensors()).Data) })
}
