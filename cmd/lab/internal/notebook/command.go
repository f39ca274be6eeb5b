package notebook

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"reslab/cmd/lab/internal/local"
	"reslab/cmd/lab/internal/notebook/document"
	"reslab/cmd/lab/internal/terminal"
)

// DefaultAddr is where lab notebook listens unless told otherwise.
const DefaultAddr = "127.0.0.1:8888"

// Command is lab notebook.
type Command struct {
	Notebook  string `arg:"" optional:"" help:"A lesson, as 02 or convolution, or a Markdown file of this folder; it need not be there yet." placeholder:"LESSON|FILE.md"`
	Addr      string `help:"Where to listen; default: ${notebook_addr}, or the next port that is free." placeholder:"HOST:PORT"`
	NoBrowser bool   `help:"Open no browser: print the address, which has a token, as the first line."`
}

// Help is shown by --help.
func (Command) Help() string {
	return "Lessons and notebooks in the browser, on this machine alone. What you change in a lesson is kept as your copy. Ctrl-C ends.\n\n" +
		"Examples:\n  lab notebook\n  lab notebook 02\n  lab notebook my-net.md --addr 127.0.0.1:9000 --no-browser"
}

// Run serves until it is told to stop.
func (c Command) Run(ctx context.Context, out io.Writer) error {
	path, err := pathOf(c.Notebook)
	if err != nil {
		return err
	}
	listener, err := local.Listen(c.Addr, DefaultAddr)
	if err != nil {
		return err
	}
	s, err := New(".", listener.Addr(), local.HostOf(c.Addr))
	if err != nil {
		listener.Close()
		return err
	}
	if warning := local.Exposed(listener.Addr(), "runs programs here as you"); warning != "" {
		fmt.Fprintln(os.Stderr, warning)
	}
	address := s.Address(path)
	fmt.Fprintln(out, address)
	if !c.NoBrowser {
		go local.Show(address)
	}
	return s.Serve(ctx, listener)
}

// isNotebook says what is wrong with a file before a page is opened for it. One
// that is not there yet is none the worse.
func isNotebook(file string) error {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("open the notebook: %w", err)
	case info.IsDir():
		return fmt.Errorf("%s is a folder, and a notebook is a file", file)
	}
	if err := document.CheckSize(info.Size()); err != nil { // it need not be read to say so
		return fmt.Errorf("%s: %w", file, err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("open the notebook: %w", err)
	}
	if _, err := document.Parse(text); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// pathOf returns where a notebook is shown, the first page for none.
func pathOf(notebook string) (string, error) {
	switch {
	case notebook == "":
		return "/", nil
	case strings.HasSuffix(notebook, document.Extension):
		name := filepath.ToSlash(filepath.Clean(notebook))
		if !filepath.IsLocal(notebook) {
			return "", terminal.Usage("%s is not below this folder: start lab in the folder of the notebook", notebook)
		}
		return "/file/" + name, isNotebook(notebook)
	}
	l, err := document.NamedLesson(notebook)
	if err != nil {
		return "", err
	}
	return "/lesson/" + l.ID, nil
}
