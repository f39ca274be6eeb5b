package residual

import (
	"fmt"
	"math"
	"slices"
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
	{Advice: "That is how far y moves. The loss moves dy times as far: each of the two parts is multiplied by dy.", Wrong: func(slope, dy float64) float64 { return slope + 1 }},
	{Advice: "The two parts are added: y is a sum, and both of its terms move when x moves.", Wrong: func(slope, dy float64) float64 { return slope * dy * dy }},
	{Advice: "The larger one does not win. Both parts arrive, and are added.", Wrong: func(slope, dy float64) float64 { return max(slope*dy, dy) }},
	{Advice: "F(x) is added to x, not taken from it: the sign of both parts is plus.", Wrong: func(slope, dy float64) float64 { return dy - slope*dy }},
	{Advice: "F(x) is added to x, not taken from it: the sign of both parts is plus.", Wrong: func(slope, dy float64) float64 { return slope*dy - dy }},
	{Advice: "What comes through the body is dy times the slope, as in lesson 07. The slope by itself is not a part.", Wrong: func(slope, dy float64) float64 { return slope + dy }},
	{Advice: "What comes through the body is dy times the slope, as in lesson 07, and not dy plus the slope.", Wrong: func(slope, dy float64) float64 { return slope + dy + dy }},
	{Advice: "Multiply by the slope, do not divide by it: a slope of 0.5 moves F(x) half as far as x.", Wrong: func(slope, dy float64) float64 { return dy/slope + dy }},
	{Advice: "The body's part is counted twice. Over the road comes dy: x has no body to go through there.", Wrong: func(slope, dy float64) float64 { return 2 * slope * dy }},
	{Advice: "The body's part is counted twice. Over the road comes dy alone.", Wrong: func(slope, dy float64) float64 { return 2*slope*dy + dy }},
	{Advice: "dy is counted twice. Through the body it is multiplied by the slope.", Wrong: func(slope, dy float64) float64 { return 2 * dy }},
	{Advice: "dy is counted twice: once through the body, times the slope, and once over the road.", Wrong: func(slope, dy float64) float64 { return slope*dy + 2*dy }},
	{Advice: "The sign of the slope counts: a body with a slope of -1 takes away all that the road brings.", Wrong: func(slope, dy float64) float64 { return math.Abs(slope*dy) + dy }},
	{Advice: "1.5 is right for a slope of 0.5 alone.", Wrong: func(slope, dy float64) float64 { return 1.5 * dy }},
	{Advice: "Nothing comes back yet: both holes are empty.", Wrong: func(slope, dy float64) float64 { return 0 }},
	{Advice: "No mean is taken. y is a sum, not a mean, and so is what comes back.", Wrong: func(slope, dy float64) float64 { return (slope*dy + dy) / 2 }},
	{Advice: "A float32 has seven digits, and drops what is smaller. Stay with float64.", Wrong: func(slope, dy float64) float64 { return float64(float32(slope)*float32(dy) + float32(dy)) }},
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
				b.slope, b.dy, got, round(b.slope*0.001), round(b.slope+1), round(want), wayBackAdvice(yours, got)))
		}
	}
	return ""
}

// wayBackAdvice says which usual mistake yours makes, if it is one.
func wayBackAdvice(yours wayBackFunc, got float64) string {
	always := slip.Slip[wayBackFunc]{Advice: "Yours gives that whatever slope and dy are.", Wrong: func(_, _ float64) float64 { return got }}
	return slip.Find(yours, append(slices.Clone(wayBackSlips), always), bumps, answerWayBack)
}

// round leaves out the last digits, which are the computer's.
func round(v float64) float64 { return math.Round(v*1e12) / 1e12 }

func answerWayBack(f wayBackFunc, b bump) string { return fmt.Sprintf("%.12g", f(b.slope, b.dy)) }
