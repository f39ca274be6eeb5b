package bench

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"reslab/nn/ladder"
	"reslab/viz"
)

// roofline draws each layer's speed over its operations for each byte that it
// must move (Williams, Waterman and Patterson 2009, "Roofline"). A layer near
// the slope waits for memory, one near the flat roof for arithmetic.
func (r *Result) roofline() ([]byte, error) {
	f := viz.NewFigure("How near each convolution comes to what one core can do").
		Axes("operations for each byte of memory", "GFLOP/s").LogY()
	f.X.Log = true
	f.Subtitle = fmt.Sprintf("%s, %s kernels. Winograd saves multiplications, so it may pass the roof", r.CPU, r.Kernel)
	f.Source = "lab bench: the roof is nothing but multiply-adds, the slope is copying from memory to memory. Small layers are in the cache: they may pass the slope"
	roofX, roofY := r.roof()
	f.Line("what one core can do", viz.Ink, roofX, roofY)
	series := []struct {
		name, method string
		role         viz.Role
		passes       []ladder.Pass
	}{
		{"forward", "direct", viz.Green, []ladder.Pass{ladder.Inference, ladder.Forward}},
		{"gradient of the input", "direct", viz.Orange, []ladder.Pass{ladder.InputGrad}},
		{"gradient of the weights", "direct", viz.Purple, []ladder.Pass{ladder.WeightGrad}},
		{"Winograd, all three", "winograd", viz.Sky, []ladder.Pass{ladder.Inference, ladder.Forward, ladder.InputGrad, ladder.WeightGrad}},
	}
	for _, s := range series {
		if x, y := r.points(s.method, s.passes); len(x) > 0 {
			f.Points(s.name, s.role, x, y)
		}
	}
	return viz.SVG(f)
}

// points returns the layers' places, from left to right: a series is named at
// its last point.
func (r *Result) points(method string, passes []ladder.Pass) (x, y []float64) {
	layers := slices.SortedFunc(slices.Values(r.Layers), func(a, b LayerTime) int { return cmp.Compare(a.PerByte, b.PerByte) })
	for _, l := range layers {
		wanted := func(p ladder.Pass) bool { return p.String() == l.Pass }
		if l.Method == method && slices.ContainsFunc(passes, wanted) {
			x, y = append(x, l.PerByte), append(y, l.GFLOPS)
		}
	}
	return x, y
}

// roof is the line that memory and arithmetic draw together, as wide as the
// layers are spread.
func (r *Result) roof() (x, y []float64) {
	low, high := r.Peak1/r.Memory1/2, 2*r.Peak1/r.Memory1
	for _, l := range r.Layers {
		low, high = min(low, l.PerByte/2), max(high, l.PerByte)
	}
	for _, at := range []float64{low, r.Peak1 / r.Memory1, high} {
		x, y = append(x, at), append(y, math.Min(r.Peak1, at*r.Memory1))
	}
	return x, y
}
