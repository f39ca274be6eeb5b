package activations

import (
	"math"
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "04", collapseAnswers, sigmoidAnswers, reluAnswers)
}

var collapseAnswers = labtest.Exercise{
	Name: "collapse",
	Right: map[string]any{
		"the solution": collapse,
		"two questions to the layers": func(w1, b1, w2, b2 float64) (w, b float64) {
			both := func(x float64) float64 { return w2*(w1*x+b1) + b2 }
			return both(1) - both(0), both(0)
		},
		"two points far apart": func(w1, b1, w2, b2 float64) (w, b float64) {
			low, high := w2*(b1-8*w1)+b2, w2*(b1+8*w1)+b2
			return (high - low) / 16, (high + low) / 2
		},
	},
	Wrong: map[string]labtest.Wrong{
		"depth adds up": labtest.Refused(func(w1, b1, w2, b2 float64) (w, b float64) { return w1 + w2, b1 + b2 },
			"For w1=2 b1=1 w2=3 b2=4 yours gives w=5 and b=5. By hand: x=0 becomes 2*0 + 1 = 1, and that becomes 3*1 + 4 = 7. Yours makes 5*0 + 5 = 5 of it. The second layer multiplies"),
		"the first bias passes the second layer unharmed": labtest.Refused(func(w1, b1, w2, b2 float64) (w, b float64) { return w2 * w1, b2 + b1 },
			"Yours makes 6*0 + 5 = 5 of it. w is right. Now b: the bias of the first layer goes through the second layer too."),
		"hole 2 alone": labtest.Refused(func(w1, b1, w2, b2 float64) (w, b float64) { return w2 + w1, b2 + w2*b1 },
			"x=1 becomes 2*1 + 1 = 3, and that becomes 3*3 + 4 = 13. Yours makes 5*1 + 7 = 12 of it. b is right. Now w:"),
		"the layers are swapped": labtest.Refused(func(w1, b1, w2, b2 float64) (w, b float64) { return collapse(w2, b2, w1, b1) },
			"That is the second layer first."),
		"the first bias is forgotten": labtest.Refused(func(w1, b1, w2, b2 float64) (w, b float64) { return w1 * w2, b2 },
			"Where did the bias of the first layer go?"),
		"the second bias is forgotten": labtest.Refused(func(w1, b1, w2, b2 float64) (w, b float64) { return w1 * w2, w2 * b1 },
			"Where did the bias of the second layer go?"),
		"the first bias is multiplied by both weights": labtest.Refused(func(w1, b1, w2, b2 float64) (w, b float64) { return w1 * w2, w2*w1*b1 + b2 },
			"only w2 multiplies it."),
		"brackets in the wrong place": labtest.Refused(func(w1, b1, w2, b2 float64) (w, b float64) { return w1 * w2, w2 * (b1 + b2) },
			"The second bias is added at the end: nothing multiplies it."),
		"bias times bias": labtest.Refused(func(w1, b1, w2, b2 float64) (w, b float64) { return w1 * w2, b1 * b2 },
			"Yours makes 6*0 + 4 = 4 of it. The first bias is not multiplied by the second one"),
		"bias first": labtest.Refused(func(w1, b1, w2, b2 float64) (w, b float64) {
			w, b = collapse(w1, b1, w2, b2)
			return b, w
		}, "The two results are in the wrong order: w comes first, then b."),
		"another mistake": labtest.Refused(func(w1, b1, w2, b2 float64) (w, b float64) { return 1, math.NaN() },
			"For w1=2 b1=1 w2=3 b2=4 yours gives w=1 and b=NaN."),
		"a panic": labtest.Refused(func(w1, b1, w2, b2 float64) (w, b float64) { panic("no idea") },
			"For w1=2 b1=1 w2=3 b2=4 yours panics: no idea."),
	},
}

