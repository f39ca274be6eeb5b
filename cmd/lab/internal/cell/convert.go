package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Values on their way into interfaces and out of them.
//
//	before: var s fmt.Stringer = day; d := s.(Day); var l nn.Layer = mine
//	after:  cv_4(lab.Box(7, day)); as_7(s); cv_9(lab.Box(8, mine))
//
// A value with a learner's type is boxed with the id of that type when it
// becomes an interface: its own type is lost in lowered code.

// lowerTo lowers e and converts it to the type to, as an assignment would.
func (l *lowerer) lowerTo(e ast.Expr, to types.Type) string {
	return l.convert(l.expr(e), l.typeOf(e), to)
}

// convert converts lowered text from one type to another that it is assignable to.
func (l *lowerer) convert(text string, from, to types.Type) string {
	switch {
	case isNil(from) && compiledInterface(to): // the interpreter would try to wrap it
		return l.zeroValue(to)
	case isNil(from):
		return text
	case !isInterface(to):
		return l.convertStruct(text, from, to)
	case isInterface(from):
		return l.convertInterface(text, from, to)
	}
	from = types.Default(from)
	if !plainType(from) {
		return l.box(text, from, to)
	}
	switch {
	case compiledInterface(to):
		return text
	case isBasic(from):
		return "interface{}(" + text + ")"
	}
	return "lab.Any(" + l.frozen(text, from) + ")"
}

func isBasic(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.Basic)
	return ok
}

// box puts a value of a learner's type into an interface.
func (l *lowerer) box(text string, from, to types.Type) string {
	id := l.rtype(from).id
	text = l.frozen(text, from)
	switch {
	case !compiledInterface(to):
		return fmt.Sprintf("lab.Box(%d, %s)", id, text)
	case types.Identical(to, errType):
		return fmt.Sprintf("lab.Error(%d, %s)", id, text)
	}
	return fmt.Sprintf("%s(lab.Box(%d, %s))", l.asserter("cv", from, to), id, text)
}

func (l *lowerer) convertInterface(text string, from, to types.Type) string {
	fromCompiled, toCompiled := compiledInterface(from), compiledInterface(to)
	switch {
	case toCompiled && !types.Identical(from, to):
		if fromCompiled && !types.Identical(to, errType) && !types.Identical(from, errType) {
			return text
		}
		return l.asserter("cv", from, to) + "(" + text + ")"
	case fromCompiled && !toCompiled:
		return "lab.Normal(" + text + ")"
	}
	return text
}

// zeroValue calls a function that returns the zero value of t.
func (l *lowerer) zeroValue(t types.Type) string {
	spelled := l.typ(t)
	return l.once("zero "+spelled, "zero", func(name string) string {
		return fmt.Sprintf("func %s() %s { var z %s; return z }", name, spelled, spelled)
	}) + "()"
}

// convertStruct converts between struct types that have the same fields but
// different names in lowered code.
func (l *lowerer) convertStruct(text string, from, to types.Type) string {
	a, ok := under(from).(*types.Struct)
	if !ok {
		return text
	}
	fromType, toType := l.typ(from), l.typ(to)
	if fromType == toType {
		return text
	}
	b := under(to).(*types.Struct)
	return l.once("struct "+fromType+" to "+toType, "st", func(name string) string {
		var fields []string
		for i := range a.NumFields() {
			fields = append(fields, fmt.Sprintf("%s: x.%s", fieldName(b.Field(i), i), fieldName(a.Field(i), i)))
		}
		return fmt.Sprintf("func %s(x %s) %s { return %s{%s} }", name, fromType, toType, toType, strings.Join(fields, ", "))
	}) + "(" + text + ")"
}

