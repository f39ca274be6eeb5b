package cell

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
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
		message += "; the REPL may offer it if it is started with --unrestricted"
	}
	panic(&refusal{message: message})
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
