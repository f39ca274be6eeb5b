package deeper

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type wayBackFunc = func(slopes []float64, dy float64) []float64

// A chain is a question: layers with one number each, and what comes from the end.
type chain struct {
	slopes []float64
	dy     float64
}

// chains are the questions. The last is as deep as that of the lesson, where a
// float32 becomes zero.
var chains = []chain{{[]float64{0.5}, 1}, {[]float64{0.5, 0.1}, 1}, {[]float64{2, 0.5, 0.1}, 10}, {[]float64{0.25, 0.25, 0.25, 0.25}, 1}, {[]float64{-1, 3}, 2}, {nil, 1}, {slices.Repeat([]float64{0.25}, 80), 1}}

var wayBackSlips = []slip.Slip[wayBackFunc]{
	{Advice: "That runs from the first layer to the last. The gradient comes from the other end: begin at the last layer.", Wrong: func(slopes []float64, dy float64) []float64 {
		out := make([]float64, len(slopes))
		for i, s := range slopes {
			dy *= s
			out[i] = dy
		}
		return out
	}},
	{Advice: "Each layer hands on what it made of dy. Hole 2 has to keep the product for the layer before.", Wrong: fromTheEnd(func(slope, dy float64) (float64, float64) { return slope * dy, dy })},
	{Advice: "Slopes in a row are multiplied, not added: each layer stretches what the one behind it sent.", Wrong: fromTheEnd(func(slope, dy float64) (float64, float64) { return slope + dy, slope + dy })},
	{Advice: "That is the gradient at the output of each layer. At its input its own slope counts, too.", Wrong: fromTheEnd(func(slope, dy float64) (float64, float64) { return dy, slope * dy })},
	{Advice: "Multiply by the slope, do not divide by it: a slope of 0.5 moves the output half as far, and so the loss.", Wrong: fromTheEnd(func(slope, dy float64) (float64, float64) { return dy / slope, dy / slope })},
	{Advice: "The sign of a slope counts: a layer with a slope of -1 turns the gradient round.", Wrong: fromTheEnd(func(slope, dy float64) (float64, float64) { return math.Abs(slope) * dy, math.Abs(slope) * dy })},
	{Advice: "Those are the slopes alone. What comes from the end, dy, is multiplied by them.", Wrong: fromTheEnd(func(slope, dy float64) (float64, float64) { return slope, slope })},
	{Advice: "Hole 2 hands on the slope alone. The layer before gets all that came back until here: the product.", Wrong: fromTheEnd(func(slope, dy float64) (float64, float64) { return slope * dy, slope })},
	{Advice: "Hole 2 adds to dy. The layer before gets the product, and not dy once more.", Wrong: fromTheEnd(func(slope, dy float64) (float64, float64) { return slope * dy, dy + slope*dy })},
	{Advice: "Hole 2 multiplies by dy once more. The layer before gets the product as it is.", Wrong: fromTheEnd(func(slope, dy float64) (float64, float64) { return slope * dy, dy * slope * dy })},
	{Advice: "The loop ends before the first layer: place 0 is still 0. It goes on as long as i >= 0.", Wrong: func(slopes []float64, dy float64) []float64 {
		out := onTheWayBack(slopes, dy)
		if len(out) > 0 {
			out[0] = 0
		}
		return out
	}},
	{Advice: "The numbers are right, and stand in the wrong order: place 0 is the first layer.", Wrong: func(slopes []float64, dy float64) []float64 {
		out := onTheWayBack(slopes, dy)
		slices.Reverse(out)
		return out
	}},
	{Advice: "The places are filled from the last one, but with the slopes from the first one. The slope of layer i is slopes[i].", Wrong: func(slopes []float64, dy float64) []float64 {
		turned := slices.Clone(slopes)
		slices.Reverse(turned)
		return onTheWayBack(turned, dy)
	}},
	{Advice: "That is the product of all slopes, everywhere. At layer i only its own slope counts and those behind it.", Wrong: func(slopes []float64, dy float64) []float64 {
		out := onTheWayBack(slopes, dy)
		for i := range out {
			out[i] = out[0]
		}
		return out
	}},
	{Advice: "dy is forgotten: what comes from the end may be another number than 1.", Wrong: func(slopes []float64, dy float64) []float64 { return onTheWayBack(slopes, 1) }},
	{Advice: "All are zero: the holes are still empty.", Wrong: fromTheEnd(func(slope, dy float64) (float64, float64) { return 0, dy })},
	{Advice: "A float32 has no room for that: it becomes 0. Keep the product in a float64.", Wrong: func(slopes []float64, dy float64) []float64 {
		out := make([]float64, len(slopes))
		g := float32(dy)
		for i := len(slopes) - 1; i >= 0; i-- {
			g *= float32(slopes[i])
			out[i] = float64(g)
		}
		return out
	}},
}

