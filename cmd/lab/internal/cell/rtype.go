package cell

import (
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"reslab/cmd/lab/internal/symbols"
)

// A rtype is a type as the running program needs it: to tell types apart, to
// print their values, to find their methods. The interpreter has no names for
// the learner's types, so this table takes their place.
type rtype struct {
	id      int
	name    string // as %T prints it
	kind    reflect.Kind
	key     *rtype // of a map
	elem    *rtype // of an array, a channel, a map, a pointer, a slice
	fields  []rfield
	pointer *rtype             // the type of pointers to it, where that has methods
	methods map[string]rmethod // the method set; of an interface, what it asks for

	// plain is set where the interpreter's own type tells the type apart, and
	// reflect is then that type. A value of any other type travels in a box.
	plain   bool
	reflect reflect.Type

	// wrapper is the wrapper of a compiled interface, nil if it has none.
	wrapper reflect.Type
}

type rfield struct {
	name     string
	exported bool
	embedded bool
	tag      string
	typ      *rtype
}

// An rmethod is a method: its signature, spelled, and a func value that takes
// the receiver, boxed, before the arguments.
type rmethod struct {
	signature string
	call      reflect.Value
}

// method returns the method of t, if it has it with this signature.
func (t *rtype) method(name, signature string) (reflect.Value, bool) {
	m, ok := t.methods[name]
	return m.call, ok && m.signature == signature && m.call.IsValid()
}

// plainType tells whether the interpreter's own type tells t apart from every
// other: no type of the learner's is in it, and nothing that lowering changes.
func plainType(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return true
	case *types.Named:
		return !isLearners(t.Obj()) && !isSeq(t)
	case *types.Map:
		return plainType(t.Key()) && plainType(t.Elem())
	case *types.Signature:
		return !t.Variadic() && plainTuple(t.Params()) && plainTuple(t.Results())
	case *types.Struct:
		for f := range t.Fields() {
			if !f.Exported() || f.Embedded() || !plainType(f.Type()) {
				return false
			}
		}
		return true
	case *types.Interface:
		return t.NumMethods() == 0
	case interface{ Elem() types.Type }:
		return plainType(t.Elem())
	}
	return false
}

func plainTuple(t *types.Tuple) bool {
	for v := range t.Variables() {
		if !plainType(v.Type()) {
			return false
		}
	}
	return true
}

// rtype enters t into the machine's table of types, with what its values are
// made of.
func (l *lowerer) rtype(t types.Type) *rtype {
	t = types.Unalias(l.instance(t))
	k := l.key(t)
	r, _ := l.s.machine.typeOf(k)
	if l.st.emitted["rtype "+k] != "" {
		return r
	}
	l.st.emitted["rtype "+k] = "done"
	r.name, r.kind, r.plain = goName(t), kindOfType(t), plainType(t) && !isInterface(t)
	if isInterface(t) {
		l.interfaceRtype(r, t)
		return r
	}
	if r.plain {
		name := l.once("settype "+k, "settype", func(name string) string {
			return fmt.Sprintf("func %s() { var z %s; lab.SetType(%d, &z) }", name, l.typ(t), r.id)
		})
		fmt.Fprintf(&l.setup, "%s()\n", name)
		return r
	}
	l.parts(r, t)
	l.methodTable(t, r)
	if n, ok := t.(*types.Named); ok && n.NumMethods() > 0 || readsItself(t) {
		r.pointer = l.rtype(types.NewPointer(t))
	}
	return r
}

// readsItself tells whether a struct has, by embedding, methods on the pointer
// that encoding/json looks for.
func readsItself(t types.Type) bool {
	if _, ok := under(t).(*types.Struct); !ok {
		return false
	}
	methods := types.NewMethodSet(types.NewPointer(t))
	return slices.ContainsFunc([]string{"UnmarshalJSON", "UnmarshalText", "MarshalJSON", "MarshalText"}, func(name string) bool {
		return methods.Lookup(nil, name) != nil
	})
}

