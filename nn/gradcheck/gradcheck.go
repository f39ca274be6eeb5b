// Package gradcheck tells whether a gradient is right, by nudging: raise one
// number a little, lower it a little, and see how far the loss moves.
//
//	dL/dw is about (L(w+h) - L(w-h)) / 2h
//
// That needs no calculus, and so it finds the mistakes of those who used it.
package gradcheck

import (
	"fmt"
	"math"
	"slices"

	"reslab/nn"
)

// Report holds the worst disagreement between a gradient and its nudges.
//
// The error of one number is |analytic - nudged|, relative to the larger of the
// two, or to the root mean square of its whole gradient if that is larger: next
// to large gradients, small ones drown in rounding.
type Report struct {
	Checked int     // numbers nudged
	Kinks   int     // numbers left out, because the curve has a corner there
	Worst   float64 // largest relative error

	Where            string  // the number with the largest error, as "weight[17]"
	Analytic, Nudged float64 // its two gradients
}

// OK says whether the worst relative error is within a tolerance: 1e-2 is fair
// for Layer, whose nudges are as coarse as float32, and 1e-5 for Function.
func (r *Report) OK(tolerance float64) bool { return r.Checked > 0 && r.Worst <= tolerance }

// String says the result in a line.
func (r *Report) String() string {
	return fmt.Sprintf("%d gradients nudged, worst relative error %.2g at %s: backward says %.6g, the nudge %.6g",
		r.Checked, r.Worst, r.Where, r.Analytic, r.Nudged)
}

// Layer checks the Backward of a layer at the input x: dL/dx and the gradient
// of every trainable parameter, for the loss L = sum of dy*y with a random dy
// from the seed. It nudges at most 200 numbers of each, drawn at random.
//
// The layer runs as in training. Its running statistics and gradients are put
// back. It must give the same output for the same input: set the Share of dropout to 0.
func Layer(l nn.Layer, x *nn.Tensor, seed uint64) *Report {
	params := l.Params()
	defer restore(params)()

	random := nn.NewRandomAt(seed, "gradcheck") // not the stream that x or a weight was drawn from
	y := l.Forward(x, true)
	if y == nil {
		panic(&nn.Mistake{Layer: "gradcheck", Problem: "Forward must return a tensor, got nil"})
	}
	dy := nn.NewTensor(y.Shape...)
	for i := range dy.Data {
		dy.Data[i] = float32(random.Normal())
	}
	dx := l.Backward(dy)
	if dx == nil || !slices.Equal(dx.Shape, x.Shape) {
		panic(&nn.Mistake{Layer: "gradcheck", Problem: fmt.Sprintf("Backward must return dx in the shape %v of x, got %s", x.Shape, shapeOf(dx))})
	}

	c := &checker{report: &Report{}, random: random, loss: func() float64 {
		var loss float64
		for i, v := range l.Forward(x.Clone(), true).Data {
			loss += float64(v) * float64(dy.Data[i])
		}
		return loss
	}}
	c.floor = 1e-5 * rms(dx.Data)
	for _, p := range params {
		if p.Grad != nil {
			c.floor = math.Max(c.floor, 1e-5*rms(p.Grad.Data))
		}
	}
	c.tensor("x", x, dx)
	for _, p := range params {
		if !p.Trainable {
			continue
		}
		gradient := p.Grad
		if gradient == nil { // Backward has forgotten it: then it says zero
			gradient = nn.NewTensor(p.Value.Shape...)
		}
		if !slices.Equal(gradient.Shape, p.Value.Shape) {
			panic(&nn.Mistake{Layer: "gradcheck", Problem: fmt.Sprintf("the Grad of %s must have the shape %v, got %v", p.Name, p.Value.Shape, gradient.Shape)})
		}
		c.tensor(p.Name, p.Value, gradient)
	}
	return c.report
}

// Function checks a gradient against nudges of a function computed in float64:
// for what float32 is too coarse to tell. at is where the gradient was taken,
// and loss must not keep or change its argument.
func Function(name string, loss func(at []float64) float64, at []float64, gradient []float32) *Report {
	if len(gradient) != len(at) {
		panic(&nn.Mistake{Layer: "gradcheck", Problem: fmt.Sprintf("%s has %d numbers, but its gradient %d", name, len(at), len(gradient))})
	}
	r := &Report{}
	scale := rms(gradient)
	at = append([]float64{}, at...)
	for i, v := range at {
		h := 1e-5 * math.Max(1, math.Abs(v))
		nudged := central(func(v float64) { at[i] = v }, v, h, func() float64 { return loss(at) })
		at[i] = v
		r.add(fmt.Sprintf("%s[%d]", name, i), float64(gradient[i]), nudged, scale)
	}
	return r
}

