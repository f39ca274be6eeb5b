package backpropagation

import (
	"fmt"
	"math"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type (
	slopesFunc = func(x float64) (a, b, c float64)
	slopeFunc  = func(x float64) float64
)

var places = []float64{3, 0, 1, -2, 0.5, 10}

// A formula is one that the tape plays. In the first, plus reports before times.
// The second asks plus alone, and in the third a gradient other than 1 arrives
// at a product of two different numbers.
type formula struct {
	text         string
	value, slope slopeFunc
	pick         func(a, b, c float64) float64 // of the three slopes
	slips        []slip.Slip[slopeFunc]
}

var formulas = []formula{
	{
		text:  "x*x + x",
		value: func(x float64) float64 { return x*x + x },
		slope: func(x float64) float64 { return 2*x + 1 },
		pick:  func(a, _, _ float64) float64 { return a },
		slips: []slip.Slip[slopeFunc]{
			{Advice: "That is what is left if each use overwrites the gradient of the one before: = in the place of +=.", Wrong: func(x float64) float64 { return x }},
			{Advice: "The sum's part is lost: times overwrites what plus had put there. Use += in times, too.", Wrong: func(x float64) float64 { return 2 * x }},
			{Advice: "Of the two uses of x in x*x only one arrives: the second line of times overwrites the first.", Wrong: func(x float64) float64 { return x + 1 }},
			{Advice: "That is the sum's part alone. Does times hand anything on, and only after plus has reported to it?", Wrong: func(x float64) float64 { return 1 }},
			{Advice: "In a product each factor gets the other one times the gradient, not the gradient as it is.", Wrong: func(x float64) float64 { return 3 }},
			{Advice: "Each factor gets the other one. Here both are x, so nobody sees it, but the gradient of the product has to be multiplied, not added.", Wrong: func(x float64) float64 { return 2*x + 3 }},
			{Advice: "The parts have to be added: += and not -=.", Wrong: func(x float64) float64 { return 2*x - 1 }},
			{Advice: "The sign is wrong: the parts are added, += and not -=.", Wrong: func(x float64) float64 { return -2*x - 1 }},
			{Advice: "That is the value of x*x + x, and not its slope.", Wrong: func(x float64) float64 { return x*x + x }},
			{Advice: "Nothing arrives at x.", Wrong: func(x float64) float64 { return 0 }},
		},
	},
	{
		text:  "x + x",
		value: func(x float64) float64 { return x + x },
		slope: func(x float64) float64 { return 2 },
		pick:  func(_, b, _ float64) float64 { return b },
		slips: []slip.Slip[slopeFunc]{
			{Advice: "Of the two uses of x only one arrives: in plus, too, the second line overwrites what the first has put there.", Wrong: func(x float64) float64 { return 1 }},
			{Advice: "Nothing arrives at x.", Wrong: func(x float64) float64 { return 0 }},
		},
	},
	{
		text:  "x*x*x",
		value: func(x float64) float64 { return x * x * x },
		slope: func(x float64) float64 { return 3 * x * x },
		pick:  func(_, _, c float64) float64 { return c },
		slips: []slip.Slip[slopeFunc]{
			{Advice: "In times the gradient of the product is missing: each factor gets the other one times product.grad.", Wrong: func(x float64) float64 { return x*x + 2*x }},
			{Advice: "In x*x*x the two factors of a product differ. Each gets the other one, not itself.", Wrong: func(x float64) float64 { return 2*x*x*x + x }},
		},
	},
}

// checkTwice compares yours with the slopes of the formulas.
func checkTwice(yours slopesFunc) string {
	for _, f := range formulas {
		mine := func(x float64) float64 { return f.pick(yours(x)) }
		for _, x := range places {
			var got float64
			if sentence := lab.Panics(func() { got = mine(x) }); sentence != "" {
				return fmt.Sprintf("At x=%v yours panics: %s.", x, sentence)
			}
			if want := f.slope(x); !(math.Abs(got-want) <= 1e-9) {
				return strings.TrimSpace(fmt.Sprintf("For %s at x=%v yours gives %.6g. A nudge says: it goes from %.6g to %.6g, by %.4g times 0.001. %s", f.text, x, got, f.value(x), f.value(x+0.001), want,
					slip.Find(mine, f.slips, places, func(f slopeFunc, x float64) string { return fmt.Sprintf("%.6g", f(x)) })))
			}
		}
	}
	return ""
}
