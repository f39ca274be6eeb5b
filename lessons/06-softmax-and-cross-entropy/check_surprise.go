package softmax

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type surpriseFunc = func(scores []float64, label int) float64

// guess is a question: the scores of a picture and its true class.
type guess struct {
	scores []float64
	label  int
}

var guesses = []guess{{[]float64{0, 0}, 0}, {[]float64{1, 0}, 0}, {[]float64{1, 0}, 1}, {[]float64{2, 1, -1}, 1}, {[]float64{-3, -1, -2, 0.5}, 2}, {[]float64{5}, 0}, {[]float64{0, 50}, 0}, {[]float64{0, 1000}, 0}, {[]float64{1000, 0, 999}, 2}, {[]float64{-1000, -1001}, 1}}

func (g guess) String() string { return fmt.Sprintf("scores %v and label %d", g.scores, g.label) }

// byShare is a surprise that is computed from the share of the true class.
func byShare(from func(p float64) float64) surpriseFunc {
	return func(scores []float64, label int) float64 { return from(softmax(scores)[label]) }
}

var surpriseSlips = append(smallAdded(), []slip.Slip[surpriseFunc]{
	{Advice: "The logarithm of a number below 1 is below zero. The surprise is above: minus the logarithm.", Wrong: byShare(math.Log)},
	{Advice: "The sign is the wrong way round.", Wrong: func(scores []float64, label int) float64 { return -surprise(scores, label) }},
	{Advice: "That is what is missing to 1, and not its surprise: minus the logarithm of the share.", Wrong: byShare(func(p float64) float64 { return 1 - p })},
	{Advice: "That is the surprise at the others together. Take the share of the true class itself.", Wrong: byShare(func(p float64) float64 { return -math.Log(1 - p) })},
	{Advice: "math.Log is the logarithm for e, and that is wanted here; yours is the one for 2.", Wrong: func(scores []float64, label int) float64 { return surprise(scores, label) / math.Ln2 }},
	{Advice: "math.Log is the logarithm for e, and that is wanted here; yours is the one for 2, and for a tiny share it is infinite.", Wrong: byShare(func(p float64) float64 { return -math.Log2(p) })},
	{Advice: "A share that is too small for a float64 is 0, and the logarithm of 0 is infinite. Do the division in the logarithm: subtract.", Wrong: byShare(func(p float64) float64 { return -math.Log(p) })},
	{Advice: "A share that may not fall below a limit keeps the logarithm finite, and wrong. Do the division in the logarithm: subtract.", Wrong: byShare(func(p float64) float64 { return -math.Log(max(p, 1e-12)) })},
	{Advice: "math.Log is the logarithm for e, and that is wanted here; yours is the one for 10.", Wrong: func(scores []float64, label int) float64 {
		top := slices.Max(scores)
		return math.Log10(math.Exp(surprise(scores, label)+scores[label]-top)) + top - scores[label]
	}},
	{Advice: "You took the largest away from all scores in the sum. Give it back behind the logarithm.", Wrong: func(scores []float64, label int) float64 { return surprise(scores, label) - slices.Max(scores) }},
	{Advice: "You took the largest away from all scores in the sum. Give it back behind the logarithm: add it.", Wrong: func(scores []float64, label int) float64 { return surprise(scores, label) - 2*slices.Max(scores) }},
	{Advice: "Without taking the largest away the exponentials overflow.", Wrong: func(scores []float64, label int) float64 {
		sum := 0.0
		for _, s := range scores {
			sum += math.Exp(s)
		}
		return math.Log(sum) - scores[label]
	}},
	{Advice: "That adds the surprise of every class. Only that of the true one counts.", Wrong: func(scores []float64, label int) (sum float64) {
		for i := range scores {
			sum += surprise(scores, i)
		}
		return sum
	}},
	{Advice: "That is the surprise at the class with the largest score. Take the class that is true: label.", Wrong: func(scores []float64, label int) float64 {
		return surprise(scores, slices.Index(scores, slices.Max(scores)))
	}},
	{Advice: "Labels count from 0.", Wrong: func(scores []float64, label int) float64 { return surprise(scores, max(label-1, 0)) }},
	{Advice: "That is the largest score minus that of the true class, a part of it. The others count too.", Wrong: func(scores []float64, label int) float64 { return slices.Max(scores) - scores[label] }},
}...)

// smallAdded are the answers that add a small number, whichever it is, to the share.
func smallAdded() (slips []slip.Slip[surpriseFunc]) {
	for power := -16; power <= -4; power++ {
		small := math.Pow10(power)
		slips = append(slips, slip.Slip[surpriseFunc]{
			Advice: "A small number added to the share keeps the logarithm finite, and wrong. Do the division in the logarithm: subtract.",
			Wrong:  byShare(func(p float64) float64 { return -math.Log(p + small) }),
		})
	}
	return slips
}

// checkSurprise compares yours with the solution.
func checkSurprise(yours surpriseFunc) string {
	for _, g := range guesses {
		scores := slices.Clone(g.scores)
		var got float64
		if sentence := lab.Panics(func() { got = yours(scores, g.label) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", g, sentence)
		}
		switch {
		case !near(got, surprise(g.scores, g.label)):
			advice := slip.Find(yours, surpriseSlips, guesses, func(f surpriseFunc, g guess) string { return short(f(slices.Clone(g.scores), g.label)) })
			yours, want := apart(got, surprise(g.scores, g.label))
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %s. By hand: %s %s. %s", g, yours, g.surpriseByHand(), want, advice))
		case !slices.Equal(scores, g.scores):
			return fmt.Sprintf("For %v yours gives what it should, but changes the scores. Others still need them.", g)
		}
	}
	return ""
}

// surpriseByHand tells how to come to the surprise; the number itself comes behind it.
func (g guess) surpriseByHand() string {
	p := softmax(g.scores)[g.label]
	if p > 1e-9 {
		return fmt.Sprintf("class %d gets the share %s of %s, and minus the logarithm of it is", g.label, short(p), list(softmax(g.scores)))
	}
	top := slices.Max(g.scores)
	sum := 0.0
	for _, s := range g.scores {
		sum += math.Exp(s - top)
	}
	return fmt.Sprintf("its share is e^%v divided by %s; the logarithm of the first is %v, that of the second %s, and minus the difference is",
		g.scores[g.label]-top, short(sum), g.scores[g.label]-top, short(math.Log(sum)))
}
