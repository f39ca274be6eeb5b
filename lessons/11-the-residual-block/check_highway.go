package residual

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/nn"
)

type newHighwayFunc = func(body nn.Layer) nn.Layer

// A witness is a body that can be followed by hand, y = 4x + 1, and remembers how it
// was asked.
type witness struct {
	*nn.Linear
	train bool
	y     *nn.Tensor // what it returned, which a ReLU at its end would keep
}

func newWitness() *witness {
	l := nn.NewLinear(1, 1)
	l.Weight.Value.Data[0], l.Bias.Value.Data[0] = 4, 1
	return &witness{Linear: l}
}

// Forward computes 4x + 1.
func (w *witness) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	w.train, w.y = train, w.Linear.Forward(x, train)
	return w.y
}

// checkHighway follows two numbers there and back by hand, and then compares with
// nn's own block on a convolution.
func checkHighway(yours newHighwayFunc) (words string) {
	for _, part := range []struct {
		body  string
		check func(yours newHighwayFunc) string
	}{
		{"the body y = 4x + 1", followByHand},
		{"a body without layers", withoutLayers},
		{"a convolution as body", besideTheLibrary},
	} {
		if sentence := lab.Panics(func() { words = part.check(yours) }); sentence != "" {
			return strings.TrimSpace(fmt.Sprintf("For %s yours panics: %s. %s", part.body, sentence, highwayPanic(sentence)))
		}
		if words != "" {
			return words
		}
	}
	return ""
}

func highwayPanic(sentence string) string {
	switch {
	case strings.Contains(sentence, "nil"):
		return "Is the body in the layer that newHighway returns?"
	case strings.Contains(sentence, "needs a Forward before it"):
		return "Call Backward of the body once, and keep what it returns in a variable."
	}
	return ""
}

// two returns two rows of one number each.
func two(a, b float32) *nn.Tensor { return nn.FromSlice([]float32{a, b}, 2, 1) }

func followByHand(yours newHighwayFunc) string {
	body := newWitness()
	block := yours(body)
	if block == nil {
		return "newHighway returns nil. Return a layer that has the body in it."
	}
	if words := followForward(block, body); words != "" {
		return words
	}
	return followBackward(block, body)
}

func followForward(block nn.Layer, body *witness) string {
	x := two(2, -4)
	y := block.Forward(x, true)
	if words := compare("Forward", "x=[2 -4] and the body y = 4x + 1", y, []float32{11, -19}, "4*2 + 1 + 2 = 11 and 4*(-4) + 1 - 4 = -19", map[string][]float32{
		"That is the body alone: where is the road?":                                                  {9, -15},
		"That is the road alone: the body is missing.":                                                {2, -4},
		"That is F(x) - x: add it.":                                                                   {7, -11},
		"That is x - F(x): add it.":                                                                   {-7, 11},
		"That is F(x) + F(x): add x, which came in.":                                                  {18, -30},
		"That is x + x: add what the body makes of x.":                                                {4, -8},
		"The body got x + x. It gets x, and x is added to what comes out.":                            {17, -31},
		"No mean is taken: the two are added.":                                                        {5.5, -9.5},
		"What is below zero was cut off. A ReLU may stand behind the block, but it is no part of it.": {11, 0},
	}); words != "" {
		return words
	}
	switch {
	case !slices.Equal(x.Data, []float32{2, -4}):
		return fmt.Sprintf("Forward changed its input: x was [2 -4] and is %v. Write the sum into a tensor of its own.", x.Data)
	case body.y != nil && !slices.Equal(body.y.Data, []float32{9, -15}):
		return fmt.Sprintf("Forward changed what the body returned: it was [9 -15] and is %v. A ReLU at the end of the body would still need it, on the way back. Write the sum into a tensor of its own: plus does.", body.y.Data)
	}
	for _, train := range []bool{false, true} { // the last one is that of the way back
		if block.Forward(x, train); body.train != train {
			return fmt.Sprintf("Forward got train=%v and gave the body train=%v. A batch norm in the body has to know: hand train on as it is.", train, body.train)
		}
	}
	return ""
}

func followBackward(block nn.Layer, body *witness) string {
	dy := two(1, 10)
	dx := block.Backward(dy)
	if words := compare("Backward", "dy=[1 10] and the body y = 4x + 1, whose slope is 4", dx, []float32{5, 50}, "4*1 + 1 = 5 and 4*10 + 10 = 50", map[string][]float32{
		"That is the body's part alone: over the road dy comes back, too.":                                  {4, 40},
		"That is the road's part alone: call Backward of the body, too.":                                    {1, 10},
		"That is dy + dy: call Backward of the body, and add dy to what it returns.":                        {2, 20},
		"You took dy away. It is added: the road has a plus sign on the way back, too.":                     {3, 30},
		"You took the body's part away. It is added: there is a plus sign on the way back, too.":            {-3, -30},
		"You added x, which went forward. Backward adds dy, which comes back.":                              {6, 36},
		"You added the output of Forward. Backward adds dy, which comes back.":                              {15, 21},
		"The body's part is counted twice.":                                                                 {9, 90},
		"dy is counted twice.":                                                                              {6, 60},
		"Backward computes as Forward does here. It calls Backward of the body.":                            {6, 51},
		"The body's Backward got the sum of both roads. Each road gets dy, and only the results are added.": {8, 80},
		"No mean is taken: the two are added.":                                                              {2.5, 25},
	}); words != "" {
		return words
	}
	if !slices.Equal(dy.Data, []float32{1, 10}) {
		return fmt.Sprintf("Backward changed its argument: dy was [1 10] and is %v. Both roads need it whole. Write the sum into a tensor of its own.", dy.Data)
	}
	return checkWeights(block, body.Linear)
}

// withoutLayers takes a body that returns the very tensors that it gets: who
// writes into what the body returned writes into what belongs to others.
func withoutLayers(yours newHighwayFunc) string {
	block := yours(nn.NewSequential())
	x, dy := two(2, -4), two(1, 10)
	for _, way := range []struct {
		name, its, call string
		given           *nn.Tensor
		got             func() *nn.Tensor
		before, want    []float32
	}{
		{"Forward", "x", "x=[2 -4]", x, func() *nn.Tensor { return block.Forward(x, true) }, []float32{2, -4}, []float32{4, -8}},
		{"Backward", "dy", "dy=[1 10]", dy, func() *nn.Tensor { return block.Backward(dy) }, []float32{1, 10}, []float32{2, 20}},
	} {
		got := way.got()
		if !slices.Equal(way.given.Data, way.before) {
			return fmt.Sprintf("For a body without layers, which returns the very tensor that it got, %s changed its argument: %s was %v and is %v. Write the sum into a tensor of its own: plus does.", way.name, way.its, way.before, way.given.Data)
		}
		if words := compare(way.name, way.call+" and a body without layers, which hands on what it gets", got, way.want, "each number twice", nil); words != "" {
			return words
		}
	}
	return ""
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
	if len(got.Data) != len(want) {
		advice = fmt.Sprintf(" Each number gets one added: %d numbers, not %d.", len(want), len(got.Data))
	}
	return fmt.Sprintf("For %s, %s gives %v. By hand: %s.%s", input, what, got.Data, byHand, advice)
}