var sigmoidAnswers = labtest.Exercise{
	Name: "sigmoid",
	Right: map[string]any{
		"the solution": sigmoid,
		"two cases": func(x float64) float64 {
			if x > 0 {
				return 1 / (1 + math.Exp(-x))
			}
			e := math.Exp(x)
			return e / (1 + e)
		},
		"by the tanh": func(x float64) float64 { return 0.5 + math.Tanh(x/2)/2 },
		"cut off where it does no harm": func(x float64) float64 {
			e := math.Exp(min(x, 100))
			return e / (1 + e)
		},
	},
	Wrong: map[string]labtest.Wrong{
		"the stub: infinity by infinity": labtest.Refused(func(x float64) float64 {
			e := math.Exp(x)
			return e / (1 + e)
		}, "For x=1000 yours gives NaN. math.Exp(1000) is too large for a float64 and becomes +Inf, and +Inf/+Inf is not a number. By hand: as good as 1."),
		"it overflows on the other side": labtest.Refused(func(x float64) float64 {
			e := math.Exp(-x)
			return 1 - e/(1+e)
		}, "For x=-1000 yours gives NaN. math.Exp(1000) is too large for a float64 and becomes +Inf. By hand: as good as 0."),
		"the sign of the exponent": labtest.Refused(func(x float64) float64 { return 1 / (1 + math.Exp(x)) },
			"For x=2 yours gives 0.119202922. By hand: 1/(1 + exp(-2)) = 1/(1 + 0.135335) = 0.880797078. It should rise from 0 to 1 and yours falls"),
		"the sign of the exponent, and a guard": labtest.Refused(func(x float64) float64 {
			if x > 100 {
				return 1
			}
			return 1 / (1 + math.Exp(x))
		}, "It should rise from 0 to 1 and yours falls"),
		"the size of x instead of x": labtest.Refused(func(x float64) float64 { return 1 / (1 + math.Exp(-math.Abs(x))) },
			"For x=-2 yours gives 0.880797078. By hand: 1/(1 + exp(2)) = 1/(1 + 7.38906) = 0.119202922. Below zero the sigmoid is below 0.5"),
		"the size of x in the other formula": labtest.Refused(func(x float64) float64 {
			e := math.Exp(-math.Abs(x))
			return e / (1 + e)
		}, "Above zero the sigmoid is above 0.5"),
		"a tanh": labtest.Refused(func(x float64) float64 { return math.Tanh(x) },
			"For x=0 yours gives 0. By hand: 1/(1 + exp(0)) = 1/(1 + 1) = 0.5. From -1 to 1 goes the tanh."),
		"minus in the denominator": labtest.Refused(func(x float64) float64 { return 1 / (1 - math.Exp(-x)) },
			"In the denominator stands 1 plus the exponential"),
		"0 where it overflows": labtest.Refused(func(x float64) float64 {
			if y := math.Exp(x) / (1 + math.Exp(x)); !math.IsNaN(y) {
				return y
			}
			return 0
		}, "For x=1000 yours gives 0. By hand: 1/(1 + exp(-1000)) = 1/(1 + 0) = 1. No number became 0."),
		"one half where it overflows": labtest.Refused(func(x float64) float64 {
			if x > 700 {
				return 0.5
			}
			return math.Exp(x) / (1 + math.Exp(x))
		}, "No number became 0.5."),
		"cut off too early": labtest.Refused(func(x float64) float64 { return 1 / (1 + math.Exp(-max(-10, min(10, x)))) },
			"For x=25 yours gives 0.9999546021. By hand: 1/(1 + exp(-25)) = 1/(1 + 1.38879e-11) = 1. x was cut off at 10"),
		"a step": labtest.Refused(func(x float64) float64 {
			if x < 0 {
				return 0
			}
			return 1
		}, "That is a step. The sigmoid is smooth."),
		"a panic": labtest.Refused(func(x float64) float64 { panic("no idea") }, "For x=0 yours panics: no idea."),
	},
}

// loop is relu with a place for a mistake.
func loop(bend func(v float32) (y, slope float32)) reluFunc {
	return func(x *nn.Tensor) (y, slope *nn.Tensor) {
		y, slope = nn.NewTensor(x.Shape...), nn.NewTensor(x.Shape...)
		for i := range x.Data {
			y.Data[i], slope.Data[i] = bend(x.Data[i])
		}
		return y, slope
	}
}

