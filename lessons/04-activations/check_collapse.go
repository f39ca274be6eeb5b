package activations

import (
	"fmt"
	"math"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type collapseFunc = func(w1, b1, w2, b2 float64) (w, b float64)

// pair is a question for collapse: two layers of one number each.
type pair struct{ w1, b1, w2, b2 float64 }

var pairs = []pair{{2, 1, 3, 4}, {3, -2, 0.5, 1}, {-1, 5, 2, 0}, {4, 0, -2, 7}, {0, 3, 4, 1}, {1, 0, 1, 0}}

func (p pair) String() string {
	return fmt.Sprintf("w1=%v b1=%v w2=%v b2=%v", p.w1, p.b1, p.w2, p.b2)
}

// byHand sends one number through both layers.
func (p pair) byHand(x float64) string {
	middle := p.w1*x + p.b1
	return fmt.Sprintf("x=%v becomes %v*%v + %v = %v, and that becomes %v*%v + %v = %v", x, p.w1, x, p.b1, middle, p.w2, middle, p.b2, p.w2*middle+p.b2)
}

var collapseSlips = []slip.Slip[collapseFunc]{
	{Advice: "The second layer multiplies what the first gives, and does not add to it: three times two is six.", Wrong: func(w1, b1, w2, b2 float64) (w, b float64) { return w1 + w2, b1 + b2 }},
	{Advice: "w is right. Now b: the bias of the first layer goes through the second layer too.", Wrong: func(w1, b1, w2, b2 float64) (w, b float64) { return w1 * w2, b1 + b2 }},
	{Advice: "b is right. Now w: the second layer multiplies what the first has multiplied.", Wrong: func(w1, b1, w2, b2 float64) (w, b float64) { return w1 + w2, w2*b1 + b2 }},
	{Advice: "That is the second layer first. x goes through layer 1, and the result goes through layer 2.", Wrong: func(w1, b1, w2, b2 float64) (w, b float64) { return w1 * w2, w1*b2 + b1 }},
	{Advice: "Where did the bias of the first layer go?", Wrong: func(w1, b1, w2, b2 float64) (w, b float64) { return w1 * w2, b2 }},
	{Advice: "Where did the bias of the second layer go?", Wrong: func(w1, b1, w2, b2 float64) (w, b float64) { return w1 * w2, w2 * b1 }},
	{Advice: "The first bias is added after w1 has multiplied: only w2 multiplies it.", Wrong: func(w1, b1, w2, b2 float64) (w, b float64) { return w1 * w2, w1*w2*b1 + b2 }},
	{Advice: "The second bias is added at the end: nothing multiplies it.", Wrong: func(w1, b1, w2, b2 float64) (w, b float64) { return w1 * w2, w2 * (b1 + b2) }},
	{Advice: "The first bias is not multiplied by the second one: w2 multiplies it, and then the second one is added.", Wrong: func(w1, b1, w2, b2 float64) (w, b float64) { return w1 * w2, b1 * b2 }},
	{Advice: "The two results are in the wrong order: w comes first, then b.", Wrong: func(w1, b1, w2, b2 float64) (w, b float64) { return w2*b1 + b2, w1 * w2 }},
}

// checkCollapse sends numbers through both layers and through the learner's one.
func checkCollapse(yours collapseFunc) string {
	for _, p := range pairs {
		var w, b float64
		if sentence := lab.Panics(func() { w, b = yours(p.w1, p.b1, p.w2, p.b2) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", p, sentence)
		}
		for _, x := range []float64{0, 1, 10} {
			want := p.w2*(p.w1*x+p.b1) + p.b2
			if got := w*x + b; !(math.Abs(got-want) <= 1e-9) { // NaN too
				return strings.TrimSpace(fmt.Sprintf("For %v yours gives w=%v and b=%v. By hand: %s. Yours makes %v*%v + %v = %v of it. %s",
					p, w, b, p.byHand(x), w, x, b, got, slip.Find(yours, collapseSlips, pairs, answerCollapse)))
			}
		}
	}
	return ""
}

func answerCollapse(f collapseFunc, p pair) string { return fmt.Sprint(f(p.w1, p.b1, p.w2, p.b2)) }
