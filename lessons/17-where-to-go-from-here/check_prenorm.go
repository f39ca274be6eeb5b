package beyond

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/nn"
)

type preNormFunc = func(norm, body nn.Layer, x *nn.Tensor) *nn.Tensor

// A line is a layer that can be followed by hand, y = ax + b. It counts how often
// it was asked.
type line struct {
	a, b  float32
	asked int
	y     *nn.Tensor // what it returned
}

func (l *line) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	l.asked++
	l.y = x.Clone()
	for i, v := range x.Data {
		l.y.Data[i] = l.a*v + l.b
	}
	return l.y
}
func (l *line) Backward(dy *nn.Tensor) *nn.Tensor { return dy.Clone() }
func (l *line) Params() []*nn.Param               { return nil }

// checkPreNorm follows two numbers by hand, through a norm that halves them.
func checkPreNorm(yours preNormFunc) string {
	norm, body := &line{a: 0.5}, &line{a: 3, b: 1}
	const given = "For x=[4 -8], a norm that halves and the body y = 3x + 1"
	x := nn.FromSlice([]float32{4, -8}, 1, 2)
	var y *nn.Tensor
	if sentence := lab.Panics(func() { y = yours(norm, body, x) }); sentence != "" {
		return fmt.Sprintf("%s yours panics: %s.", given, strings.TrimSuffix(sentence, "."))
	}
	switch {
	case y == nil:
		return given + " yours returns nil. Return x + F(norm(x))."
	case !slices.Equal(x.Data, []float32{4, -8}):
		return fmt.Sprintf("%s, x is %v afterwards. x is not yours: Clone makes a tensor of its own.", given, x.Data)
	case !slices.Equal(y.Data, []float32{11, -19}):
		return strings.TrimSpace(fmt.Sprintf("%s yours gives %v. By hand: the norm gives [2 -4], the body makes [7 -11] of it, and with x that is [11 -19]. %s", given, y.Data, preNormAdvice(y.Data)))
	case norm.asked != 1 || body.asked != 1:
		return fmt.Sprintf("%s the sum is right, but the norm is asked %d times and the body %d times. Once each will do.", given, norm.asked, body.asked)
	case !slices.Equal(norm.y.Data, []float32{2, -4}):
		return fmt.Sprintf("%s, what the norm returned is %v afterwards, and was [2 -4]. The body has kept it for the way back.", given, norm.y.Data)
	case !slices.Equal(body.y.Data, []float32{7, -11}):
		return fmt.Sprintf("%s, what the body returned is %v afterwards, and was [7 -11]. Its last layer may need it on the way back.", given, body.y.Data)
	}
	return ""
}

// preNormAdvice knows what usual mistakes make of [4 -8].
func preNormAdvice(got []float32) string {
	for _, s := range []struct {
		words string
		wrong []float32
	}{
		{"The norm stands on the road: x itself goes through it, in each block anew. The road carries x as it came.", []float32{9, -15}},
		{"That is the body alone: the road is closed.", []float32{7, -11}},
		{"That is F(x) + x: the norm is left out.", []float32{17, -31}},
		{"The norm stands behind the addition, on the road. It belongs in front of the body.", []float32{8.5, -15.5}},
		{"The norm stands behind the body. It belongs in front of it.", []float32{10.5, -19.5}},
		{"That is norm(x) + F(x), or x counted twice. On the road stands x, once, and F gets norm(x).", []float32{15, -27}},
		{"The body was left out: that is x + norm(x).", []float32{6, -12}},
		{"That is x alone.", []float32{4, -8}},
		{"That is x - F(norm(x)): add it.", []float32{-3, 3}},
		{"That is F(norm(x)) - x: add it.", []float32{3, -3}},
		{"The body is counted twice.", []float32{14, -22}},
	} {
		if slices.Equal(got, s.wrong) {
			return s.words
		}
	}
	if len(got) != 2 {
		return fmt.Sprintf("The sum has as many numbers as x: 2, not %d.", len(got))
	}
	return ""
}
