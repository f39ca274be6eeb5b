package deeper

import (
	"fmt"
	"math"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type wayBackFunc = func(slopes []float64, dy float64) []float64

// A chain is a question: layers with one number each, and what comes from above.
type chain struct {
	slopes []float64
	dy     float64
}

var chains = []chain{{[]float64{0.5}, 1}, {[]float64{0.5, 0.1}, 1}, {[]float64{2, 0.5, 0.1}, 10}, {[]float64{0.25, 0.25, 0.25, 0.25}, 1}, {[]float64{-1, 3}, 2}, {nil, 1}}

var wayBackSlips = []slip.Slip[wayBackFunc]{
	{Advice: "That runs from the first layer to the last. The gradient comes from the other end: begin at the last layer.", Wrong: func(slopes []float64, dy float64) []float64 {
		out := make([]float64, len(slopes))
		for i, s := range slopes {
			dy *= s
			out[i] = dy
		}
		return out
	}},
	{Advice: "Each layer hands on what it made of dy. Hole 2 has to keep the product for the layer before.", Wrong: func(slopes []float64, dy float64) []float64 {
		out := make([]float64, len(slopes))
		for i, s := range slopes {
			out[i] = dy * s
		}
		return out
	}},
	{Advice: "Slopes in a row are multiplied, not added: each layer stretches what the one behind it sent.", Wrong: func(slopes []float64, dy float64) []float64 {
		out := make([]float64, len(slopes))
		for i := len(slopes) - 1; i >= 0; i-- {
			dy += slopes[i]
			out[i] = dy
		}
		return out
	}},
	{Advice: "That is the gradient at the output of each layer. At its input its own slope counts, too.", Wrong: func(slopes []float64, dy float64) []float64 {
		out := make([]float64, len(slopes))
		for i := len(slopes) - 1; i >= 0; i-- {
			out[i] = dy
			dy *= slopes[i]
		}
		return out
	}},
	{Advice: "The numbers are right, and stand in the wrong order: place 0 is the first layer.", Wrong: func(slopes []float64, dy float64) []float64 {
		right := onTheWayBack(slopes, dy)
		out := make([]float64, len(right))
		for i, v := range right {
			out[len(out)-1-i] = v
		}
		return out
	}},
	{Advice: "dy is forgotten: what comes from above may be another number than 1.", Wrong: func(slopes []float64, dy float64) []float64 { return onTheWayBack(slopes, 1) }},
	{Advice: "All are zero: the holes are still empty.", Wrong: func(slopes []float64, dy float64) []float64 { return make([]float64, len(slopes)) }},
}

func checkWayBack(yours wayBackFunc) string {
	for _, c := range chains {
		var got []float64
		if sentence := lab.Panics(func() { got = yours(append([]float64(nil), c.slopes...), c.dy) }); sentence != "" {
			return fmt.Sprintf("For slopes=%v dy=%v yours panics: %s.", c.slopes, c.dy, sentence)
		}
		want := onTheWayBack(c.slopes, c.dy)
		if len(got) != len(want) {
			return fmt.Sprintf("For slopes=%v dy=%v yours gives %d numbers. There is one for each layer: %d.", c.slopes, c.dy, len(got), len(want))
		}
		for i, v := range want {
			if !(math.Abs(got[i]-v) <= 1e-12*math.Max(1, math.Abs(v))) {
				return strings.TrimSpace(fmt.Sprintf("For slopes=%v dy=%v yours gives %v. %s %s", c.slopes, c.dy, rounded(got), c.byHand(), slip.Find(yours, wayBackSlips, chains, answerWayBack)))
			}
		}
	}
	return ""
}

// byHand follows the gradient from the last layer to the first.
func (c chain) byHand() string {
	at := c.dy
	var steps []string
	for i := len(c.slopes) - 1; i >= 0; i-- {
		next := at * c.slopes[i]
		steps = append(steps, fmt.Sprintf("%.4g*%.4g = %.4g", at, c.slopes[i], next))
		at = next
	}
	return fmt.Sprintf("By hand, from the last layer to the first: %s.", strings.Join(steps, ", then "))
}

func rounded(v []float64) string {
	words := make([]string, len(v))
	for i, x := range v {
		words[i] = fmt.Sprintf("%.4g", x)
	}
	return "[" + strings.Join(words, " ") + "]"
}

func answerWayBack(f wayBackFunc, c chain) string {
	return rounded(f(append([]float64(nil), c.slopes...), c.dy))
}
