package cell

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
)

// Types that contain themselves. The interpreter knows a struct that does, by its
// name; everything else of that kind is refused.

// recursive tells whether a type contains itself, not by way of a struct, which
// has a name in lowered code.
func (l *lowerer) recursive(n *types.Named) bool {
	return l.contained(n, false)[l.key(n)] != nil
}

// entangled returns the name of another struct type that contains n and is
// contained in it, "" if there is none: the interpreter would make two
// different types of each.
func (l *lowerer) entangled(n *types.Named) string {
	all := l.contained(n, true)
	for _, k := range slices.Sorted(maps.Keys(all)) { // in order, so that the same one is named every time
		other := all[k]
		_, isStruct := other.Underlying().(*types.Struct)
		if isStruct && k != l.key(n) && l.contained(other, true)[l.key(n)] != nil {
			return other.Obj().Name()
		}
	}
	return ""
}

// maxContained is more types than a type of sense contains: one that contains
// more, as type A[T any] struct{ a *A[[]T] }, never ends.
const maxContained = 200

// contained returns the learner's types that n is made of, by key, but for
// those behind an interface, which the interpreter does not see, and, unless
// inStructs, behind another struct. n itself is among them if it is recursive.
func (l *lowerer) contained(n *types.Named, inStructs bool) map[string]*types.Named {
	found := map[string]*types.Named{}
	var visit func(t types.Type)
	tuple := func(t *types.Tuple) {
		for v := range t.Variables() {
			visit(v.Type())
		}
	}
	visit = func(t types.Type) {
		switch t := types.Unalias(t).(type) {
		case *types.Named:
			if isSeq(t) {
				visit(t.Underlying())
			} else if k := l.key(t); isLearners(t.Obj()) && !isInterface(t) && found[k] == nil {
				found[k] = t
				if len(found) > maxContained {
					panic(&refusal{n.Obj().Pos(), n.Obj().Pos(), fmt.Sprintf("the type %s needs instances of itself without end", n.Obj().Name())})
				}
				if _, isStruct := t.Underlying().(*types.Struct); inStructs || !isStruct {
					visit(t.Underlying())
				}
			}
		case *types.Map:
			visit(t.Key())
			visit(t.Elem())
		case *types.Signature:
			tuple(t.Params())
			tuple(t.Results())
		case *types.Struct:
			for f := range t.Fields() {
				visit(f.Type())
			}
		case interface{ Elem() types.Type }: // array, channel, pointer, slice
			visit(t.Elem())
		}
	}
	visit(n.Underlying())
	return found
}
