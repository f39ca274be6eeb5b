// Gen writes what the interpreter and the type checker must know of the
// packages in packages.txt: a Go file a package with its functions, variables
// and types as reflect values; types.gz and types_all.gz, their types as export
// data; and docs.gz, what their comments say.
//
// A package of ours that does not exist yet is skipped.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"go/token"
	"go/types"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	out := flag.String("out", ".", "folder to write into")
	list := flag.String("list", "packages.txt", "the list of packages")
	flag.Parse()
	if err := generate(*list, *out); err != nil {
		log.Fatal(err)
	}
}

func generate(list, out string) error {
	text, err := os.ReadFile(list)
	if err != nil {
		return fmt.Errorf("reading the list of packages: %w", err)
	}
	entries := parse(string(text))
	sources, err := load(entries)
	if err != nil {
		return err
	}
	if err := removeOld(out); err != nil {
		return err
	}
	var safe, all []*types.Package
	for _, e := range entries {
		if sources[e.path] == nil {
			log.Printf("%s does not exist yet: skipped", e.path)
			continue
		}
		pkg := sources[e.path].Types
		if e.unrestricted {
			all = append(all, pkg)
		} else {
			safe = append(safe, pkg)
		}
		if err := writeTable(out, e, pkg); err != nil {
			return err
		}
	}
	if err := writeTypes(filepath.Join(out, "types.gz"), safe); err != nil {
		return err
	}
	if err := writeTypes(filepath.Join(out, "types_all.gz"), all); err != nil {
		return err
	}
	return writeDocs(filepath.Join(out, "docs.gz"), slices.Collect(maps.Values(sources)))
}

// An entry is a line of packages.txt.
type entry struct {
	path         string
	only         map[string]bool // nil: every exported name
	unrestricted bool
}

func parse(text string) []entry {
	var entries []entry
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0][0] == '#' {
			continue
		}
		e := entry{path: strings.TrimPrefix(fields[0], "!"), unrestricted: fields[0][0] == '!'}
		for _, name := range fields[1:] {
			if e.only == nil {
				e.only = map[string]bool{}
			}
			e.only[name] = true
		}
		entries = append(entries, e)
	}
	return entries
}

// load type-checks the packages, for one system so that the result is the same everywhere.
func load(entries []entry) (map[string]*packages.Package, error) {
	var paths []string
	for _, e := range entries {
		paths = append(paths, e.path)
	}
	config := &packages.Config{
		Mode:       packages.NeedName | packages.NeedFiles | packages.NeedTypes | packages.NeedImports | packages.NeedDeps,
		Env:        append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0"),
		BuildFlags: []string{"-trimpath", "-tags=symbols"},
	}
	found, err := packages.Load(config, paths...)
	if err != nil {
		return nil, fmt.Errorf("loading the packages: %w", err)
	}
	loaded := map[string]*packages.Package{}
	for _, p := range found {
		if missing(p) && strings.HasPrefix(p.PkgPath, "reslab/") {
			continue
		}
		for _, e := range p.Errors {
			return nil, fmt.Errorf("loading %s: %w", p.PkgPath, e)
		}
		loaded[p.PkgPath] = p
	}
	return loaded, nil
}

// missing tells whether p has no Go file: its folder is not there or holds only tests.
func missing(p *packages.Package) bool {
	return p.Name == "" || p.Types == nil
}

func removeOld(out string) error {
	old, err := filepath.Glob(filepath.Join(out, "z_*.go"))
	if err != nil {
		return err
	}
	for _, file := range old {
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	return nil
}

// writeTypes writes the packages' types without positions: the bytes depend on
// the exported names alone, and no path of a machine gets in.
func writeTypes(file string, all []*types.Package) error {
	sort.Slice(all, func(i, j int) bool { return all[i].Path() < all[j].Path() })
	var export []exported
	for _, p := range all {
		var data bytes.Buffer
		if err := gcexportdata.Write(&data, token.NewFileSet(), p); err != nil {
			return fmt.Errorf("writing the types of %s: %w", p.Path(), err)
		}
		export = append(export, exported{p.Path(), data.Bytes()})
	}
	packed, err := pack(export)
	if err != nil {
		return fmt.Errorf("packing the types: %w", err)
	}
	return os.WriteFile(file, packed, 0o644)
}

func writeTable(out string, e entry, pkg *types.Package) error {
	source, err := format.Source(table(e, pkg))
	if err != nil {
		return fmt.Errorf("formatting the table of %s: %w", e.path, err)
	}
	name := "z_" + strings.NewReplacer("/", "_", ".", "_").Replace(e.path) + ".go"
	if e.unrestricted {
		name = strings.Replace(name, "z_", "z_all_", 1)
	}
	return os.WriteFile(filepath.Join(out, name), source, 0o644)
}
