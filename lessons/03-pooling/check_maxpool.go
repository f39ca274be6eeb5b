package pooling

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
	"reslab/nn"
)

type maxpoolFunc = func(x *nn.Tensor, kernel, stride int) *nn.Tensor

// window is a question for maxpool. Pictures are not square, and numbers below
// zero come late, so that each question adds one difficulty.
type window struct {
	height, width, kernel, stride int
	lowered                       float32 // by so much all numbers are lowered
	first                         bool    // the first pixel is the brightest
}

var windows = []window{
	{height: 2, width: 2, kernel: 2, stride: 2},
	{height: 2, width: 4, kernel: 2, stride: 2},
	{height: 4, width: 6, kernel: 2, stride: 2},
	{height: 3, width: 4, kernel: 2, stride: 1}, // windows overlap
	{height: 5, width: 7, kernel: 3, stride: 2},
	{height: 5, width: 4, kernel: 2, stride: 3}, // pixels are left out
	{height: 4, width: 6, kernel: 2, stride: 2, lowered: 20},
	{height: 2, width: 4, kernel: 2, stride: 2, first: true},
}

// picture returns whole numbers, none of them twice in a row or a column.
func (w window) picture() *nn.Tensor {
	x := nn.NewTensor(w.height, w.width)
	for i := range x.Data {
		x.Data[i] = float32(1+(i*5+3)%11) - w.lowered
	}
	if w.first {
		x.Data[0] = 20
	}
	return x
}

func (w window) String() string {
	text := fmt.Sprintf("a picture of %dx%d, kernel=%d and stride=%d", w.height, w.width, w.kernel, w.stride)
	if w.lowered > 0 {
		text += ", all numbers below zero"
	}
	if w.first {
		text += ", its first pixel the brightest"
	}
	return text
}

// under lists what lies under the window of row i, column j.
func (w window) under(i, j int) (numbers []float32) {
	x := w.picture()
	for p := range w.kernel {
		for q := range w.kernel {
			numbers = append(numbers, x.At(i*w.stride+p, j*w.stride+q))
		}
	}
	return numbers
}

// byHand names the numbers under a window and the largest of them.
func (w window) byHand(i, j int) string {
	numbers := w.under(i, j)
	text := strings.Trim(strings.Join(strings.Fields(fmt.Sprint(numbers)), ", "), "[]")
	return fmt.Sprintf("By hand: under that window are %s, and the largest is %v.", text, slices.Max(numbers))
}

// pool walks as maxpool does, with places for mistakes: where a window starts,
// what best is at first, and what becomes of it with each number.
type pool struct {
	at   func(i, p, stride int) int
	best float32
	take func(best, v float32, seen int) float32
	swap bool // row and column of the picture
}

func (p pool) run(x *nn.Tensor, kernel, stride int) *nn.Tensor {
	rows, columns := (x.Shape[0]-kernel)/stride+1, (x.Shape[1]-kernel)/stride+1
	y := nn.NewTensor(rows, columns)
	for i := range rows {
		for j := range columns {
			best := p.best
			for a := range kernel {
				for b := range kernel {
					row, column := p.at(i, a, stride), p.at(j, b, stride)
					if p.swap {
						row, column = column, row
					}
					best = p.take(best, x.At(row, column), a*kernel+b)
				}
			}
			y.Set(best, i, j)
		}
	}
	return y
}

var (
	lowest  = float32(math.Inf(-1))
	right   = func(i, p, stride int) int { return i*stride + p }
	largest = func(best, v float32, seen int) float32 { return max(best, v) }
)

