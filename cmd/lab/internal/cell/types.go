package cell

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Types.
//
//	before: type Day int; type Point struct{ x, y int }; type Shape interface{ Area() float64 }
//	after:  int; struct with the fields X_x and X_y; interface{}
//
// No type of the learner's reaches the interpreter with its name or its methods:
// it would ignore a redeclaration, take unexported fields for others, and lose
// methods on the way into compiled code. Types of compiled packages stay.

func under(t types.Type) types.Type { return types.Unalias(t).Underlying() }

func isInterface(t types.Type) bool { return types.IsInterface(t) }

func isNil(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Kind() == types.UntypedNil
}

var (
	anyType = types.Universe.Lookup("any").Type()
	errType = types.Universe.Lookup("error").Type()
)

// compiledInterface tells whether t is an interface with methods, of a compiled
// package or error: lowered code keeps it as it is.
func compiledInterface(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || isLearners(n.Obj()) {
		return false
	}
	i, ok := n.Underlying().(*types.Interface)
	return ok && i.NumMethods() > 0
}

// maxArray is the largest array, in bytes: the interpreter makes every variable
// and every copy on the heap.
const maxArray = 1 << 28

// key returns the key of a type.
func (l *lowerer) key(t types.Type) string {
	return key(l.instance(t), l.namedKey)
}

func (l *lowerer) namedKey(t *types.Named) string {
	name := t.Obj().Name()
	if d := l.st.live[name]; d != nil && t.Obj().Parent() == l.home.pkg.Scope() {
		name = fmt.Sprintf("%s@%d", name, d.version)
	} else {
		name = fmt.Sprintf("%s@pos%d", name, t.Obj().Pos())
	}
	if t.TypeArgs().Len() > 0 {
		var args []string
		for a := range t.TypeArgs().Types() {
			args = append(args, l.key(a))
		}
		name += "[" + strings.Join(args, ", ") + "]"
	}
	return name
}

// typ spells a type for the interpreter.
func (l *lowerer) typ(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return l.basic(t)
	case *types.Pointer:
		return "*" + l.typ(t.Elem())
	case *types.Slice:
		return "[]" + l.typ(t.Elem())
	case *types.Array:
		if size := sizes.Sizeof(t); size < 0 || size > maxArray {
			panic(&refusal{message: fmt.Sprintf("an array of %d elements is too large here: make a slice", t.Len())})
		}
		return fmt.Sprintf("[%d]%s", t.Len(), l.typ(t.Elem()))
	case *types.Chan:
		return [...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()] + l.typ(t.Elem())
	case *types.Map:
		if compiledInterface(t.Key()) && !types.Identical(t.Key(), errType) {
			panic(&refusal{message: fmt.Sprintf("a map with keys of the type %s is not supported", t.Key())})
		}
		return "map[" + l.typ(t.Key()) + "]" + l.typ(t.Elem())
	case *types.Signature:
		return "func" + l.signature(t)
	case *types.Struct:
		return l.structType(t)
	case *types.Interface:
		return "interface{}"
	case *types.Named:
		return l.named(t)
	}
	panic(&refusal{message: fmt.Sprintf("the type %s is not supported here", t)})
}

func (l *lowerer) basic(t *types.Basic) string {
	switch t.Kind() {
	case types.UntypedNil:
		return "interface{}"
	case types.UnsafePointer:
		panic(&refusal{message: "package unsafe cannot be used in a cell"})
	}
	return types.Default(t).String()
}

func (l *lowerer) structType(t *types.Struct) string {
	var b strings.Builder
	b.WriteString("struct{")
	for i := range t.NumFields() {
		fmt.Fprintf(&b, "%s %s", fieldName(t.Field(i), i), l.typ(t.Field(i).Type()))
		if t.Tag(i) != "" {
			b.WriteString(" " + strconv.Quote(t.Tag(i)))
		}
		b.WriteString(";")
	}
	return b.String() + "}"
}

