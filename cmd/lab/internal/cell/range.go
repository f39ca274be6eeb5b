package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// Range.
//
//	before: for i, x := range xs { sum += i * x }
//	after:  x_k := xs; for k, e := range x_k { i_1 := k; x_1 := e; sum += i_1 * x_1 }
//
// The body has variables of its own in each iteration. An integer becomes the
// header of a for, with its three clauses; iterate.go has range over a function.

// rangeLoop lowers range over an integer, a slice, an array, a string, a map or
// a channel.
func (l *lowerer) rangeLoop(s *ast.RangeStmt) {
	t := l.typeOf(s.X)
	switch u := under(t).(type) {
	case *types.Signature:
		l.rangeFunc(s, u)
		return
	case *types.Basic:
		if u.Info()&types.IsInteger != 0 {
			l.rangeInt(s, t, l.expr(s.X))
			return
		}
		l.rangeRunes(s)
		return
	case *types.Pointer:
		if blankExpr(s.Value) { // the pointer may be nil
			l.rangeInt(s, types.Typ[types.Int], l.length("len", s.X))
			return
		}
	}
	key, value := l.rangeTypes(t)
	k, v := l.fresh("k"), l.fresh("e")
	l.mark(s)
	l.line("{\nx_%s := %s", k, l.ranged(s.X))
	defer l.line("}")
	l.writeLabel()
	l.line("for %srange x_%s {", rangeVars(s, k, v), k)
	l.rangeBody(s, []string{k, v}, []types.Type{key, value})
	l.line("}")
}

// rangeVars defines, in a loop's header, those of the variables k and v that it has.
func rangeVars(s *ast.RangeStmt, k, v string) string {
	switch {
	case blankExpr(s.Key) && blankExpr(s.Value):
		return ""
	case blankExpr(s.Value):
		return k + " := "
	case blankExpr(s.Key):
		return "_, " + v + " := "
	}
	return k + ", " + v + " := "
}

// ranged lowers what a loop goes over: of a pointer to an array, the array
// itself, not a copy.
func (l *lowerer) ranged(e ast.Expr) string {
	if isPointer(l.typeOf(e)) {
		return l.arrayOf(e) + "[:]"
	}
	return l.expr(e)
}

// rangeTypes returns the types of key and value.
func (l *lowerer) rangeTypes(t types.Type) (key, value types.Type) {
	integer := types.Typ[types.Int]
	switch u := under(t).(type) {
	case *types.Map:
		return u.Key(), u.Elem()
	case *types.Chan:
		return u.Elem(), nil
	case *types.Pointer:
		return integer, under(u.Elem()).(*types.Array).Elem()
	case *types.Basic:
		return integer, types.Typ[types.Rune]
	case interface{ Elem() types.Type }:
		return integer, u.Elem()
	}
	panic(&refusal{message: fmt.Sprintf("range over %s is not supported here", t)})
}

// rangeInt lowers range n; count is n lowered, of type t.
func (l *lowerer) rangeInt(s *ast.RangeStmt, t types.Type, count string) {
	if !blankExpr(s.Key) {
		t = l.targetType(s.Key)
	}
	t = types.Default(t)
	k, n, spelled := l.fresh("k"), l.fresh("n"), l.typ(t)
	l.mark(s)
	l.line("{\n%s := %s(%s)", n, spelled, count)
	defer l.line("}")
	l.writeLabel()
	l.line("for %s := %s(0); %s < %s; %s++ {", k, spelled, k, n, k)
	l.rangeBody(s, []string{k}, []types.Type{t})
	l.line("}")
}

// rangeRunes lowers range over a string. The interpreter counts the bytes of what
// a rune should be, also where the string is no valid UTF-8.
func (l *lowerer) rangeRunes(s *ast.RangeStmt) {
	key, value := l.rangeTypes(l.typeOf(s.X))
	at, runes, i := l.fresh("at"), l.fresh("runes"), l.fresh("i")
	l.mark(s)
	l.line("{\n%s, %s := lab.Runes(string(%s))", at, runes, l.expr(s.X))
	defer l.line("}")
	l.writeLabel()
	l.line("for %s := range %s {", i, runes)
	l.rangeBody(s, []string{at + "[" + i + "]", runes + "[" + i + "]"}, []types.Type{key, value})
	l.line("}")
}

// rangeBody gives the loop's values to its variables, new ones in every
// iteration, and lowers the body.
func (l *lowerer) rangeBody(s *ast.RangeStmt, values []string, from []types.Type) {
	l.enter(target{loop: true})
	targets, places := []ast.Expr{s.Key, s.Value}, make([]string, 2)
	for i := range values {
		if !blankExpr(targets[i]) {
			places[i] = l.place(targets[i])
		}
	}
	for i, value := range values {
		if to := targets[i]; !blankExpr(to) {
			l.store(to, places[i], l.convert(value, from[i], l.targetType(to)))
		}
	}
	of := s.X
	if measured := l.measured(s.X); measured != nil {
		of = measured
	}
	if s.Tok != token.DEFINE || !isIndexable(l.typeOf(of)) {
		of = nil
	}
	l.keepingInRange(s.Key, of, s.Body, func() { l.block(s.Body.List) })
	l.leave()
}

// isIndexable tells whether t is indexed from 0 to its length.
func isIndexable(t types.Type) bool {
	switch u := under(t).(type) {
	case *types.Slice, *types.Array:
		return true
	case *types.Pointer:
		return isArray(u.Elem())
	case *types.Basic:
		return u.Info()&types.IsString != 0
	}
	return false
}

func blankExpr(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return e == nil || ok && id.Name == "_"
}