// frozen makes a function literal in a frame of its own.
//
//	before: sort.Slice(xs, func(i, j int) bool {...})
//	after:  p_sort.Slice(xs, func() func(int, int) bool { return func(i_1, j_2 int) bool {...} }())
//
// The interpreter gives a literal that goes straight into compiled code the
// frame around it, whose variables change; and when a call of a literal ends, it
// writes into the frame that made it, whatever goroutine is at work there.
func (l *lowerer) frozen(text string, t types.Type) string {
	if !strings.HasPrefix(text, "func(") {
		return text
	}
	return "func() " + l.typ(t) + " { return " + text + " }()"
}

// asserter returns the name of the function that asserts a value, of the
// interface type from, to t:
//
//	as  x.(T), with the bool
//	mu  x.(T), which panics
//	cv  x converted to the interface t: nil stays nil
func (l *lowerer) asserter(kind string, from, t types.Type) string {
	r := l.rtype(t)
	if compiledInterface(t) && r.wrapper == nil && !types.Identical(t, errType) {
		panic(&refusal{message: fmt.Sprintf("a type of a cell cannot be used as a %s", goName(t))})
	}
	spelled, interfaceName := l.typ(t), goName(from)
	return l.once(kind+" "+interfaceName+" to "+l.key(t), kind, func(name string) string {
		switch kind {
		case "as":
			return fmt.Sprintf("func %s(x interface{}) (z %s, ok bool) { ok = lab.Get(%d, x, &z); return z, ok }", name, spelled, r.id)
		case "mu":
			return fmt.Sprintf("func %s(x interface{}) %s { var z %s; lab.Must(%d, x, &z, %q); return z }", name, spelled, spelled, r.id, interfaceName)
		}
		return fmt.Sprintf("func %s(x interface{}) %s { var z %s; if x != nil { lab.Must(%d, x, &z, %q) }; return z }", name, spelled, spelled, r.id, interfaceName)
	})
}

// assertion lowers x.(T).
func (l *lowerer) assertion(e *ast.TypeAssertExpr) string {
	kind, t := "mu", l.typeOf(e)
	if tuple, ok := t.(*types.Tuple); ok {
		kind, t = "as", tuple.At(0).Type()
	}
	return l.asserter(kind, l.typeOf(e.X), t) + "(" + l.expr(e.X) + ")"
}

// conversion lowers T(x).
func (l *lowerer) conversion(e ast.Expr, to types.Type) string {
	from := l.typeOf(e)
	switch {
	case isInterface(to):
		return l.lowerTo(e, to)
	case isNil(from):
		return l.zeroValue(to)
	}
	text := l.expr(e)
	fromType, toType := l.typ(from), l.typ(to)
	if fromType == toType {
		return text
	}
	if _, ok := under(from).(*types.Struct); ok {
		return l.convertStruct(text, from, to)
	}
	// The interpreter takes (T)(x), with the type in parentheses, for something
	// else inside a condition; so a type that needs them is converted apart.
	if strings.HasPrefix(toType, "[") || token.IsIdentifier(strings.ReplaceAll(toType, ".", "_")) {
		return toType + "(" + text + ")"
	}
	return l.once("convert "+fromType+" to "+toType, "co", func(name string) string {
		return fmt.Sprintf("func %s(x %s) %s { return (%s)(x) }", name, fromType, toType, toType)
	}) + "(" + text + ")"
}

// equal lowers x == y where an interface or a struct takes part: two boxes are
// compared by type and value, and a wrapper by what is in it.
func (l *lowerer) equal(x, y ast.Expr) (string, bool) {
	xt, yt := l.typeOf(x), l.typeOf(y)
	if isNil(xt) || isNil(yt) {
		return "", false
	}
	if !isInterface(xt) && !isInterface(yt) && !isComposite(xt) {
		return "", false
	}
	return fmt.Sprintf("lab.Equal(%s, %s)", l.lowerTo(x, anyType), l.lowerTo(y, anyType)), true
}

// isComposite tells whether t is a struct or an array.
func isComposite(t types.Type) bool {
	switch under(t).(type) {
	case *types.Struct, *types.Array:
		return true
	}
	return false
}
