package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"reslab/nn/weights/onnx"
)

// Engine is a graph that can be run, by one goroutine at a time.
type Engine struct {
	inputs, outputs []*onnx.ValueInfo
	weights         map[string]*onnx.Tensor
	steps           []*step
}

// step is a node of the graph.
type step struct {
	node     *onnx.Node
	operator operator
	opset    int64
	frees    []string // what no later step reads

	key, kept any // what the operator has prepared, and what it was made from
}

// The versions of the standard's operators that are understood. Before 7, an
// addition had rules of its own for shapes that differ.
const oldestOpset, newestOpset = 7, 25

// New makes a graph ready. Folder is where its file lies: weights may stand in
// files beside it; empty if there is none. An operator that is not known is an error.
func New(m *onnx.Model, folder string) (*Engine, error) {
	opset := int64(0)
	for _, o := range m.Opsets {
		if standard(o.Domain) {
			opset = o.Version
		}
	}
	if opset < oldestOpset || opset > newestOpset {
		return nil, fmt.Errorf("the graph is written for version %d of the operators, and %d to %d are understood; export it again with opset_version=13", opset, oldestOpset, newestOpset)
	}
	e := &Engine{outputs: m.Graph.Outputs, weights: map[string]*onnx.Tensor{}}
	for _, s := range m.Graph.Initializers {
		t, err := s.Tensor(folder)
		if err != nil {
			return nil, err
		}
		e.weights[s.Name] = t
	}
	for _, v := range m.Graph.Inputs {
		if e.weights[v.Name] == nil { // older files list the weights as inputs, too
			e.inputs = append(e.inputs, v)
		}
	}
	for _, node := range m.Graph.Nodes {
		f := operators[node.Op]
		if f == nil || !standard(node.Domain) {
			return nil, fmt.Errorf("the operator %s is not known here, and the node %v needs it; lab runs %s", qualified(node), node, strings.Join(slices.Sorted(maps.Keys(operators)), ", "))
		}
		e.steps = append(e.steps, &step{node: node, operator: f, opset: opset})
	}
	return e, e.order()
}

func standard(domain string) bool { return domain == "" || domain == "ai.onnx" }

func qualified(n *onnx.Node) string {
	if n.Domain == "" {
		return n.Op
	}
	return n.Domain + "." + n.Op
}

// order sees to it that each node reads what is there by then, and notes what may
// be let go of when.
func (e *Engine) order() error {
	made, last := map[string]bool{}, map[string]*step{}
	for name := range e.weights {
		made[name] = true
	}
	for _, v := range e.inputs {
		made[v.Name] = true
	}
	for _, s := range e.steps {
		for _, name := range s.node.Inputs {
			if name != "" && !made[name] {
				return fmt.Errorf("the node %v reads %q, which no node before it makes", s.node, name)
			}
			last[name] = s
		}
		for _, name := range s.node.Outputs {
			made[name] = true
		}
	}
	for _, v := range e.outputs {
		if !made[v.Name] {
			return fmt.Errorf("the graph's output %q is made by no node", v.Name)
		}
		delete(last, v.Name)
	}
	for name, s := range last {
		s.frees = append(s.frees, name)
	}
	return nil
}

// Inputs returns what Run wants.
func (e *Engine) Inputs() []*onnx.ValueInfo { return e.inputs }

// Outputs returns what Run makes.
func (e *Engine) Outputs() []*onnx.ValueInfo { return e.outputs }

// Run computes the graph's outputs from its inputs. It writes to none of them.
func (e *Engine) Run(ctx context.Context, in map[string]*onnx.Tensor) (out map[string]*onnx.Tensor, err error) {
	if err := e.check(in); err != nil {
		return nil, err
	}
	values := maps.Clone(e.weights)
	for name, t := range in {
		ours := *t // another address: see step.once
		values[name] = &ours
	}
	for _, s := range e.steps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := s.run(values); err != nil {
			return nil, err
		}
	}
	out = map[string]*onnx.Tensor{}
	for _, v := range e.outputs {
		if out[v.Name] = values[v.Name]; out[v.Name] == nil {
			return nil, fmt.Errorf("the graph's output %q was not made: its operator makes fewer outputs here", v.Name)
		}
	}
	return out, nil
}

// run computes one node.
func (s *step) run(values map[string]*onnx.Tensor) (err error) {
	defer func() {
		if t := sentence(recover()); t != "" {
			err = fmt.Errorf("the node %v cannot run: %s", s.node, t)
		}
	}()
	c := &call{step: s}
	for _, name := range s.node.Inputs {
		t := values[name]
		if t == nil && name != "" {
			fail("its input %q was not made: the operator before makes fewer outputs here", name)
		}
		c.in = append(c.in, t)
	}
	for i, t := range s.operator(c) {
		if i < len(s.node.Outputs) && s.node.Outputs[i] != "" {
			values[s.node.Outputs[i]] = t
		}
	}
	for _, name := range s.frees {
		delete(values, name)
	}
	return nil
}

// check holds inputs against what the graph wants.
func (e *Engine) check(in map[string]*onnx.Tensor) error {
	named := map[string]int{} // the sizes of named axes
	known := map[string]bool{}
	for _, want := range e.inputs {
		t := in[want.Name]
		if t == nil {
			return fmt.Errorf("the input %q is missing; the graph wants %s", want.Name, e.wants())
		}
		known[want.Name] = true
		if err := fits(t, want, named); err != nil {
			return err
		}
	}
	for name := range in {
		if !known[name] {
			return fmt.Errorf("the graph has no input %q; it wants %s", name, e.wants())
		}
	}
	return nil
}

func (e *Engine) wants() string {
	var all []string
	for _, v := range e.inputs {
		all = append(all, v.String())
	}
	return strings.Join(all, ", ")
}

func fits(t *onnx.Tensor, want *onnx.ValueInfo, named map[string]int) error {
	wrong := func() error { return fmt.Errorf("the graph wants %v, and got %v", want, t) }
	if t.Type.Whole() != want.Element().Whole() {
		return wrong()
	}
	dims, known := want.Dims()
	if !known {
		return nil
	}
	if len(dims) != len(t.Shape) {
		return wrong()
	}
	for axis, d := range dims {
		size := t.Shape[axis]
		if d.Name == "" && d.Size != 0 && d.Size != int64(size) {
			return wrong()
		}
		if before, there := named[d.Name]; d.Name != "" && there && before != size {
			return fmt.Errorf("the graph wants the same size wherever it says %q, and got %d and %d", d.Name, before, size)
		}
		named[d.Name] = size
	}
	return nil
}
