package onnx

import (
	"fmt"
	"strings"
)

// The messages of an ONNX file, as far as a net needs them, with the numbers of
// onnx.proto (version IR 8). What is left out here is passed over in files.

// Model is a whole file.
type Model struct {
	IR       int64 // version of the format
	Opsets   []*Opset
	Producer string
	Graph    *Graph
	Metadata []*Entry
}

func (m *Model) fields() []field {
	return []field{
		{1, whole[int64]{at: &m.IR}},
		{2, text{&m.Producer}},
		{7, one[Graph, *Graph]{&m.Graph}},
		{8, many[Opset, *Opset]{&m.Opsets}},
		{14, many[Entry, *Entry]{&m.Metadata}},
	}
}

// Opset says which version of a set of operators a graph means. The standard
// set has the domain "", or "ai.onnx".
type Opset struct {
	Domain  string
	Version int64
}

func (o *Opset) fields() []field {
	return []field{{1, text{&o.Domain}}, {2, whole[int64]{at: &o.Version}}}
}

// Entry is a key with its value.
type Entry struct{ Key, Value string }

func (e *Entry) fields() []field { return []field{{1, text{&e.Key}}, {2, text{&e.Value}}} }

// Graph is a net: nodes, each after those that it reads from, and the tensors
// that they begin with.
type Graph struct {
	Nodes           []*Node
	Name            string
	Initializers    []*Stored // weights
	Inputs, Outputs []*ValueInfo
}

func (g *Graph) fields() []field {
	return []field{
		{1, many[Node, *Node]{&g.Nodes}},
		{2, text{&g.Name}},
		{5, many[Stored, *Stored]{&g.Initializers}},
		{11, many[ValueInfo, *ValueInfo]{&g.Inputs}},
		{12, many[ValueInfo, *ValueInfo]{&g.Outputs}},
	}
}

// Node applies an operator to tensors, which it knows by their names. An empty
// name stands for an input that is left out.
type Node struct {
	Inputs, Outputs  []string
	Name, Op, Domain string
	Attributes       []*Attribute
}

func (n *Node) fields() []field {
	return []field{
		{1, texts{&n.Inputs}},
		{2, texts{&n.Outputs}},
		{3, text{&n.Name}},
		{4, text{&n.Op}},
		{5, many[Attribute, *Attribute]{&n.Attributes}},
		{7, text{&n.Domain}},
	}
}

// String names the node and its operator, as "Conv (layer1.0.conv1)".
func (n *Node) String() string {
	switch {
	case n.Name != "":
		return fmt.Sprintf("%s (%s)", n.Op, n.Name)
	case len(n.Outputs) > 0:
		return fmt.Sprintf("%s (which makes %s)", n.Op, n.Outputs[0])
	}
	return n.Op
}

// AttributeType says which field of an Attribute counts.
type AttributeType int32

// The types that are read.
const (
	FloatAttribute AttributeType = iota + 1
	IntAttribute
	StringAttribute
	TensorAttribute
	graphAttribute
	FloatsAttribute
	IntsAttribute
)

// Attribute is a setting of a node.
type Attribute struct {
	Name   string
	Type   AttributeType
	F      float32
	I      int64
	S      string
	T      *Stored
	Floats []float32
	Ints   []int64
}

func (a *Attribute) fields() []field {
	return []field{
		{1, text{&a.Name}},
		{2, float{&a.F, a.Type == FloatAttribute}},
		{3, whole[int64]{&a.I, a.Type == IntAttribute}},
		{4, text{&a.S}},
		{5, one[Stored, *Stored]{&a.T}},
		{7, floats(&a.Floats)},
		{8, wholes(&a.Ints)},
		{20, whole[AttributeType]{at: &a.Type}},
	}
}

// ValueInfo describes an input or output of the graph.
type ValueInfo struct {
	Name string
	Type *Type
}

func (v *ValueInfo) fields() []field {
	return []field{{1, text{&v.Name}}, {2, one[Type, *Type]{&v.Type}}}
}

// Type is the type of a value; Tensor is nil if it is none.
type Type struct{ Tensor *TensorType }

func (t *Type) fields() []field { return []field{{1, one[TensorType, *TensorType]{&t.Tensor}}} }

// TensorType is the type of the numbers of a tensor, and its shape, if it is known.
type TensorType struct {
	Element DataType
	Shape   *Shape
}

func (t *TensorType) fields() []field {
	return []field{{1, whole[DataType]{at: &t.Element}}, {2, one[Shape, *Shape]{&t.Shape}}}
}

// Shape is a row of sizes.
type Shape struct{ Dims []*Dim }

func (s *Shape) fields() []field { return []field{{1, many[Dim, *Dim]{&s.Dims}}} }

// Dim is a size: a number, or a name for any number. Without either it is unknown.
type Dim struct {
	Size int64
	Name string
}

func (d *Dim) fields() []field {
	return []field{{1, whole[int64]{at: &d.Size}}, {2, text{&d.Name}}}
}

// String returns the size or its name.
func (d *Dim) String() string {
	switch {
	case d.Name != "":
		return d.Name
	case d.Size != 0:
		return fmt.Sprint(d.Size)
	}
	return "?"
}

// Dims returns the shape of a value, and whether it is known.
func (v *ValueInfo) Dims() (dims []*Dim, known bool) {
	if v.Type == nil || v.Type.Tensor == nil || v.Type.Tensor.Shape == nil {
		return nil, false
	}
	return v.Type.Tensor.Shape.Dims, true
}

// Element returns the type of a value's numbers.
func (v *ValueInfo) Element() DataType {
	if v.Type == nil || v.Type.Tensor == nil {
		return 0
	}
	return v.Type.Tensor.Element
}

// ShapeString writes the shape, as "[batch 3 224 224]".
func (v *ValueInfo) ShapeString() string {
	dims, known := v.Dims()
	if !known {
		return "of any shape"
	}
	var sizes []string
	for _, d := range dims {
		sizes = append(sizes, d.String())
	}
	return "[" + strings.Join(sizes, " ") + "]"
}

// String describes the value, as "input float32 [batch 3 224 224]".
func (v *ValueInfo) String() string {
	return fmt.Sprintf("%s %v %s", v.Name, v.Element(), v.ShapeString())
}

// Stored is a tensor as it lies in a file. Its numbers stand in one of several
// fields, or in a file beside; Tensor reads them.
type Stored struct {
	Name     string
	Type     DataType
	dims     []int64
	floats   []float32
	wholes   []int64 // int32_data, for the small types too
	longs    []int64
	doubles  []float64
	unsigned []int64
	raw      []byte
	external []*Entry
	location int32
}

func (s *Stored) fields() []field {
	return []field{
		{1, wholes(&s.dims)},
		{2, whole[DataType]{at: &s.Type}},
		{4, floats(&s.floats)},
		{5, wholes(&s.wholes)},
		{7, wholes(&s.longs)},
		{8, text{&s.Name}},
		{9, raw{&s.raw}},
		{10, doubles(&s.doubles)},
		{11, wholes(&s.unsigned)},
		{13, many[Entry, *Entry]{&s.external}},
		{14, whole[int32]{at: &s.location}},
	}
}
