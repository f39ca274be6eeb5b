package nn

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// Summary says what a model is made of and what one picture costs.
type Summary struct {
	Input        []int // [1, H, W, C], or [1, features]
	Params       int64 // numbers that are learned
	MACs         int64 // multiply-adds of the convolutions and Linear layers
	WeightLayers int   // convolutions and Linear layers on the main path; projections do not count
	Layers       []LayerSummary

	visit func(l Layer, in []int) // sees every leaf and the shape of its input; may be nil
}

// LayerSummary is a line of a Summary.
type LayerSummary struct {
	Name   string // the path
	Kind   string // as "Conv2D 3x3, 16 to 32"
	Out    []int  // shape of the output for one picture
	Params int64
	MACs   int64

	shortcut bool
}

// Summarise follows one picture of the given shape, as 32, 32, 3, through the
// model and describes every layer that runs. Nothing is computed, but by a
// learner's layer, which shows the shape of its output in no other way.
func Summarise(model Layer, input ...int) *Summary {
	s := &Summary{Input: append([]int{1}, input...)}
	size(s.Input) // panics unless the sizes are positive
	s.follow(&child{layer: model}, "", false, s.Input)
	for _, l := range s.Layers {
		s.Params += l.Params
		s.MACs += l.MACs
		if l.MACs > 0 && !l.shortcut {
			s.WeightLayers++
		}
	}
	return s
}

// follow returns the shape of c's output and adds a line for every leaf.
func (s *Summary) follow(c *child, path string, shortcut bool, in []int) (out []int) {
	defer locate(&c.name)
	path = join(path, c.name)
	switch l := c.layer.(type) {
	case *Sequential:
		for _, inner := range l.children {
			in = s.follow(inner, path, shortcut, in)
		}
		return in
	case *Residual:
		out = s.follow(l.body(), path, shortcut, in)
		if l.Skip {
			sameEnd(out, s.follow(l.road(), path, true, in))
		}
		return out
	}
	if s.visit != nil {
		s.visit(c.layer, in)
	}
	line := LayerSummary{Name: path, Kind: describe(c.layer), shortcut: shortcut}
	if l, ok := ours(c.layer); ok {
		line.Out = l.(leaf).outShape(in)
	} else {
		y := c.layer.Forward(NewTensor(in...), false)
		if y == nil {
			panic(mistake(describe(c.layer), "Forward must return a tensor, got nil"))
		}
		line.Out = y.Shape
	}
	switch l := c.layer.(type) {
	case *Conv2D:
		line.MACs = l.macs(in)
	case *Linear:
		line.MACs = l.macs(in)
	case identity:
		return line.Out
	}
	line.Params = learned(c.layer)
	s.Layers = append(s.Layers, line)
	return line.Out
}

// learned counts a leaf's numbers that are learned, frozen or not; the running
// averages of batch norm are not.
func learned(l Layer) (n int64) {
	if b, ok := l.(*BatchNorm2D); ok {
		return int64(2 * b.channels)
	}
	for _, p := range l.Params() {
		n += int64(len(p.Value.Data))
	}
	return n
}

// String is the summary as a table.
func (s *Summary) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "layer\tkind\toutput\tparameters\tmultiply-adds")
	for _, l := range s.Layers {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", l.Name, l.Kind, shapeString(l.Out[1:]), thousands(l.Params), thousands(l.MACs))
	}
	fmt.Fprintf(w, "total\t%d weight layers\t\t%s\t%s\n", s.WeightLayers, thousands(s.Params), thousands(s.MACs))
	w.Flush() // a strings.Builder never fails
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ") // tabwriter pads empty cells too
	}
	return strings.Join(lines, "\n")
}

// thousands writes 25557032 as 25,557,032 and zero as nothing.
func thousands(n int64) string {
	if n == 0 {
		return ""
	}
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
