package engine

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"reslab/nn/weights/onnx"
)

// f and i are tensors as a test writes them: the shape, then the numbers.
func f(shape []int, numbers ...float32) *onnx.Tensor { return onnx.NewTensor(numbers, shape...) }
func i(shape []int, numbers ...int64) *onnx.Tensor   { return onnx.NewInts(numbers, shape...) }

func truths(shape []int, numbers ...int64) *onnx.Tensor {
	return &onnx.Tensor{Type: onnx.Bool, Shape: shape, Ints: numbers}
}

// s is a shape; of none, a single number.
func s(sizes ...int) []int { return sizes }

// in, out and set are the parts of a case.
func in(t ...*onnx.Tensor) []*onnx.Tensor  { return t }
func out(t ...*onnx.Tensor) []*onnx.Tensor { return t }

func set(settings ...*onnx.Attribute) []*onnx.Attribute { return settings }

func whole(name string, v int64) *onnx.Attribute {
	return &onnx.Attribute{Name: name, Type: onnx.IntAttribute, I: v}
}

func list(name string, v ...int64) *onnx.Attribute {
	return &onnx.Attribute{Name: name, Type: onnx.IntsAttribute, Ints: v}
}

func number(name string, v float32) *onnx.Attribute {
	return &onnx.Attribute{Name: name, Type: onnx.FloatAttribute, F: v}
}

func word(name, v string) *onnx.Attribute {
	return &onnx.Attribute{Name: name, Type: onnx.StringAttribute, S: v}
}

// apply runs a single node.
func apply(op string, opset int64, settings []*onnx.Attribute, in []*onnx.Tensor, outputs int) ([]*onnx.Tensor, error) {
	node := &onnx.Node{Op: op, Name: "n", Attributes: settings}
	m := &onnx.Model{Opsets: []*onnx.Opset{{Version: opset}}, Graph: &onnx.Graph{Nodes: []*onnx.Node{node}}}
	given := map[string]*onnx.Tensor{}
	for k, t := range in {
		if t == nil {
			node.Inputs = append(node.Inputs, "")
			continue
		}
		name := "in" + string(rune('a'+k))
		node.Inputs, given[name] = append(node.Inputs, name), t
		m.Graph.Inputs = append(m.Graph.Inputs, &onnx.ValueInfo{Name: name, Type: &onnx.Type{Tensor: &onnx.TensorType{Element: t.Type}}})
	}
	for k := range outputs {
		name := "out" + string(rune('a'+k))
		node.Outputs = append(node.Outputs, name)
		m.Graph.Outputs = append(m.Graph.Outputs, &onnx.ValueInfo{Name: name})
	}
	e, err := New(m, "")
	if err != nil {
		return nil, err
	}
	made, err := e.Run(context.Background(), given)
	if err != nil {
		return nil, err
	}
	var all []*onnx.Tensor
	for _, v := range m.Graph.Outputs {
		all = append(all, made[v.Name])
	}
	return all, nil
}

type operatorCase struct {
	op       string
	settings []*onnx.Attribute
	in, out  []*onnx.Tensor
}

