package norm

import (
	"math"
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "09", deviationAnswers(), normaliseAnswers(), inUseAnswers())
}

func deviationAnswers() labtest.Exercise {
	answers := labtest.Exercise{
		Name: "deviation",
		Right: map[string]any{
			"the solution": deviationFunc(deviation),
			"a root of each": deviationFunc(func(kernel, in int) float64 {
				return math.Sqrt2 / (float64(kernel) * math.Sqrt(float64(in)))
			}),
			"a power": deviationFunc(func(kernel, in int) float64 { return math.Pow(float64(kernel*kernel*in)/2, -0.5) }),
		},
		Wrong: map[string]labtest.Wrong{
			"the variance":                labtest.Refused(deviationSlips[0].Wrong, "That is the variance"),
			"1 in the place of 2":         labtest.Refused(deviationSlips[1].Wrong, "Without the 2"),
			"the 2 below":                 labtest.Refused(deviationSlips[3].Wrong, "The 2 stands in the denominator"),
			"larger with more inputs":     labtest.Refused(deviationSlips[4].Wrong, "the smaller each weight has to be"),
			"kernel is not squared":       labtest.Refused(deviationSlips[6].Wrong, "kernel times kernel"),
			"the window is forgotten":     labtest.Refused(deviationSlips[7].Wrong, "The places of the window count"),
			"the channels are forgotten":  labtest.Refused(deviationSlips[8].Wrong, "The channels that are read count"),
			"a division of ints":          labtest.Refused(deviationSlips[9].Wrong, "In Go 2/72"),
			"weights of any size will do": labtest.Refused(deviationSlips[len(deviationSlips)-1].Wrong, "It is always 1 so far"),
		},
	}
	for i, mistake := range []string{"the root of the 2 alone", "the root of n alone", "squared in place of the root", "hole 1 is empty", "a sum", "a sum of three", "3+3 places", "a window in three directions", "the channels squared", "^ as a power", "^ as a power, in brackets", "zero"} {
		s := deviationSlips[10+i]
		answers.Wrong[mistake] = labtest.Refused(s.Wrong, s.Advice)
	}
	return answers
}

func normaliseAnswers() labtest.Exercise {
	answers := labtest.Exercise{
		Name: "normalise",
		Right: map[string]any{
			"the solution": normaliseFunc(normalise),
			"the library's layer": normaliseFunc(func(x []float64, gamma, beta, eps float64) []float64 {
				// In float64, as the library computes; its tensors are float32.
				mean, variance := moments(x)
				scale := gamma / math.Sqrt(variance+eps)
				y := make([]float64, len(x))
				for i, v := range x {
					y[i] = v*scale + (beta - mean*scale)
				}
				return y
			}),
			"the mean of the squares": normaliseFunc(func(x []float64, gamma, beta, eps float64) (y []float64) {
				mean, squares := 0.0, 0.0
				for _, v := range x {
					mean, squares = mean+v, squares+v*v
				}
				n := float64(len(x))
				mean /= n
				for _, v := range x {
					y = append(y, beta+(v-mean)*gamma/math.Sqrt(squares/n-mean*mean+eps))
				}
				return y
			}),
		},
		Wrong: map[string]labtest.Wrong{},
	}
	for i, mistake := range []string{"the stub", "no division", "the variance in the place of its root", "n-1", "no n", "no eps", "eps outside of the root", "no gamma and beta", "the shift is scaled", "gamma and beta swapped", "no mean",
		"no gamma", "no beta", "gamma added", "beta taken away", "the mean minus the value", "multiplied by the root", "no brackets", "no brackets, then the scale", "eps twice",
		"the sum as the mean", "the last value as the mean", "the last value as the variance", "the variance from zero", "distances not squared", "distances without sign", "mean and variance in one loop", "all in one loop", "the first is left out", "from 0 to 1"} {
		answers.Wrong[mistake] = labtest.Refused(normaliseSlips[i].Wrong, normaliseSlips[i].Advice)
	}
	return answers
}

func inUseAnswers() labtest.Exercise {
	answers := labtest.Exercise{
		Name: "in-use",
		Right: map[string]any{
			"the solution": inUseFunc(inUse),
			"a line": inUseFunc(func(x []float64, mean, vari, eps float64) (y []float64) {
				scale := 1 / math.Sqrt(vari+eps)
				for _, v := range x {
					y = append(y, v*scale-mean*scale)
				}
				return y
			}),
			"a power": each(func(v float64, u use) float64 { return (v - u.mean) * math.Pow(u.vari+u.eps, -0.5) }),
		},
		Wrong: map[string]labtest.Wrong{
			"x is changed": labtest.Refused(inUseFunc(func(x []float64, mean, vari, eps float64) []float64 {
				for i, v := range x {
					x[i] = (v - mean) / math.Sqrt(vari+eps)
				}
				return x
			}), "yours changes x"),
		},
	}
	for i, mistake := range []string{"each picture is put right by itself", "the batch's variance", "the batch's mean", "the variance in the place of its root", "no eps", "the mean is added",
		"mean and variance swapped", "eps outside of the root", "the mean minus the value", "multiplied by the root", "no mean", "the mean alone", "no brackets", "the variance squared", "averages that move", "averages as the start of the sums", "the variance of the batch from the mean of training", "a single number is left alone", "a single number alone is put right", "nothing is done"} {
		answers.Wrong[mistake] = labtest.Refused(inUseSlips[i].Wrong, inUseSlips[i].Advice)
	}
	return answers
}

// The lesson's formulas are those of the library.
func TestSolutionsAreTheLibrarys(t *testing.T) {
	x := []float64{0.5, -2, 3, 3, 1, 7}
	column := nn.NewTensor(len(x), 1)
	for i, v := range x {
		column.Data[i] = float32(v)
	}
	bn := nn.NewBatchNorm2D(1)
	bn.Gamma.Value.Data[0], bn.Beta.Value.Data[0] = 2, -1
	for i, v := range bn.Forward(column, true).Data {
		if want := normalise(x, 2, -1, bn.Eps)[i]; math.Abs(float64(v)-want) > 1e-5 {
			t.Errorf("training, value %d: the library %v, the solution %v", i, v, want)
		}
	}
	bn.Gamma.Value.Data[0], bn.Beta.Value.Data[0] = 1, 0
	mean, variance := float64(bn.RunningMean.Value.Data[0]), float64(bn.RunningVar.Value.Data[0])
	for i, v := range bn.Forward(column, false).Data {
		if want := inUse(x, mean, variance, bn.Eps)[i]; math.Abs(float64(v)-want) > 1e-5 {
			t.Errorf("in use, value %d: the library %v, the solution %v", i, v, want)
		}
	}
}
