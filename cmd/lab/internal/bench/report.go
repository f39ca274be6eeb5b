package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/cpuid/v2"
)

// processor names the processor, as its maker does.
func processor() string {
	if name := strings.Join(strings.Fields(cpuid.CPU.BrandName), " "); name != "" {
		return name
	}
	return "a processor without a name"
}

// print writes the tables for a person at a terminal.
func (r *Result) print(out io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n\n", r.Machine)
	r.tables(&b, func(t table) string { return t.aligned() })
	_, err := out.Write(b.Bytes())
	return err
}

// write puts bench.json, bench.md and roofline.svg into a folder.
func (r *Result) write(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("making the folder for the results: %w", err)
	}
	var md bytes.Buffer
	fmt.Fprintf(&md, "# What lab bench measured\n\n%s\n\n", strings.ReplaceAll(r.Machine.String(), "\n", "; "))
	r.tables(&md, func(t table) string { return t.markdown() })
	plain, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	picture, err := r.roofline()
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{"bench.json": append(plain, '\n'), "bench.md": md.Bytes(), "roofline.svg": picture} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			return fmt.Errorf("writing the results: %w", err)
		}
	}
	return nil
}

// tables writes the nets and then the layers of each net.
func (r *Result) tables(b *bytes.Buffer, show func(table) string) {
	nets := table{head: []string{"net", "mode", "batch", "input", "ms", "images/s", "memory MB"}}
	for _, n := range r.Nets {
		nets.add(n.Name, n.Mode, n.Batch, size(n.Input), fmt.Sprintf("%.1f", n.MS), fmt.Sprintf("%.0f", n.Images), fmt.Sprintf("%.0f", n.MemoryM))
	}
	fmt.Fprintf(b, "%s\n", show(nets))
	for _, c := range layerCases {
		layers := table{head: []string{c.net + ", batch " + fmt.Sprint(c.batch), "input", "times", "forward", "share", "input gradient", "share", "weight gradient", "share"}}
		for i := 0; i+2 < len(r.Layers); i += 3 {
			l := r.Layers[i : i+3]
			if l[0].Net != c.net {
				continue
			}
			row := []any{l[0].Kind, size(l[0].Input), l[0].Count}
			for _, pass := range l {
				row = append(row, fmt.Sprintf("%.1f", pass.GFLOPS), fmt.Sprintf("%.0f %%", 100*pass.Share))
			}
			layers.add(row...)
		}
		fmt.Fprintf(b, "GFLOP/s on one core, and their share of its peak:\n\n%s\n", show(layers))
	}
}

func size(input [3]int) string { return fmt.Sprintf("%dx%dx%d", input[0], input[1], input[2]) }
