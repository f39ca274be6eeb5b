package softmax

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type gradientFunc = func(scores []float64, label int) []float64

// fromShares is a gradient that is computed from each share p, and y: 1 for the
// true class, else 0.
func fromShares(from func(p, y float64) float64) gradientFunc {
	return func(scores []float64, label int) []float64 {
		g := softmax(scores)
		for i, p := range g {
			y := 0.0
			if i == label {
				y = 1
			}
			g[i] = from(p, y)
		}
		return g
	}
}

var gradientSlips = []slip.Slip[gradientFunc]{
	{Advice: "All are 0: it still has to be computed.", Wrong: fromShares(func(p, y float64) float64 { return 0 })},
	{Advice: "The sign is the wrong way round: raising the true score makes the surprise smaller.", Wrong: fromShares(func(p, y float64) float64 { return y - p })},
	{Advice: "Those are the shares. Take 1 away at the true class.", Wrong: fromShares(func(p, y float64) float64 { return p })},
	{Advice: "1 is taken away at the true class only.", Wrong: fromShares(func(p, y float64) float64 { return p - 1 })},
	{Advice: "The true class is right. The other scores have a say, too: each pushes with its share.", Wrong: fromShares(func(p, y float64) float64 { return y * (p - 1) })},
	{Advice: "The other classes are right. At the true class 1 is taken away from the share, the share is not replaced.", Wrong: fromShares(func(p, y float64) float64 { return p*(1-y) - y })},
	{Advice: "Which way each score pushes got lost: p - y, with its sign.", Wrong: fromShares(func(p, y float64) float64 { return math.Abs(p - y) })},
	{Advice: "No square: p - y itself.", Wrong: fromShares(func(p, y float64) float64 { return (p - y) * (p - y) })},
	{Advice: "That is how far the surprise moves if the share is raised. Here it is the score that is raised.", Wrong: fromShares(func(p, y float64) float64 {
		if y == 1 {
			return -1 / p
		}
		return 0
	})},
	{Advice: "Divide what the surprise moves by the 0.001 that the score moves.", Wrong: fromShares(func(p, y float64) float64 { return (p - y) / 1000 })},
	{Advice: "Not divided by the number of classes.", Wrong: func(scores []float64, label int) []float64 {
		g := scoreGradient(scores, label)
		for i := range g {
			g[i] /= float64(len(g))
		}
		return g
	}},
	{Advice: "1 is taken away at the true class, not at the one with the largest score.", Wrong: func(scores []float64, label int) []float64 {
		return scoreGradient(scores, slices.Index(scores, slices.Max(scores)))
	}},
	{Advice: "That takes 1 from the score. Take it from the share.", Wrong: func(scores []float64, label int) []float64 {
		less := slices.Clone(scores)
		less[label]--
		return softmax(less)
	}},
}

// checkScoreGradient compares yours with the solution. The learner may nudge: that
// is right to about three digits.
func checkScoreGradient(yours gradientFunc) string {
	for _, g := range guesses {
		scores := slices.Clone(g.scores)
		var got []float64
		if sentence := lab.Panics(func() { got = yours(scores, g.label) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", g, sentence)
		}
		want := scoreGradient(g.scores, g.label)
		switch {
		case len(got) != len(want):
			return fmt.Sprintf("For %v yours gives %d numbers. There is one for each score: %d.", g, len(got), len(want))
		case !slices.EqualFunc(scores, g.scores, near):
			return fmt.Sprintf("For %v yours changes the scores to %s. Others still need them.", g, list(scores))
		}
		for i, v := range want {
			if !(math.Abs(got[i]-v) <= 1e-3) { // NaN too
				advice := slip.Find(yours, gradientSlips, guesses, func(f gradientFunc, g guess) string { return list(f(slices.Clone(g.scores), g.label)) })
				return strings.TrimSpace(fmt.Sprintf("For %v yours gives %s. By hand, with score %d raised by 0.001: %s. %s", g, list(got), i, g.nudged(i), advice))
			}
		}
	}
	return ""
}

// nudged raises one score and tells how the surprise moves.
func (g guess) nudged(i int) string {
	raised := slices.Clone(g.scores)
	raised[i] += 0.001
	before, after := surprise(g.scores, g.label), surprise(raised, g.label)
	return fmt.Sprintf("the surprise goes from %.6f to %.6f, which is %.3f times as far", before, after, (after-before)/0.001)
}
