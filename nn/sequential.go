package nn

import (
	"fmt"
	"strings"
)

// Sequential runs layers one after the other. The names of its children make
// the paths of parameters: "layer1.0.conv1.weight" is the weight of conv1 in 0
// in layer1.
type Sequential struct{ children []*child }

// NewSequential returns an empty Sequential, which passes x on as it is.
func NewSequential() *Sequential { return &Sequential{} }

// Add appends a layer and returns s. A name may stand only once. With an empty
// name the layer adds nothing to the paths of its parameters.
func (s *Sequential) Add(name string, l Layer) *Sequential {
	if l == nil {
		panic(mistake("Sequential", "Add(%q) needs a layer, got nil", name))
	}
	if strings.Contains(name, ".") {
		panic(mistake("Sequential", "the name %q must not contain a dot: dots separate the names of a path", name))
	}
	for _, c := range s.children {
		if name != "" && c.name == name {
			panic(mistake("Sequential", "the name %q is taken; give each layer its own", name))
		}
	}
	s.children = append(s.children, &child{name: name, layer: l})
	return s
}

// Forward runs the layers from first to last. Where two may run in one pass, they
// do: onepass.go says when and why.
func (s *Sequential) Forward(x *Tensor, train bool) *Tensor {
	for i := 0; i < len(s.children); i++ {
		if pair, ok := s.pairAt(i); ok {
			x = pair.forward(x, train)
			i++
		} else {
			x = s.children[i].forward(x, train)
		}
	}
	return x
}

// Backward runs the layers from last to first: each turns the blame for its
// output into the blame for its input, which is the output of the one before.
func (s *Sequential) Backward(dy *Tensor) *Tensor {
	for i := len(s.children) - 1; i >= 0; i-- {
		if pair, ok := s.pairAt(i - 1); ok {
			dy = pair.backward(dy)
			i--
		} else {
			dy = s.children[i].backward(dy)
		}
	}
	return dy
}

// Params returns the parameters of all layers, in their order.
func (s *Sequential) Params() []*Param {
	var all []*Param
	for _, c := range s.children {
		all = append(all, c.params()...)
	}
	return all
}

// Len returns the number of layers.
func (s *Sequential) Len() int { return len(s.children) }

// Child returns the name and the layer at a place, counted from 0.
func (s *Sequential) Child(i int) (name string, l Layer) {
	return s.children[i].name, s.children[i].layer
}

// String lists the layers with their names, one a line.
func (s *Sequential) String() string {
	var b strings.Builder
	b.WriteString("Sequential")
	Walk(s, func(path string, l Layer) {
		if !isContainer(l) {
			fmt.Fprintf(&b, "\n  %-24s %s", path, describe(l))
		}
	})
	return b.String()
}

func (s *Sequential) clone() Layer {
	twin := NewSequential()
	for _, c := range s.children {
		twin.children = append(twin.children, c.clone())
	}
	return twin
}
