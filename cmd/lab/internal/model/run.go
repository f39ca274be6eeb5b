package model

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"reslab/cmd/lab/internal/terminal"
	"reslab/experiments/train"
	"reslab/nn/weights"
	"reslab/nn/weights/onnx"
	"reslab/nn/weights/onnx/engine"
)

// Run is lab model run.
type Run struct {
	File string   `arg:"" help:"An ONNX file, from lab model convert, PyTorch or anywhere."`
	In   []string `name:"in" sep:"none" placeholder:"NAME=X.npy" help:"An input of the graph, and the file of NumPy that holds its numbers; repeat it for each input. NAME= may be left out where there is one input alone. A net from lab model convert also takes a picture."`
	Out  string   `placeholder:"DIR" help:"Write each output as NAME.npy into this folder, which is made."`
	Top  int      `default:"5" placeholder:"K" help:"Tell the K likeliest classes (${default}), where the file has their names."`
	JSON bool     `name:"json" help:"Print one JSON value."`
}

// Help is shown by --help.
func (Run) Help() string {
	return "Without --in it says what the graph takes and makes. The graph runs as it is written, channels first: a picture is an array [1, 3, 224, 224], with the " +
		"mean of each colour taken off and divided by its deviation, as the net was trained. A file from lab model convert says how, and so takes a photo as it is. Files of the same names in DIR are replaced.\n\n" +
		"Examples:\n  lab model run flowers.onnx\n  lab model run flowers.onnx --in rose.jpg\n  lab model run net.onnx --in input=x.npy --out results\n  lab model run two.onnx --in left=a.npy --in right=b.npy --json"
}

// Run runs the graph, or describes it.
func (r Run) Run(ctx context.Context, out io.Writer) error {
	if r.Top < 1 {
		return terminal.Usage("--top %d tells nothing; it must be 1 or more", r.Top)
	}
	if len(r.In) == 0 && r.Out != "" {
		return terminal.Usage("--out %s has nothing to hold without an input; name one by --in NAME=X.npy", r.Out)
	}
	m, err := onnx.Read(r.File)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return terminal.Usage("there is no %s; name an ONNX file, such as %s model convert writes", r.File, terminal.Program("."))
	case err != nil:
		return err
	}
	e, err := engine.New(m, filepath.Dir(r.File))
	if len(r.In) == 0 {
		return r.describe(out, m, e, err)
	}
	if err != nil {
		return fmt.Errorf("%s cannot run here: %w", r.File, err)
	}
	notes, _ := m.Notes() // of other programs: none that fit
	in, err := r.inputs(e, notes)
	if err != nil {
		return err
	}
	if r.Out != "" {
		if err := os.MkdirAll(r.Out, 0o777); err != nil {
			return fmt.Errorf("cannot make the folder for the outputs: %w", err)
		}
	}
	begin := time.Now()
	made, err := e.Run(ctx, in)
	if err != nil {
		return fmt.Errorf("%s: %w", r.File, err)
	}
	did := ran{File: r.File, Seconds: time.Since(begin).Seconds()}
	for _, v := range e.Outputs() {
		o := outputOf(v.Name, made[v.Name], notes.Classes, r.Top)
		if err := r.keep(&o, did.Outputs, made[v.Name]); err != nil {
			return err
		}
		did.Outputs = append(did.Outputs, o)
	}
	if r.JSON {
		return terminal.WriteJSON(out, did)
	}
	_, err = fmt.Fprint(out, did)
	return err
}

// inputs reads the files of --in.
func (r Run) inputs(e *engine.Engine, notes weights.Metadata) (map[string]*onnx.Tensor, error) {
	in := map[string]*onnx.Tensor{}
	for _, word := range r.In {
		name, path, named := strings.Cut(word, "=")
		if !named {
			if len(e.Inputs()) != 1 {
				return nil, terminal.Usage("--in %s must say which of %d inputs it is, as NAME=%[1]s: the graph takes %[3]s", word, len(e.Inputs()), namesOf(e.Inputs()))
			}
			name, path = e.Inputs()[0].Name, word
		}
		if in[name] != nil {
			return nil, terminal.Usage("--in names %q twice", name)
		}
		if !slices.ContainsFunc(e.Inputs(), func(v *onnx.ValueInfo) bool { return v.Name == name }) {
			return nil, terminal.Usage("the graph has no input %q; it takes %s", name, namesOf(e.Inputs()))
		}
		t, err := read(path, notes)
		if err != nil {
			return nil, err
		}
		in[name] = t
	}
	return in, nil
}

