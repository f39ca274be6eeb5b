package firstnet

import (
	"fmt"
	"math"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type descendFunc = func(gradient func(w float64) float64, w, rate float64, steps int) float64

// A slope is a question for descend: the loss is half of c*(w-low)², so its
// gradient is c*(w-low).
type slope struct {
	c, low, w, rate float64
	steps           int
}

var hills = []slope{{1, 0, 8, 0.5, 1}, {1, 0, 8, 0.5, 2}, {1, 0, 8, 0.5, 3}, {2, 3, -1, 0.25, 1}, {2, 3, -1, 0.25, 4}, {1, 0, 5, 0.5, 0}, {1, 1, 2, 0.1, 30}}

func (h slope) gradient(w float64) float64 { return h.c * (w - h.low) }

var descendSlips = []slip.Slip[descendFunc]{
	{Advice: "The gradients of all steps so far pile up, as in a net whose gradients nobody sets to zero. Each step takes the gradient of its own place.", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		total := 0.0
		for range steps {
			total += gradient(w)
			w -= rate * total
		}
		return w
	}},
	{Advice: "That goes uphill. The gradient points up, so go against it: minus.", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		for range steps {
			w += rate * gradient(w)
		}
		return w
	}},
	{Advice: "The gradient says which way, and how steep; how far to go says the rate. It is missing.", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		for range steps {
			w -= gradient(w)
		}
		return w
	}},
	{Advice: "The gradient is asked once, at the start. It is another one at every place.", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		g := gradient(w)
		for range steps {
			w -= rate * g
		}
		return w
	}},
	{Advice: "That is one step too many.", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		return descend(gradient, w, rate, steps+1)
	}},
	{Advice: "That is one step too few.", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		return descend(gradient, w, rate, steps-1)
	}},
	{Advice: "Divided by the rate: a small rate would make a large step.", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		for range steps {
			w -= gradient(w) / rate
		}
		return w
	}},
	{Advice: "That is the step alone. It is taken away from the old w: w -= ..., not w = ....", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		for range steps {
			w = rate * gradient(w)
		}
		return w
	}},
	{Advice: "That is the step alone. It is taken away from the old w: w -= ..., not w = -....", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		for range steps {
			w = -rate * gradient(w)
		}
		return w
	}},
	{Advice: "That is one step, whatever steps says. The loop is missing.", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		return descend(gradient, w, rate, 1)
	}},
	{Advice: "That steps by the mean of all gradients so far. Each step takes the gradient of its own place alone.", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		total := 0.0
		for i := range steps {
			total += gradient(w)
			w -= rate * total / float64(i+1)
		}
		return w
	}},
	{Advice: "The rate belongs outside: rate * gradient(w), not gradient(rate * w).", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		for range steps {
			w -= gradient(rate * w)
		}
		return w
	}},
	{Advice: "The rate stays the same here. Nobody asked for a smaller one at each step.", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		for range steps {
			w -= rate * gradient(w)
			rate /= 2
		}
		return w
	}},
	{Advice: "That steps by w and not by the gradient. Only where the valley is half of w*w are they the same: ask gradient(w).", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		for range steps {
			w -= rate * w
		}
		return w
	}},
	{Advice: "All steps are equally long. Where it is steep the step is long: the rate times the gradient, not its sign alone.", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 {
		for range steps {
			w -= math.Copysign(rate, gradient(w))
		}
		return w
	}},
	{Advice: "That is the last gradient. Return where you are, w.", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) (g float64) {
		for range steps {
			g = gradient(w)
			w -= rate * g
		}
		return g
	}},
	{Advice: "w has not moved. (Is there a second w, declared with := inside of the loop?)", Wrong: func(gradient func(float64) float64, w, rate float64, steps int) float64 { return w }},
}

func (h slope) answer(f descendFunc) float64 { return f(h.gradient, h.w, h.rate, h.steps) }

func checkDescend(yours descendFunc) string {
	for _, h := range hills {
		var got float64
		if sentence := lab.Panics(func() { got = h.answer(yours) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", h, sentence)
		}
		if want := h.answer(descend); !(math.Abs(got-want) <= 1e-9) {
			return strings.TrimSpace(fmt.Sprintf("For %v yours ends at %.4g. By hand: %s. %s", h, got, h.byHand(), slip.Find(yours, descendSlips, hills, func(f descendFunc, h slope) string { return fmt.Sprintf("%.9g", h.answer(f)) })))
		}
	}
	return ""
}

func (h slope) String() string {
	return fmt.Sprintf("a gradient of %v*(w - %v), from w=%v, rate=%v, steps=%d,", h.c, h.low, h.w, h.rate, h.steps)
}

func (h slope) byHand() string {
	if h.steps == 0 {
		return "without a step w stays where it is"
	}
	w, words := h.w, []string{}
	for range min(h.steps, 4) {
		g := h.gradient(w)
		words = append(words, fmt.Sprintf("%.4g - %v*%.4g = %.4g", w, h.rate, g, w-h.rate*g))
		w -= h.rate * g
	}
	if h.steps > 4 {
		words = append(words, fmt.Sprintf("and so on, to %.4g", h.answer(descend)))
	}
	return strings.Join(words, ", then ")
}
