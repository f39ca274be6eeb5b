package softmax

import (
	"math"
	"slices"
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "06", softmaxAnswers, surpriseAnswers, gradientAnswers)
}

// exponentials is what most answers to softmax begin with.
func exponentials(scores []float64, less float64) (p []float64, sum float64) {
	for _, s := range scores {
		p = append(p, math.Exp(s-less))
		sum += math.Exp(s - less)
	}
	return p, sum
}

// divided divides all numbers.
func divided(p []float64, by float64) []float64 {
	for i := range p {
		p[i] /= by
	}
	return p
}

// rowOf makes scores a batch of one.
func rowOf(scores []float64) *nn.Tensor {
	x := nn.NewTensor(1, len(scores))
	for i, s := range scores {
		x.Data[i] = float32(s)
	}
	return x
}

var softmaxAnswers = labtest.Exercise{
	Name: "softmax",
	Right: map[string]any{
		"the solution": softmax,
		"by logarithms": func(scores []float64) (p []float64) {
			_, sum := exponentials(scores, slices.Max(scores))
			for _, s := range scores {
				p = append(p, math.Exp(s-slices.Max(scores)-math.Log(sum)))
			}
			return p
		},
		"each against each": func(scores []float64) (p []float64) {
			for _, s := range scores {
				sum := 0.0
				for _, other := range scores {
					sum += math.Exp(other - s) // +Inf gives the share 0
				}
				p = append(p, 1/sum)
			}
			return p
		},
		"sorted first": func(scores []float64) []float64 {
			sorted := slices.Sorted(slices.Values(scores))
			return divided(exponentials(scores, sorted[len(sorted)-1]))
		},
	},
	Wrong: map[string]labtest.Wrong{
		"the stub": labtest.Refused(func(scores []float64) []float64 {
			p, _ := exponentials(scores, 0)
			return divided(p, slices.Max(scores))
		}, "For scores [1 0] yours gives [2.718 1]. By hand: take the largest away, 1. e^0, e^-1 are [1 0.3679] with the sum 1.368, so the shares are [0.7311 0.2689]. Both holes are open"),
		"nothing is taken away": labtest.Refused(func(scores []float64) []float64 { return divided(exponentials(scores, 0)) },
			"For scores [1000 999] yours gives [NaN NaN]. By hand: e^1000 is too large for a float64, so take 1000 away first. e^0, e^-1 are [1 0.3679] with the sum 1.368, so the shares are [0.7311 0.2689]. Hole 2 is right. Now hole 1"),
		"hole 1 alone": labtest.Refused(func(scores []float64) []float64 {
			p, _ := exponentials(scores, slices.Max(scores))
			return divided(p, slices.Max(scores))
		}, "Hole 1 is right. Now hole 2: a share is a part of the sum."),
		"by the number of classes": labtest.Refused(func(scores []float64) []float64 {
			p, _ := exponentials(scores, slices.Max(scores))
			return divided(p, float64(len(p)))
		}, "For scores [1 0] yours gives [0.5 0.1839]. By hand: take the largest away, 1. e^0, e^-1 are [1 0.3679] with the sum 1.368, so the shares are [0.7311 0.2689]. Divide by the sum of all, not by how many there are."),
		"by the largest": labtest.Refused(func(scores []float64) []float64 {
			p, _ := exponentials(scores, slices.Max(scores))
			return divided(p, slices.Max(p))
		}, "They still have to be divided by their sum: then"),
		"by the sum of the scores": labtest.Refused(func(scores []float64) []float64 {
			p, _ := exponentials(scores, slices.Max(scores))
			sum := 0.0
			for _, s := range scores {
				sum += s
			}
			return divided(p, sum)
		}, "not by that of the scores."),
		"twice the score, twice the share": labtest.Refused(func(scores []float64) []float64 {
			sum := 0.0
			for _, s := range scores {
				sum += s
			}
			return divided(slices.Clone(scores), sum)
		}, "Where did the exponential go? Scores may be below zero, shares not."),
		"the sign": labtest.Refused(func(scores []float64) []float64 {
			p, sum := make([]float64, len(scores)), 0.0
			for i, s := range scores {
				p[i] = math.Exp(slices.Max(scores) - s)
				sum += p[i]
			}
			return divided(p, sum)
		}, "It is the wrong way round"),
		"the smallest is taken away": labtest.Refused(func(scores []float64) []float64 { return divided(exponentials(scores, slices.Min(scores))) },
			"For scores [2000 0 -2000] yours gives [NaN NaN 0]. By hand: e^2000 is too large for a float64, so take 2000 away first. e^0, e^-2000, e^-4000 are [1 0 0] with the sum 1, so the shares are [1 0 0]. You took the smallest score away"),
		"the mean is taken away": labtest.Refused(func(scores []float64) []float64 {
			sum := 0.0
			for _, s := range scores {
				sum += s
			}
			return divided(exponentials(scores, sum/float64(len(scores))))
		}, "You took the mean away"),
		"the largest begins at 0": labtest.Refused(func(scores []float64) []float64 {
			top := 0.0
			for _, s := range scores {
				if s > top {
					top = s
				}
			}
			return divided(exponentials(scores, top))
		}, "For scores [-1000 -1001] yours gives [NaN NaN]. By hand: e^-1000 is too small for a float64, so take -1000 away first. e^0, e^-1 are [1 0.3679] with the sum 1.368, so the shares are [0.7311 0.2689]. Your largest score begins at 0."),
		"the base is 2": labtest.Refused(func(scores []float64) []float64 {
			p, sum := make([]float64, len(scores)), 0.0
			for i, s := range scores {
				p[i] = math.Pow(2, s-slices.Max(scores))
				sum += p[i]
			}
			return divided(p, sum)
		}, "The base is e"),
		"the winner takes all": labtest.Refused(func(scores []float64) []float64 {
			p, best := make([]float64, len(scores)), 0
			for i, s := range scores {
				if s > scores[best] {
					best = i
				}
			}
			p[best] = 1
			return p
		}, "For scores [1 0] yours gives [1 0]. By hand: take the largest away, 1. e^0, e^-1 are [1 0.3679] with the sum 1.368, so the shares are [0.7311 0.2689]. All for the largest"),
		"divided too early": labtest.Refused(func(scores []float64) []float64 {
			p, sum := make([]float64, len(scores)), 0.0
			for i, s := range scores {
				sum += math.Exp(s - slices.Max(scores))
				p[i] = math.Exp(s-slices.Max(scores)) / sum
			}
			return p
		}, "Divide when the sum is complete"),
		"one too few": labtest.Refused(func(scores []float64) []float64 { return softmax(scores)[1:] },
			"For scores [1 0] yours gives 1 shares. There is one for each score: 2."),
		"into the scores": labtest.Refused(func(scores []float64) []float64 {
			for i, v := range softmax(scores) {
				scores[i] = v
			}
			return scores
		}, "changes the scores."),
		"a panic": labtest.Refused(func(scores []float64) []float64 { return []float64{scores[len(scores)]} },
			"For scores [1 0] yours panics: runtime error: index out of range [2] with length 2."),
	},
}

