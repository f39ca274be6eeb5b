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

// gradients are questions for norm: the last two are as small as those that
// sigmoids leave.
var gradients = [][]float32{{3, 4}, {-3, 4}, {2}, {1, 2, 2}, {0, 0, 0}, {3e-25, 4e-25}, {0, -1e-30}}

var normSlips = []slip.Slip[normFunc]{
	{Advice: "The root is missing: a length of 5 has a square of 25.", Wrong: func(g *nn.Tensor) float64 { n := norm(g); return n * n }},
	{Advice: "That adds the numbers as they are: 3 and -4 would cancel, and a large gradient look like none. Square them first.", Wrong: func(g *nn.Tensor) float64 { return sumOf(g, func(v float64) float64 { return v }) }},
	{Advice: "That is the sum of the sizes. The length of a way across is shorter: the root of the sum of the squares.", Wrong: func(g *nn.Tensor) float64 { return sumOf(g, math.Abs) }},
	{Advice: "That is the largest number alone.", Wrong: func(g *nn.Tensor) (m float64) {
		for _, v := range g.Data {
			m = max(m, math.Abs(float64(v)))
		}
		return m
	}},
	{Advice: "No mean is taken: divide by nothing.", Wrong: func(g *nn.Tensor) float64 { return norm(g) / math.Sqrt(float64(len(g.Data))) }},
	{Advice: "No mean is taken: divide by nothing.", Wrong: func(g *nn.Tensor) float64 { return norm(g) / float64(len(g.Data)) }},
	{Advice: "3e-25 squared is 9e-50, and a float32 has no room for that: it becomes 0. Make each number a float64 before you square it.", Wrong: func(g *nn.Tensor) float64 {
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

func sumOf(g *nn.Tensor, f func(v float64) float64) (sum float64) {
	for _, v := range g.Data {
		sum += f(float64(v))
	}
	return sum
}

func checkNorm(yours normFunc) string {
	for _, data := range gradients {
		g := nn.FromSlice(slices.Clone(data), len(data))
		var got float64
		if sentence := lab.Panics(func() { got = yours(g) }); sentence != "" {
			return fmt.Sprintf("For the gradient %v yours panics: %s.", data, sentence)
		}
		if want := norm(nn.FromSlice(data, len(data))); !(math.Abs(got-want) <= 1e-6*want) {
			return strings.TrimSpace(fmt.Sprintf("For the gradient %v yours gives %.4g. By hand: %s = %.4g. %s", data, got, squares(data), want, slip.Find(yours, normSlips, gradients, answerNorm)))
		}
		if !slices.Equal(g.Data, data) {
			return fmt.Sprintf("The gradient was %v and is %v afterwards. Look at it, and leave it as it is: the optimiser needs it.", data, g.Data)
		}
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

func answerNorm(f normFunc, data []float32) string {
	return fmt.Sprintf("%.4g", f(nn.FromSlice(slices.Clone(data), len(data))))
}
