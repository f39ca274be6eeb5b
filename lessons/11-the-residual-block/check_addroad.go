package residual

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/nn"
)

type addRoadFunc = func(body nn.Layer, x *nn.Tensor) *nn.Tensor

// A keeper computes y = 3x + 1. It keeps what it got and what it gave, to look at
// again, and counts how often it was asked.
type keeper struct {
	x, y  *nn.Tensor
	asked int
}

func (k *keeper) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	k.x, k.y = x, x.Clone()
	k.asked++
	for i := range k.y.Data {
		k.y.Data[i] = 3*k.y.Data[i] + 1
	}
	return k.y
}
func (k *keeper) Backward(dy *nn.Tensor) *nn.Tensor { return dy.Clone() }
func (k *keeper) Params() []*nn.Param               { return nil }

// checkAddRoad tries a body that can be followed by hand, and one that hands on
// what it got.
func checkAddRoad(yours addRoadFunc) string {
	body := &keeper{}
	if words := tryAddRoad(yours, body, "the body y = 3x + 1", []float32{5, -7, 13}); words != "" {
		return words
	}
	const its = "For x=[1 -2 3] and the body y = 3x + 1, "
	switch {
	case !slices.Equal(body.y.Data, []float32{4, -5, 10}):
		return fmt.Sprintf(its+"what the body returned is %v afterwards, and was [4 -5 10]. A layer may need its output on the way back, as a ReLU does. Write the sum into a tensor of its own: Clone makes one.", body.y.Data)
	case !slices.Equal(body.x.Data, []float32{1, -2, 3}):
		return fmt.Sprintf(its+"what the body was given is %v afterwards, and was [1 -2 3]. Its first layer keeps that for the way back. Write the sum into another tensor than you gave to the body.", body.x.Data)
	case body.asked > 1:
		return fmt.Sprintf(its+"Forward of the body is called %d times. Call it once, before the loop: each call computes all of the body anew.", body.asked)
	}
	return tryAddRoad(yours, nn.NewSequential(), "a body without layers, which returns the very tensor that it got", []float32{2, -4, 6})
}

func tryAddRoad(yours addRoadFunc, body nn.Layer, which string, want []float32) string {
	before := []float32{1, -2, 3}
	x := nn.FromSlice(slices.Clone(before), 1, 3)
	given := fmt.Sprintf("For x=%v and %s", before, which)
	var y *nn.Tensor
	if sentence := lab.Panics(func() { y = yours(body, x) }); sentence != "" {
		return strings.TrimSpace(fmt.Sprintf("%s yours panics: %s. %s", given, sentence, addRoadPanic(sentence)))
	}
	switch {
	case y == nil:
		return given + " yours returns nil. Return a tensor with F(x) + x."
	case !slices.Equal(x.Data, before):
		return fmt.Sprintf("%s, x is %v afterwards. x is not yours: other layers still need it, on their way back. Write the sum into a tensor of its own: Clone makes one.", given, x.Data)
	case !slices.Equal(y.Data, want):
		return strings.TrimSpace(fmt.Sprintf("%s yours gives %v. By hand: F(x) + x = %v. %s", given, y.Data, want, addRoadAdvice(y.Data, before, want)))
	case !slices.Equal(y.Shape, x.Shape):
		return fmt.Sprintf("%s the numbers are right, but their shape is %v. x has the shape %v, and so has F(x) + x: the next layer reads it so.", given, y.Shape, x.Shape)
	}
	return ""
}

func addRoadPanic(sentence string) string {
	if strings.Contains(sentence, "length 0") {
		return "A tensor without numbers has no place to write to: x.Clone() or nn.NewTensor(x.Shape...) makes one with room."
	}
	return ""
}

func addRoadAdvice(got, x, want []float32) string {
	if len(got) != len(x) {
		return fmt.Sprintf("Each number of x gets one of F(x) added: %d numbers, not %d.", len(x), len(got))
	}
	// each answers a number of x and the one of F(x), as a usual mistake does
	for _, slip := range []struct {
		words string
		wrong func(x, fx float32) float32
	}{
		{"That is F(x) alone: x has not been added.", func(x, fx float32) float32 { return fx }},
		{"That is x alone: F(x) has not been added.", func(x, fx float32) float32 { return x }},
		{"That is F(x) - x: add it.", func(x, fx float32) float32 { return fx - x }},
		{"That is x - F(x): add it.", func(x, fx float32) float32 { return x - fx }},
		{"That is x + x: F(x) has not been added.", func(x, fx float32) float32 { return x + x }},
		{"That is F(x) + F(x): x has not been added.", func(x, fx float32) float32 { return fx + fx }},
		{"That is F(x) times x. The two are added.", func(x, fx float32) float32 { return fx * x }},
		{"The body was applied twice: that is F(F(x)) + x.", func(x, fx float32) float32 { return 3*fx + 1 + x }},
	} {
		wrong := make([]float32, len(x))
		for i := range x {
			wrong[i] = slip.wrong(x[i], want[i]-x[i])
		}
		if slices.Equal(got, wrong) {
			return slip.words
		}
	}
	for i, v := range got {
		if v != want[i] {
			return fmt.Sprintf("Number %d is wrong: does the loop go over all of Data, from 0 on?", i)
		}
	}
	return ""
}
