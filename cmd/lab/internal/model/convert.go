package model

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"reslab/cmd/lab/internal/terminal"
	"reslab/experiments/train"
	"reslab/nn"
	"reslab/nn/weights"
	"reslab/nn/weights/onnx"
)

// Convert is lab model convert.
type Convert struct {
	In    string `arg:"" help:"The folder of a training, or a file of weights: .safetensors; .npz and .onnx to take the weights alone."`
	Out   string `arg:"" help:"File to write; its ending tells the format: .onnx has the whole net, .safetensors and .npz the weights alone."`
	Model string `placeholder:"NAME" help:"The net that the weights are for, where they do not say it."`
	Input input  `placeholder:"HxWxC" help:"Size of a picture; that of the training, or of the net's paper, if not given."`
	Fold  bool   `help:"For .onnx: put each batch norm into the convolution before it. Fewer and faster layers, but no longer the published weights."`
	JSON  bool   `name:"json" help:"Print one JSON value."`
}

// Help is shown by --help.
func (Convert) Help() string {
	return "An ONNX file holds the graph of the net beside its weights, so that other engines can run it: onnxruntime, OpenVINO, those of phones and browsers. " +
		"It takes batches of any size, channels first, [batch, C, H, W], and has the names of the classes and the mean and deviation of each colour in its metadata. " +
		"All files have the published names of weights, in PyTorch's layout. A file of the name OUT is replaced, and only by a whole one.\n\n" +
		"Examples:\n  lab model convert runs/train-1 flowers.onnx\n  lab model convert resnet50.safetensors resnet50.onnx --fold\n" +
		"  lab model convert weights.safetensors plain.onnx --model plain20 --input 28x28x1\n  lab model convert weights.npz weights.safetensors"
}

// converted is what --json prints.
type converted struct {
	In      string  `json:"in"`
	Out     string  `json:"out"`
	Bytes   int64   `json:"bytes"`
	Tensors int     `json:"tensors"`
	Model   string  `json:"model,omitempty"`
	Params  int64   `json:"params,omitempty"`
	Nodes   int     `json:"nodes,omitempty"`
	Inputs  []value `json:"inputs,omitempty"`
	Outputs []value `json:"outputs,omitempty"`
}

// Run converts.
func (c Convert) Run(out io.Writer) error {
	format := strings.ToLower(filepath.Ext(c.Out))
	if format != ".onnx" && format != ".safetensors" && format != ".npz" {
		return terminal.Usage("%s: the ending tells the format to write; name a file that ends in .onnx, .safetensors or .npz", c.Out)
	}
	if c.Fold && format != ".onnx" {
		return terminal.Usage("--fold changes the net, and %s would hold the weights alone; name a file that ends in .onnx", c.Out)
	}
	if err := terminal.PlaceFor(c.Out); err != nil {
		return err
	}
	if here, err := os.Stat(c.In); err == nil {
		if there, err := os.Stat(c.Out); err == nil && os.SameFile(here, there) {
			return terminal.Usage("%s cannot be written in its own place; choose another name", c.Out)
		}
	}
	did := converted{In: c.In, Out: c.Out}
	write := c.weights
	if format == ".onnx" {
		write = c.graph
	}
	if err := write(&did); err != nil {
		return err
	}
	info, err := os.Stat(c.Out)
	if err != nil {
		return err
	}
	did.Bytes = info.Size()
	if c.JSON {
		return terminal.WriteJSON(out, did)
	}
	_, err = fmt.Fprint(out, did)
	return err
}

// String says it in lines.
func (c converted) String() string {
	if c.Nodes == 0 {
		return fmt.Sprintf("%s: %d tensors, %s\n", c.Out, c.Tensors, megabytes(c.Bytes))
	}
	return fmt.Sprintf("%s is now %s, %s: %d nodes\n  takes %v\n  makes %v\nLook at it, or run it: %s model run %s\n",
		c.Model, c.Out, megabytes(c.Bytes), c.Nodes, c.Inputs[0], c.Outputs[0], terminal.Program("."), terminal.ShellWord(c.Out))
}

// graph writes the whole net.
func (c Convert) graph(did *converted) error {
	if in := strings.ToLower(filepath.Ext(c.In)); in == ".npz" || in == ".onnx" {
		return terminal.Usage("%s cannot become %s at once; write its weights as a .safetensors file first, and convert that with --model NAME", c.In, c.Out)
	}
	net, meta, err := c.load()
	if err != nil {
		return err
	}
	m, err := onnx.Export(net, meta, c.Fold)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", c.Out, err)
	}
	g := m.Graph
	did.Model, did.Params, did.Tensors, did.Nodes = meta.Model, nn.Summarise(net, meta.Input...).Params, len(g.Initializers), len(g.Nodes)
	did.Inputs, did.Outputs = valuesOf(g.Inputs), valuesOf(g.Outputs)
	return onnx.Write(c.Out, m)
}

// load builds the net with its weights. What the command line says comes before
// what the file says.
func (c Convert) load() (nn.Layer, weights.Metadata, error) {
	var none weights.Metadata
	path, err := train.WeightsAt(c.In)
	if err != nil {
		return nil, none, err
	}
	file, err := weights.Open(path)
	if err != nil {
		return nil, none, err
	}
	defer file.Close()
	meta := &file.Metadata
	if c.Model != "" {
		meta.Model = c.Model
	}
	if meta.Model == "" {
		return nil, none, terminal.Usage("%s does not say which net it is for; name it by --model: %s model list has them", path, terminal.Program("."))
	}
	known, err := find(meta.Model)
	if err != nil {
		return nil, none, err
	}
	channels, classes, err := sizes(file, known)
	if err != nil {
		return nil, none, fmt.Errorf("%s has not the weights of a %s: %w", path, known.Name, err)
	}
	switch {
	case c.Input != (input{}):
		meta.Input, meta.Shorter = c.Input[:], 0
	case len(meta.Input) == 0:
		meta.Input = []int{known.Input[0], known.Input[1], channels}
	}
	net := known.New(channels, classes)
	if _, err := summarise(nn.Model{Name: known.Name, New: func(int, int) *nn.Sequential { return net }}, input(meta.Input)); err != nil {
		return nil, none, err
	}
	return net, *meta, file.Load(net)
}

// sizes tells from the shapes of its first and last weights how many channels and
// classes a net of the catalogue has.
func sizes(f *weights.File, m nn.Model) (channels, classes int, err error) {
	first, last := f.Shape("conv1.weight"), f.Shape("fc.weight")
	if len(first) != 4 || len(last) != 2 || first[1] < 1 || last[0] < 1 {
		return 0, 0, fmt.Errorf("it lacks conv1.weight or fc.weight")
	}
	return first[1], last[0], nil
}

func megabytes(bytes int64) string {
	if bytes < 1e6 {
		return fmt.Sprintf("%d kB", (bytes+999)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}
