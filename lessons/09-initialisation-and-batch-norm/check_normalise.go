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
	{Advice: "gamma is missing: multiply by it before the shift.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return c/s + b })},
	{Advice: "beta is missing: add it at the end.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return g * c / s })},
	{Advice: "gamma scales: multiply by it, do not add it.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return g + c/s + b })},
	{Advice: "beta is added, not taken away.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return g*c/s - b })},
	{Advice: "The difference is the wrong way round: the value minus the mean.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return -g*c/s + b })},
	{Advice: "Divide by the root; you multiplied by it.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return g*c*s + b })},
	{Advice: "The brackets are missing: (v-mean) as a whole is divided.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return g*(c+m) - m/s + b })},
	{Advice: "The brackets are missing: (v-mean) as a whole is divided.", Wrong: with(rightSpread, func(c, s, m, g, b float64) float64 { return g*(c+m-m/s) + b })},
	{Advice: "eps is in twice.", Wrong: with(func(sq, n, eps float64) float64 { return math.Sqrt(sq/n + 2*eps) }, rightPlace)},
	{Advice: "The mean is the sum divided by how many there are: divide by float64(len(x)).", Wrong: measured(sumOf, meanSquare)},
	{Advice: "The mean takes in the last value alone: += in the place of =.", Wrong: measured(func(x []float64) float64 { return x[len(x)-1] / float64(len(x)) }, meanSquare)},
	{Advice: "The variance takes in the last value alone: += in the place of =.", Wrong: measured(meanOf, func(x []float64, mean float64) float64 {
		c := x[len(x)-1] - mean
		return c * c / float64(len(x))
	})},
	{Advice: "The variance is measured from the mean: square v - mean, not v.", Wrong: measured(meanOf, func(x []float64, _ float64) float64 { return meanSquare(x, 0) })},
	{Advice: "The distances have to be squared. As they are, those below and above the mean cancel.", Wrong: measured(meanOf, func(x []float64, mean float64) float64 { return meanOf(x) - mean })},
	{Advice: "The variance is the mean of the squared distances, not of the distances.", Wrong: measured(meanOf, func(x []float64, mean float64) (sum float64) {
		for _, v := range x {
			sum += math.Abs(v-mean) / float64(len(x))
		}
		return sum
	})},
	{Advice: unfinishedMean, Wrong: measured(meanOf, func(x []float64, _ float64) (sum float64) {
		for i, v := range x {
			soFar := sumOf(x[:i+1]) / float64(len(x))
			sum += (v - soFar) * (v - soFar) / float64(len(x))
		}
		return sum
	})},
	{Advice: unfinishedMean, Wrong: func(x []float64, gamma, beta, eps float64) []float64 {
		y, mean, variance := make([]float64, len(x)), 0.0, 0.0
		for i, v := range x {
			mean += v / float64(len(x))
			variance += (v - mean) * (v - mean) / float64(len(x))
			y[i] = gamma*(v-mean)/math.Sqrt(variance+eps) + beta
		}
		return y
	}},
	{Advice: "The first value is left out: the loop that writes y begins at 0.", Wrong: func(x []float64, gamma, beta, eps float64) []float64 {
		y := normalise(x, gamma, beta, eps)
		y[0] = 0
		return y
	}},
	{Advice: "That goes from 0 to 1, from the smallest to the largest. Batch norm divides by the deviation, and not by the span.", Wrong: func(x []float64, gamma, beta, eps float64) []float64 {
		y, low, high := make([]float64, len(x)), slices.Min(x), slices.Max(x)
		for i, v := range x {
			y[i] = gamma*(v-low)/(high-low) + beta
		}
		return y
	}},
}

const unfinishedMean = "The mean is used before it is known: it takes a loop of its own, and the next one begins when that has ended."

// measured is a batch norm with another mean or another variance.
func measured(mean func(x []float64) float64, variance func(x []float64, mean float64) float64) normaliseFunc {
	return func(x []float64, gamma, beta, eps float64) []float64 {
		m := mean(x)
		y, root := make([]float64, len(x)), math.Sqrt(variance(x, m)+eps)
		for i, v := range x {
			y[i] = gamma*(v-m)/root + beta
		}
		return y
	}
}

func sumOf(x []float64) (sum float64) {
	for _, v := range x {
		sum += v
	}
	return sum
}

func meanOf(x []float64) float64 { return sumOf(x) / float64(len(x)) }

func meanSquare(x []float64, mean float64) (sum float64) {
	for _, v := range x {
		sum += (v - mean) * (v - mean) / float64(len(x))
	}
	return sum
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
	mean := meanOf(c.x)
	variance := meanSquare(c.x, mean)
	return fmt.Sprintf("the mean is %.4g and the variance %.4g, so %v*(%v - %.4g)/%.4g + %v is the first, and all are %.4g",
		mean, variance, c.gamma, c.x[0], mean, math.Sqrt(variance+c.eps), c.beta, normalise(c.x, c.gamma, c.beta, c.eps))
}

func answerNormalise(f normaliseFunc, c channel) string {
	return fmt.Sprintf("%.9g", f(slices.Clone(c.x), c.gamma, c.beta, c.eps))
}