// fromTheEnd is the loop of the stub with two holes to fill: what stands at a
// layer, and what the layer before gets.
func fromTheEnd(holes func(slope, dy float64) (here, before float64)) wayBackFunc {
	return func(slopes []float64, dy float64) []float64 {
		out := make([]float64, len(slopes))
		for i := len(slopes) - 1; i >= 0; i-- {
			out[i], dy = holes(slopes[i], dy)
		}
		return out
	}
}

func checkWayBack(yours wayBackFunc) string {
	for _, c := range chains {
		slopes := slices.Clone(c.slopes)
		var got []float64
		if sentence := lab.Panics(func() { got = yours(slopes, c.dy) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("For %v yours panics: %s. %s", c, sentence, panicAdvice(sentence, c)))
		}
		want := onTheWayBack(c.slopes, c.dy)
		switch {
		case len(got) != len(want):
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %d numbers. There is one for each layer: %d. %s", c, len(got), len(want), lengthAdvice(got, want, c)))
		case !slices.EqualFunc(got, want, alike):
			return strings.TrimSpace(fmt.Sprintf("For %v yours gives %s. %s %s", c, rounded(got), c.byHand(), slip.Find(yours, wayBackSlips, chains, answerWayBack)))
		case !slices.Equal(slopes, c.slopes):
			return fmt.Sprintf("The slopes were %v and are %v afterwards. They are not yours: write the gradients into a slice of their own, which make gives you.", rounded(c.slopes), rounded(slopes))
		}
	}
	return ""
}

// alike is equal, but for the last digits.
func alike(got, want float64) bool { return math.Abs(got-want) <= 1e-6*math.Abs(want) }

func panicAdvice(sentence string, c chain) string {
	if n := len(c.slopes); strings.Contains(sentence, fmt.Sprintf("index out of range [%d]", n)) {
		return fmt.Sprintf("The last layer has the place %d, and no layer stands behind it: there dy comes from the end.", n-1)
	}
	return ""
}

func lengthAdvice(got, want []float64, c chain) string {
	switch {
	case len(want) == 0 || len(got) == 0:
		return ""
	case len(got) == len(want)+1 && got[len(want)] == c.dy:
		return "dy itself, at the end, is the gradient at no layer's input: leave it out."
	case len(got) == 2*len(want):
		return "append writes behind the zeros that make put there: write to gradients[i]."
	}
	return ""
}

// short tells whether a chain can be written out.
func (c chain) short() bool { return len(c.slopes) <= 8 }

func (c chain) String() string {
	if c.short() {
		return fmt.Sprintf("slopes=%v dy=%v", c.slopes, c.dy)
	}
	return fmt.Sprintf("%d layers with a slope of %v, and dy=%v,", len(c.slopes), c.slopes[0], c.dy)
}

// byHand follows the gradient from the last layer to the first.
func (c chain) byHand() string {
	if !c.short() {
		return fmt.Sprintf("By hand, the first layer gets %v times itself, %d times: %.2g.", c.slopes[0], len(c.slopes), onTheWayBack(c.slopes, c.dy)[0])
	}
	at := c.dy
	var steps []string
	for i := len(c.slopes) - 1; i >= 0; i-- {
		next := at * c.slopes[i]
		steps = append(steps, fmt.Sprintf("%.4g*%.4g = %.4g", at, c.slopes[i], next))
		at = next
	}
	return fmt.Sprintf("By hand, from the last layer to the first: %s.", strings.Join(steps, ", then "))
}

// rounded writes numbers in a row, of many only the first and the last.
func rounded(v []float64) string {
	if len(v) > 8 {
		return fmt.Sprintf("[%.4g ... %.4g]", v[0], v[len(v)-1])
	}
	return fmt.Sprintf("%.4g", v)
}

func answerWayBack(f wayBackFunc, c chain) string {
	return fmt.Sprintf("%.4g", f(slices.Clone(c.slopes), c.dy))
}
