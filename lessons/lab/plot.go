package lab

import (
	"fmt"

	"reslab/nn"
	"reslab/viz"
)

// Plot shows numbers as a curve over their places: a slice of float64, float32
// or int, or a tensor, row by row.
func Plot(v any) {
	y, ok := numbers(v)
	if !ok {
		panic(fmt.Sprintf("lab.Plot draws a []float64, []float32, []int or *nn.Tensor, not a %T", v))
	}
	if len(y) == 0 {
		panic("lab.Plot needs a number at least")
	}
	Show(viz.NewFigure(fmt.Sprintf("%d numbers", len(y))).Axes("place", "value").Line("", viz.Plain, nil, y))
}

// numbers returns v as float64.
func numbers(v any) (y []float64, ok bool) {
	switch v := v.(type) {
	case []float64:
		return v, true
	case []float32:
		return widen(v), true
	case []int:
		return widen(v), true
	case *nn.Tensor:
		return widen(v.Data), true
	}
	return nil, false
}

func widen[T float32 | int](v []T) []float64 {
	y := make([]float64, len(v))
	for i, x := range v {
		y[i] = float64(x)
	}
	return y
}
