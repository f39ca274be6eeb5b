package model

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/experiments/train"
	"reslab/nn"
	"reslab/nn/weights/onnx"
)

// ran is what a run came to.
type ran struct {
	File    string   `json:"file"`
	Seconds float64  `json:"seconds"`
	Outputs []output `json:"outputs"`
}

// output is what the graph made.
type output struct {
	Name  string          `json:"name"`
	Type  string          `json:"type"`
	Shape []int           `json:"shape"`
	Min   number          `json:"min"`
	Mean  number          `json:"mean"`
	Max   number          `json:"max"`
	File  string          `json:"file,omitempty"`
	Top   [][]train.Guess `json:"top,omitempty"` // of each row, where the classes have names
}

func outputOf(name string, t *onnx.Tensor, classes []string, top int) output {
	o := output{Name: name, Type: t.Type.String(), Shape: t.Shape, Min: number(math.Inf(1)), Max: number(math.Inf(-1))}
	for i := range t.Len() {
		v := number(0)
		if t.Type.Whole() {
			v = number(t.Ints[i])
		} else {
			v = number(t.Floats[i])
		}
		o.Min, o.Max, o.Mean = min(o.Min, v), max(o.Max, v), o.Mean+v
	}
	o.Mean /= number(t.Len())
	if n := len(classes); n > 0 && len(t.Shape) == 2 && t.Shape[1] == n && !t.Type.Whole() && !slices.ContainsFunc(t.Floats, func(v float32) bool { return v-v != 0 }) {
		for row := range slices.Chunk(shares(t.Floats, n), n) {
			o.Top = append(o.Top, likeliest(row, classes, top))
		}
	}
	return o
}

// shares turns rows of scores into shares, unless they are some already.
func shares(scores []float32, classes int) []float32 {
	for row := range slices.Chunk(scores, classes) {
		sum := 0.0
		for _, v := range row {
			sum += float64(v)
		}
		if slices.Min(row) < 0 || math.Abs(sum-1) > 1e-3 {
			return nn.NewSoftmax().Forward(nn.FromSlice(scores, len(scores)/classes, classes), false).Data
		}
	}
	return scores
}

// likeliest returns the classes with the largest shares.
func likeliest(row []float32, classes []string, top int) []train.Guess {
	var all []train.Guess
	for i, p := range row {
		all = append(all, train.Guess{Label: classes[i], Index: i, P: float64(p)})
	}
	slices.SortStableFunc(all, func(a, b train.Guess) int { return cmp.Compare(b.P, a.P) })
	return all[:min(top, len(all))]
}

// mostRows is how many rows are told on a terminal; JSON has them all.
const mostRows = 4

// String says it in lines.
func (r ran) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s ran in %.0f ms\n", r.File, 1000*r.Seconds)
	for _, o := range r.Outputs {
		fmt.Fprintf(&b, "  %s: %s %v, from %v to %v, mean %v", o.Name, o.Type, o.Shape, o.Min, o.Max, o.Mean)
		if o.File != "" {
			fmt.Fprintf(&b, "; in %s", o.File)
		}
		fmt.Fprintln(&b)
		for i, row := range o.Top {
			if i == mostRows {
				fmt.Fprintf(&b, "  and %d more rows; --json has them all\n", len(o.Top)-i)
				break
			}
			fmt.Fprintf(&b, "  row %d\n", i)
			for _, guess := range row {
				fmt.Fprintf(&b, "    %5.1f %%  %s\n", 100*guess.P, guess.Label)
			}
		}
	}
	return b.String()
}
