package export

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/notebook/document"
)

// A Folder is a Go program: its files by their paths, with slashes.
type Folder struct {
	Files   map[string][]byte
	LeftOut []string // a sentence for each cell that is not in it
}

// Go makes a Go program of a notebook. In its folder, go run . prints what the
// cells print; the source of our packages lies beside it, so that it needs
// neither this project nor a network, once the modules of others are there.
func Go(d *document.Document) (*Folder, error) {
	var cells []cell.ProgramCell
	for _, b := range d.Cells() {
		cells = append(cells, cell.ProgramCell{N: b.N, Source: b.Source, Fails: b.Fails})
	}
	program, err := cell.NewProgram(cells, checks(d))
	if err != nil {
		return nil, fmt.Errorf("make a program of the cells: %w", err)
	}
	files, err := sources(program.Imports)
	if err != nil {
		return nil, err
	}
	for _, f := range program.Files {
		text := f.Text
		if f.Name == "main.go" {
			text = headline(d.Title) + text
		}
		files[f.Name] = []byte(text)
	}
	files["go.mod"], files["go.sum"] = goMod, goSum
	return &Folder{files, program.LeftOut}, nil
}

// headline is the comment above the program.
func headline(title string) string {
	if title == "" {
		title = "A notebook"
	}
	return "// " + strings.ReplaceAll(title, "\n", " ") + "\n//\n// The cells of a notebook as a program: go run . prints what they print.\n"
}

var checked = regexp.MustCompile(`\blab\.Check\(\s*"([^"]+)"`)

// checks returns the packages of lessons that judge the exercises of a notebook.
func checks(d *document.Document) []string {
	exercises := map[string]string{}
	for _, info := range lesson.List() {
		l, err := lesson.Find(info.ID)
		if err != nil {
			continue
		}
		for _, c := range l.Cells {
			exercises[c.Exercise] = path.Join("reslab/lessons", l.ID+"-"+l.Slug)
		}
	}
	packages := map[string]bool{}
	for _, b := range d.Cells() {
		for _, m := range checked.FindAllStringSubmatch(b.Source, -1) {
			if p := exercises[m[1]]; p != "" {
				packages[p] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(packages))
}

// Write writes the program into a folder that is not there, or empty: nothing is
// written over.
func (f *Folder) Write(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case err == nil && len(entries) > 0:
		return fmt.Errorf("%s is not empty: name a folder that is not there yet", dir)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s is no folder that can be read: name one that is not there yet", dir)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Files)) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return fmt.Errorf("cannot make a folder for the program: %w; choose another place", err)
		}
		if err := os.WriteFile(file, f.Files[name], 0o644); err != nil {
			return err
		}
	}
	return nil
}
