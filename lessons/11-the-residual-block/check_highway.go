package residual

import (
	"fmt"
	"math"
	"slices"

	"reslab/lessons/lab"
	"reslab/nn"
)

type newHighwayFunc = func(body nn.Layer) nn.Layer

// aBody is a body small enough to follow by hand: y = w x, one weight.
func aBody(w float32) *nn.Linear {
	l := nn.NewLinear(1, 1)
	l.Weight.Value.Data[0] = w
	return l
}

// checkHighway follows two numbers there and back by hand, and then compares with
// nn's own block on a convolution.
func checkHighway(yours newHighwayFunc) (words string) {
	if sentence := lab.Panics(func() { words = followByHand(yours) }); sentence != "" {
		return fmt.Sprintf("For the body y = 0.5 x yours panics: %s.", sentence)
	}
	if words != "" {
		return words
	}
	if sentence := lab.Panics(func() { words = besideTheLibrary(yours) }); sentence != "" {
		return fmt.Sprintf("For a convolution as body yours panics: %s.", sentence)
	}
	return words
}

func followByHand(yours newHighwayFunc) string {
	body := aBody(0.5)
	block := yours(body)
	if block == nil {
		return "newHighway returns nil. Return a layer that has the body in it."
	}
	x, dy := nn.FromSlice([]float32{2, -4}, 2, 1), nn.FromSlice([]float32{1, 10}, 2, 1)
	y := block.Forward(x, true)
	if words := compare("Forward", "x=[2 -4] and the body y = 0.5 x", y, []float32{3, -6}, "0.5*2 + 2 = 3 and 0.5*(-4) - 4 = -6", map[string][]float32{
		"That is the body alone: where is the road?":   {1, -2},
		"That is the road alone: the body is missing.": {2, -4},
		"That is F(x) - x.":                            {-1, 2},
	}); words != "" {
		return words
	}
	if !slices.Equal(x.Data, []float32{2, -4}) {
		return fmt.Sprintf("Forward changed its input: x was [2 -4] and is %v. Write the sum into a tensor of its own.", x.Data)
	}
	dx := block.Backward(dy)
	if words := compare("Backward", "dy=[1 10] and the body y = 0.5 x", dx, []float32{1.5, 15}, "0.5*1 + 1 = 1.5 and 0.5*10 + 10 = 15", map[string][]float32{
		"That is the body's part alone: over the road dy comes back, too.":                                  {0.5, 5},
		"That is the road's part alone: call Backward of the body, too.":                                    {1, 10},
		"You added x, which went forward. Backward adds dy, which comes back.":                              {2.5, 1},
		"You added the output of Forward. Backward adds dy, which comes back.":                              {3.5, -1},
		"The body's part is counted twice.":                                                                 {2, 20},
		"Backward computes as Forward does here. It calls Backward of the body.":                            {3, -6},
		"The body's Backward got the sum of both roads. Each road gets dy, and only the results are added.": {2.25, 22.5},
	}); words != "" {
		return words
	}
	if !slices.Equal(dy.Data, []float32{1, 10}) {
		return fmt.Sprintf("Backward changed its argument: dy was [1 10] and is %v. Both roads need it whole. Write the sum into a tensor of its own.", dy.Data)
	}
	return checkWeights(block, body)
}

// checkWeights looks at what training would see of the block.
func checkWeights(block nn.Layer, body *nn.Linear) string {
	want := body.Params()
	if got := block.Params(); len(got) != len(want) {
		return fmt.Sprintf("Params of the block lists %d parameters, the body has %d. The optimiser moves what Params lists: hand on the body's.", len(got), len(want))
	}
	// dL/dw is the sum of x dy over both rows: 2*1 - 4*10.
	if g := body.Weight.Grad; g == nil || g.Data[0] != -38 {
		got := "none"
		if g != nil {
			got = fmt.Sprint(g.Data[0])
		}
		return fmt.Sprintf("The gradient of the body's weight is %s. By hand: 2*1 + (-4)*10 = -38. Call Backward of the body once, with dy as it is.", got)
	}
	return ""
}

func besideTheLibrary(yours newHighwayFunc) string {
	random := nn.NewRandom(1)
	fill := func(shape ...int) *nn.Tensor {
		t := nn.NewTensor(shape...)
		for i := range t.Data {
			t.Data[i] = float32(random.Normal())
		}
		return t
	}
	conv := func() nn.Layer { return nn.NewConv2D(nn.ConvConfig{In: 2, Out: 2, Kernel: 3, Pad: 1}) }
	mine, theirs := conv(), nn.NewResidual(conv(), nil, true)
	nn.Init(mine, 1, nn.HeFanIn)
	copy(theirs.Body.Params()[0].Value.Data, mine.Params()[0].Value.Data)
	block := yours(mine)
	x, dy := fill(1, 5, 4, 2), fill(1, 5, 4, 2)
	for _, pair := range []struct {
		what      string
		got, want *nn.Tensor
	}{
		{"Forward", block.Forward(x, true), theirs.Forward(x, true)},
		{"Backward", block.Backward(dy), theirs.Backward(dy)},
	} {
		if !slices.Equal(pair.got.Shape, pair.want.Shape) {
			return fmt.Sprintf("For a convolution as body %s gives the shape %v, and should give %v.", pair.what, pair.got.Shape, pair.want.Shape)
		}
		for i, v := range pair.want.Data {
			if !(math.Abs(float64(pair.got.Data[i]-v)) <= 1e-5) {
				return fmt.Sprintf("For a convolution as body %s gives %v at place %d, and the library's block %v.", pair.what, pair.got.Data[i], i, v)
			}
		}
	}
	return ""
}

// compare says what is wrong with a result, and, if a usual mistake leads there,
// which.
func compare(what, input string, got *nn.Tensor, want []float32, byHand string, slips map[string][]float32) string {
	if got == nil {
		return fmt.Sprintf("For %s, %s returns nil.", input, what)
	}
	if slices.Equal(got.Data, want) {
		return ""
	}
	advice := ""
	for words, wrong := range slips {
		if slices.Equal(got.Data, wrong) {
			advice = " " + words
		}
	}
	return fmt.Sprintf("For %s, %s gives %v. By hand: %s.%s", input, what, got.Data, byHand, advice)
}
