package softmax

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type softmaxFunc = func(scores []float64) []float64

// Questions for softmax: the last ones are too large, or too far below zero, for
// an exponential.
var softmaxQuestions = [][]float64{{1, 0}, {2, 1, -1}, {0, 0}, {-3, -1, -2, 0.5}, {5}, {1000, 999}, {-1000, -1001}, {2000, 0, -2000}}

// shares is softmax with two places for a mistake: what is raised, and what each
// is divided by.
func shares(power func(s float64, scores []float64) float64, by func(p, scores []float64) float64) softmaxFunc {
	return func(scores []float64) []float64 {
		p := make([]float64, len(scores))
		for i, s := range scores {
			p[i] = power(s, scores)
		}
		divisor := by(p, scores)
		for i := range p {
			p[i] /= divisor
		}
		return p
	}
}

func unshifted(s float64, scores []float64) float64 { return math.Exp(s) }
func shifted(s float64, scores []float64) float64   { return math.Exp(s - slices.Max(scores)) }
func largest(p, scores []float64) float64           { return slices.Max(scores) }

func total(p, scores []float64) (sum float64) {
	for _, v := range p {
		sum += v
	}
	return sum
}

func mean(numbers []float64) float64 { return total(numbers, nil) / float64(len(numbers)) }

var softmaxSlips = []slip.Slip[softmaxFunc]{
	{Advice: "Both holes are open: take the largest score away before you raise, and divide by the sum.", Wrong: shares(unshifted, largest)},
	{Advice: "Hole 2 is right. Now hole 1: take the largest score away from each score, then the largest exponential is 1.", Wrong: shares(unshifted, total)},
	{Advice: "Hole 1 is right. Now hole 2: a share is a part of the sum.", Wrong: shares(shifted, largest)},
	{Advice: "Divide by the sum of all, not by how many there are.", Wrong: shares(shifted, func(p, scores []float64) float64 { return float64(len(p)) })},
	{Advice: "They still have to be divided by their sum: then all together are 1.", Wrong: shares(shifted, func(p, scores []float64) float64 { return 1 })},
	{Advice: "Divide by the sum of the exponentials, not by that of the scores.", Wrong: shares(shifted, func(p, scores []float64) float64 { return total(scores, nil) })},
	{Advice: "Where did the exponential go? Scores may be below zero, shares not.", Wrong: shares(func(s float64, scores []float64) float64 { return s }, total)},
	{Advice: "It is the wrong way round: the largest score gets the largest share. Take the largest away from the score.", Wrong: shares(func(s float64, scores []float64) float64 { return math.Exp(slices.Max(scores) - s) }, total)},
	{Advice: "You took the smallest score away: then the largest is far above zero again.", Wrong: shares(func(s float64, scores []float64) float64 { return math.Exp(s - slices.Min(scores)) }, total)},
	{Advice: "You took the mean away: a score far above the mean overflows again.", Wrong: shares(func(s float64, scores []float64) float64 { return math.Exp(s - mean(scores)) }, total)},
	{Advice: "You divided the scores by the largest: that changes the shares. Take it away.", Wrong: shares(func(s float64, scores []float64) float64 { return math.Exp(s / slices.Max(scores)) }, total)},
	{Advice: "Your largest score begins at 0. If all scores are below zero, it must be below zero too.", Wrong: shares(func(s float64, scores []float64) float64 { return math.Exp(s - max(0, slices.Max(scores))) }, total)},
	{Advice: "The base is e, math.Exp, and not 2.", Wrong: shares(func(s float64, scores []float64) float64 { return math.Exp2(s - slices.Max(scores)) }, total)},
	{Advice: "All for the largest: that is no longer soft. The others get shares too.", Wrong: func(scores []float64) []float64 {
		p := make([]float64, len(scores))
		p[slices.Index(scores, slices.Max(scores))] = 1
		return p
	}},
	{Advice: "Divide when the sum is complete: yours still grows while you divide.", Wrong: func(scores []float64) []float64 {
		p, sum := make([]float64, len(scores)), 0.0
		for i, s := range scores {
			p[i] = shifted(s, scores)
			sum += p[i]
			p[i] /= sum
		}
		return p
	}},
}

// checkSoftmax compares yours with the solution.
func checkSoftmax(yours softmaxFunc) string {
	for _, question := range softmaxQuestions {
		scores := slices.Clone(question)
		var got []float64
		if sentence := lab.Panics(func() { got = yours(scores) }); sentence != "" {
			return fmt.Sprintf("For scores %v yours panics: %s.", question, sentence)
		}
		want := softmax(question)
		switch {
		case len(got) != len(want):
			return fmt.Sprintf("For scores %v yours gives %d shares. There is one for each score: %d.", question, len(got), len(want))
		case !slices.EqualFunc(got, want, near):
			return strings.TrimSpace(fmt.Sprintf("For scores %v yours gives %s. By hand: %s. %s", question, list(got), softmaxByHand(question), softmaxAdvice(yours)))
		case !slices.Equal(scores, question):
			return fmt.Sprintf("For scores %v yours gives what it should, but changes the scores. Others still need them.", question)
		}
	}
	return ""
}

// softmaxByHand writes the shares out, and where nothing can be computed as it
// stands, says so.
func softmaxByHand(scores []float64) string {
	top := slices.Max(scores)
	var powers []string
	var exponentials []float64
	for _, s := range scores {
		exponentials = append(exponentials, math.Exp(s-top))
		powers = append(powers, fmt.Sprintf("e^%v", s-top))
	}
	take := ""
	switch {
	case math.IsInf(math.Exp(top), 1):
		take = fmt.Sprintf("e^%v is too large for a float64, so take %v away first. ", top, top)
	case math.Exp(top) == 0:
		take = fmt.Sprintf("e^%v is too small for a float64, so take %v away first. ", top, top)
	case top != 0:
		take = fmt.Sprintf("take the largest away, %v. ", top)
	}
	return fmt.Sprintf("%s%s are %s with the sum %s, so the shares are %s", take, strings.Join(powers, ", "), list(exponentials), short(total(exponentials, nil)), list(softmax(scores)))
}

func softmaxAdvice(yours softmaxFunc) string {
	return slip.Find(yours, softmaxSlips, softmaxQuestions, func(f softmaxFunc, scores []float64) string { return list(f(slices.Clone(scores))) })
}
