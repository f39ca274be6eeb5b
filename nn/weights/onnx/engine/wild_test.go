package engine

import (
	"maps"
	"math"
	"slices"
	"testing"

	"reslab/nn/weights/onnx"

	"pgregory.net/rapid"
)

// TestWildNodes gives operators inputs and settings that nobody meant. Each must
// compute something or say in a sentence why not: a panic of any other kind comes
// through.
func TestWildNodes(t *testing.T) {
	names := slices.Sorted(maps.Keys(operators))
	sizes := rapid.IntRange(0, 4)
	wild := rapid.SampledFrom([]int64{math.MinInt64, -1 << 31, -5, -2, -1, 0, 1, 2, 3, 5, 1 << 20, math.MaxInt64})
	tensor := rapid.Custom(func(t *rapid.T) *onnx.Tensor {
		shape := rapid.SliceOfN(sizes, 0, 5).Draw(t, "shape")
		n := 1
		for _, d := range shape {
			n *= d
		}
		switch rapid.IntRange(0, 3).Draw(t, "type") {
		case 0:
			return onnx.NewInts(rapid.SliceOfN(wild, n, n).Draw(t, "numbers"), shape...)
		case 1:
			return truths(shape, make([]int64, n)...)
		}
		return onnx.NewTensor(make([]float32, n), shape...)
	})
	usual := map[string]*rapid.Generator[[]int64]{
		"pads":    rapid.SliceOfN(rapid.Int64Range(0, 2), 4, 4),
		"perm":    rapid.Permutation([]int64{0, 1, 2, 3}),
		"strides": rapid.SliceOfN(rapid.Int64Range(1, 3), 2, 2), "dilations": rapid.SliceOfN(rapid.Int64Range(1, 3), 2, 2), "kernel_shape": rapid.SliceOfN(rapid.Int64Range(1, 3), 2, 2),
		"axes": nil, "starts": nil, "ends": nil, "steps": nil, "split": nil,
	}
	node := func(t *rapid.T) {
		op := rapid.SampledFrom(names).Draw(t, "op")
		given := rapid.SliceOfN(tensor, 0, 5).Draw(t, "inputs")
		var settings []*onnx.Attribute
		for _, name := range slices.Sorted(maps.Keys(usual)) {
			switch g := usual[name]; rapid.IntRange(0, 3).Draw(t, name) {
			case 0:
				settings = append(settings, list(name, rapid.SliceOfN(wild, 0, 4).Draw(t, name+" wild")...))
			case 1:
				if g != nil {
					settings = append(settings, list(name, g.Draw(t, name+" usual")...))
				}
			}
		}
		for _, name := range []string{"axis", "group", "to", "keepdims", "ceil_mode", "transA", "transB", "start", "end", "num_outputs", "count_include_pad"} {
			if rapid.IntRange(0, 2).Draw(t, name) == 0 {
				settings = append(settings, whole(name, wild.Draw(t, name+" wild")))
			}
		}
		for _, mode := range []string{"edge", "reflect", "constant"} {
			if rapid.IntRange(0, 4).Draw(t, mode) == 0 {
				settings = append(settings, word("mode", mode))
			}
		}
		for _, auto := range []string{"SAME_UPPER", "SAME_LOWER", "VALID"} {
			if rapid.IntRange(0, 4).Draw(t, auto) == 0 {
				settings = append(settings, word("auto_pad", auto))
			}
		}
		if op == "ConstantOfShape" || op == "Expand" {
			return // right to ask for much
		}
		apply(op, rapid.SampledFrom([]int64{7, 11, 13, 18}).Draw(t, "opset"), settings, given, 1)
	}
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			node(t)
		}
	})
}
