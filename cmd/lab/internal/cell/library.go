package cell

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"io/fs"
	"reflect"
)

// Generic functions of compiled packages.
//
//	before: slices.Index(words, "b")
//	after:  func f_Index_9(s []string, v string) int {...}; f_Index_9(words, "b")
//
// A compiled generic function has no value before it is instantiated, so that
// the interpreter cannot be given one. The folder lib has functions of the same
// names and types, written as a learner would; they are checked when they are
// first needed and lowered as the learner's own generic functions are. What a
// call means is still decided by the types of the real package.

//go:embed lib
var librarySources embed.FS

// libraryFolders says where the functions for a package stand.
var libraryFolders = map[string]string{
	"cmp":          "lib/cmp",
	"errors":       "lib/errors",
	"iter":         "lib/iter",
	"maps":         "lib/maps",
	"math/rand/v2": "lib/rand",
	"slices":       "lib/slices",
	"sync":         "lib/sync",
}

// A library is one of those folders, read and checked.
type library struct {
	decls map[string]*decl // by the function's name
	check *check
}

// library returns the functions for a package, nil if there are none.
func (s *Session) library(importPath string) *library {
	folder := libraryFolders[importPath]
	if folder == "" {
		return nil
	}
	if lib := s.libraries[importPath]; lib != nil {
		return lib
	}
	lib, err := s.readLibrary(importPath, folder)
	if err != nil {
		panic(fmt.Sprintf("cell: %s: %v", folder, err)) // our own source, which a test reads
	}
	s.libraries[importPath] = lib
	return lib
}

func (s *Session) readLibrary(importPath, folder string) (*library, error) {
	entries, err := fs.ReadDir(librarySources, folder)
	if err != nil {
		return nil, err
	}
	lib := &library{decls: map[string]*decl{}, check: &check{info: newInfo(), pkg: types.NewPackage(importPath, baseName(folder))}}
	var files []*ast.File
	for _, entry := range entries {
		src, err := librarySources.ReadFile(folder + "/" + entry.Name())
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(s.fset, "", src, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
		for _, node := range file.Decls {
			if f, ok := node.(*ast.FuncDecl); ok {
				lib.decls[f.Name.Name] = &decl{names: []string{f.Name.Name}, node: f, generic: true, version: s.state.next()}
			}
		}
	}
	config := types.Config{Importer: s.known, GoVersion: goVersion, Sizes: sizes}
	return lib, types.NewChecker(&config, s.fset, lib.check.pkg, lib.check.info).Files(files)
}

// fromLibrary returns the declaration that is lowered for a generic function of
// a compiled package, nil if there is none.
func (s *Session) fromLibrary(f *types.Func) *decl {
	if f.Pkg() == nil || f.Signature().TypeParams().Len() == 0 || isLearners(f) {
		return nil
	}
	if lib := s.library(f.Pkg().Path()); lib != nil {
		return lib.decls[f.Name()]
	}
	return nil
}

// withPlainSeqs replaces types as iter.Seq[string] in the signature of a
// compiled function by the func types below them: lowered code has only those.
func withPlainSeqs(f reflect.Value) reflect.Value {
	if f.Kind() != reflect.Func {
		return f
	}
	changed := false
	plain := func(t reflect.Type) reflect.Type {
		if t.PkgPath() != "iter" || t.Kind() != reflect.Func {
			return t
		}
		changed = true
		return unnamedFunc(t)
	}
	var in, out []reflect.Type
	for t := range f.Type().Ins() {
		in = append(in, plain(t))
	}
	for t := range f.Type().Outs() {
		out = append(out, plain(t))
	}
	if !changed {
		return f
	}
	return reflect.MakeFunc(reflect.FuncOf(in, out, f.Type().IsVariadic()), func(args []reflect.Value) []reflect.Value {
		for i := range args {
			args[i] = args[i].Convert(f.Type().In(i))
		}
		return fit(f.Call(args), reflect.FuncOf(in, out, f.Type().IsVariadic()))
	})
}

// unnamedFunc returns the func type below a named one.
func unnamedFunc(t reflect.Type) reflect.Type {
	var in, out []reflect.Type
	for p := range t.Ins() {
		in = append(in, p)
	}
	for r := range t.Outs() {
		out = append(out, r)
	}
	return reflect.FuncOf(in, out, t.IsVariadic())
}
