package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A cell may use every known package without an import; one that it imports
// stays imported for the cells after it; one it does not use is no error.

// mark stands for a slash, and at the head, in the names that packages have in
// live declarations: "ᐟnnᐟdata". It is a letter, so that such a name is an
// identifier, and one that no learner types.
const mark = "ᐟ"

func mangle(path string) string { return mark + strings.ReplaceAll(path, "/", mark) }

func unmangle(name string) string {
	return strings.ReplaceAll(strings.TrimPrefix(name, mark), mark, "/")
}

// mangled finds the part of such a name that a message leaves out.
var mangled = regexp.MustCompile(mark + `(?:[\w.]+` + mark + `)*`)

// An importer offers go/types what a cell may import.
type importer map[string]*types.Package

func (i importer) Import(path string) (*types.Package, error) {
	if p := i[path]; p != nil {
		return p, nil
	}
	if reason := absent[path]; reason != "" {
		return nil, fmt.Errorf("package %s cannot be used in a cell: %s", path, reason)
	}
	return nil, fmt.Errorf("package %s is not among those that a cell can import", path)
}

// absent says of packages that learners may well try why they are not there.
var absent = map[string]string{
	"C":      "it is not Go",
	"unsafe": "it goes around the types",
}

// named returns the paths of the known packages with this name, ours first.
func (i importer) named(name string) []string {
	var paths []string
	for path, p := range i {
		if p.Name() == name {
			paths = append(paths, path)
		}
	}
	slices.SortFunc(paths, func(a, b string) int {
		if ours(a) != ours(b) {
			if ours(a) {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	return paths
}

func ours(path string) bool { return strings.HasPrefix(path, "reslab/") }

// explicit adds to st what a cell imports by name. A name that meant something
// else until now means the package from here on.
func explicit(st *state, known importer, specs []*ast.ImportSpec) error {
	for _, spec := range specs {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return &refusal{spec.Pos(), spec.End(), "this import path cannot be read"}
		}
		p, err := known.Import(path)
		if err != nil {
			return &refusal{spec.Path.Pos(), spec.Path.End(), err.Error()}
		}
		name := p.Name()
		if spec.Name != nil {
			name = spec.Name.Name
		}
		switch name {
		case "_":
			continue
		case ".":
			return &refusal{spec.Pos(), spec.End(), "an import with a dot is not supported here: import the package by its name"}
		}
		st.imports[name] = path
		delete(st.live, name)
	}
	return nil
}

// importsFor returns the imports that the nodes of a cell need: for every name
// before a dot that is not declared otherwise.
func importsFor(st *state, known importer, nodes []ast.Node, declared map[string]bool) *ast.GenDecl {
	selected := map[string][]string{}
	for _, n := range nodes {
		ast.Inspect(n, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := s.X.(*ast.Ident); ok {
					selected[id.Name] = append(selected[id.Name], s.Sel.Name)
				}
			}
			return true
		})
	}
	paths := map[string]string{}
	for name, members := range selected {
		if declared[name] || st.live[name] != nil {
			continue
		}
		if path := st.imports[name]; path != "" {
			paths[name] = path
		} else if path := known.guess(name, members); path != "" {
			paths[name] = path
		}
	}
	return importDecl(paths)
}

// guess returns the known package of this name: of several, the first that has
// all the members, as rand.Intn tells math/rand from math/rand/v2.
func (i importer) guess(name string, members []string) string {
	paths := i.named(name)
	for _, path := range paths {
		has := func(member string) bool { return i[path].Scope().Lookup(member) != nil }
		if !slices.ContainsFunc(members, func(m string) bool { return !has(m) }) {
			return path
		}
	}
	if len(paths) > 0 {
		return paths[0]
	}
	return ""
}

// importDecl returns the declaration of imports, name to path.
func importDecl(paths map[string]string) *ast.GenDecl {
	d := &ast.GenDecl{Tok: token.IMPORT, Lparen: 1, Rparen: 1}
	for _, name := range slices.Sorted(maps.Keys(paths)) {
		d.Specs = append(d.Specs, &ast.ImportSpec{
			Name: ast.NewIdent(name),
			Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(paths[name])},
		})
	}
	return d
}

// mangleImports renames the packages that a checked node uses, so that the node
// means the same in any file from now on.
func mangleImports(n ast.Node, info *types.Info) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if p, ok := info.Uses[id].(*types.PkgName); ok {
				id.Name = mangle(p.Imported().Path())
			}
		}
		return true
	})
}

// mangledImports returns the imports for nodes that went through mangleImports.
func mangledImports(nodes []ast.Node) *ast.GenDecl {
	paths := map[string]string{}
	for _, n := range nodes {
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && strings.HasPrefix(id.Name, mark) {
				paths[id.Name] = unmangle(id.Name)
			}
			return true
		})
	}
	return importDecl(paths)
}
