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
	In    string `arg:"" help:"The folder of a training, or a safetensors file."`
	Out   string `arg:"" help:"File to write; its ending tells the format: .onnx."`
	Model string `placeholder:"NAME" help:"The net that the weights are for, where they do not say it."`
	Input input  `placeholder:"HxWxC" help:"Size of a picture; that of the training, or of the net's paper, if not given."`
	Fold  bool   `help:"Put each batch norm into the convolution before it: fewer and faster layers, but no longer the published weights."`
	JSON  bool   `name:"json" help:"Print one JSON value."`
}

// Help is shown by --help.
func (Convert) Help() string {
	return "An ONNX file holds the graph of the net beside its weights, so that other engines can run it: onnxruntime, OpenVINO, those of phones and browsers. " +
		"It takes batches of any size, channels first, [batch, C, H, W], and has the names of the classes and the mean and deviation of each colour in its metadata. " +
		"A file of the name OUT is replaced, and only by a whole one.\n\n" +
		"Examples:\n  lab model convert runs/train-1 flowers.onnx\n  lab model convert resnet50.safetensors resnet50.onnx --fold\n  lab model convert weights.safetensors plain.onnx --model plain20 --input 28x28x1"
}

// converted is what --json prints.
type converted struct {
	In      string  `json:"in"`
	Out     string  `json:"out"`
	Model   string  `json:"model"`
	Bytes   int64   `json:"bytes"`
	Params  int64   `json:"params"`
	Nodes   int     `json:"nodes"`
	Inputs  []value `json:"inputs"`
	Outputs []value `json:"outputs"`
}

// Run converts.
func (c Convert) Run(out io.Writer) error {
	if !strings.EqualFold(filepath.Ext(c.Out), ".onnx") {
		return terminal.Usage("%s: the ending tells the format to write; name a file that ends in .onnx", c.Out)
	}
	if err := terminal.PlaceFor(c.Out); err != nil {
		return err
	}
	net, meta, err := c.load()
	if err != nil {
		return err
	}
	graph, err := onnx.Export(net, meta, c.Fold)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", c.Out, err)
	}
	if err := onnx.Write(c.Out, graph); err != nil {
		return err
	}
	info, err := os.Stat(c.Out)
	if err != nil {
		return err
	}
	done := converted{c.In, c.Out, meta.Model, info.Size(), nn.Summarise(net, meta.Input...).Params, len(graph.Graph.Nodes), valuesOf(graph.Graph.Inputs), valuesOf(graph.Graph.Outputs)}
	if c.JSON {
		return terminal.WriteJSON(out, done)
	}
	_, err = fmt.Fprintf(out, "%s is now %s, %s: %d nodes\n  takes %v\n  makes %v\nLook at it, or run it: %s model run %s\n",
		meta.Model, c.Out, megabytes(info.Size()), done.Nodes, done.Inputs[0], done.Outputs[0], terminal.Program("."), terminal.ShellWord(c.Out))
	return err
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
