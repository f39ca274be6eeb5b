package cell

import (
	"go/types"
	"testing"
)

// TestLibrariesHaveTheTypesOfTheRealPackages: a call is checked against the real
// package and lowered from ours, so that their types must be the same, and none
// may be missing.
func TestLibrariesHaveTheTypesOfTheRealPackages(t *testing.T) {
	s := session(t)
	spell := func(f *types.Func) string {
		sig, path := f.Signature(), (*types.Package).Path
		text := types.TypeString(types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic()), path)
		for p := range sig.TypeParams().TypeParams() {
			text += " " + p.Obj().Name() + " " + types.TypeString(p.Constraint().Underlying(), path)
		}
		return text
	}
	for path := range libraryFolders {
		lib, real := s.library(path), s.known[path]
		if real == nil {
			t.Errorf("%s is not offered", path)
			continue
		}
		for _, name := range real.Scope().Names() {
			f, ok := real.Scope().Lookup(name).(*types.Func)
			if !ok || !f.Exported() || f.Signature().TypeParams().Len() == 0 {
				continue
			}
			d := lib.decls[name]
			if d == nil {
				t.Errorf("%s.%s is missing", path, name)
				continue
			}
			own := lib.check.info.Defs[d.fn().Name].(*types.Func)
			if spell(own) != spell(f) {
				t.Errorf("%s.%s is\n%s\nnot\n%s", path, name, spell(own), spell(f))
			}
		}
	}
}
