package deeper

import (
	"math"
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
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
			"names swapped": labtest.Refused(f(func(st, dt, se, de float64) string {
				return map[string]string{"hard to train": "overfitting", "overfitting": "hard to train", "fine": "fine"}[diagnose(st, dt, se, de)]
			}), "the wrong way round"),
		},
	}
}

func wayBackAnswers() labtest.Exercise {
	f := func(f wayBackFunc) wayBackFunc { return f }
	return labtest.Exercise{
		Name: "on-the-way-back",
		Right: map[string]any{
			"the solution": f(onTheWayBack),
			"each on its own": f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i := range slopes {
					out[i] = dy
					for _, s := range slopes[i:] {
						out[i] *= s
					}
				}
				return out
			}),
			"from the place behind": f(func(slopes []float64, dy float64) []float64 {
				out := append(make([]float64, len(slopes)), dy)
				for i := len(slopes) - 1; i >= 0; i-- {
					out[i] = out[i+1] * slopes[i]
				}
				return out[:len(slopes)]
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"from the first layer on": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i, s := range slopes {
					dy *= s
					out[i] = dy
				}
				return out
			}), "begin at the last layer"),
			"nothing is handed on": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i, s := range slopes {
					out[i] = dy * s
				}
				return out
			}), "Hole 2 has to keep the product"),
			"slopes are added": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i := len(slopes) - 1; i >= 0; i-- {
					dy += slopes[i]
					out[i] = dy
				}
				return out
			}), "multiplied, not added"),
			"off by one": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i := len(slopes) - 1; i >= 0; i-- {
					out[i] = dy
					dy *= slopes[i]
				}
				return out
			}), "gradient at the output of each layer"),
			"dy forgotten": labtest.Refused(f(func(slopes []float64, dy float64) []float64 { return onTheWayBack(slopes, 1) }), "dy is forgotten"),
			"upside down": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := onTheWayBack(slopes, dy)
				for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
					out[i], out[j] = out[j], out[i]
				}
				return out
			}), "wrong order"),
			"one number alone": labtest.Refused(f(func(slopes []float64, dy float64) []float64 { return []float64{0.5} }), "There is one for each layer: 2"),
			"the stub":         labtest.Refused(f(func(slopes []float64, dy float64) []float64 { return make([]float64, len(slopes)) }), "the holes are still empty"),
		},
	}
}

func normAnswers() labtest.Exercise {
	f := func(f normFunc) normFunc { return f }
	return labtest.Exercise{
		Name: "norm",
		Right: map[string]any{
			"the solution": f(norm),
			"hypotenuses": f(func(g *nn.Tensor) (n float64) {
				for _, v := range g.Data {
					n = math.Hypot(n, float64(v))
				}
				return n
			}),
			"powers": f(func(g *nn.Tensor) float64 {
				return math.Pow(sumOf(g, func(v float64) float64 { return math.Pow(v, 2) }), 0.5)
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"no root":            labtest.Refused(f(func(g *nn.Tensor) float64 { n := norm(g); return n * n }), "The root is missing"),
			"signs cancel":       labtest.Refused(f(func(g *nn.Tensor) float64 { return sumOf(g, func(v float64) float64 { return v }) }), "would cancel"),
			"sum of sizes":       labtest.Refused(f(func(g *nn.Tensor) float64 { return sumOf(g, math.Abs) }), "That is the sum of the sizes"),
			"a mean":             labtest.Refused(f(func(g *nn.Tensor) float64 { return norm(g) / float64(len(g.Data)) }), "No mean is taken"),
			"squares in float32": labtest.Refused(f(func(g *nn.Tensor) float64 { return math.Sqrt(sumOf32(g)) }), "a float32 has no room for that"),
			"the stub":           labtest.Refused(f(func(g *nn.Tensor) float64 { return 0 }), "It is always 0 so far"),
			"the gradient is changed": labtest.Refused(f(func(g *nn.Tensor) float64 {
				n := norm(g)
				clear(g.Data)
				return n
			}), "is [0 0] afterwards"),
		},
	}
}

func sumOf32(g *nn.Tensor) float64 {
	var sum float32
	for _, v := range g.Data {
		sum += v * v
	}
	return float64(sum)
}