var reluAnswers = labtest.Exercise{
	Name: "relu",
	Right: map[string]any{
		"the solution": relu,
		"the library": func(x *nn.Tensor) (y, slope *nn.Tensor) {
			ones := nn.NewTensor(x.Shape...)
			for i := range ones.Data {
				ones.Data[i] = 1
			}
			layer := nn.NewReLU()
			return layer.Forward(x, false), layer.Backward(ones)
		},
		"by nudging": loop(func(v float32) (float32, float32) {
			y := max(0, v)
			return y, float32(math.Round(float64((y - max(0, v-0.001)) * 1000)))
		}),
		"half of x and its size": func(x *nn.Tensor) (y, slope *nn.Tensor) {
			y, slope = x.Clone(), nn.NewTensor(x.Shape...)
			for i, v := range y.Data {
				y.Data[i] = (v + float32(math.Abs(float64(v)))) / 2
				if y.Data[i] > 0 {
					slope.Data[i] = y.Data[i] / v
				}
			}
			return y, slope
		},
	},
	Wrong: map[string]labtest.Wrong{
		"the stub": labtest.Refused(loop(func(v float32) (float32, float32) { return 0, 0 }),
			"For x = [2] yours has 0 in y, number 0. By hand: 2 is above zero and passes as it is, so 2. All numbers are 0: are the loop and the if there?"),
		"nothing is bent": labtest.Refused(loop(func(v float32) (float32, float32) { return v, 1 }),
			"For x = [3 -2] yours has -2 in y, number 1. By hand: -2 is not above zero, so 0. Nothing is cut off"),
		"the size of x": labtest.Refused(loop(func(v float32) (float32, float32) {
			switch {
			case v > 0:
				return v, 1
			case v < 0:
				return -v, -1
			}
			return 0, 0
		}), "What is below zero is not turned round, it is cut off."),
		"the wrong side": labtest.Refused(loop(func(v float32) (float32, float32) {
			if v < 0 {
				return v, 1
			}
			return 0, 0
		}), "It is the wrong way round: what is above zero passes."),
		"the slope is the height": labtest.Refused(loop(func(v float32) (float32, float32) { return max(0, v), max(0, v) }),
			"For x = [2] yours has 2 in slope, number 0. By hand: if x rises from 2 by 0.001, y rises by 0.001 too, so the slope is 1. y is right. The slope is not the height"),
		"the slope is 1 everywhere": labtest.Refused(loop(func(v float32) (float32, float32) { return max(0, v), 1 }),
			"For x = [3 -2] yours has 1 in slope, number 1. By hand: if x rises from -2 by 0.001, y stays 0, so the slope is 0. y is right. The slope is 1 only where x passes."),
		"the corner counts": labtest.Refused(loop(func(v float32) (float32, float32) {
			if v >= 0 {
				return v, 1
			}
			return 0, 0
		}), "For x = [0.5 0 -0.25] yours has 1 in slope, number 1. By hand: the corner itself counts to the flat side, so the slope is 0. y is right. At 0 itself"),
		"the slope falls below zero": labtest.Refused(loop(func(v float32) (float32, float32) {
			if v > 0 {
				return v, 1
			} else if v < 0 {
				return 0, -1
			}
			return 0, 0
		}), "Below zero y does not fall, it stays"),
		"not divided by the nudge": labtest.Refused(loop(func(v float32) (float32, float32) {
			if v > 0 {
				return v, 0.001
			}
			return 0, 0
		}), "Divide what y moves by the 0.001"),
		"no slopes": labtest.Refused(loop(func(v float32) (float32, float32) { return max(0, v), 0 }),
			"The slopes are still all 0"),
		"a step": labtest.Refused(loop(func(v float32) (float32, float32) {
			if v > 0 {
				return 1, 1
			}
			return 0, 0
		}), "The number itself passes, not 1"),
		"one too few": labtest.Refused(func(x *nn.Tensor) (y, slope *nn.Tensor) {
			y, slope = nn.NewTensor(x.Shape...), nn.NewTensor(x.Shape...)
			for i := 0; i < len(x.Data)-1; i++ {
				if x.Data[i] > 0 {
					y.Data[i], slope.Data[i] = x.Data[i], 1
				}
			}
			return y, slope
		}, "The last number is left out: the loop ends one too early."),
		"one too many": labtest.Refused(func(x *nn.Tensor) (y, slope *nn.Tensor) {
			y, slope = nn.NewTensor(x.Shape...), nn.NewTensor(x.Shape...)
			for i := 0; i <= len(x.Data); i++ {
				if x.Data[i] > 0 {
					y.Data[i], slope.Data[i] = x.Data[i], 1
				}
			}
			return y, slope
		}, "For x = [2] yours panics: runtime error: index out of range [1] with length 1. The last number stands at len(x.Data)-1: the loop goes one too far."),
		"from 1 on": labtest.Refused(func(x *nn.Tensor) (y, slope *nn.Tensor) {
			y, slope = relu(x)
			y.Data[0], slope.Data[0] = 0, 0
			return y, slope
		}, "The first number is left out: the loop begins at 0."),
		"swapped results": labtest.Refused(func(x *nn.Tensor) (y, slope *nn.Tensor) {
			slope, y = relu(x)
			return y, slope
		}, "The two results are in the wrong order: y comes first."),
		"leaky": labtest.Refused(loop(func(v float32) (float32, float32) {
			if v > 0 {
				return v, 1
			}
			return v / 100, 0.01
		}), "For x = [3 -2] yours has -0.02 in y, number 1. By hand: -2 is not above zero, so 0."),
		"in place": labtest.Refused(func(x *nn.Tensor) (y, slope *nn.Tensor) {
			_, slope = relu(x)
			for i, v := range x.Data {
				x.Data[i] = max(0, v)
			}
			return x, slope
		}, "For x = [3 -2] yours changes x to [3 0]. Others still need x"),
		"flat": labtest.Refused(func(x *nn.Tensor) (y, slope *nn.Tensor) {
			y, slope = relu(x)
			return y.Reshape(len(y.Data)), slope
		}, "y has the shape [6]. It should have that of x, [2 3]."),
		"nil":     labtest.Refused(func(x *nn.Tensor) (y, slope *nn.Tensor) { return x.Clone(), nil }, "yours returns no tensor for slope."),
		"a panic": labtest.Refused(func(x *nn.Tensor) (y, slope *nn.Tensor) { panic("no idea") }, "For x = [2] yours panics: no idea."),
	},
}
