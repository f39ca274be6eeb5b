package softmax

import (
	"slices"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

// pushed changes p - y number by number.
func pushed(how func(p float64, isTrue bool) float64) gradientFunc {
	return func(scores []float64, label int) (g []float64) {
		for i, p := range softmax(scores) {
			g = append(g, how(p, i == label))
		}
		return g
	}
}

var gradientAnswers = labtest.Exercise{
	Name: "score-gradient",
	Right: map[string]any{
		"the solution": scoreGradient,
		"by nudging": func(scores []float64, label int) (g []float64) {
			for i := range scores {
				before := surprise(scores, label)
				scores[i] += 0.001
				g = append(g, (surprise(scores, label)-before)/0.001)
				scores[i] -= 0.001
			}
			return g
		},
		"the library": func(scores []float64, label int) []float64 {
			_, d := nn.CrossEntropy(rowOf(scores), []int{label})
			g := make([]float64, len(scores))
			for i, v := range d.Data {
				g[i] = float64(v)
			}
			return g
		},
		"what the others take": func(scores []float64, label int) []float64 {
			g := softmax(scores)
			g[label] = 0
			for i, p := range g {
				if i != label {
					g[label] -= p
				}
			}
			return g
		},
	},
	Wrong: map[string]labtest.Wrong{
		"the stub": labtest.Refused(func(scores []float64, label int) []float64 { return make([]float64, len(scores)) },
			"For scores [0 0] and label 0 yours gives [0 0]. By hand, with score 0 raised by 0.001: the surprise goes from 0.693147 to 0.692647, which is -0.500 times as far. All are 0"),
		"y - p": labtest.Refused(pushed(func(p float64, isTrue bool) float64 {
			if isTrue {
				return 1 - p
			}
			return -p
		}), "The sign is the wrong way round: raising the true score makes the surprise smaller."),
		"the shares": labtest.Refused(pushed(func(p float64, isTrue bool) float64 { return p }), "Take 1 away at the true class."),
		"1 less everywhere": labtest.Refused(pushed(func(p float64, isTrue bool) float64 { return p - 1 }),
			"For scores [0 0] and label 0 yours gives [-0.5 -0.5]. By hand, with score 1 raised by 0.001: the surprise goes from 0.693147 to 0.693647, which is 0.500 times as far. 1 is taken away at the true class only."),
		"the true class alone": labtest.Refused(pushed(func(p float64, isTrue bool) float64 {
			if isTrue {
				return p - 1
			}
			return 0
		}), "The true class is right. The other scores have a say, too"),
		"-1 for the share": labtest.Refused(pushed(func(p float64, isTrue bool) float64 {
			if isTrue {
				return -1
			}
			return p
		}), "the share is not replaced."),
		"no sign": labtest.Refused(pushed(func(p float64, isTrue bool) float64 {
			if isTrue {
				return 1 - p
			}
			return p
		}), "Which way each score pushes got lost"),
		"squared": labtest.Refused(pushed(func(p float64, isTrue bool) float64 {
			if isTrue {
				return (1 - p) * (1 - p)
			}
			return p * p
		}), "No square"),
		"the slope for the share": labtest.Refused(pushed(func(p float64, isTrue bool) float64 {
			if isTrue {
				return -1 / p
			}
			return 0
		}), "Here it is the score that is raised."),
		"not divided by the nudge": labtest.Refused(func(scores []float64, label int) []float64 {
			g := scoreGradient(scores, label)
			for i := range g {
				g[i] *= 0.001
			}
			return g
		}, "Divide what the surprise moves by the 0.001"),
		"divided by the classes": labtest.Refused(func(scores []float64, label int) []float64 {
			return divided(scoreGradient(scores, label), float64(len(scores)))
		}, "Not divided by the number of classes."),
		"the class that wins": labtest.Refused(func(scores []float64, label int) []float64 {
			return scoreGradient(scores, slices.Index(scores, slices.Max(scores)))
		}, "For scores [1 0] and label 1 yours gives [-0.2689 0.2689]. By hand, with score 0 raised by 0.001: the surprise goes from 1.313262 to 1.313993, which is 0.731 times as far. 1 is taken away at the true class, not at the one with the largest score."),
		"1 less in the scores": labtest.Refused(func(scores []float64, label int) []float64 {
			other := append([]float64{}, scores...)
			other[label] -= 1
			return softmax(other)
		}, "Take it from the share."),
		"one too few": labtest.Refused(func(scores []float64, label int) []float64 { return nil }, "yours gives 0 numbers. There is one for each score: 2."),
		"into the scores": labtest.Refused(func(scores []float64, label int) []float64 {
			for i, v := range scoreGradient(scores, label) {
				scores[i] = v
			}
			return scores
		}, "For scores [0 0] and label 0 yours changes the scores to [-0.5 0.5]."),
		"a panic": labtest.Refused(func(scores []float64, label int) []float64 { panic("no idea") }, "For scores [0 0] and label 0 yours panics: no idea."),
	},
}
