// Package model is the command lab model: the nets of the papers, and nets from and
// for elsewhere.
package model

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"reslab/cmd/lab/internal/terminal"
	"reslab/nn"
)

// Command is lab model.
type Command struct {
	List    List    `cmd:"" help:"List the nets."`
	Summary Summary `cmd:"" help:"Show the layers of a net, with shapes, parameters and multiply-adds."`
	Convert Convert `cmd:"" help:"Write trained weights in another format, for other programs: ONNX with the whole net, safetensors, or NumPy."`
	Run     Run     `cmd:"" help:"Run a net from an ONNX file, from anywhere, or say what it takes and makes."`
}

// List is lab model list.
type List struct{}

// Help is shown by --help.
func (List) Help() string { return "Example:\n  lab model list" }

// Run lists the nets, one a line.
func (List) Run(out io.Writer) error {
	for _, m := range nn.Models() {
		fmt.Fprintf(out, "%-12s %s\n", m.Name, m.About)
	}
	return nil
}

// Summary is lab model summary.
type Summary struct {
	Name  string `arg:"" help:"Name of the net, as resnet20."`
	Input input  `help:"Size of a picture, as 28x28x1; its own if not given." placeholder:"HxWxC"`
	JSON  bool   `name:"json" help:"Print one JSON value."`
}

// Help is shown by --help.
func (Summary) Help() string {
	return "Examples:\n  lab model summary resnet20\n  lab model summary resnet50 --json\n  lab model summary plain20 --input 28x28x3"
}

// Run prints the summary.
func (s Summary) Run(out io.Writer) error {
	model, err := find(s.Name)
	if err != nil {
		return err
	}
	size := s.Input
	if size == (input{}) {
		size = model.Input
	}
	summary, err := summarise(model, size)
	if err != nil {
		return err
	}
	if s.JSON {
		return writeJSON(out, model.Name, summary)
	}
	_, err = fmt.Fprintf(out, "%s for pictures of %dx%dx%d\n\n%s\n", model.Name, size[0], size[1], size[2], summary)
	return err
}

// summarise turns nn's panic at a picture that does not fit into an error.
func summarise(m nn.Model, size input) (s *nn.Summary, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case *nn.Mistake:
			err = fmt.Errorf("%s cannot take pictures of %dx%dx%d: %w", m.Name, size[0], size[1], size[2], p)
		default:
			panic(p)
		}
	}()
	return nn.Summarise(m.New(size[2], 0), size[0], size[1], size[2]), nil
}

func writeJSON(out io.Writer, name string, s *nn.Summary) error {
	type layer struct {
		Name   string `json:"name"`
		Kind   string `json:"kind"`
		Out    []int  `json:"out"`
		Params int64  `json:"params"`
		MACs   int64  `json:"macs"`
	}
	layers := []layer{}
	for _, l := range s.Layers {
		layers = append(layers, layer{l.Name, l.Kind, l.Out, l.Params, l.MACs})
	}
	return terminal.WriteJSON(out, map[string]any{"name": name, "input": s.Input, "params": s.Params, "macs": s.MACs, "weight_layers": s.WeightLayers, "layers": layers})
}

func find(name string) (nn.Model, error) {
	var names []string
	for _, m := range nn.Models() {
		if m.Name == name {
			return m, nil
		}
		names = append(names, m.Name)
	}
	return nn.Model{}, terminal.Usage("there is no net %q; there are %s", name, strings.Join(names, ", "))
}

// input is a picture's height, width and channels.
type input [3]int

var pattern = regexp.MustCompile(`^([1-9]\d{0,4})x([1-9]\d{0,4})x([1-9]\d{0,4})$`)

// UnmarshalText reads 28x28x1.
func (i *input) UnmarshalText(text []byte) error {
	parts := pattern.FindStringSubmatch(string(text))
	if parts == nil {
		return fmt.Errorf("write height x width x channels, as 28x28x1, and not %q", text)
	}
	for axis := range i {
		i[axis], _ = strconv.Atoi(parts[axis+1]) // the pattern allows nothing else
	}
	return nil
}