var maxpoolSlips = []slip.Slip[maxpoolFunc]{
	{Advice: "Hole 2 is right. Now hole 1: if all numbers are below zero, 0 wins, and 0 is not in the picture. What is smaller than every number?",
		Wrong: pool{at: right, best: 0, take: largest}.run},
	{Advice: "math.SmallestNonzeroFloat32 is a little more than 0, and wins over every number below zero. What is smaller than every number?",
		Wrong: pool{at: right, best: math.SmallestNonzeroFloat32, take: largest}.run},
	{Advice: "-1 wins over all smaller numbers. What is smaller than every number?",
		Wrong: pool{at: right, best: -1, take: largest}.run},
	{Advice: "best begins with the first pixel of the picture, and that wins in windows in which it does not lie. Begin with the first pixel of the window, or with what is smaller than every number.",
		Wrong: func(x *nn.Tensor, kernel, stride int) *nn.Tensor {
			return pool{at: right, best: x.At(0, 0), take: largest}.run(x, kernel, stride)
		}},
	{Advice: "Hole 2: the window moves stride pixels at a time. At which row does window i start?",
		Wrong: pool{at: func(i, p, stride int) int { return i + p }, best: 0, take: largest}.run},
	{Advice: "Hole 1 is right. Now hole 2: the window moves stride pixels at a time. At which row does window i start?",
		Wrong: pool{at: func(i, p, stride int) int { return i + p }, best: lowest, take: largest}.run},
	{Advice: "Every place in the window is the same pixel for you. Place (p, q) lies p rows below the window's first pixel and q columns to the right of it.",
		Wrong: pool{at: func(i, p, stride int) int { return i }, best: lowest, take: largest}.run},
	{Advice: "That is the first pixel of each window. Look at the others too: p rows down, q columns to the right.",
		Wrong: pool{at: func(i, p, stride int) int { return i * stride }, best: lowest, take: largest}.run},
	{Advice: "That is the smallest number. Keep the largest.",
		Wrong: pool{at: right, best: -lowest, take: func(best, v float32, seen int) float32 { return min(best, v) }}.run},
	{Advice: "That is the sum, as a convolution makes it. Pooling keeps one number and drops the others.",
		Wrong: pool{at: right, best: 0, take: func(best, v float32, seen int) float32 { return best + v }}.run},
	{Advice: "That is the mean. Here the largest is wanted.",
		Wrong: pool{at: right, best: 0, take: func(best, v float32, seen int) float32 { return (best*float32(seen) + v) / float32(seen+1) }}.run},
	{Advice: "That is the last pixel of each window: compare before you write over best.",
		Wrong: pool{at: right, best: 0, take: func(best, v float32, seen int) float32 { return v }}.run},
	{Advice: "Did you swap row and column of the picture?",
		Wrong: pool{at: right, best: lowest, take: largest, swap: true}.run},
}

// checkMaxpool compares yours with the solution, number by number.
func checkMaxpool(yours maxpoolFunc) string {
	for _, w := range windows {
		x := w.picture()
		want := maxpool(x, w.kernel, w.stride)
		var got *nn.Tensor
		if sentence := lab.Panics(func() { got = yours(x, w.kernel, w.stride) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("For %v, yours panics: %s. %s", w, sentence, w.panicAdvice(yours, sentence)))
		}
		switch {
		case got == nil:
			return fmt.Sprintf("For %v, yours returns no tensor.", w)
		case !slices.Equal(x.Data, w.picture().Data):
			return fmt.Sprintf("For %v, yours changes the picture. Others still need it: write to y alone.", w)
		case !slices.Equal(got.Shape, want.Shape):
			return fmt.Sprintf("For %v, the window stops at %s and %s, but yours returns the shape %v.", w, slip.Plural(want.Shape[0], "row"), slip.Plural(want.Shape[1], "column"), got.Shape)
		}
		for k, v := range want.Data {
			if got.Data[k] != v {
				i, j := k/want.Shape[1], k%want.Shape[1]
				return strings.TrimSpace(fmt.Sprintf("For %v, yours has %v in row %d, column %d. %s %s", w, got.Data[k], i, j, w.byHand(i, j), maxpoolAdvice(yours)))
			}
		}
	}
	return ""
}

func (w window) panicAdvice(yours maxpoolFunc, sentence string) string {
	if strings.Contains(sentence, "outside the shape") {
		if advice := maxpoolAdvice(yours); advice != "" {
			return advice
		}
		return "No window leaves the picture here: it starts at row i*stride and covers kernel rows."
	}
	return ""
}

func maxpoolAdvice(yours maxpoolFunc) string {
	return slip.Find(yours, maxpoolSlips, windows, func(f maxpoolFunc, w window) string {
		return fmt.Sprint(f(w.picture(), w.kernel, w.stride).Data)
	})
}
