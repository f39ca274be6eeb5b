package main

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"sort"

	"golang.org/x/tools/go/packages"
)

// documented is what the comments of a package say: by name, as "Conv2D" or
// "Conv2D.Forward"; the empty name is the package.
type documented struct {
	Path string
	Docs []nameDoc
}

type nameDoc struct{ Name, Doc string }

// writeDocs writes the comments of the packages.
func writeDocs(file string, sources []*packages.Package) error {
	var all []documented
	for _, p := range sources {
		found, err := comments(p)
		if err != nil {
			return fmt.Errorf("reading the comments of %s: %w", p.PkgPath, err)
		}
		all = append(all, documented{p.PkgPath, found})
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Path < all[j].Path })
	packed, err := pack(all)
	if err != nil {
		return fmt.Errorf("packing the comments: %w", err)
	}
	return os.WriteFile(file, packed, 0o644)
}

// comments collects the comments of a package's exported names, in their order.
func comments(p *packages.Package) ([]nameDoc, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	d, err := doc.NewFromFiles(fset, files, p.PkgPath)
	if err != nil {
		return nil, err
	}
	found := []nameDoc{{"", d.Doc}}
	add := func(name, text string) {
		if text != "" {
			found = append(found, nameDoc{name, text})
		}
	}
	values := func(list []*doc.Value) {
		for _, v := range list {
			for _, name := range v.Names {
				if token.IsExported(name) {
					add(name, valueDoc(v, name))
				}
			}
		}
	}
	functions := func(list []*doc.Func) {
		for _, f := range list {
			add(f.Name, f.Doc)
		}
	}
	values(d.Consts)
	values(d.Vars)
	functions(d.Funcs)
	for _, t := range d.Types {
		add(t.Name, t.Doc)
		values(t.Consts)
		values(t.Vars)
		functions(t.Funcs)
		for _, m := range t.Methods {
			add(t.Name+"."+m.Name, m.Doc)
		}
		for field, text := range fieldDocs(t) {
			add(t.Name+"."+field, text)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Name < found[j].Name })
	return found, nil
}

// valueDoc returns the comment of one name of a group, or else that of the group.
func valueDoc(v *doc.Value, name string) string {
	for _, spec := range v.Decl.Specs {
		s := spec.(*ast.ValueSpec)
		for _, n := range s.Names {
			if n.Name == name {
				if text := s.Doc.Text() + s.Comment.Text(); text != "" {
					return text
				}
			}
		}
	}
	return v.Doc
}

// fieldDocs returns the comments of a struct's fields and of an interface's methods.
func fieldDocs(t *doc.Type) map[string]string {
	docs := map[string]string{}
	for _, spec := range t.Decl.Specs {
		var list *ast.FieldList
		switch kind := spec.(*ast.TypeSpec).Type.(type) {
		case *ast.StructType:
			list = kind.Fields
		case *ast.InterfaceType:
			list = kind.Methods
		default:
			continue
		}
		for _, f := range list.List {
			for _, name := range f.Names {
				if name.IsExported() {
					docs[name.Name] = f.Doc.Text() + f.Comment.Text()
				}
			}
		}
	}
	return docs
}
