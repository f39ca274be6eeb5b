package backpropagation

import (
	"fmt"
	"math"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type gradientFunc = func(x float64) float64

var places = []float64{3, 0, 1, -2, 0.5, 10}

var twiceSlips = []slip.Slip[gradientFunc]{
	{Advice: "That is what is left if each use overwrites the gradient of the one before: = in the place of +=.", Wrong: func(x float64) float64 { return x }},
	{Advice: "The sum's part is lost: times overwrites what plus had put there. Use += in times, too.", Wrong: func(x float64) float64 { return 2 * x }},
	{Advice: "Of the two uses of x in x*x only one arrives: the second line of times overwrites the first.", Wrong: func(x float64) float64 { return x + 1 }},
	{Advice: "That is the sum's part alone. Does times hand anything on?", Wrong: func(x float64) float64 { return 1 }},
	{Advice: "In a product each factor gets the other one times the gradient, not the gradient as it is.", Wrong: func(x float64) float64 { return 3 }},
	{Advice: "Each factor gets the other one. Here both are x, so nobody sees it, but the gradient of the product has to be multiplied, not added.", Wrong: func(x float64) float64 { return 2*x + 3 }},
	{Advice: "That is the value of x*x + x, and not its slope.", Wrong: func(x float64) float64 { return x*x + x }},
	{Advice: "Nothing arrives at x.", Wrong: func(x float64) float64 { return 0 }},
}

// checkTwice compares yours with the slope of x*x + x.
func checkTwice(yours gradientFunc) string {
	for _, x := range places {
		var got float64
		if sentence := lab.Panics(func() { got = yours(x) }); sentence != "" {
			return fmt.Sprintf("At x=%v yours panics: %s.", x, sentence)
		}
		if want := gradientAt(x); !(math.Abs(got-want) <= 1e-9) {
			return strings.TrimSpace(fmt.Sprintf("At x=%v yours gives %.6g. A nudge says: x*x + x goes from %.6g to %.6g, by %.4g times 0.001. %s", x, got, x*x+x, (x+0.001)*(x+0.001)+x+0.001, want,
				slip.Find(yours, twiceSlips, places, func(f gradientFunc, x float64) string { return fmt.Sprintf("%.6g", f(x)) })))
		}
	}
	return ""
}