// checker nudges float32 numbers of a layer.
type checker struct {
	report *Report
	random *nn.Random
	loss   func() float64

	// floor is the size below which a whole gradient is nothing but rounding:
	// that of a bias before batch norm, for example, is zero.
	floor float64
}

// tensor nudges numbers of t in place, and puts each back.
func (c *checker) tensor(name string, t, gradient *nn.Tensor) {
	scale := math.Max(rms(gradient.Data), c.floor)
	for _, i := range c.sample(len(t.Data)) {
		was := t.Data[i]
		set := func(v float64) { t.Data[i] = float32(v) }
		h := 1e-2 * math.Max(0.1, math.Abs(float64(was)))
		far, near := c.slopes(set, float64(was), h), c.slopes(set, float64(was), h/2)
		t.Data[i] = was
		if corner(far, near, scale) {
			c.report.Kinks++
			continue
		}
		// The error of a central difference falls with h²: this cancels it.
		nudged := (4*near.central() - far.central()) / 3
		c.report.add(fmt.Sprintf("%s[%d]", name, i), float64(gradient.Data[i]), nudged, scale)
	}
}

// slopes are those to a point a little below and to one a little above.
type slopes struct{ below, above float64 }

func (s slopes) central() float64 { return (s.below + s.above) / 2 }
func (s slopes) gap() float64     { return math.Abs(s.above - s.below) }

func (c *checker) slopes(set func(float64), at, h float64) slopes {
	set(at)
	here := c.loss()
	set(at - h)
	below := c.loss()
	set(at + h)
	return slopes{(here - below) / h, (c.loss() - here) / h}
}

// corner says whether there is a corner of a ReLU or of a maximum near by,
// where no number is the slope. On a smooth curve the central slopes agree, and
// the gap between the slopes of the two sides closes as one looks nearer.
func corner(far, near slopes, scale float64) bool {
	visible := 0.02 * math.Max(scale, math.Abs(far.central()))
	return math.Abs(far.central()-near.central()) > visible || near.gap() > visible && near.gap() > 0.75*far.gap()
}

func (c *checker) sample(n int) []int {
	order := c.random.Shuffle(n)
	return order[:min(n, 200)]
}

func (r *Report) add(where string, analytic, nudged, scale float64) {
	r.Checked++
	relative := math.Abs(analytic - nudged)
	if size := math.Max(scale, math.Max(math.Abs(analytic), math.Abs(nudged))); size > 0 {
		relative /= size
	}
	if r.Checked == 1 || relative > r.Worst || math.IsNaN(relative) {
		r.Worst, r.Where, r.Analytic, r.Nudged = relative, where, analytic, nudged
		if math.IsNaN(relative) {
			r.Worst = math.Inf(1)
		}
	}
}

// central is the slope between a little below and a little above.
func central(set func(float64), at, h float64, loss func() float64) float64 {
	set(at + h)
	up := loss()
	set(at - h)
	down := loss()
	return (up - down) / (2 * h)
}

func shapeOf(t *nn.Tensor) string {
	if t == nil {
		return "no tensor"
	}
	return fmt.Sprint(t.Shape)
}

func rms(gradient []float32) float64 {
	var sum float64
	for _, g := range gradient {
		sum += float64(g) * float64(g)
	}
	return math.Sqrt(sum / math.Max(1, float64(len(gradient))))
}

// restore remembers what Layer changes, and returns what puts it back.
func restore(params []*nn.Param) func() {
	values, grads := make([]*nn.Tensor, len(params)), make([]*nn.Tensor, len(params))
	for i, p := range params {
		if p == nil || p.Value == nil {
			panic(&nn.Mistake{Layer: "gradcheck", Problem: fmt.Sprintf("Params must return parameters that have a Value; number %d has none", i)})
		}
		values[i], grads[i] = p.Value.Clone(), p.Grad
		p.Grad = nil
	}
	return func() {
		for i, p := range params {
			copy(p.Value.Data, values[i].Data)
			p.Grad = grads[i]
		}
	}
}
