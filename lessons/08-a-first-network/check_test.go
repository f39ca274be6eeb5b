package firstnet

import (
	"math"
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "08", descendAnswers(), pushAnswers(), confusionAnswers())
}

func descendAnswers() labtest.Exercise {
	answers := labtest.Exercise{
		Name: "descend",
		Right: map[string]any{
			"the solution": descendFunc(descend),
			"counted down": descendFunc(func(gradient func(float64) float64, w, rate float64, steps int) float64 {
				for ; steps > 0; steps-- {
					w += -rate * gradient(w)
				}
				return w
			}),
			"one step and the rest": descendFunc(stepAndRest),
		},
		Wrong: map[string]labtest.Wrong{},
	}
	for i, mistake := range []string{"gradients pile up", "uphill", "the gradient says how far", "the gradient of the start", "one step too many", "one step too few", "divided by the rate",
		"the step in place of w", "the step in place of w, with its sign", "once", "the mean of the gradients", "the rate inside", "a rate that shrinks", "w in place of its gradient", "the sign of the gradient", "the gradient at the end", "no step"} {
		answers.Wrong[mistake] = labtest.Refused(descendSlips[i].Wrong, descendSlips[i].Advice)
	}
	return answers
}

func stepAndRest(gradient func(float64) float64, w, rate float64, steps int) float64 {
	if steps == 0 {
		return w
	}
	return stepAndRest(gradient, w-rate*gradient(w), rate, steps-1)
}

func pushAnswers() labtest.Exercise {
	answers := labtest.Exercise{
		Name: "push",
		Right: map[string]any{
			"the solution": pushFunc(push),
			"in two loops": pushFunc(func(weights, velocities, gradients []float64, rate, momentum float64) {
				for i := range velocities {
					velocities[i] = velocities[i]*momentum + gradients[i]
				}
				for i, v := range velocities {
					weights[i] -= v * rate
				}
			}),
			"with names": rule(func(w, v, g, rate, momentum float64) (float64, float64) {
				kept := momentum * v
				return w - rate*kept - rate*g, kept + g
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the first weight alone": labtest.Refused(pushFunc(func(weights, velocities, gradients []float64, rate, momentum float64) {
				push(weights[:1], velocities[:1], gradients[:1], rate, momentum)
			}), "the weights become [0.9 2]"),
			"the first velocity for all": labtest.Refused(pushFunc(func(weights, velocities, gradients []float64, rate, momentum float64) {
				for i, g := range gradients {
					velocities[0] = momentum*velocities[0] + g
					weights[i] -= rate * velocities[0]
				}
			}), "Each weight has a gradient and a velocity of its own"),
			"the rate in the velocity": labtest.Refused(rule(func(w, v, g, rate, momentum float64) (float64, float64) {
				v = momentum*v + rate*g
				return w - v, v
			}), "The rate is in the velocity."),
			"the velocity goes the other way": labtest.Refused(rule(func(w, v, g, rate, momentum float64) (float64, float64) {
				v = momentum*v - g
				return w + rate*v, v
			}), "the velocities become [-1 -10]. By hand: 0.9*0 + 1 = 1"),
		},
	}
	for i, mistake := range []string{"the stub", "no memory", "by the gradient", "hole 2 is empty", "no gradient", "a copy of the velocities", "two minuses", "uphill", "all is kept", "a share of the gradient", "no rate", "the old velocity",
		"momentum times the gradient", "momentum times both", "momentum twice", "the rate twice", "momentum added", "the step in place of the weight", "a look ahead", "rate and momentum swapped"} {
		answers.Wrong[mistake] = labtest.Refused(pushSlips[i].Wrong, pushSlips[i].Advice)
	}
	return answers
}

func confusionAnswers() labtest.Exercise {
	answers := labtest.Exercise{
		Name: "confusion",
		Right: map[string]any{
			"the solution": confusionFunc(confusion),
			"from the guesses": counted(allClasses, func(table [][]int, t, g int) {
				row := table[t]
				row[g] = row[g] + 1
			}),
			"class by class": confusionFunc(func(truth, guess []int, classes int) (table [][]int) {
				for t := range classes {
					row := make([]int, classes)
					for i := range truth {
						if truth[i] == t {
							row[guess[i]]++
						}
					}
					table = append(table, row)
				}
				return table
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"a panic": labtest.Refused(confusionFunc(func(truth, guess []int, classes int) [][]int { return [][]int{{guess[1]}} }), "By hand: [[1 0] [1 0]]."),
		},
	}
	for i, mistake := range []string{"the stub", "rows and columns swapped", "whether and not how often", "only the wrong ones", "a net that is 97 % right has nothing to show", "only the classes that were there",
		"the last is left out", "the first is left out", "over the classes", "the picture in place of its digit", "the picture in both", "two loops", "counted twice", "backwards", "guesses added up", "truths added up", "one row for all", "digits from 1", "one too far"} {
		answers.Wrong[mistake] = labtest.Refused(confusionSlips[i].Wrong, confusionSlips[i].Advice)
	}
	return answers
}

// The solution steps as the library's optimiser.
func TestPushIsTheLibrarys(t *testing.T) {
	sgd, random := nn.NewSGD(nn.SGDConfig{Momentum: 0.9}), nn.NewRandom(1)
	p := &nn.Param{Name: "w", Value: nn.NewTensor(1), Grad: nn.NewTensor(1), Trainable: true}
	w, v := []float64{0}, []float64{0}
	for range 20 {
		g := random.Normal()
		p.Grad.Data[0] = float32(g)
		sgd.Step([]*nn.Param{p}, 0.1)
		push(w, v, []float64{g}, 0.1, 0.9)
	}
	if math.Abs(w[0]-float64(p.Value.Data[0])) > 1e-5 {
		t.Errorf("the solution is at %v, the library at %v", w[0], p.Value.Data[0])
	}
}
