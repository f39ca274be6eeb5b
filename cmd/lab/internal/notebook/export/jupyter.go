package export

import (
	"encoding/json"
	"fmt"
	"strings"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/notebook/document"
)

// The format of Jupyter's notebooks, version 4.5.
type (
	jupyter struct {
		Cells    []jupyterCell  `json:"cells"`
		Metadata map[string]any `json:"metadata"`
		Format   int            `json:"nbformat"`
		Minor    int            `json:"nbformat_minor"`
	}
	jupyterCell struct {
		Type     string         `json:"cell_type"`
		ID       string         `json:"id"`
		Metadata map[string]any `json:"metadata"`
		Source   []string       `json:"source"`
		// Of code.
		Count   *int             `json:"-"`
		Outputs []map[string]any `json:"-"`
	}
)

// MarshalJSON writes the fields that only code has, and must have.
func (c jupyterCell) MarshalJSON() ([]byte, error) {
	type plain jupyterCell
	if c.Type != "code" {
		return json.Marshal(plain(c))
	}
	return json.Marshal(struct {
		plain
		Count   *int             `json:"execution_count"`
		Outputs []map[string]any `json:"outputs"`
	}{plain(c), c.Count, c.Outputs})
}

// JupyterKinds are the displays that a Jupyter notebook can hold.
var JupyterKinds = []kernel.Kind{kernel.SVG, kernel.PNG, kernel.HTML}

// Jupyter makes a notebook for Jupyter, with what the cells showed; results may
// be nil.
func Jupyter(d *document.Document, results map[string]Result) ([]byte, error) {
	n := jupyter{Format: 4, Minor: 5, Cells: []jupyterCell{}, Metadata: map[string]any{
		"kernelspec":    map[string]any{"name": "gonb", "display_name": "Go (gonb)", "language": "go"},
		"language_info": map[string]any{"name": "go", "file_extension": ".go", "mimetype": "text/x-go"},
		"title":         d.Title,
	}}
	for _, b := range d.Blocks {
		switch b.Kind {
		case document.Cell:
			n.Cells = append(n.Cells, codeCell(b, results))
			if b.Exercise != nil && len(b.Exercise.Hints)+len(b.Exercise.After) > 0 {
				n.Cells = append(n.Cells, textCell(b.ID+"-hints", folded(b.Exercise)))
			}
		case document.Quote:
			n.Cells = append(n.Cells, textCell(b.ID, "From `"+strings.ReplaceAll(b.Of, "#", "`, `")+"`:\n\n```go\n"+b.Source+"\n```"))
		default:
			n.Cells = append(n.Cells, textCell(b.ID, b.Source))
		}
	}
	out, err := json.MarshalIndent(n, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write the notebook for Jupyter: %w", err)
	}
	return append(out, '\n'), nil
}

func textCell(id, source string) jupyterCell {
	return jupyterCell{Type: "markdown", ID: id, Metadata: map[string]any{}, Source: lines(source)}
}

// folded writes the hints of an exercise, and what is to be read afterwards, as
// the lesson has them.
func folded(e *document.Exercise) string {
	var b strings.Builder
	for _, list := range [][]document.Aside{e.Hints, e.After} {
		for _, a := range list {
			fmt.Fprintf(&b, "<details>\n<summary>%s</summary>\n\n%s\n\n</details>\n\n", a.Title, a.Markdown)
		}
	}
	return strings.TrimSpace(b.String())
}

func codeCell(b *document.Block, results map[string]Result) jupyterCell {
	c := jupyterCell{Type: "code", ID: b.ID, Metadata: map[string]any{}, Source: lines(b.Source), Outputs: []map[string]any{}}
	r, ran := results[b.ID]
	if !ran {
		if b.Output != "" {
			c.Outputs = append(c.Outputs, stream("stdout", b.Output))
		}
		return c
	}
	c.Count = &b.N
	for _, o := range r.Outputs {
		c.Outputs = append(c.Outputs, jupyterOutput(o, c.Count))
	}
	if r.Error != "" {
		c.Outputs = append(c.Outputs, map[string]any{"output_type": "error", "ename": "Error", "evalue": firstLine(r.Error), "traceback": strings.Split(r.Error, "\n")})
	}
	return c
}

func stream(name, text string) map[string]any {
	return map[string]any{"output_type": "stream", "name": name, "text": lines(text)}
}

func jupyterOutput(o Output, count *int) map[string]any {
	switch {
	case o.Stream == "stdout":
		return stream("stdout", o.Text)
	case o.Stream != "":
		return stream("stderr", o.Text)
	}
	data := map[string]any{"text/plain": lines(strings.TrimSuffix(o.Text, "\n"))}
	switch o.Kind {
	case kernel.SVG:
		data["image/svg+xml"] = lines(o.Data)
	case kernel.PNG:
		data["image/png"] = o.Data
	case kernel.HTML:
		data["text/html"] = lines(o.Data)
	}
	out := map[string]any{"output_type": "display_data", "data": data, "metadata": map[string]any{}}
	if o.Result {
		out["output_type"], out["execution_count"] = "execute_result", count
	}
	return out
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// lines cuts a text as the format has it: each line with its end.
func lines(text string) []string {
	if text == "" {
		return []string{}
	}
	return strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
}
