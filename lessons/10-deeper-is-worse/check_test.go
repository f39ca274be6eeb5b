package deeper

import (
	"testing"

	"reslab/lessons/lab/labtest"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "10", diagnoseAnswers(), wayBackAnswers(), normAnswers())
}

func diagnoseAnswers() labtest.Exercise {
	f := func(f diagnoseFunc) diagnoseFunc { return f }
	return labtest.Exercise{
		Name: "diagnose",
		Right: map[string]any{
			"the solution": f(diagnose),
			"early returns": f(func(st, dt, se, de float64) string {
				if dt > st {
					return "hard to train"
				}
				if de > se {
					return "overfitting"
				}
				return "fine"
			}),
			"the other way round": f(func(st, dt, se, de float64) string {
				if st >= dt {
					if se >= de {
						return "fine"
					}
					return "overfitting"
				}
				return "hard to train"
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"deep nets overfit": labtest.Refused(f(func(st, dt, se, de float64) string {
				if de > se {
					return "overfitting"
				}
				return "fine"
			}), "The test loss alone cannot tell"),
			"test before training": labtest.Refused(f(func(st, dt, se, de float64) string {
				switch {
				case de > se:
					return "overfitting"
				case dt > st:
					return "hard to train"
				}
				return "fine"
			}), "The order matters"),
			"training alone": labtest.Refused(f(func(st, dt, se, de float64) string {
				if dt > st {
					return "hard to train"
				}
				return "fine"
			}), "The training loss alone cannot tell"),
			"a net with itself": labtest.Refused(f(func(st, dt, se, de float64) string {
				if de > dt {
					return "overfitting"
				}
				return diagnose(st, dt, se, de)
			}), "Compare the deep net with the shallow one"),
			"equal counts as worse": labtest.Refused(f(func(st, dt, se, de float64) string {
				switch {
				case dt >= st:
					return "hard to train"
				case de >= se:
					return "overfitting"
				}
				return "fine"
			}), "Equal is not worse"),
			"less is worse": labtest.Refused(f(func(st, dt, se, de float64) string {
				switch {
				case dt < st:
					return "hard to train"
				case de < se:
					return "overfitting"
				}
				return "fine"
			}), "mind the direction"),
			"both have to be worse": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > st && de > se, "hard to train", de > se, "overfitting")
			}), `yours says "fine". By hand: the deep net is worse on the pictures that it learns from, 0.6 against 0.4, so "hard to train". A worse training loss is enough`),
			"better training for overfitting": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > st, "hard to train", dt < st && de > se, "overfitting")
			}), "no worse is enough"),
			"a net with itself, second": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > st, "hard to train", de > dt, "overfitting")
			}), "Compare the deep net with the shallow one"),
			"gaps compared": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > st, "hard to train", de-dt > se-st, "overfitting")
			}), "A gap between test and training loss is no harm by itself"),
			"indices swapped": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > se, "hard to train", de > se, "overfitting")
			}), "Compare like with like"),
			"a limit of one's own": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > 1, "hard to train", de > se, "overfitting")
			}), "No loss is bad by itself"),
			"losses added up": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt+de > st+se, "hard to train", de > se, "overfitting")
			}), "Do not add the losses up"),
			"equal training counts as worse": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt >= st, "hard to train", de > se, "overfitting")
			}), "Equal is not worse"),
			"other words": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > st, "Hard to train", de > se, "Overfitting")
			}), "one of the three words"),
			"always the same": labtest.Refused(f(func(st, dt, se, de float64) string { return "hard to train" }), "whatever the losses are"),
			"a panic":         labtest.Refused(f(func(st, dt, se, de float64) string { panic("to do") }), "test losses of 0.5 and 2.2 yours panics: to do."),
			"names swapped": labtest.Refused(f(func(st, dt, se, de float64) string {
				return map[string]string{"hard to train": "overfitting", "overfitting": "hard to train", "fine": "fine"}[diagnose(st, dt, se, de)]
			}), "the wrong way round"),
		},
	}
}