// read reads an array of NumPy, or a picture if the file says how the net sees one.
func read(path string, notes weights.Metadata) (*onnx.Tensor, error) {
	if strings.EqualFold(filepath.Ext(path), ".npy") || len(notes.Input) != 3 {
		return onnx.ReadNPY(path)
	}
	x, err := train.SeeFile(path, notes)
	if err != nil {
		return nil, err
	}
	return engine.ChannelsFirst(x), nil
}

func namesOf(infos []*onnx.ValueInfo) string {
	var names []string
	for _, v := range infos {
		names = append(names, v.String())
	}
	return strings.Join(names, ", ")
}

// keep writes an output into the folder, under a name that no system refuses.
func (r Run) keep(o *output, others []output, t *onnx.Tensor) error {
	if r.Out == "" {
		return nil
	}
	name := fileName(o.Name)
	o.File = filepath.Join(r.Out, name+".npy")
	for n := 2; slices.ContainsFunc(others, func(other output) bool { return other.File == o.File }); n++ {
		o.File = filepath.Join(r.Out, fmt.Sprintf("%s_%d.npy", name, n))
	}
	return onnx.WriteNPY(o.File, t)
}

// fileName writes what may not stand in the name of a file as _.
func fileName(name string) string {
	clean := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("-_.", c) {
			return c
		}
		return '_'
	}, name)
	return strings.TrimLeft(clean, ".")
}

// about is what --json prints without an input.
type about struct {
	File     string    `json:"file"`
	Producer string    `json:"producer"`
	Opset    int64     `json:"opset"`
	Nodes    int       `json:"nodes"`
	Weights  int       `json:"weights"` // tensors
	Inputs   []value   `json:"inputs"`
	Outputs  []value   `json:"outputs"`
	Runs     bool      `json:"runs"`            // here
	Error    string    `json:"error,omitempty"` // why not
	Model    string    `json:"model,omitempty"` // and more, where lab wrote the file
	Classes  []string  `json:"classes,omitempty"`
	Mean     []float32 `json:"mean,omitempty"`
	Std      []float32 `json:"std,omitempty"`
}

// describe says what the graph takes and makes, also if it cannot run here.
func (r Run) describe(out io.Writer, m *onnx.Model, e *engine.Engine, err error) error {
	a := about{File: r.File, Producer: m.Producer, Nodes: len(m.Graph.Nodes), Weights: len(m.Graph.Initializers),
		Inputs: valuesOf(m.Graph.Inputs), Outputs: valuesOf(m.Graph.Outputs), Runs: err == nil}
	for _, o := range m.Opsets {
		if o.Domain == "" || o.Domain == "ai.onnx" {
			a.Opset = o.Version
		}
	}
	if err != nil {
		a.Error = err.Error()
	} else {
		a.Inputs = valuesOf(e.Inputs())
	}
	notes, _ := m.Notes() // of other programs: none that fit
	a.Model, a.Classes, a.Mean, a.Std = notes.Model, notes.Classes, notes.Mean, notes.Std
	if r.JSON {
		return terminal.WriteJSON(out, a)
	}
	_, err = fmt.Fprint(out, a)
	return err
}

// String says it in lines.
func (a about) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d nodes, %d tensors of weights, operators of version %d", a.File, a.Nodes, a.Weights, a.Opset)
	if a.Producer != "" {
		fmt.Fprintf(&b, ", written by %s", a.Producer)
	}
	fmt.Fprintln(&b)
	for _, v := range a.Inputs {
		fmt.Fprintf(&b, "  takes %v\n", v)
	}
	for _, v := range a.Outputs {
		fmt.Fprintf(&b, "  makes %v\n", v)
	}
	if a.Model != "" {
		fmt.Fprintf(&b, "  it is %s", a.Model)
		if n := len(a.Classes); n > 0 {
			fmt.Fprintf(&b, ", for the classes %s", firstOf(a.Classes))
		}
		fmt.Fprintln(&b)
	}
	if a.Error != "" {
		fmt.Fprintf(&b, "It cannot run here: %s.\n", a.Error)
	}
	return b.String()
}

// firstOf lists some names.
func firstOf(names []string) string {
	const enough = 10
	if len(names) <= enough {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:enough], ", "), len(names)-enough)
}
