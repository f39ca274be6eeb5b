package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"reslab/nn/weights"
)

// print writes the tables for a person at a terminal.
func (r *Result) print(out io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n\n", r.Machine)
	r.tables(&b, table.aligned)
	_, err := out.Write(b.Bytes())
	return err
}

// write puts bench.json, bench.md and roofline.svg into a folder.
func (r *Result) write(folder string) error {
	plain, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	picture, err := r.roofline()
	if err != nil {
		return err
	}
	return write(folder, file{"bench.json", append(plain, '\n')}, file{"bench.md", r.page()}, file{"roofline.svg", picture})
}

// file is something to be written.
type file struct {
	name    string
	content []byte
}

// write puts files into a folder, which it makes.
func write(folder string, files ...file) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("making the folder for the results: %w", err)
	}
	for _, f := range files {
		err := weights.WriteFile(filepath.Join(folder, f.name), func(w io.Writer) error {
			_, err := w.Write(f.content)
			return err
		})
		if err != nil {
			return fmt.Errorf("writing the results: %w", err)
		}
	}
	return nil
}

// page is the tables in Markdown.
func (r *Result) page() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# What lab bench measured\n\nMade by `lab bench --out`: do not edit.\n\n%s\n\n", r.Machine)
	r.tables(&b, table.markdown)
	return append(bytes.TrimRight(b.Bytes(), "\n"), '\n')
}

// tables writes the nets, and then the layers of each net.
func (r *Result) tables(b *bytes.Buffer, show func(table) string) {
	fmt.Fprintf(b, "%s\n", show(r.netTable()))
	if len(r.Layers) == 0 {
		return
	}
	b.WriteString("The convolutions: GFLOP/s on one core, and the share of its peak. y is the forward pass, dx and dw\n" +
		"are the gradients of input and weights. W is Winograd's way: the nets take it wherever there is a\n" +
		"figure; what it saves counts as done, so that it may pass 100 %. For one picture through ResNet-50\n" +
		"the weights are packed before, as in a fused net. /2 is a stride of 2.\n\n")
	for _, c := range layerCases {
		fmt.Fprintf(b, "%s\n", show(r.layerTable(c)))
	}
	if r.disturbed() {
		b.WriteString("Something else was at work on this machine: some direct passes are far above the peak, which\n" +
			"cannot be. The peak was measured in a worse moment. Measure again when the machine is quiet.\n")
	}
}

// disturbed says whether a direct pass, which saves nothing, came out so far above
// the peak that no rounding of clocks explains it.
func (r *Result) disturbed() bool {
	return slices.ContainsFunc(r.Layers, func(l LayerTime) bool { return l.Method == "direct" && l.Share > 1.5 })
}

func (r *Result) netTable() table {
	t := table{head: []string{"net", "mode", "batch", "input", "ms", "images/s", "memory, MB"}, numbers: 4}
	for _, n := range r.Nets {
		t.add(n.Name, n.Mode, n.Batch, size(n.Input), fmt.Sprintf("%.1f", n.MS), fmt.Sprintf("%.0f", n.Images), fmt.Sprintf("%.0f", n.MemoryMB))
	}
	return t
}

// layerTable has a row for each convolution: three passes directly, three in
// Winograd's way.
func (r *Result) layerTable(c layerCase) table {
	t := table{head: []string{fmt.Sprintf("%s, batch %d", c.net, c.batch), "input", "times", "y", "dx", "dw", "W y", "W dx", "W dw"}, numbers: 2}
	rows := map[string]int{}
	for _, l := range r.Layers {
		if l.Net != c.net || l.Batch != c.batch {
			continue
		}
		if _, known := rows[l.Name]; !known {
			rows[l.Name] = len(t.rows)
			t.add(l.Kind, fmt.Sprintf("%dx%d", l.Input[0], l.Input[1]), l.Count, "", "", "", "", "", "")
		}
		column := 3
		for c.passes[column-3].String() != l.Pass {
			column++
		}
		if l.Method == "winograd" {
			column += 3
		}
		t.rows[rows[l.Name]][column] = fmt.Sprintf("%.0f %3.0f%%", l.GFLOPS, 100*l.Share)
	}
	return t
}

func size(input [3]int) string { return fmt.Sprintf("%dx%dx%d", input[0], input[1], input[2]) }
