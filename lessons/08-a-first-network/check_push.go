package firstnet

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type pushFunc = func(weights, velocities, gradients []float64, rate, momentum float64)

// A roll is a question for push: a weight, and the gradients of some steps.
type roll struct {
	gradients      []float64
	rate, momentum float64
}

var rolls = []roll{{[]float64{4}, 0.5, 0}, {[]float64{4, 4}, 0.5, 0.5}, {[]float64{1, 1, 1}, 0.1, 0.9}, {[]float64{2, -2, 2}, 0.5, 0.5}, {[]float64{3, 0, 0}, 1, 0.5}}

// ends returns the weight behind each step, from 10.
func (r roll) ends(f pushFunc) []float64 {
	w, v := []float64{10}, []float64{0}
	var all []float64
	for _, g := range r.gradients {
		f(w, v, []float64{g}, r.rate, r.momentum)
		all = append(all, w[0])
	}
	return all
}

func rule(step func(w, v, g, rate, momentum float64) (newW, newV float64)) pushFunc {
	return func(weights, velocities, gradients []float64, rate, momentum float64) {
		for i, g := range gradients {
			weights[i], velocities[i] = step(weights[i], velocities[i], g, rate, momentum)
		}
	}
}

var pushSlips = []slip.Slip[pushFunc]{
	{Advice: "The weight does not move: hole 2 is empty.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { return w, m*v + g })},
	{Advice: "The weight moves by the gradient alone, as without momentum. Hole 1 keeps a share of the old velocity, and hole 2 moves the weight by the velocity.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { return w - r*g, g })},
	{Advice: "That goes uphill: the weight moves against the velocity, with a minus.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = m*v + g; return w + r*v, v })},
	{Advice: "The velocity keeps all of what it had: momentum is the share that it keeps.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v += g; return w - r*v, v })},
	{Advice: "Here the gradient comes in whole: some write (1 - momentum) times it, but then the rate means something else.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = m*v + (1-m)*g; return w - r*v, v })},
	{Advice: "The rate is missing.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = m*v + g; return w - v, v })},
	{Advice: "The weight moves by the old velocity. First the velocity, then the weight.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { return w - r*v, m*v + g })},
	{Advice: "momentum and rate have changed places.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = r*v + g; return w - m*v, v })},
}

func checkPush(yours pushFunc) string {
	for _, r := range rolls {
		var got []float64
		if sentence := lab.Panics(func() { got = r.ends(yours) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", r, sentence)
		}
		want := r.ends(push)
		for i, w := range want {
			if !(math.Abs(got[i]-w) <= 1e-9) {
				return strings.TrimSpace(fmt.Sprintf("For %v your weight goes to %.6g. By hand: %s. %s", r, got, r.byHand(),
					slip.Find(yours, pushSlips, rolls, func(f pushFunc, r roll) string { return fmt.Sprintf("%.6g", r.ends(f)) })))
			}
		}
	}
	return checkTwoWeights(yours)
}

// checkTwoWeights looks whether each weight goes its own way.
func checkTwoWeights(yours pushFunc) string {
	w, v, g := []float64{1, 2}, []float64{0, 0}, []float64{1, 10}
	yours(w, v, g, 0.1, 0.9)
	if !(math.Abs(w[0]-0.9) <= 1e-9 && math.Abs(w[1]-1) <= 1e-9) || !slices.Equal(g, []float64{1, 10}) {
		return fmt.Sprintf("For weights of 1 and 2, gradients of 1 and 10, and a rate of 0.1, the weights become %.6g and the gradients %.6g. By hand: [0.9 1], and the gradients stay as they are.", w, g)
	}
	return ""
}

func (r roll) String() string {
	return fmt.Sprintf("a weight of 10, gradients of %.6g one after the other, rate=%v and momentum=%v,", r.gradients, r.rate, r.momentum)
}

func (r roll) byHand() string {
	w, v, words := 10.0, 0.0, []string{}
	for _, g := range r.gradients {
		next := r.momentum*v + g
		words = append(words, fmt.Sprintf("velocity %v*%.4g + %v = %.4g, weight %.4g - %v*%.4g = %.4g", r.momentum, v, g, next, w, r.rate, next, w-r.rate*next))
		v, w = next, w-r.rate*next
	}
	return strings.Join(words, "; ")
}
