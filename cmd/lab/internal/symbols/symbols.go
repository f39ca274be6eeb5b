// Package symbols holds what cells may import: for the interpreter the
// functions, variables and types of each package as reflect values, for the
// type checker their types as export data. All of it but this file and package
// guarded is generated from packages.txt.
package symbols

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/gob"
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"sync"

	"golang.org/x/tools/go/gcexportdata"

	"reslab/cmd/lab/internal/symbols/guarded"
)

//go:generate go run ./gen

// A Wrapped stands at the head of every wrapper: a compiled type with the
// methods of one interface, each the call of a func field named Do and the
// method's name. Value is the learner's value inside.
type Wrapped struct{ Value any }

// Unwrapped returns the learner's value.
func (w *Wrapped) Unwrapped() any { return w.Value }

// String prints the learner's value, which knows how.
func (w *Wrapped) String() string { return fmt.Sprint(w.Value) }

// The tables below are filled by the generated files.
var (
	safe     = map[string]map[string]reflect.Value{}
	all      = map[string]map[string]reflect.Value{}
	wrappers = map[string]reflect.Type{}
)

// add is called by the generated files.
func add(path string, unrestricted bool, values map[string]reflect.Value, wraps map[string]reflect.Type) {
	into := safe
	if unrestricted {
		into = all
	}
	into[path] = values
	for name, t := range wraps {
		wrappers[name] = t
	}
}

// Values returns the names of each package that a session offers, by path.
// Where package guarded has a function of its own, it is that.
func Values(unrestricted bool) map[string]map[string]reflect.Value {
	offered := maps.Clone(safe)
	if unrestricted {
		maps.Copy(offered, all)
	} else {
		overlay(offered, guarded.Files())
	}
	overlay(offered, guarded.Values())
	return offered
}

// overlay puts functions in the place of those of the same path and name.
func overlay(offered map[string]map[string]reflect.Value, with map[string]map[string]any) {
	for path, functions := range with {
		offered[path] = maps.Clone(offered[path])
		for name, f := range functions {
			offered[path][name] = reflect.ValueOf(f)
		}
	}
}

// Wrapper returns the wrapper of a compiled interface, named as in
// "reslab/nn.Layer"; nil if there is none.
func Wrapper(name string) reflect.Type { return wrappers[name] }

// The lists of exported below, packed.
var (
	//go:embed types.gz
	safeTypes []byte
	//go:embed types_all.gz
	allTypes []byte
)

// exported is the export data of a package, as package gen writes it.
type exported struct {
	Path string
	Data []byte
}

// Types returns the types of the packages that a session offers, by path. They
// are read once and shared: nobody may change them.
func Types(unrestricted bool) (map[string]*types.Package, error) {
	if unrestricted {
		return readAll()
	}
	return readSafe()
}

var (
	readSafe = sync.OnceValues(func() (map[string]*types.Package, error) { return read(safeTypes) })
	readAll  = sync.OnceValues(func() (map[string]*types.Package, error) { return read(safeTypes, allTypes) })
)

func read(files ...[]byte) (map[string]*types.Package, error) {
	fset, known := token.NewFileSet(), map[string]*types.Package{}
	offered := map[string]*types.Package{}
	for _, file := range files {
		list, err := unpack(file)
		if err != nil {
			return nil, fmt.Errorf("unpacking the types of the packages: %w", err)
		}
		for _, e := range list {
			if offered[e.Path] != nil {
				continue // restricted in the first file, whole in the second
			}
			p, err := gcexportdata.Read(bytes.NewReader(e.Data), fset, known, e.Path)
			if err != nil {
				return nil, fmt.Errorf("reading the types of %s: %w", e.Path, err)
			}
			offered[e.Path] = p
		}
	}
	return offered, nil
}

func unpack(file []byte) (list []exported, err error) {
	r, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	return list, gob.NewDecoder(r).Decode(&list)
}
