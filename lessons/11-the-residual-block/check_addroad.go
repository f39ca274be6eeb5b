package residual

import (
	"fmt"
	"slices"

	"reslab/lessons/lab"
	"reslab/nn"
)

type addRoadFunc = func(body nn.Layer, x *nn.Tensor) *nn.Tensor

// A tripler answers with three times what it gets, in a tensor that it keeps to look at
// again.
type tripler struct{ y *nn.Tensor }

func (d *tripler) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	d.y = x.Clone()
	for i := range d.y.Data {
		d.y.Data[i] *= 3
	}
	return d.y
}
func (d *tripler) Backward(dy *nn.Tensor) *nn.Tensor { return dy.Clone() }
func (d *tripler) Params() []*nn.Param               { return nil }

// checkAddRoad tries a body that triples, and one that hands on what it got.
func checkAddRoad(yours addRoadFunc) string {
	if words := tryAddRoad(yours, &tripler{}, "a body that triples", []float32{4, -8, 12}); words != "" {
		return words
	}
	return tryAddRoad(yours, nn.NewSequential(), "a body without layers, which returns the very tensor that it got", []float32{2, -4, 6})
}

func tryAddRoad(yours addRoadFunc, body nn.Layer, which string, want []float32) string {
	before := []float32{1, -2, 3}
	x := nn.FromSlice(slices.Clone(before), 1, 3)
	var y *nn.Tensor
	if sentence := lab.Panics(func() { y = yours(body, x) }); sentence != "" {
		return fmt.Sprintf("For x=%v and %s yours panics: %s.", before, which, sentence)
	}
	if y == nil {
		return fmt.Sprintf("For x=%v and %s yours returns nil. Return a tensor with F(x) + x.", before, which)
	}
	switch {
	case !slices.Equal(x.Data, before):
		return fmt.Sprintf("For x=%v and %s, x is %v afterwards. x is not yours: other layers still need it, on their way back. Write the sum into a tensor of its own: Clone makes one.", before, which, x.Data)
	case !slices.Equal(y.Data, want):
		return fmt.Sprintf("For x=%v and %s yours gives %v. By hand: F(x) + x = %v.%s", before, which, y.Data, want, addRoadAdvice(y.Data, before, want))
	}
	if d, ok := body.(*tripler); ok && !slices.Equal(d.y.Data, []float32{3, -6, 9}) {
		return fmt.Sprintf("For x=%v and %s, what the body returned is %v afterwards, and was [3 -6 9]. A layer may need its output on the way back, as a ReLU does. Write the sum into a tensor of its own: Clone makes one.", before, which, d.y.Data)
	}
	return ""
}

func addRoadAdvice(got, x, want []float32) string {
	fx := make([]float32, len(x))
	minus := make([]float32, len(x))
	for i := range x {
		fx[i] = want[i] - x[i]
		minus[i] = fx[i] - x[i]
	}
	switch {
	case slices.Equal(got, fx):
		return " That is F(x) alone: x has not been added."
	case slices.Equal(got, x):
		return " That is x alone: F(x) has not been added."
	case slices.Equal(got, minus):
		return " That is F(x) - x: add it."
	}
	return ""
}
