package residual

import (
	"fmt"
	"math"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type wayBackFunc = func(slope, dy float64) float64

// A bump is a question for wayBack.
type bump struct{ slope, dy float64 }

var bumps = []bump{{0.5, 1}, {0.5, 4}, {0, 3}, {-1, 2}, {-0.25, 8}, {3, -2}, {1e-9, 1}}

var wayBackSlips = []slip.Slip[wayBackFunc]{
	{Advice: "That is the plain block. Hole 2 is still empty: x also goes over the road.", Wrong: func(slope, dy float64) float64 { return slope * dy }},
	{Advice: "That is the road alone. Through the body, too, a part comes back.", Wrong: func(slope, dy float64) float64 { return dy }},
	{Advice: "Over the road comes all of dy, not 1: a slope of 1 times dy.", Wrong: func(slope, dy float64) float64 { return slope*dy + 1 }},
	{Advice: "The two parts are added: y is a sum, and both of its terms move when x moves.", Wrong: func(slope, dy float64) float64 { return slope * dy * dy }},
	{Advice: "The larger one does not win. Both parts arrive, and are added.", Wrong: func(slope, dy float64) float64 { return max(slope*dy, dy) }},
	{Advice: "F(x) is added to x, not taken from it: the sign of both parts is plus.", Wrong: func(slope, dy float64) float64 { return dy - slope*dy }},
	{Advice: "F(x) is added to x, not taken from it: the sign of both parts is plus.", Wrong: func(slope, dy float64) float64 { return slope*dy - dy }},
	{Advice: "Through the body dy is multiplied by the slope, as in lesson 07, and not added to it.", Wrong: func(slope, dy float64) float64 { return slope + dy }},
	{Advice: "Through the body dy is multiplied by the slope, as in lesson 07.", Wrong: func(slope, dy float64) float64 { return slope + dy + dy }},
	{Advice: "Nothing comes back yet: both holes are empty.", Wrong: func(slope, dy float64) float64 { return 0 }},
	{Advice: "No mean is taken. y is a sum, not a mean, and so is what comes back.", Wrong: func(slope, dy float64) float64 { return (slope*dy + dy) / 2 }},
}

// checkWayBack compares yours with the sum of both ways.
func checkWayBack(yours wayBackFunc) string {
	for _, b := range bumps {
		var got float64
		if sentence := lab.Panics(func() { got = yours(b.slope, b.dy) }); sentence != "" {
			return fmt.Sprintf("For slope=%v dy=%v yours panics: %s.", b.slope, b.dy, sentence)
		}
		if want := wayBack(b.slope, b.dy); !(math.Abs(got-want) <= 1e-12) {
			return strings.TrimSpace(fmt.Sprintf("For slope=%v dy=%v yours gives %v. By hand: nudge x by 0.001. F(x) moves by %v, x by 0.001, and y by both: %v times the nudge. Times dy: %v. %s",
				b.slope, b.dy, got, round(b.slope*0.001), round(b.slope+1), round(want), slip.Find(yours, wayBackSlips, bumps, answerWayBack)))
		}
	}
	return ""
}

// round leaves out the last digits, which are the computer's.
func round(v float64) float64 { return math.Round(v*1e12) / 1e12 }

func answerWayBack(f wayBackFunc, b bump) string { return fmt.Sprintf("%.12g", f(b.slope, b.dy)) }
