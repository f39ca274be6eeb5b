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

// ends returns weight and velocity behind each step, from 10 and 0.
func (r roll) ends(f pushFunc) (weights, velocities []float64) {
	w, v := []float64{10}, []float64{0}
	for _, g := range r.gradients {
		f(w, v, []float64{g}, r.rate, r.momentum)
		weights, velocities = append(weights, w[0]), append(velocities, v[0])
	}
	return weights, velocities
}

func (r roll) answer(f pushFunc) string {
	weights, velocities := r.ends(f)
	return fmt.Sprintf("%.6g %.6g", weights, velocities)
}

func rule(step func(w, v, g, rate, momentum float64) (newW, newV float64)) pushFunc {
	return func(weights, velocities, gradients []float64, rate, momentum float64) {
		for i, g := range gradients {
			weights[i], velocities[i] = step(weights[i], velocities[i], g, rate, momentum)
		}
	}
}

const notMoving = "The weight does not move: hole 2 is empty, or it changes a copy of the weights."

var pushSlips = []slip.Slip[pushFunc]{
	{Advice: notMoving, Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { return w, g })},
	{Advice: "The weight moves by the gradient alone, as without momentum. Hole 1 keeps a share of the old velocity.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { return w - r*g, g })},
	{Advice: "The velocity is right, but the weight moves by the gradient alone. Hole 2 moves it by the velocity.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { return w - r*g, m*v + g })},
	{Advice: notMoving, Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { return w, m*v + g })},
	{Advice: "The velocity stays 0, and so the weight does not move. Hole 1 adds the gradient.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { return w, v })},
	{Advice: "The velocity stays 0: what is written goes into a copy.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { return w - r*g, 0 })},
	{Advice: "The velocity points downhill and the weight moves against it, so it goes uphill. One minus is enough: that in the step.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = m*v - g; return w - r*v, v })},
	{Advice: "That goes uphill: the weight moves against the velocity, with a minus.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = m*v + g; return w + r*v, v })},
	{Advice: "The velocity keeps all of what it had: momentum is the share that it keeps.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v += g; return w - r*v, v })},
	{Advice: "Here the gradient comes in whole: some write (1 - momentum) times it, but then the rate means something else.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = m*v + (1-m)*g; return w - r*v, v })},
	{Advice: "The rate is missing.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = m*v + g; return w - v, v })},
	{Advice: "The weight moves by the old velocity. First the velocity, then the weight.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { return w - r*v, m*v + g })},
	{Advice: "momentum belongs to the old velocity, not to the gradient.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v += m * g; return w - r*v, v })},
	{Advice: "Only the old velocity is multiplied by momentum. The gradient comes in whole: no brackets around the sum.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = m * (v + g); return w - r*v, v })},
	{Advice: "momentum is in twice. The velocity has it already; the weight moves by rate times velocity.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = m*v + g; return w - r*m*v, v })},
	{Advice: "The rate is in twice, in the velocity and in the step. It belongs to the step alone.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = m*v + r*g; return w - r*v, v })},
	{Advice: "momentum is a share of the old velocity: momentum times velocities[i], plus the gradient.", Wrong: rule(func(w, _, g, r, m float64) (float64, float64) { return w - r*(m+g), m + g })},
	{Advice: "That is the step alone. It is taken away from the old weight: -=, not =.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = m*v + g; return r * v, v })},
	{Advice: "That looks one step ahead, as a relative of this rule by Nesterov does. Here the weight moves by the velocity.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = m*v + g; return w - r*(g+m*v), v })},
	{Advice: "momentum and rate have changed places.", Wrong: rule(func(w, v, g, r, m float64) (float64, float64) { v = r*v + g; return w - m*v, v })},
}

func checkPush(yours pushFunc) string {
	for _, r := range rolls {
		var got []float64
		if sentence := lab.Panics(func() { got, _ = r.ends(yours) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", r, sentence)
		}
		want, _ := r.ends(push)
		for i, w := range want {
			if !(math.Abs(got[i]-w) <= 1e-9) {
				return strings.TrimSpace(fmt.Sprintf("For %v your weight goes to %.6g. By hand: %s. %s", r, got, r.byHand(),
					slip.Find(yours, pushSlips, rolls, func(f pushFunc, r roll) string { return r.answer(f) })))
			}
		}
	}
	return checkTwoWeights(yours)
}

// checkTwoWeights looks whether each weight goes its own way, and what stands in
// the velocities.
func checkTwoWeights(yours pushFunc) string {
	w, v, g := []float64{1, 2}, []float64{0, 0}, []float64{1, 10}
	yours(w, v, g, 0.1, 0.9)
	const question = "For weights of 1 and 2, gradients of 1 and 10, and a rate of 0.1,"
	switch {
	case !near(w, 0.9, 1) || !slices.Equal(g, []float64{1, 10}):
		return fmt.Sprintf("%s the weights become %.6g and the gradients %.6g. By hand: [0.9 1], and the gradients stay as they are. Each weight has a gradient and a velocity of its own: [i] in all of them.", question, w, g)
	case near(v, 0.1, 1):
		return fmt.Sprintf("%s the velocities become %.6g. By hand: 0.9*0 + 1 = 1 and 0.9*0 + 10 = 10. The rate is in the velocity. As long as it stays the same that comes to the same, but a rate that is lowered on the way would not reach the old part of the velocity.", question, v)
	case !near(v, 1, 10):
		return fmt.Sprintf("%s the velocities become %.6g. By hand: 0.9*0 + 1 = 1 and 0.9*0 + 10 = 10.", question, v)
	}
	return ""
}

func near(got []float64, a, b float64) bool {
	return math.Abs(got[0]-a) <= 1e-9 && math.Abs(got[1]-b) <= 1e-9
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
