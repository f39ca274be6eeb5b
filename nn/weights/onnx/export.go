package onnx

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"reslab/nn"
	"reslab/nn/weights"
)

// The version of the operators that Export writes, and of the format. Engines
// since 2020 read them.
const (
	exportOpset = 13
	exportIR    = 7
)

// The names of the graph's input and output, as most have them.
const (
	InputName  = "input"
	OutputName = "output"
)

// Export makes a graph of a net that is done learning. Meta.Input is needed, the
// height, width and channels of a picture, or one number for a net of rows; all
// that is set goes into the file's metadata. The graph takes pictures channels
// first, [batch, C, H, W], in batches of any size, and has the weights under their
// published names.
//
// With fold a batch norm goes into the convolution before it. The error names the
// path of a layer that is not nn's.
func Export(model nn.Layer, meta weights.Metadata, fold bool) (*Model, error) {
	if len(meta.Input) != 1 && len(meta.Input) != 3 {
		return nil, fmt.Errorf("the size of a picture must be known, height x width x channels, and is %v", meta.Input)
	}
	tensors, err := weights.Published(model, meta.Input)
	if err != nil {
		return nil, err
	}
	entries, err := entriesOf(meta)
	if err != nil {
		return nil, err
	}
	e := &exporter{weights: tensors, fold: fold, rank: len(meta.Input) + 1, taken: map[string]bool{InputName: true, OutputName: true}, read: map[string]bool{}}
	end, err := e.layer("", model, InputName)
	if err != nil {
		return nil, err
	}
	if e.flat != "" {
		return nil, fmt.Errorf("the layer %q flattens pictures for the net's output, and their numbers would come in another order than here; put a Linear behind it", e.flat)
	}
	out := meta.Input
	for _, l := range nn.Summarise(model, meta.Input...).Layers {
		out = l.Out[1:]
	}
	g := e.graph(end)
	g.Name, g.Inputs, g.Outputs = or(meta.Model, "net"), describe(InputName, meta.Input), describe(OutputName, out)
	return &Model{IR: exportIR, Opsets: []*Opset{{Version: exportOpset}}, Producer: "reslab", Metadata: entries, Graph: g}, nil
}

func or(s, usual string) string {
	if s == "" {
		return usual
	}
	return s
}

func entriesOf(meta weights.Metadata) ([]*Entry, error) {
	text, err := meta.Strings()
	if err != nil {
		return nil, err
	}
	delete(text, "format") // safetensors' own
	var all []*Entry
	for _, key := range slices.Sorted(maps.Keys(text)) {
		all = append(all, &Entry{key, text[key]})
	}
	return all, nil
}

// Notes returns what Export noted about a net; of other files it is empty.
func (m *Model) Notes() (weights.Metadata, error) {
	text := map[string]string{}
	for _, e := range m.Metadata {
		text[e.Key] = e.Value
	}
	return weights.MetadataOf(text)
}

// describe returns the description of a batch of any size, of rows or of pictures.
func describe(name string, sizes []int) []*ValueInfo {
	if len(sizes) == 3 { // height, width, channels
		sizes = []int{sizes[2], sizes[0], sizes[1]}
	}
	dims := []*Dim{{Name: "batch"}}
	for _, size := range sizes {
		dims = append(dims, &Dim{Size: int64(size)})
	}
	return []*ValueInfo{{name, &Type{&TensorType{Float32, &Shape{dims}}}}}
}

// exporter builds a graph, layer by layer.
type exporter struct {
	nodes   []*Node
	weights map[string]*nn.Tensor
	shapes  []*Stored // lists of whole numbers that operators read
	taken   map[string]bool
	read    map[string]bool // values that both roads of a block read
	rank    int             // of the value that was made last
	flat    string          // the Flatten whose numbers no Linear has read
	fold    bool
}

// graph puts the parts together. The last value gets the output's name.
func (e *exporter) graph(end string) *Graph {
	if end == InputName { // a net that does nothing
		end = e.node("Identity", "", []string{end})
	}
	for _, n := range e.nodes {
		for i := range n.Inputs {
			if n.Inputs[i] == end {
				n.Inputs[i] = OutputName
			}
		}
		if n.Outputs[0] == end {
			n.Outputs[0] = OutputName
		}
	}
	g := &Graph{Nodes: e.nodes}
	for _, name := range slices.Sorted(maps.Keys(e.weights)) {
		t := e.weights[name]
		g.Initializers = append(g.Initializers, Store(name, NewTensor(t.Data, t.Shape...)))
	}
	g.Initializers = append(g.Initializers, e.shapes...)
	return g
}

// node appends a node that is called after the layer at a path, and returns the
// name of what it makes.
func (e *exporter) node(op, path string, in []string, settings ...*Attribute) (out string) {
	name := or(path, strings.ToLower(op))
	for n := 2; e.taken[name]; n++ {
		name = fmt.Sprintf("%s_%d", or(path, strings.ToLower(op)), n)
	}
	e.taken[name] = true
	e.nodes = append(e.nodes, &Node{Inputs: in, Outputs: []string{name}, Name: name, Op: op, Attributes: settings})
	return name
}

// list puts whole numbers beside the weights, for an operator to read.
func (e *exporter) list(name string, numbers ...int64) string {
	for e.weights[name] != nil || e.taken[name] {
		name += "_"
	}
	e.taken[name] = true
	e.shapes = append(e.shapes, Store(name, NewInts(numbers, len(numbers))))
	return name
}

func ints(name string, numbers ...int) *Attribute {
	a := &Attribute{Name: name, Type: IntsAttribute}
	for _, n := range numbers {
		a.Ints = append(a.Ints, int64(n))
	}
	return a
}

func integer(name string, n int) *Attribute {
	return &Attribute{Name: name, Type: IntAttribute, I: int64(n)}
}

func fraction(name string, v float64) *Attribute {
	return &Attribute{Name: name, Type: FloatAttribute, F: float32(v)}
}

// both is a setting that is the same for heights and widths.
func both(name string, n int) *Attribute { return ints(name, n, n) }

func margins(n int) *Attribute { return ints("pads", n, n, n, n) }
