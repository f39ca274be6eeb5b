package norm

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type inUseFunc = func(x []float64, runningMean, runningVar, eps float64) []float64

// A use is a question for inUse.
type use struct {
	x               []float64
	mean, vari, eps float64
}

var uses = []use{{[]float64{5}, 3, 3.75, 0.25}, {[]float64{5, 7, 1}, 3, 4, 0}, {[]float64{2}, 0, 1, 3}, {[]float64{-1, -1}, 1, 0.25, 0}, {[]float64{1}, 1, 0, 1e-5}}

func each(f func(v float64, u use) float64) inUseFunc {
	return func(x []float64, mean, vari, eps float64) []float64 {
		y := make([]float64, len(x))
		for i, v := range x {
			y[i] = f(v, use{x, mean, vari, eps})
		}
		return y
	}
}

var inUseSlips = []slip.Slip[inUseFunc]{
	{Advice: "That takes mean and variance of the numbers at hand, as in training. A picture alone is its own mean, so all becomes 0. In use they come from training.", Wrong: func(x []float64, mean, vari, eps float64) []float64 { return normalise(x, 1, 0, eps) }},
	{Advice: "The mean is that of training. The variance is still that of the numbers at hand.", Wrong: func(x []float64, mean, vari, eps float64) []float64 {
		_, batchVar := moments(x)
		return each(func(v float64, u use) float64 { return (v - u.mean) / math.Sqrt(batchVar+u.eps) })(x, mean, vari, eps)
	}},
	{Advice: "The variance is that of training. The mean is still that of the numbers at hand.", Wrong: func(x []float64, mean, vari, eps float64) []float64 {
		batchMean, _ := moments(x)
		return each(func(v float64, u use) float64 { return (v - batchMean) / math.Sqrt(u.vari+u.eps) })(x, mean, vari, eps)
	}},
	{Advice: "You divided by the variance. Take its root.", Wrong: each(func(v float64, u use) float64 { return (v - u.mean) / (u.vari + u.eps) })},
	{Advice: "eps is missing: it stands under the root, with the variance.", Wrong: each(func(v float64, u use) float64 { return (v - u.mean) / math.Sqrt(u.vari) })},
	{Advice: "Take the mean away; you added it.", Wrong: each(func(v float64, u use) float64 { return (v + u.mean) / math.Sqrt(u.vari+u.eps) })},
	{Advice: "Mean and variance have changed places.", Wrong: each(func(v float64, u use) float64 { return (v - u.vari) / math.Sqrt(u.mean+u.eps) })},
	{Advice: "eps stands under the root, with the variance.", Wrong: each(func(v float64, u use) float64 { return (v - u.mean) / (math.Sqrt(u.vari) + u.eps) })},
	{Advice: "The difference is the wrong way round: the value minus the mean.", Wrong: each(func(v float64, u use) float64 { return (u.mean - v) / math.Sqrt(u.vari+u.eps) })},
	{Advice: "Divide by the root; you multiplied by it.", Wrong: each(func(v float64, u use) float64 { return (v - u.mean) * math.Sqrt(u.vari+u.eps) })},
	{Advice: "The mean has not been taken away.", Wrong: each(func(v float64, u use) float64 { return v / math.Sqrt(u.vari+u.eps) })},
	{Advice: "The mean has been taken away. Now divide by the root of runningVar+eps.", Wrong: each(func(v float64, u use) float64 { return v - u.mean })},
	{Advice: "The brackets are missing: (v - runningMean) as a whole is divided.", Wrong: each(func(v float64, u use) float64 { return v - u.mean/math.Sqrt(u.vari+u.eps) })},
	{Advice: "runningVar is the variance already: it is not squared.", Wrong: each(func(v float64, u use) float64 { return (v - u.mean) / math.Sqrt(u.vari*u.vari+u.eps) })},
	{Advice: movesAverages, Wrong: func(x []float64, mean, vari, eps float64) []float64 {
		batchMean, batchVar := moments(x)
		return inUse(x, 0.9*mean+0.1*batchMean, 0.9*vari+0.1*batchVar, eps)
	}},
	{Advice: movesAverages, Wrong: func(x []float64, mean, vari, eps float64) []float64 {
		mean += sumOf(x) / float64(len(x))
		return inUse(x, mean, vari+meanSquare(x, mean), eps)
	}},
	{Advice: "The variance is still that of the numbers at hand, measured from the mean of training. In use it is runningVar.", Wrong: func(x []float64, mean, vari, eps float64) []float64 {
		return inUse(x, mean, meanSquare(x, mean), eps)
	}},
	{Advice: "A single number comes out as it went in. It is put right as all others are.", Wrong: func(x []float64, mean, vari, eps float64) []float64 {
		if len(x) == 1 {
			return x
		}
		return normalise(x, 1, 0, eps)
	}},
	{Advice: "A single number is put right by training's mean and variance, and several still by their own. In use all of them take those of training.", Wrong: func(x []float64, mean, vari, eps float64) []float64 {
		if len(x) == 1 {
			return inUse(x, mean, vari, eps)
		}
		return normalise(x, 1, 0, eps)
	}},
	{Advice: "That is x as it came.", Wrong: each(func(v float64, u use) float64 { return v })},
}

const movesAverages = "The numbers at hand still take part. Only training moves the averages; in use they stay as they are."

func moments(x []float64) (mean, variance float64) {
	mean = meanOf(x)
	return mean, meanSquare(x, mean)
}

func checkInUse(yours inUseFunc) string {
	for _, u := range uses {
		x := slices.Clone(u.x)
		var got []float64
		if sentence := lab.Panics(func() { got = yours(x, u.mean, u.vari, u.eps) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", u, sentence)
		}
		want := inUse(u.x, u.mean, u.vari, u.eps)
		if len(got) != len(want) {
			return fmt.Sprintf("For %v yours gives %d numbers, and there are %d.", u, len(got), len(want))
		}
		if !alike(got, want) {
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %.4g. By hand: (%v - %v)/%.4g = %.4g is the first. %s", u, got, u.x[0], u.mean, math.Sqrt(u.vari+u.eps), want[0],
				slip.Find(yours, inUseSlips, uses, func(f inUseFunc, u use) string {
					return fmt.Sprintf("%.9g", f(slices.Clone(u.x), u.mean, u.vari, u.eps))
				})))
		}
		if !slices.Equal(x, u.x) {
			return fmt.Sprintf("For %v yours changes x. It belongs to others: write into a slice of its own.", u)
		}
	}
	return ""
}

func (u use) String() string {
	return fmt.Sprintf("x=%v and, from training, a mean of %v and a variance of %v, with eps=%v,", u.x, u.mean, u.vari, u.eps)
}
