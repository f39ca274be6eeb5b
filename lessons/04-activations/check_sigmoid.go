package activations

import (
	"fmt"
	"math"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type sigmoidFunc = func(x float64) float64

var sigmoidQuestions = []float64{0, 2, -2, 1, -1, 0.5, 7, -7, 25, -25, 1000, -1000}

// moderate lists the questions in which nothing overflows.
var moderate = sigmoidQuestions[:len(sigmoidQuestions)-2]

// curveSlips are mistakes in the curve, whatever is done about large numbers.
var curveSlips = []slip.Slip[sigmoidFunc]{
	{Advice: "It should rise from 0 to 1 and yours falls: mind the sign in the exponent.", Wrong: func(x float64) float64 { return sigmoid(-x) }},
	{Advice: "Below zero the sigmoid is below 0.5: the sign of x must not get lost.", Wrong: func(x float64) float64 { return sigmoid(math.Abs(x)) }},
	{Advice: "Above zero the sigmoid is above 0.5: the sign of x must not get lost.", Wrong: func(x float64) float64 { return sigmoid(-math.Abs(x)) }},
	{Advice: "From -1 to 1 goes the tanh. The sigmoid goes from 0 to 1.", Wrong: math.Tanh},
	{Advice: "In the denominator stands 1 plus the exponential, not 1 minus it.", Wrong: func(x float64) float64 { return 1 / (1 - math.Exp(-x)) }},
	{Advice: "That is a step. The sigmoid is smooth.", Wrong: func(x float64) float64 { return math.Max(0, math.Copysign(1, x)) }},
}

// farSlips are mistakes with large numbers.
var farSlips = []slip.Slip[sigmoidFunc]{
	{Advice: "No number became 0. But the sigmoid of a large x is 1.", Wrong: insteadOfNaN(0)},
	{Advice: "No number became 0.5. But the sigmoid of a large x is 1.", Wrong: insteadOfNaN(0.5)},
	{Advice: "x was cut off at 5: then all larger numbers look alike. Find a formula in which nothing overflows.", Wrong: cutOff(5)},
	{Advice: "x was cut off at 10: then all larger numbers look alike. Find a formula in which nothing overflows.", Wrong: cutOff(10)},
	{Advice: "x was cut off at 20: then all larger numbers look alike. Find a formula in which nothing overflows.", Wrong: cutOff(20)},
}

// insteadOfNaN is the sigmoid of the stub, with a number in the place of NaN.
func insteadOfNaN(v float64) sigmoidFunc {
	return func(x float64) float64 {
		if e := math.Exp(x); !math.IsInf(e, 1) {
			return e / (1 + e)
		}
		return v
	}
}

// cutOff leaves no x beyond limit.
func cutOff(limit float64) sigmoidFunc {
	return func(x float64) float64 { return sigmoid(min(max(x, -limit), limit)) }
}

// checkSigmoid compares yours with the solution.
func checkSigmoid(yours sigmoidFunc) string {
	for _, x := range sigmoidQuestions {
		var got float64
		if sentence := lab.Panics(func() { got = yours(x) }); sentence != "" {
			return fmt.Sprintf("For x=%v yours panics: %s.", x, sentence)
		}
		if !(math.Abs(got-sigmoid(x)) <= 1e-9) { // NaN too
			return strings.TrimSpace(fmt.Sprintf("For x=%v yours gives %.10g. %s %s", x, got, sigmoidByHand(x, got), sigmoidAdvice(yours)))
		}
	}
	return ""
}

func sigmoidAdvice(yours sigmoidFunc) string {
	if advice := slip.Find(yours, curveSlips, moderate, answerSigmoid); advice != "" {
		return advice
	}
	return slip.Find(yours, farSlips, sigmoidQuestions, answerSigmoid)
}

func answerSigmoid(f sigmoidFunc, x float64) string { return fmt.Sprintf("%.9f", f(x)) }

// sigmoidByHand tells the right number, and where one that is no number is from.
func sigmoidByHand(x, got float64) string {
	switch {
	case math.IsNaN(got) && x > 0:
		return fmt.Sprintf("math.Exp(%v) is too large for a float64 and becomes +Inf, and +Inf/+Inf is not a number. By hand: as good as 1.", x)
	case math.IsNaN(got):
		return fmt.Sprintf("math.Exp(%v) is too large for a float64 and becomes +Inf. By hand: as good as 0.", -x)
	}
	return fmt.Sprintf("By hand: 1/(1 + exp(%v)) = 1/(1 + %.6g) = %.10g.", 0-x, math.Exp(-x), sigmoid(x))
}
