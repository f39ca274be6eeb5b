package deeper

import (
	"math"

	"reslab/lessons/lab/labtest"
)

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
			"the slopes alone":       labtest.Refused(fromTheEnd(func(slope, dy float64) (float64, float64) { return slope, slope }), "Those are the slopes alone"),
			"the slope is handed on": labtest.Refused(fromTheEnd(func(slope, dy float64) (float64, float64) { return slope * dy, slope }), "Hole 2 hands on the slope alone"),
			"added to dy":            labtest.Refused(fromTheEnd(func(slope, dy float64) (float64, float64) { return slope * dy, dy + slope*dy }), "Hole 2 adds to dy"),
			"dy counts twice":        labtest.Refused(fromTheEnd(func(slope, dy float64) (float64, float64) { return slope * dy, dy * slope * dy }), "by dy once more"),
			"divided":                labtest.Refused(fromTheEnd(func(slope, dy float64) (float64, float64) { return dy / slope, dy / slope }), "do not divide by it"),
			"signs dropped":          labtest.Refused(fromTheEnd(func(slope, dy float64) (float64, float64) { return math.Abs(slope) * dy, math.Abs(slope) * dy }), "The sign of a slope counts"),
			"the loop ends too early": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i := len(slopes) - 1; i > 0; i-- {
					dy *= slopes[i]
					out[i] = dy
				}
				return out
			}), "The loop ends before the first layer"),
			"the loop begins too late": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i := len(slopes); i >= 0; i-- {
					dy *= slopes[i]
					out[i] = dy
				}
				return out
			}), "yours panics: runtime error: index out of range [1] with length 1. The last layer has the place 0"),
			"places swapped": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i := len(slopes) - 1; i >= 0; i-- {
					dy *= slopes[len(slopes)-1-i]
					out[i] = dy
				}
				return out
			}), "The slope of layer i is slopes[i]"),
			"one product for all": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := onTheWayBack(slopes, dy)
				for i := range out {
					out[i] = out[0]
				}
				return out
			}), "the product of all slopes, everywhere"),
			"too small for a float32": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				g := float32(dy)
				for i := len(slopes) - 1; i >= 0; i-- {
					g *= float32(slopes[i])
					out[i] = float64(g)
				}
				return out
			}), "For 80 layers with a slope of 0.25, and dy=1, yours gives [0 ... 0.25]. By hand, the first layer gets 0.25 times itself, 80 times: 6.8e-49. A float32 has no room for that"),
			"the slopes are overwritten": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				for i := len(slopes) - 1; i >= 0; i-- {
					dy *= slopes[i]
					slopes[i] = dy
				}
				return slopes
			}), "The slopes were [0.5 0.1] and are [0.05 0.1] afterwards"),
			"appended to zeros": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				return append(make([]float64, len(slopes)), onTheWayBack(slopes, dy)...)
			}), "write to gradients[i]"),
			"dy at the end":    labtest.Refused(f(func(slopes []float64, dy float64) []float64 { return append(onTheWayBack(slopes, dy), dy) }), "is the gradient at no layer's input"),
			"one number alone": labtest.Refused(f(func(slopes []float64, dy float64) []float64 { return []float64{0.5} }), "There is one for each layer: 2"),
			"the stub":         labtest.Refused(f(func(slopes []float64, dy float64) []float64 { return make([]float64, len(slopes)) }), "the holes are still empty"),
		},
	}
}
