package thousand

import (
	"slices"
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "12", cutAnswers(), roadsAnswers(), everyRoadAnswers())
}

func cutAnswers() labtest.Exercise {
	f := func(f cutFunc) cutFunc { return f }
	return labtest.Exercise{
		Name: "cut",
		Right: map[string]any{
			"the solution":      f(cut),
			"a clone, then cut": f(func(b []nn.Layer, i int) []nn.Layer { return slices.Delete(slices.Clone(b), i, i+1) }),
			"one by one": f(func(b []nn.Layer, i int) []nn.Layer {
				var rest []nn.Layer
				for j, block := range b {
					if j != i {
						rest = append(rest, block)
					}
				}
				return rest
			}),
			"no room behind the first part": f(func(b []nn.Layer, i int) []nn.Layer { return append(b[:i:i], b[i+1:]...) }),
			"copy": f(func(b []nn.Layer, i int) []nn.Layer {
				rest := make([]nn.Layer, len(b)-1)
				copy(rest[copy(rest, b[:i]):], b[i+1:])
				return rest
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the stub":                      labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return append(b[:i], b[i+1:]...) }), "blocks was abcd and is acdd afterwards"),
			"Delete without a clone":        labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return slices.Delete(b, i, i+1) }), "ends with a nil. slices.Delete wrote into the memory"),
			"the clone comes too late":      labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return slices.Clone(append(b[:i], b[i+1:]...)) }), "collect the two parts in a slice of your own"),
			"all behind the gap is lost":    labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return b[:i] }), "The blocks behind the gap are gone, too"),
			"all before the gap is lost":    labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return b[i+1:] }), "The blocks before the gap are gone"),
			"nothing is cut":                labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[:i], b[i:]) }), "Nothing is cut out"),
			"two are cut":                   labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[:i], b[min(i+2, len(b)):]) }), "Two are gone"),
			"two are cut, up to the end":    labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return append(b[:i], b[i+2:]...) }), "Two are gone"),
			"the one behind":                labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[:i+1], b[min(i+2, len(b)):]) }), "the first part is blocks[:i]"),
			"the one behind, up to the end": labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[:i+1], b[i+2:]) }), "the first part is blocks[:i]"),
			"one copy over the other": labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer {
				row := make([]nn.Layer, len(b)-1)
				copy(row, b[:i])
				copy(row, b[i+1:])
				return row
			}), "over the first"),
			"places from 1":               labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[:i-1], b[i:]) }), "That is the block before the one to cut"),
			"from the end":                labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return cut(b, len(b)-1-i) }), "That counts from the end"),
			"the last one fills the gap":  labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { b[i] = b[len(b)-1]; return b[:len(b)-1] }), "must stay in order"),
			"a hole":                      labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { b[i] = nil; return b }), "There is a hole"),
			"the second part stays first": labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[i+1:], b[:i]) }), "in the wrong order"),
			"the block itself":            labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return b[i : i+1] }), "Return the others"),
			"nothing is returned":         labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return nil }), "The row is empty"),
			"empty places at the front": labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer {
				rest := make([]nn.Layer, len(b)-1)
				return append(append(rest, b[:i]...), b[i+1:]...)
			}), "The row begins with empty places"),
			"the last one is lost": labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer {
				var rest []nn.Layer
				for j := range len(b) - 1 {
					if j != i {
						rest = append(rest, b[j])
					}
				}
				return rest
			}), "The last block is gone, too"),
			"an empty place at the end": labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer {
				rest := make([]nn.Layer, len(b))
				copy(rest[copy(rest, b[:i]):], b[i+1:])
				return rest
			}), "The row ends with an empty place"),
			"beyond the end": labtest.Refused(f(func(b []nn.Layer, i int) []nn.Layer { return slices.Concat(b[:i], []nn.Layer{b[i+1]}, b[i+2:]) }), "For blocks abcd and i=3 yours panics"),
		},
	}
}
