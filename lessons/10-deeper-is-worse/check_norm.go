package deeper

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
	"reslab/nn"
)

type normFunc = func(gradient *nn.Tensor) float64

// A table is a question: the numbers of a gradient, and its shape if it has more
// than one axis.
type table struct {
	data  []float32
	shape []int
}

// gradients are questions for norm: those with powers of ten are as small as
// those that sigmoids leave, or large enough to burst a float32.
var gradients = []table{
	{data: []float32{3, 4}}, {data: []float32{-3, 4}}, {data: []float32{2}}, {data: []float32{12, 3, -4}},
	{[]float32{3, -4, 12, 84}, []int{1, 2, 2}},
	{data: []float32{0, 0, 0}}, {data: []float32{3e-25, 4e-25}}, {data: []float32{0, -1e-30}}, {data: []float32{1e19, 1e19, 1e19, 1e19}},
}

var normSlips = []slip.Slip[normFunc]{
	{Advice: "The root is missing: a length of 5 has a square of 25.", Wrong: func(g *nn.Tensor) float64 { n := norm(g); return n * n }},
	{Advice: "That adds the numbers as they are: 3 and -4 would cancel, and a large gradient look like none. Square them first.", Wrong: func(g *nn.Tensor) float64 { return sumOf(g, itself) }},
	{Advice: "Square each number before you add: of 3 and -4 the sum is -1, and a large gradient would look small.", Wrong: func(g *nn.Tensor) float64 { return math.Abs(sumOf(g, itself)) }},
	{Advice: "The squares are missing: the root of the sum of the squares.", Wrong: func(g *nn.Tensor) float64 { return math.Sqrt(sumOf(g, itself)) }},
	{Advice: "The squares are missing: the root of the sum of the squares.", Wrong: func(g *nn.Tensor) float64 { return math.Sqrt(sumOf(g, math.Abs)) }},
	{Advice: "That is the sum of the sizes. The length of a way across is shorter: the root of the sum of the squares.", Wrong: func(g *nn.Tensor) float64 { return sumOf(g, math.Abs) }},
	{Advice: "That is the largest number alone.", Wrong: func(g *nn.Tensor) (m float64) {
		for _, v := range g.Data {
			m = max(m, math.Abs(float64(v)))
		}
		return m
	}},
	{Advice: "That is the largest number alone.", Wrong: func(g *nn.Tensor) (m float64) {
		for _, v := range g.Data {
			m = max(m, float64(v))
		}
		return m
	}},
	{Advice: "That is the last number alone: = forgets what was there, += adds to it.", Wrong: func(g *nn.Tensor) float64 { return math.Abs(float64(g.Data[len(g.Data)-1])) }},
	{Advice: "That is the first number alone. Does return stand in the loop?", Wrong: func(g *nn.Tensor) float64 { return math.Abs(float64(g.Data[0])) }},
	{Advice: "The first number is left out: places begin at 0.", Wrong: func(g *nn.Tensor) float64 { return lengthOf(g.Data[1:]) }},
	{Advice: "The last number is left out: mind where the loop ends.", Wrong: func(g *nn.Tensor) float64 { return lengthOf(g.Data[:len(g.Data)-1]) }},
	{Advice: "Those are not all numbers: Shape[0] is the length of the first axis alone. Go through Data.", Wrong: func(g *nn.Tensor) float64 { return lengthOf(g.Data[:g.Shape[0]]) }},
	{Advice: "That adds up the places, 0, 1, 2 and so on: range gives the place first, and then the number.", Wrong: func(g *nn.Tensor) (sum float64) {
		for i := range g.Data {
			sum += float64(i * i)
		}
		return math.Sqrt(sum)
	}},
	{Advice: "The root is taken in every turn of the loop. Take it once, behind the loop.", Wrong: func(g *nn.Tensor) (sum float64) {
		for _, v := range g.Data {
			sum = math.Sqrt(sum + float64(v)*float64(v))
		}
		return sum
	}},
	{Advice: "No mean is taken: divide by nothing.", Wrong: func(g *nn.Tensor) float64 { return norm(g) / math.Sqrt(float64(len(g.Data))) }},
	{Advice: "No mean is taken: divide by nothing.", Wrong: func(g *nn.Tensor) float64 { return norm(g) / float64(len(g.Data)) }},
	{Advice: "3e-25 squared is 9e-50, and a float32 has no room for that: it becomes 0. Keep the squares, and their sum, in a float64.", Wrong: func(g *nn.Tensor) float64 {
		var sum float32
		for _, v := range g.Data {
			sum += v * v
		}
		return math.Sqrt(float64(sum))
	}},
	{Advice: "The square was taken in float32: 3e-25 squared is 9e-50, and becomes 0 there. Make v a float64 first: float64(v) * float64(v).", Wrong: func(g *nn.Tensor) float64 {
		sum := 0.0
		for _, v := range g.Data {
			sum += float64(v * v)
		}
		return math.Sqrt(sum)
	}},
	{Advice: "It is always 0 so far.", Wrong: func(g *nn.Tensor) float64 { return 0 }},
}

