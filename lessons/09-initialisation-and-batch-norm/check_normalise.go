package norm

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type normaliseFunc = func(x []float64, gamma, beta, eps float64) []float64

// A channel is a question for normalise.
type channel struct {
	x                []float64
	gamma, beta, eps float64
}

var channels = []channel{
	{[]float64{1, 3}, 1, 0, 0},
	{[]float64{2, 4, 6, 8}, 1, 0, 0},
	{[]float64{101, 103}, 1, 0, 0},
	{[]float64{1, 3}, 2, 5, 0},
	{[]float64{7, 7, 7}, 1, 0, 0.25},
	{[]float64{0, 0.002}, 1, 1, 1e-5},
	{[]float64{-1, 0, 4}, 3, -2, 1},
}

// with returns a batch norm in which one step is another.
func with(spread func(sumOfSquares, n, eps float64) float64, place func(centred, spread, mean, gamma, beta float64) float64) normaliseFunc {
	return func(x []float64, gamma, beta, eps float64) []float64 {
		n, mean, squares := float64(len(x)), 0.0, 0.0
		for _, v := range x {
			mean += v / n
		}
		for _, v := range x {
			squares += (v - mean) * (v - mean)
		}
		y := make([]float64, len(x))
		for i, v := range x {
			y[i] = place(v-mean, spread(squares, n, eps), mean, gamma, beta)
		}
		return y
	}
}

func rightSpread(squares, n, eps float64) float64 { return math.Sqrt(squares/n + eps) }

func rightPlace(centred, spread, mean, gamma, beta float64) float64 {
	return gamma*centred/spread + beta
}

var normaliseSlips = []slip.Slip[normaliseFunc]{
	{Advice: "That is x as it came.", Wrong: func(x []float64, gamma, beta, eps float64) []float64 { return slices.Clone(x) }},
	{Advice: "The mean has been taken away. Now divide by the deviation.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return c })},
	{Advice: "You divided by the variance. Take its root.", Wrong: with(func(sq, n, eps float64) float64 { return sq/n + eps }, rightPlace)},
	{Advice: "The variance here is a mean: divide the sum of squares by n, not by n-1.", Wrong: with(func(sq, n, eps float64) float64 { return math.Sqrt(sq/(n-1) + eps) }, rightPlace)},
	{Advice: "The sum of the squares has to be divided by n.", Wrong: with(func(sq, n, eps float64) float64 { return math.Sqrt(sq + eps) }, rightPlace)},
	{Advice: "eps is missing: where all numbers are equal, the variance is 0, and 0/0 is not a number.", Wrong: with(func(sq, n, eps float64) float64 { return math.Sqrt(sq / n) }, rightPlace)},
	{Advice: "eps stands under the root, with the variance.", Wrong: with(func(sq, n, eps float64) float64 { return math.Sqrt(sq/n) + eps }, rightPlace)},
	{Advice: "gamma and beta are missing at the end: scale, then shift.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return c / s })},
	{Advice: "First the scale, then the shift: beta is not scaled.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return g * (c/s + b) })},
	{Advice: "gamma and beta have changed places.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return b*c/s + g })},
	{Advice: "The mean has not been taken away.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return g*(c+m)/s + b })},
}

func checkNormalise(yours normaliseFunc) string {
	for _, c := range channels {
		x := slices.Clone(c.x)
		var got []float64
		if sentence := lab.Panics(func() { got = yours(x, c.gamma, c.beta, c.eps) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", c, sentence)
		}
		want := normalise(c.x, c.gamma, c.beta, c.eps)
		if len(got) != len(want) {
			return fmt.Sprintf("For %v yours gives %d numbers, and there are %d.", c, len(got), len(want))
		}
		if !alike(got, want) {
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %.4g. By hand: %s. %s", c, got, c.byHand(), slip.Find(yours, normaliseSlips, channels, answerNormalise)))
		}
		if !slices.Equal(x, c.x) {
			return fmt.Sprintf("For %v yours changes x. It belongs to others: write into a slice of its own.", c)
		}
	}
	return ""
}

func alike(got, want []float64) bool {
	for i, v := range want {
		if !(math.Abs(got[i]-v) <= 1e-9*math.Max(1, math.Abs(v))) {
			return false
		}
	}
	return true
}

func (c channel) String() string {
	return fmt.Sprintf("x=%v gamma=%v beta=%v eps=%v", c.x, c.gamma, c.beta, c.eps)
}

func (c channel) byHand() string {
	mean, variance := moments(c.x)
	return fmt.Sprintf("the mean is %.4g and the variance %.4g, so %v*(%v - %.4g)/%.4g + %v is the first, and all are %.4g",
		mean, variance, c.gamma, c.x[0], mean, math.Sqrt(variance+c.eps), c.beta, normalise(c.x, c.gamma, c.beta, c.eps))
}

func answerNormalise(f normaliseFunc, c channel) string {
	return fmt.Sprintf("%.9g", f(slices.Clone(c.x), c.gamma, c.beta, c.eps))
}