// fieldName gives a field of a learner's struct an exported name; fields of
// compiled structs keep theirs.
func fieldName(f *types.Var, i int) string {
	switch {
	case f.Name() == "_":
		return "X_blank" + strconv.Itoa(i)
	case f.Exported() || !isLearners(f):
		return f.Name()
	}
	return "X_" + f.Name()
}

func (l *lowerer) named(t *types.Named) string {
	o := t.Obj()
	switch {
	case o.Pkg() == nil && o.Name() == "error":
		return "error"
	case isInterface(t) && !compiledInterface(t):
		return "interface{}"
	case isSeq(t):
		return l.typ(t.Underlying())
	case !isLearners(o) && t.TypeArgs().Len() > 0:
		panic(&refusal{message: fmt.Sprintf("the generic type %s of a compiled package is not supported", t)})
	case !isLearners(o):
		l.offered(o)
		return l.pkg(o.Pkg()) + "." + o.Name()
	}
	_, isStruct := t.Underlying().(*types.Struct)
	if !isStruct && !l.recursive(t) {
		return l.typ(t.Underlying())
	}
	if !isStruct {
		panic(&refusal{o.Pos(), o.Pos(), fmt.Sprintf("the type %s refers to itself; only a struct can do that here: give it a field that holds what %[1]s holds", o.Name())})
	}
	what := "type " + l.key(t)
	if name := l.st.emitted[what]; name != "" {
		return name
	}
	if other := l.entangled(t); other != "" {
		panic(&refusal{o.Pos(), o.Pos(), fmt.Sprintf("the types %s and %s refer to each other, which is not supported here: let one of them hold the other by an index or in an interface", o.Name(), other)})
	}
	name := l.fresh("T_" + o.Name())
	l.st.emitted[what] = name
	text := l.typ(t.Underlying())
	fmt.Fprintf(&l.top, "type %s %s\n", name, text)
	return name
}

// isSeq tells whether t is an iter.Seq or iter.Seq2: lowered code has the func
// types below them.
func isSeq(t *types.Named) bool {
	return t.TypeArgs().Len() > 0 && t.Obj().Pkg() != nil && t.Obj().Pkg().Path() == "iter"
}

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

// signature spells the parameters and results of a func type.
//
//	before: func(xs ...int) (a, b string)
//	after:  func(xs []int) (string, string)
func (l *lowerer) signature(t *types.Signature) string {
	var params []string
	for v := range t.Params().Variables() {
		params = append(params, l.typ(v.Type()))
	}
	return "(" + strings.Join(params, ", ") + ")" + l.results(t.Results())
}

func (l *lowerer) results(t *types.Tuple) string {
	var list []string
	for v := range t.Variables() {
		list = append(list, l.typ(v.Type()))
	}
	switch len(list) {
	case 0:
		return ""
	case 1:
		return " " + list[0]
	}
	return " (" + strings.Join(list, ", ") + ")"
}

// offered refuses a name of a compiled package that sessions do not offer.
func (l *lowerer) offered(o types.Object) {
	if l.s.values[o.Pkg().Path()][o.Name()].IsValid() {
		return
	}
	message := fmt.Sprintf("%s.%s cannot be used in a cell", o.Pkg().Name(), o.Name())
	if f, ok := o.(*types.Func); ok && f.Signature().TypeParams().Len() > 0 {
		message = fmt.Sprintf("%s.%s is generic, and generic functions of compiled packages cannot be used in a cell", o.Pkg().Name(), o.Name())
	} else if o.Pkg().Path() == "reflect" {
		message += ": it would see how cells are run, not the types as declared"
	} else if !l.s.cfg.Unrestricted {
		message += "; lab repl --unrestricted may offer it"
	}
	panic(&refusal{message: message})
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
		r.wrapper = wrapperOf(n.Obj().Pkg().Path(), n.Obj().Name())
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

// typeExpr writes t as an expression that go/types can check, for var x T.
func (s *Session) typeExpr(t types.Type) (ast.Expr, error) {
	text := types.TypeString(t, func(p *types.Package) string {
		if p.Path() == learnersPath {
			return ""
		}
		return mangle(p.Path())
	})
	return parser.ParseExprFrom(s.fset, "", text, 0)
}