func itself(v float64) float64 { return v }

// lengthOf is the norm of some numbers.
func lengthOf(numbers []float32) float64 { return norm(&nn.Tensor{Data: numbers}) }

func sumOf(g *nn.Tensor, f func(v float64) float64) (sum float64) {
	for _, v := range g.Data {
		sum += f(float64(v))
	}
	return sum
}

func checkNorm(yours normFunc) string {
	for _, q := range gradients {
		g := q.tensor()
		var got float64
		if sentence := lab.Panics(func() { got = yours(g) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("For the gradient %v yours panics: %s. %s", q, sentence, normPanic(sentence, q)))
		}
		if want := norm(q.tensor()); !(math.Abs(got-want) <= 1e-6*want) {
			return strings.TrimSpace(fmt.Sprintf("For the gradient %v yours gives %.4g. By hand: %s = %.4g. %s", q, got, squares(q.data), want, normAdvice(yours, got, want)))
		}
		if !slices.Equal(g.Data, q.data) {
			return fmt.Sprintf("The gradient was %v and is %v afterwards. Look at it, and leave it as it is: the optimiser needs it.", q.data, g.Data)
		}
	}
	return ""
}

// tensor is the gradient, in memory of its own.
func (q table) tensor() *nn.Tensor {
	if q.shape == nil {
		return nn.FromSlice(slices.Clone(q.data), len(q.data))
	}
	return nn.FromSlice(slices.Clone(q.data), q.shape...)
}

func (q table) String() string {
	if q.shape == nil {
		return fmt.Sprint(q.data)
	}
	return fmt.Sprintf("%v in the shape %v", q.data, q.shape)
}

func normAdvice(yours normFunc, got, want float64) string {
	switch {
	case math.IsNaN(got) && want == 0:
		return "NaN is what 0 divided by 0 gives: no division is needed."
	case want == 0 && got > 0:
		return "A gradient of zeros has the length 0: the sum begins at 0."
	}
	return slip.Find(yours, normSlips, gradients, answerNorm)
}

func normPanic(sentence string, q table) string {
	switch {
	case strings.Contains(sentence, fmt.Sprintf("index out of range [%d]", len(q.data))):
		return fmt.Sprintf("Of %d numbers the last has the place %d.", len(q.data), len(q.data)-1)
	case q.shape != nil:
		return "A gradient may have any number of axes. All its numbers stand in Data, in a row."
	}
	return ""
}

// squares writes the root of the sum of the squares.
func squares(data []float32) string {
	words := make([]string, len(data))
	for i, v := range data {
		words[i] = fmt.Sprintf("%.4g", float64(v)*float64(v))
	}
	return "the root of " + strings.Join(words, " + ")
}

func answerNorm(f normFunc, q table) string { return fmt.Sprintf("%.4g", f(q.tensor())) }
