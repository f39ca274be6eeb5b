package cell

import (
	"go/types"
	"slices"
)

// What can be selected from a value: its fields and methods.

// A member is a field or a method that can be selected from a value.
type member struct {
	object types.Object
	holder string // the type that has it
	depth  int    // how many embedded fields lead to it
}

// membersOf returns the fields and methods of a type, those of embedded fields
// too where nothing nearer has their name.
func membersOf(t types.Type) []member {
	var all []member
	add := func(o types.Object, index []int, holder types.Type) {
		all = append(all, member{o, typeNameOf(holder), len(index) - 1})
	}
	of := t
	if _, ok := under(t).(*types.Pointer); !ok && !isInterface(t) {
		of = types.NewPointer(t)
	}
	for s := range types.NewMethodSet(of).Methods() {
		add(s.Obj(), s.Index(), s.Obj().(*types.Func).Signature().Recv().Type())
	}
	visited := map[types.Type]bool{}
	var fields func(holder types.Type, index []int)
	fields = func(holder types.Type, index []int) {
		if p, ok := under(holder).(*types.Pointer); ok {
			holder = p.Elem()
		}
		u, ok := under(holder).(*types.Struct)
		if !ok || visited[holder] {
			return
		}
		visited[holder] = true
		for i := range u.NumFields() {
			f, at := u.Field(i), append(slices.Clone(index), i)
			if o, found, _ := types.LookupFieldOrMethod(t, true, f.Pkg(), f.Name()); o == f && slices.Equal(found, at) {
				add(f, at, holder)
			}
			if f.Embedded() {
				fields(f.Type(), at)
			}
		}
	}
	fields(t, nil)
	return all
}

// typeNameOf returns the name of a type, or of what it points to.
func typeNameOf(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}
