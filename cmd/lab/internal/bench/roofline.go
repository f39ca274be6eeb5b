package bench

import (
	"fmt"
	"math"

	"reslab/viz"
)

// roofline draws each layer's speed over its operations for each byte that it
// must move (Williams, Waterman and Patterson 2009, "Roofline"). A layer below
// the slope waits for memory, one below the flat roof for arithmetic.
func (r *Result) roofline() ([]byte, error) {
	bytes := r.Bytes
	var roofX, roofY []float64
	for exponent := -1.0; exponent <= 10; exponent += 0.25 {
		x := math.Exp2(exponent)
		roofX, roofY = append(roofX, x), append(roofY, min(r.Peak1, x*bytes))
	}
	f := viz.NewFigure("How near each layer comes to what the machine can do").
		Axes("operations a byte", "GFLOP/s on one core").LogY()
	f.X.Log = true
	f.Subtitle = fmt.Sprintf("%s, %s kernels; a method that saves multiplications may rise above the roof", r.CPU, r.Kernel)
	f.Source = "lab bench; the slope is what all cores copy from memory to memory"
	f.Line("roof", viz.Ink, roofX, roofY)
	for i, pass := range []string{"forward", "input gradient", "weight gradient"} {
		var x, y []float64
		for _, l := range r.Layers {
			if l.Pass == pass {
				x, y = append(x, l.PerByte), append(y, l.GFLOPS)
			}
		}
		f.Points(pass, []viz.Role{viz.Green, viz.Orange, viz.Purple}[i], x, y)
	}
	return viz.SVG(f)
}