var surpriseAnswers = labtest.Exercise{
	Name: "surprise",
	Right: map[string]any{
		"the solution": surprise,
		"against the true class": func(scores []float64, label int) float64 {
			top, sum := slices.Max(scores), 0.0
			for _, s := range scores {
				sum += math.Exp(s - top)
			}
			return -(scores[label] - top - math.Log(sum))
		},
		"the share where it is large enough": func(scores []float64, label int) float64 {
			if p := softmax(scores)[label]; p > 1e-100 {
				return -math.Log(p)
			}
			return slices.Max(scores) - scores[label] // the others do not count any more
		},
		"with Log1p": func(scores []float64, label int) float64 {
			best := slices.Index(scores, slices.Max(scores))
			others := 0.0
			for i, s := range scores {
				if i != best {
					others += math.Exp(s - scores[best])
				}
			}
			return math.Log1p(others) + scores[best] - scores[label]
		},
	},
	Wrong: map[string]labtest.Wrong{
		"the stub": labtest.Refused(func(scores []float64, label int) float64 { return -math.Log(softmax(scores)[label]) },
			"For scores [0 1000] and label 0 yours gives +Inf. By hand: its share is e^-1000 divided by 1; the logarithm of the first is -1000, that of the second 0, and minus the difference is 1000. A share that is too small"),
		"the sign is forgotten": labtest.Refused(func(scores []float64, label int) float64 { return math.Log(softmax(scores)[label]) },
			"For scores [0 0] and label 0 yours gives -0.6931. By hand: class 0 gets the share 0.5 of [0.5 0.5], and minus the logarithm of it is 0.6931. The logarithm of a number below 1 is below zero."),
		"the sign is turned": labtest.Refused(func(scores []float64, label int) float64 { return -surprise(scores, label) },
			"The sign is the wrong way round."),
		"what is missing to 1": labtest.Refused(func(scores []float64, label int) float64 { return 1 - softmax(scores)[label] },
			"That is what is missing to 1"),
		"the others": labtest.Refused(func(scores []float64, label int) float64 { return -math.Log(1 - softmax(scores)[label]) },
			"For scores [1 0] and label 0 yours gives 1.313. By hand: class 0 gets the share 0.7311 of [0.7311 0.2689], and minus the logarithm of it is 0.3133. That is the surprise at the others"),
		"in bits": labtest.Refused(func(scores []float64, label int) float64 { return surprise(scores, label) * math.Log2E },
			"yours is the one for 2."),
		"in bits, of the share": labtest.Refused(func(scores []float64, label int) float64 { return -math.Log2(softmax(scores)[label]) },
			"yours is the one for 2, and for a tiny share it is infinite."),
		"a little is added": labtest.Refused(func(scores []float64, label int) float64 { return -math.Log(softmax(scores)[label] + 1e-12) },
			"For scores [0 50] and label 0 yours gives 27.63. By hand: its share is e^-50 divided by 1; the logarithm of the first is -50, that of the second 0, and minus the difference is 50. A small number added"),
		"less is added": labtest.Refused(func(scores []float64, label int) float64 { return -math.Log(softmax(scores)[label] + 1e-9) },
			"For scores [0 0] and label 0 yours gives 0.693147179. By hand: class 0 gets the share 0.5 of [0.5 0.5], and minus the logarithm of it is 0.693147181. A small number added to the share"),
		"the logarithm for 10 of the sum": labtest.Refused(func(scores []float64, label int) float64 {
			top := slices.Max(scores)
			_, sum := exponentials(scores, top)
			return math.Log10(sum) + top - scores[label]
		}, "yours is the one for 10."),
		"a lower limit": labtest.Refused(func(scores []float64, label int) float64 { return -math.Log(math.Max(1e-12, softmax(scores)[label])) },
			"A share that may not fall below a limit"),
		"the largest is not given back": labtest.Refused(func(scores []float64, label int) float64 {
			_, sum := exponentials(scores, slices.Max(scores))
			return math.Log(sum) - scores[label]
		}, "Give it back behind the logarithm."),
		"the largest is taken away twice": labtest.Refused(func(scores []float64, label int) float64 {
			_, sum := exponentials(scores, slices.Max(scores))
			return math.Log(sum) - scores[label] - slices.Max(scores)
		}, "Give it back behind the logarithm: add it."),
		"overflow": labtest.Refused(func(scores []float64, label int) float64 {
			_, sum := exponentials(scores, 0)
			return math.Log(sum) - scores[label]
		}, "For scores [0 1000] and label 0 yours gives +Inf."),
		"all classes": labtest.Refused(func(scores []float64, label int) float64 {
			sum := 0.0
			for i := range scores {
				sum += surprise(scores, i)
			}
			return sum
		}, "That adds the surprise of every class."),
		"the class that wins": labtest.Refused(func(scores []float64, label int) float64 {
			return surprise(scores, slices.Index(scores, slices.Max(scores)))
		}, "For scores [1 0] and label 1 yours gives 0.3133. By hand: class 1 gets the share 0.2689 of [0.7311 0.2689], and minus the logarithm of it is 1.313. That is the surprise at the class with the largest score."),
		"labels from 1": labtest.Refused(func(scores []float64, label int) float64 {
			if label > 0 {
				label--
			}
			return surprise(scores, label)
		}, "Labels count from 0."),
		"the distance to the winner": labtest.Refused(func(scores []float64, label int) float64 { return slices.Max(scores) - scores[label] },
			"The others count too."),
		"into the scores": labtest.Refused(func(scores []float64, label int) float64 {
			s := surprise(scores, label)
			scores[0]++
			return s
		}, "changes the scores."),
		"a panic": labtest.Refused(func(scores []float64, label int) float64 { panic("no idea") }, "For scores [0 0] and label 0 yours panics: no idea."),
	},
}
