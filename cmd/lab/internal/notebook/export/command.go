package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/notebook/document"
	"reslab/cmd/lab/internal/terminal"
	"reslab/viz"
)

// Command is lab lesson export.
type Command struct {
	ID    string `arg:"" help:"Number or name of the lesson, as 02 or convolution, or a notebook of your own, as net.md." placeholder:"ID|FILE.md"`
	Go    string `help:"Write a Go program into this folder: go run . there prints what the cells print." placeholder:"DIR"`
	Ipynb string `help:"Write a notebook for Jupyter, to be read there: to run its cells, Jupyter needs a kernel for Go that finds this project." placeholder:"FILE"`
	HTML  string `name:"html" help:"Write one HTML file with all that the cells show; it opens without a network." placeholder:"FILE"`
}

// Help is shown by --help.
func (Command) Help() string {
	return "For --ipynb and --html the cells run first, for what they show.\n\n" +
		"Examples:\n  lab lesson export 02 --go convolution\n  lab lesson export 02 --html convolution.html\n  lab lesson export net.md --ipynb net.ipynb --html net.html"
}

// Run writes what is asked for.
func (c Command) Run(ctx context.Context, out io.Writer) error {
	if c.Go == "" && c.Ipynb == "" && c.HTML == "" {
		return terminal.Usage("say what to make of it: --go DIR, --ipynb FILE or --html FILE")
	}
	for _, file := range []string{c.Ipynb, c.HTML} {
		if err := terminal.PlaceFor(file); err != nil {
			return err
		}
	}
	d, folder, err := open(c.ID)
	if err != nil {
		return err
	}
	fresh := !strings.HasSuffix(c.ID, ".md") // in a lesson, cells build on exercises; in a copy, on what the learner wrote
	if c.Go != "" {
		if err := writeGo(d, c.Go, out); err != nil {
			return err
		}
	}
	if c.Ipynb != "" {
		err := write(ctx, d, fresh, c.Ipynb, JupyterKinds, out, func(results map[string]Result) ([]byte, error) { return Jupyter(d, results) })
		if err != nil {
			return err
		}
	}
	if c.HTML == "" {
		return nil
	}
	return write(ctx, d, fresh, c.HTML, HTMLKinds(), out, func(results map[string]Result) ([]byte, error) { return HTML(d, results, folder) })
}

// open reads a lesson or a file, and returns the folder of its pictures.
func open(id string) (d *document.Document, folder fs.FS, err error) {
	if !strings.HasSuffix(id, document.Extension) {
		l, err := document.NamedLesson(id)
		if err != nil {
			return nil, nil, err
		}
		d, err = document.FromLesson(l)
		return d, nil, err
	}
	text, err := os.ReadFile(id)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, terminal.Usage("there is no notebook %s", id)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the notebook: %w", err)
	}
	if d, err = document.Parse(text); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", id, err)
	}
	if d.Origin != nil { // a copy of a lesson
		if l, err := lesson.Find(d.Origin.Lesson); err == nil {
			d, err = document.ReadCopy(text, l)
			return d, nil, err
		}
	}
	if d.Title == "" {
		d.Title = strings.TrimSuffix(filepath.Base(id), ".md")
	}
	root, err := os.OpenRoot(filepath.Dir(id)) // links out of the folder are not followed
	if err != nil {
		return nil, nil, err
	}
	return d, root.FS(), nil
}

func writeGo(d *document.Document, dir string, out io.Writer) error {
	f, err := Go(d)
	if err != nil {
		return err
	}
	if err := f.Write(dir); err != nil {
		return err
	}
	for _, sentence := range f.LeftOut {
		fmt.Fprintln(out, sentence)
	}
	_, err = fmt.Fprintf(out, "%s: run it there with go run .\n", dir)
	return err
}

// write runs the cells and writes what is made of that.
func write(ctx context.Context, d *document.Document, fresh bool, file string, kinds []kernel.Kind, out io.Writer, made func(map[string]Result) ([]byte, error)) error {
	bar := terminal.NewBar(os.Stderr)
	results, err := Run(ctx, d, Options{Accept: kinds, Solve: fresh, Cell: func(b *document.Block, done, n int) {
		bar.Set(done, n, fmt.Sprintf("cell %d", b.N))
	}})
	bar.Close()
	if err != nil {
		return err
	}
	text, err := made(results)
	if err != nil {
		return err
	}
	if err := viz.WriteFile(file, text); err != nil {
		return err
	}
	failed := 0
	for _, b := range d.Cells() {
		if results[b.ID].Error != "" && !b.Fails {
			failed++
		}
	}
	if failed > 0 {
		fmt.Fprintf(out, "%s: %d of %d cells ended in an error, which is in it.\n", file, failed, len(d.Cells()))
		return nil
	}
	_, err = fmt.Fprintln(out, file)
	return err
}
