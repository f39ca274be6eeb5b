package export

import (
	_ "embed"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"reslab/experiments"
	"reslab/lessons"
	"reslab/nn"
	"reslab/viz"
)

//go:generate go run ./gen

// The parts of go.mod and go.sum that our packages need.
var (
	//go:embed gomod.txt
	goMod []byte
	//go:embed gosum.txt
	goSum []byte
)

// roots hold the sources of our packages, by the folder they are of.
var roots = map[string]fs.FS{"nn": nn.Source, "viz": viz.Source, "experiments": experiments.Source, "lessons": lessons.Source}

// sources returns the files of our packages among imports, and of all of ours
// that these need.
func sources(imports []string) (map[string][]byte, error) {
	files := map[string][]byte{}
	seen := map[string]bool{}
	for len(imports) > 0 {
		folder, ours := strings.CutPrefix(imports[0], "reslab/")
		imports = imports[1:]
		if !ours || seen[folder] {
			continue
		}
		seen[folder] = true
		more, err := addPackage(files, folder)
		if err != nil {
			return nil, err
		}
		imports = append(imports, more...)
	}
	return files, nil
}

// addPackage adds the files of a package but its tests, and returns what it imports.
func addPackage(files map[string][]byte, folder string) (imports []string, err error) {
	root, below, _ := strings.Cut(folder, "/")
	from, ok := roots[root]
	if !ok {
		return nil, fmt.Errorf("this lab does not have the source of reslab/%s", folder)
	}
	entries, err := fs.ReadDir(from, path.Join(".", below))
	if err != nil {
		return nil, fmt.Errorf("the source of reslab/%s: %w", folder, err)
	}
	for _, entry := range entries {
		name := path.Join(below, entry.Name())
		switch {
		case entry.IsDir() && entry.Name() == "page": // what viz embeds
			err = addTree(files, from, root, name)
		case entry.IsDir() || strings.HasSuffix(name, "_test.go"):
		default:
			var more []string
			more, err = addFile(files, from, root, name)
			imports = append(imports, more...)
		}
		if err != nil {
			return nil, err
		}
	}
	return imports, nil
}

func addFile(files map[string][]byte, from fs.FS, root, name string) (imports []string, err error) {
	text, err := fs.ReadFile(from, name)
	if err != nil {
		return nil, err
	}
	if path.Ext(name) == ".go" {
		parsed, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return nil, err
		}
		if strings.Contains(string(text), "\nvar Source embed.FS") {
			return nil, nil // it holds the package's own source, which is here already
		}
		for _, spec := range parsed.Imports {
			if p, err := strconv.Unquote(spec.Path.Value); err == nil {
				imports = append(imports, p)
			}
		}
	}
	files[path.Join(root, name)] = text
	return imports, nil
}

func addTree(files map[string][]byte, from fs.FS, root, folder string) error {
	return fs.WalkDir(from, folder, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files[path.Join(root, name)], err = fs.ReadFile(from, name)
		}
		return err
	})
}