// TestOperatorsByHand has a case worked by hand for each operator.
func TestOperatorsByHand(t *testing.T) {
	square := f(s(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9)
	two := f(s(2, 3), 1, 2, 3, 4, 5, 6)
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	cases := []operatorCase{
		// A window of ones adds up what lies under it.
		{"Conv", nil, in(square, f(s(1, 1, 2, 2), 1, 1, 1, 1)), out(f(s(1, 1, 2, 2), 12, 16, 24, 28))},
		{"Conv", set(list("pads", 1, 1, 0, 0)), in(square, f(s(1, 1, 2, 2), 1, 0, 0, 10), f(s(1), 100)), out(f(s(1, 1, 3, 3), 110, 120, 130, 140, 151, 162, 170, 184, 195))},
		{"Conv", set(list("strides", 2, 1)), in(square, f(s(1, 1, 1, 3), 1, 10, 100)), out(f(s(1, 1, 2, 1), 321, 987))},
		{"Conv", set(list("dilations", 2, 2)), in(square, f(s(1, 1, 2, 2), 1, 10, 100, 1000)), out(f(s(1, 1, 1, 1), 1+30+700+9000))},
		{"Conv", set(word("auto_pad", "SAME_UPPER")), in(f(s(1, 1, 1, 3), 1, 2, 3), f(s(1, 1, 1, 2), 1, 10)), out(f(s(1, 1, 1, 3), 21, 32, 3))},
		{"Conv", set(word("auto_pad", "SAME_LOWER")), in(f(s(1, 1, 1, 3), 1, 2, 3), f(s(1, 1, 1, 2), 1, 10)), out(f(s(1, 1, 1, 3), 10, 21, 32))},
		{"Conv", set(whole("group", 2)), in(f(s(1, 2, 1, 1), 3, 5), f(s(2, 1, 1, 1), 10, 100)), out(f(s(1, 2, 1, 1), 30, 500))},
		{"Conv", set(whole("group", 2), list("strides", 1, 2)), in(f(s(1, 2, 1, 3), 1, 2, 3, 4, 5, 6), f(s(2, 1, 1, 2), 1, 1, 1, -1)), out(f(s(1, 2, 1, 1), 3, -1))},
		{"MaxPool", set(list("kernel_shape", 2, 2)), in(square), out(f(s(1, 1, 2, 2), 5, 6, 8, 9))},
		{"MaxPool", set(list("kernel_shape", 2, 2), list("strides", 2, 2), whole("ceil_mode", 1)), in(square), out(f(s(1, 1, 2, 2), 5, 6, 8, 9))},
		{"MaxPool", set(list("kernel_shape", 2, 2), list("pads", 1, 1, 1, 1), list("strides", 2, 2)), in(f(s(1, 1, 2, 2), -1, -2, -3, nan)), out(f(s(1, 1, 2, 2), -1, -2, -3, nan))},
		{"MaxPool", set(list("kernel_shape", 2, 2), list("dilations", 2, 2)), in(square), out(f(s(1, 1, 1, 1), 9))},
		{"AveragePool", set(list("kernel_shape", 2, 2), list("pads", 1, 1, 0, 0), list("strides", 2, 2)), in(square), out(f(s(1, 1, 2, 2), 1, 2.5, 5.5, 7))},
		{"AveragePool", set(list("kernel_shape", 2, 2), list("pads", 1, 1, 0, 0), list("strides", 2, 2), whole("count_include_pad", 1)), in(square), out(f(s(1, 1, 2, 2), 0.25, 1.25, 2.75, 7))},
		{"AveragePool", set(list("kernel_shape", 1, 2), list("strides", 1, 2), whole("ceil_mode", 1), whole("count_include_pad", 1)), in(f(s(1, 1, 1, 3), 1, 2, 3)), out(f(s(1, 1, 1, 2), 1.5, 3))},
		{"GlobalAveragePool", nil, in(f(s(1, 2, 1, 2), 1, 3, 5, 9)), out(f(s(1, 2, 1, 1), 2, 7))},
		{"GlobalMaxPool", nil, in(f(s(1, 2, 1, 2), 1, 3, 5, -9)), out(f(s(1, 2, 1, 1), 3, 5))},

		{"MatMul", nil, in(two, f(s(3, 1), 1, 10, 100)), out(f(s(2, 1), 321, 654))},
		{"MatMul", nil, in(f(s(2), 1, 2), f(s(2), 3, 4)), out(f(nil, 11))},
		{"MatMul", nil, in(f(s(2, 1, 2), 1, 2, 3, 4), f(s(2, 2, 1), 1, 10, 1, 100)), out(f(s(2, 1, 1), 21, 403))},
		{"Gemm", set(whole("transB", 1)), in(two, f(s(1, 3), 1, 10, 100), f(s(1), 1000)), out(f(s(2, 1), 1321, 1654))},
		{"Gemm", set(whole("transA", 1), number("alpha", 2), number("beta", 0.5)), in(f(s(2, 1), 1, 2), f(s(2, 1), 3, 4), f(s(1, 1), 10)), out(f(s(1, 1), 2*11+5))},

		{"Relu", nil, in(f(s(3), -1, 0, 2)), out(f(s(3), 0, 0, 2))},
		{"LeakyRelu", set(number("alpha", 0.5)), in(f(s(2), -4, 2)), out(f(s(2), -2, 2))},
		{"Elu", nil, in(f(s(2), -1, 2)), out(f(s(2), 1/math.E-1, 2))},
		{"Sigmoid", nil, in(f(s(3), 0, inf, -inf)), out(f(s(3), 0.5, 1, 0))},
		{"Tanh", nil, in(f(s(2), 0, inf)), out(f(s(2), 0, 1))},
		{"HardSigmoid", nil, in(f(s(3), -3, 1, 9)), out(f(s(3), 0, 0.7, 1))},
		{"HardSwish", nil, in(f(s(4), -4, 0, 3, 1.5)), out(f(s(4), 0, 0, 3, 1.125))},
		{"Softplus", nil, in(f(s(2), 0, 100)), out(f(s(2), math.Ln2, 100))},
		{"Sqrt", nil, in(f(s(2), 9, 2)), out(f(s(2), 3, math.Sqrt2))},
		{"Exp", nil, in(f(s(2), 0, 1)), out(f(s(2), 1, math.E))},
		{"Log", nil, in(f(s(2), 1, math.E)), out(f(s(2), 0, 1))},
		{"Erf", nil, in(f(s(2), 0, 1)), out(f(s(2), 0, 0.8427008))},
		{"Floor", nil, in(f(s(2), 1.5, -1.5)), out(f(s(2), 1, -2))},
		{"Ceil", nil, in(f(s(2), 1.5, -1.5)), out(f(s(2), 2, -1))},
		{"Reciprocal", nil, in(f(s(1), 4)), out(f(s(1), 0.25))},
		{"Neg", nil, in(i(s(2), 3, -4)), out(i(s(2), -3, 4))},
		{"Abs", nil, in(f(s(2), 3, -4)), out(f(s(2), 3, 4))},
		{"Clip", nil, in(f(s(3), -9, 3, 9), f(nil, 0), f(nil, 6)), out(f(s(3), 0, 3, 6))},
		{"Clip", nil, in(f(s(2), -9, 9), nil, f(nil, 6)), out(f(s(2), -9, 6))},
		{"Clip", set(number("min", 1), number("max", 2)), in(f(s(2), -9, 9)), out(f(s(2), 1, 2))},
		{"Not", nil, in(truths(s(2), 0, 1)), out(truths(s(2), 1, 0))},

		{"Add", nil, in(two, f(s(3), 10, 20, 30)), out(f(s(2, 3), 11, 22, 33, 14, 25, 36))},
		{"Sub", nil, in(f(s(2, 1), 10, 20), f(s(2), 1, 2)), out(f(s(2, 2), 9, 8, 19, 18))},
		{"Mul", nil, in(i(s(2), 3, 4), i(nil, 5)), out(i(s(2), 15, 20))},
		{"Div", nil, in(i(s(2), 7, -7), i(nil, 2)), out(i(s(2), 3, -3))},
		{"Pow", nil, in(f(s(2), 3, 2), i(nil, 2)), out(f(s(2), 9, 4))},
		{"Max", nil, in(f(s(2), 1, 5), f(nil, 3), f(s(1), 4)), out(f(s(2), 4, 5))},
		{"Min", nil, in(i(s(2), 1, 5), i(nil, 3)), out(i(s(2), 1, 3))},
		{"Sum", nil, in(f(s(1), 1), f(s(1), 2), f(s(1), 4)), out(f(s(1), 7))},
		{"PRelu", nil, in(f(s(2, 2), -1, 1, -2, 2), f(s(2), 0.5, 0.25)), out(f(s(2, 2), -0.5, 1, -1, 2))},
		{"Equal", nil, in(i(s(2), 1, 2), i(nil, 2)), out(truths(s(2), 0, 1))},
		{"Less", nil, in(f(s(2), 1, 2), f(nil, 2)), out(truths(s(2), 1, 0))},
		{"Greater", nil, in(f(s(2), 1, 3), f(nil, 2)), out(truths(s(2), 0, 1))},
		{"LessOrEqual", nil, in(f(s(3), 1, 2, 3), f(nil, 2)), out(truths(s(3), 1, 1, 0))},
		{"GreaterOrEqual", nil, in(i(s(3), 1, 2, 3), i(nil, 2)), out(truths(s(3), 0, 1, 1))},
		{"And", nil, in(truths(s(2), 1, 1), truths(s(2), 0, 1)), out(truths(s(2), 0, 1))},
		{"Or", nil, in(truths(s(2), 0, 1), truths(s(2), 0, 0)), out(truths(s(2), 0, 1))},
		{"Where", nil, in(truths(s(2), 1, 0), f(s(1), 5), f(s(2), 7, 8)), out(f(s(2), 5, 8))},

		// (x-mean)/sqrt(var+eps) * scale + shift: (5-1)/2*3+10, and (7-1)/1*1+0.
		{"BatchNormalization", set(number("epsilon", 1)), in(f(s(1, 2, 1), 5, 7), f(s(2), 3, 1), f(s(2), 10, 0), f(s(2), 1, 1), f(s(2), 3, 0)), out(f(s(1, 2, 1), 16, 6))},
		// Mean 3, variance 1: -1 and 1, times 2 and 1, plus 0 and 10.
		{"LayerNormalization", set(number("epsilon", 0)), in(f(s(1, 2), 2, 4), f(s(2), 2, 1), f(s(2), 0, 10)), out(f(s(1, 2), -2, 11))},
		{"Softmax", nil, in(f(s(1, 2), 0, float32(math.Log(3)))), out(f(s(1, 2), 0.25, 0.75))},
		{"Softmax", set(whole("axis", 0)), in(f(s(2, 1), 1000, 1000)), out(f(s(2, 1), 0.5, 0.5))},
		{"LogSoftmax", nil, in(f(s(1, 2), 5, 5)), out(f(s(1, 2), -math.Ln2, -math.Ln2))},
		{"ReduceMean", set(list("axes", 1)), in(two), out(f(s(2, 1), 2, 5))},
		{"ReduceMean", set(list("axes", -2), whole("keepdims", 0)), in(two), out(f(s(3), 2.5, 3.5, 4.5))},
		{"ReduceSum", set(whole("keepdims", 0)), in(two), out(f(nil, 21))},
		{"ReduceSum", nil, in(two, i(s(1), 0)), out(f(s(1, 3), 5, 7, 9))},
		{"ReduceSum", set(whole("noop_with_empty_axes", 1)), in(two), out(two)},
		{"ReduceMax", set(list("axes", 0)), in(two), out(f(s(1, 3), 4, 5, 6))},
		{"ReduceMin", set(list("axes", 1), whole("keepdims", 0)), in(two), out(f(s(2), 1, 4))},
		{"ArgMax", set(whole("axis", 1), whole("keepdims", 0)), in(f(s(2, 3), 1, 9, 9, 4, 2, 3)), out(i(s(2), 1, 0))},

		{"Identity", nil, in(two), out(two)},
		{"Dropout", nil, in(f(s(2), 1, 2)), out(f(s(2), 1, 2), truths(s(2), 1, 1))},
		{"Flatten", nil, in(f(s(1, 3, 2), 1, 2, 3, 4, 5, 6)), out(f(s(1, 6), 1, 2, 3, 4, 5, 6))},
		{"Flatten", set(whole("axis", 2)), in(two), out(f(s(6, 1), 1, 2, 3, 4, 5, 6))},
		{"Reshape", nil, in(two, i(s(2), -1, 2)), out(f(s(3, 2), 1, 2, 3, 4, 5, 6))},
		{"Reshape", nil, in(two, i(s(3), 0, 1, -1)), out(f(s(2, 1, 3), 1, 2, 3, 4, 5, 6))},
		{"Squeeze", nil, in(f(s(1, 2, 1), 1, 2)), out(f(s(2), 1, 2))},
		{"Squeeze", nil, in(f(s(1, 2, 1), 1, 2), i(s(1), -1)), out(f(s(1, 2), 1, 2))},
		{"Unsqueeze", set(list("axes", 0, -1)), in(f(s(2), 1, 2)), out(f(s(1, 2, 1), 1, 2))},

		{"Transpose", nil, in(two), out(f(s(3, 2), 1, 4, 2, 5, 3, 6))},
		{"Transpose", set(list("perm", 1, 2, 0)), in(f(s(2, 1, 2), 1, 2, 3, 4)), out(f(s(1, 2, 2), 1, 3, 2, 4))},
		{"Expand", nil, in(f(s(2, 1), 1, 2), i(s(3), 2, 1, 2)), out(f(s(2, 2, 2), 1, 1, 2, 2, 1, 1, 2, 2))},
		{"Slice", nil, in(two, i(s(2), 0, -1), i(s(2), 9, -9), i(s(2), 0, 1), i(s(2), 1, -2)), out(f(s(2, 2), 3, 1, 6, 4))},
		{"Slice", set(list("starts", 1), list("ends", 3), list("axes", 1)), in(two), out(f(s(2, 2), 2, 3, 5, 6))},
		{"Split", set(whole("axis", 1), list("split", 1, 2)), in(two), out(f(s(2, 1), 1, 4), f(s(2, 2), 2, 3, 5, 6))},
		{"Split", nil, in(two), out(f(s(1, 3), 1, 2, 3), f(s(1, 3), 4, 5, 6))},
		{"Concat", set(whole("axis", 1)), in(f(s(2, 1), 1, 2), f(s(2, 2), 3, 4, 5, 6)), out(f(s(2, 3), 1, 3, 4, 2, 5, 6))},
		{"Pad", nil, in(f(s(2), 1, 2), i(s(2), 1, 2), f(nil, 9)), out(f(s(5), 9, 1, 2, 9, 9))},
		{"Pad", set(word("mode", "reflect")), in(f(s(3), 1, 2, 3), i(s(2), 2, 1)), out(f(s(6), 3, 2, 1, 2, 3, 2))},
		{"Pad", set(word("mode", "edge")), in(f(s(2), 1, 2), i(s(2), 1, 2)), out(f(s(5), 1, 1, 2, 2, 2))},
		{"Pad", nil, in(f(s(3), 1, 2, 3), i(s(2), -1, 0)), out(f(s(2), 2, 3))},
		{"Gather", set(whole("axis", 1)), in(two, i(nil, -1)), out(f(s(2), 3, 6))},
		{"Gather", nil, in(two, i(s(1, 2), 1, 0)), out(f(s(1, 2, 3), 4, 5, 6, 1, 2, 3))},

		{"Shape", nil, in(two), out(i(s(2), 2, 3))},
		{"Shape", set(whole("start", -1)), in(two), out(i(s(1), 3))},
		{"Size", nil, in(two), out(i(nil, 6))},
		{"Constant", set(list("value_ints", 4, 5)), nil, out(i(s(2), 4, 5))},
		{"Constant", set(&onnx.Attribute{Name: "value", T: onnx.Store("", two)}), nil, out(two)},
		{"ConstantOfShape", nil, in(i(s(2), 1, 2)), out(f(s(1, 2), 0, 0))},
		{"ConstantOfShape", set(&onnx.Attribute{Name: "value", T: onnx.Store("", i(s(1), 7))}), in(i(s(1), 2)), out(i(s(2), 7, 7))},
		{"Cast", set(whole("to", 7)), in(f(s(2), 1.9, -1.9)), out(i(s(2), 1, -1))},
		{"Cast", set(whole("to", 9)), in(f(s(2), 0, -0.5)), out(truths(s(2), 0, 1))},
		{"Cast", set(whole("to", 2)), in(i(s(2), 257, -1)), out(&onnx.Tensor{Type: 2, Shape: s(2), Ints: []int64{1, 255}})},
	}
	tried := map[string]bool{}
	for _, c := range cases {
		tried[c.op] = true
		got, err := apply(c.op, 13, c.settings, c.in, len(c.out))
		if err != nil {
			t.Errorf("%s %v: %v", c.op, c.in, err)
			continue
		}
		for k, want := range c.out {
			if err := alike(got[k], want); err != nil {
				t.Errorf("%s of %v: output %d: %v", c.op, c.in, k, err)
			}
		}
	}
	for op := range operators {
		if !tried[op] {
			t.Errorf("%s has no case", op)
		}
	}
}

// TestSoftmaxBeforeVersion13 has rows of several axes.
func TestSoftmaxBeforeVersion13(t *testing.T) {
	got, err := apply("Softmax", 11, nil, in(f(s(1, 2, 2), 0, 0, 0, 0)), 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := alike(got[0], f(s(1, 2, 2), 0.25, 0.25, 0.25, 0.25)); err != nil {
		t.Error(err)
	}
}

// TestOperatorRefusals asks for what cannot be, and wants a sentence that names the
// node.
func TestOperatorRefusals(t *testing.T) {
	square := f(s(1, 1, 2, 2), 1, 2, 3, 4)
	for want, c := range map[string]operatorCase{
		"there is no axis 5 among 1":               {"Gather", set(whole("axis", 5)), in(f(s(1), 1), i(nil, 0)), nil},
		"sizes must be equal or 1":                 {"Add", nil, in(f(s(2), 1, 2), f(s(3), 1, 2, 3)), nil},
		"have different types":                     {"Add", nil, in(f(s(1), 1), i(s(1), 1)), nil},
		"its input 1 is missing":                   {"MatMul", nil, in(f(s(1), 1)), nil},
		"must be float32":                          {"Relu", nil, in(i(s(1), 1)), nil},
		"do not go with pictures":                  {"Conv", nil, in(square, f(s(1, 2, 1, 1), 1, 1)), nil},
		"does not fit into a picture of 2":         {"Conv", nil, in(square, f(s(1, 1, 3, 3), 1, 1, 1, 1, 1, 1, 1, 1, 1)), nil},
		"pictures [N C H W]":                       {"MaxPool", set(list("kernel_shape", 1)), in(f(s(1, 1, 1), 1)), nil},
		"must be two sizes":                        {"MaxPool", nil, in(square), nil},
		"larger than 1 GB":                         {"Expand", nil, in(f(s(1), 1), i(s(3), 1<<20, 1<<20, 1<<20)), nil},
		"cannot be negative":                       {"ConstantOfShape", nil, in(i(s(1), -1)), nil},
		"divided by 0":                             {"Div", nil, in(i(s(1), 1), i(s(1), 0)), nil},
		"does not hold the 4 numbers":              {"Reshape", nil, in(square, i(s(2), 3, -1)), nil},
		"cannot be multiplied":                     {"Gemm", nil, in(f(s(1, 2), 1, 2), f(s(1, 2), 1, 2)), nil},
		"training mode":                            {"BatchNormalization", set(whole("training_mode", 1)), in(square), nil},
		"a step cannot be 0":                       {"Slice", nil, in(square, i(s(1), 0), i(s(1), 1), i(s(1), 0), i(s(1), 0)), nil},
		"do not cover an axis of 2":                {"Split", set(list("split", 1), whole("axis", 2)), in(square), nil},
		"margins of -3 and 0":                      {"Pad", nil, in(f(s(2), 1, 2), i(s(2), -3, 0)), nil},
		`the operator Foo is not known here`:       {"Foo", nil, nil, nil},
		"cannot stand one behind the other":        {"Concat", nil, in(f(s(1, 1), 1), f(s(2, 1), 1, 2)), nil},
		"a number for each of 1 channels":          {"BatchNormalization", nil, in(square, f(s(2), 1, 1)), nil},
		"has not the size 1":                       {"Squeeze", nil, in(square, i(s(1), 2)), nil},
		"must name each of 2 axes once":            {"Transpose", set(list("perm", 0, 0)), in(f(s(1, 1), 1)), nil},
		"it makes 1 channels, and has 2 biases":    {"Conv", nil, in(square, f(s(1, 1, 1, 1), 1), f(s(2), 1, 1)), nil},
		"a margin of the mode \"reflect\", 5 wide": {"Pad", set(word("mode", "reflect")), in(f(s(2), 1, 2), i(s(2), 5, 0)), nil},
	} {
		_, err := apply(c.op, 13, c.settings, c.in, 1)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), c.op) {
			t.Errorf("%s: %v, want %q", c.op, err, want)
		}
	}
}

// TestInputsStay runs every operator's inputs past it: none may be written to.
func TestInputsStay(t *testing.T) {
	x := f(s(1, 1, 2, 2), 1, -2, 3, -4)
	before := slices.Clone(x.Floats)
	for op := range operators {
		apply(op, 13, set(list("kernel_shape", 1, 1)), in(x, x, x, x, x), 1) // most refuse
		if !slices.Equal(x.Floats, before) {
			t.Fatalf("%s wrote to its input", op)
		}
	}
}