func (l *lowerer) interfaceRtype(r *rtype, t types.Type) {
	for m := range under(t).(*types.Interface).Methods() {
		r.methods[m.Name()] = rmethod{signature: l.key(m.Signature())}
	}
	if n, ok := t.(*types.Named); ok && compiledInterface(t) && n.Obj().Pkg() != nil {
		r.wrapper = symbols.Wrapper(n.Obj().Pkg().Path() + "." + n.Obj().Name())
	}
}

// parts enters the types that t is made of: for printing.
func (l *lowerer) parts(r *rtype, t types.Type) {
	switch u := under(t).(type) {
	case *types.Struct:
		r.fields = nil
		for i := range u.NumFields() {
			f := u.Field(i)
			r.fields = append(r.fields, rfield{f.Name(), f.Exported(), f.Embedded(), u.Tag(i), l.rtype(f.Type())})
		}
	case *types.Map:
		r.key, r.elem = l.rtype(u.Key()), l.rtype(u.Elem())
	case interface{ Elem() types.Type }:
		r.elem = l.rtype(u.Elem())
	}
}

func kindOfType(t types.Type) reflect.Kind {
	switch u := under(t).(type) {
	case *types.Basic:
		return basicKinds[u.Kind()]
	case *types.Pointer:
		return reflect.Pointer
	case *types.Slice:
		return reflect.Slice
	case *types.Array:
		return reflect.Array
	case *types.Map:
		return reflect.Map
	case *types.Chan:
		return reflect.Chan
	case *types.Signature:
		return reflect.Func
	case *types.Struct:
		return reflect.Struct
	}
	return reflect.Interface
}

var basicKinds = map[types.BasicKind]reflect.Kind{
	types.Bool: reflect.Bool, types.String: reflect.String,
	types.Int: reflect.Int, types.Int8: reflect.Int8, types.Int16: reflect.Int16, types.Int32: reflect.Int32, types.Int64: reflect.Int64,
	types.Uint: reflect.Uint, types.Uint8: reflect.Uint8, types.Uint16: reflect.Uint16, types.Uint32: reflect.Uint32, types.Uint64: reflect.Uint64,
	types.Uintptr: reflect.Uintptr, types.Float32: reflect.Float32, types.Float64: reflect.Float64,
	types.Complex64: reflect.Complex64, types.Complex128: reflect.Complex128,
}

// goName spells a type as package reflect does, and so %T.
func goName(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return types.Typ[t.Kind()].Name()
	case *types.Pointer:
		return "*" + goName(t.Elem())
	case *types.Slice:
		return "[]" + goName(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), goName(t.Elem()))
	case *types.Map:
		return "map[" + goName(t.Key()) + "]" + goName(t.Elem())
	case *types.Chan:
		return [...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()] + goName(t.Elem())
	case *types.Signature:
		return signatureKey(t, goName)
	case *types.Struct:
		return goStruct(t)
	case *types.Interface:
		if t.NumMethods() == 0 {
			return "interface {}"
		}
	case *types.Named:
		if t.TypeArgs().Len() > 0 {
			var args []string
			for a := range t.TypeArgs().Types() {
				args = append(args, types.TypeString(a, (*types.Package).Path))
			}
			return t.Obj().Pkg().Name() + "." + t.Obj().Name() + "[" + strings.Join(args, ",") + "]"
		}
	}
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}

func goStruct(t *types.Struct) string {
	if t.NumFields() == 0 {
		return "struct {}"
	}
	var fields []string
	for i := range t.NumFields() {
		f := goName(t.Field(i).Type())
		if !t.Field(i).Embedded() {
			f = t.Field(i).Name() + " " + f
		}
		if t.Tag(i) != "" {
			f += " " + strconv.Quote(t.Tag(i))
		}
		fields = append(fields, f)
	}
	return "struct { " + strings.Join(fields, "; ") + " }"
}
