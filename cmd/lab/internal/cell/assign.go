package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Assignments and definitions.
//
//	before: a[i], i = i, a[i]; v, ok := m[k]; var s Shape = p
//	after:  the operands into variables, then the values, one by one; the values converted to where they go
//
// At the top of a cell := defines a variable of the session: an assignment.

func join(list []string) string { return strings.Join(list, ", ") }

func (l *lowerer) assign(s *ast.AssignStmt) {
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE { // x += y
		value := ""
		if s.Tok == token.SHL_ASSIGN || s.Tok == token.SHR_ASSIGN {
			value = l.shiftCount(s.Rhs[0])
		} else {
			value = l.settled(s.Lhs[0], s.Rhs[0], l.expr(s.Rhs[0]), l.typeOf(s.Lhs[0]))
		}
		l.line("%s %s %s", l.target(s.Lhs[0]), s.Tok, value)
		return
	}
	l.define(s.Lhs, s.Rhs)
}

// declare lowers a var declaration inside a function. Types have no place in
// lowered code, and constants are values.
func (l *lowerer) declare(d *ast.GenDecl) {
	if d.Tok != token.VAR {
		return
	}
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		if len(v.Values) > 0 {
			l.mark(v)
			l.reaching(v, func() { l.define(identExprs(v.Names), v.Values) })
			continue
		}
		for _, id := range v.Names {
			if id.Name != "_" {
				l.zero(l.c.info.Defs[id])
			}
		}
	}
}

func identExprs(ids []*ast.Ident) []ast.Expr {
	list := make([]ast.Expr, len(ids))
	for i, id := range ids {
		list[i] = id
	}
	return list
}

// zero lowers var x T.
func (l *lowerer) zero(o types.Object) {
	t := l.typ(l.instance(o.Type()))
	if l.cellVars[o] != nil { // it may hold a value from an earlier cell
		z := l.fresh("z")
		l.line("var %s %s\n%s = %s", z, t, l.name(o), z)
		return
	}
	l.line("var %s %s", l.name(o), t)
}

// define lowers lhs = rhs, and := and var as well.
func (l *lowerer) define(lhs, rhs []ast.Expr) {
	switch {
	case len(rhs) == 1 && len(lhs) > 1:
		l.defineFromTuple(lhs, rhs[0])
	case len(rhs) == 1:
		l.defineOne(lhs[0], rhs[0])
	default:
		l.defineMany(lhs, rhs)
	}
}

func (l *lowerer) defineOne(to, e ast.Expr) {
	t := l.targetType(to)
	if t == nil { // to _
		if !isNil(l.typeOf(e)) {
			l.line("_ = %s", l.expr(e))
		}
		return
	}
	value := l.settled(to, e, l.lowerTo(e, t), t)
	l.store(to, l.target(to), value)
}

// settled evaluates the value for an element before the check of its index, if
// it calls something.
//
//	before: xs[i] = f()
//	after:  var t_1 T = f(); if i < 0 || i >= len(xs) { lab.Index(i, len(xs)) }; xs[i] = t_1
func (l *lowerer) settled(to, e ast.Expr, value string, t types.Type) string {
	if !hasIndex(to) || len(l.callsIn(to)) > 0 || len(l.callsIn(e)) == 0 {
		return value
	}
	v := l.fresh("t")
	l.line("var %s %s = %s", v, l.typ(t), value)
	return v
}

func hasIndex(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		_, ok := n.(*ast.IndexExpr)
		found = found || ok
		return !found
	})
	return found
}

// target lowers what is assigned to. The values are evaluated by then.
func (l *lowerer) target(to ast.Expr) (text string) {
	l.reaching(to, func() { text = l.expr(to) })
	return text
}

// defineFromTuple lowers v, ok := m[k] and a, b := f().
func (l *lowerer) defineFromTuple(lhs []ast.Expr, e ast.Expr) {
	places := l.places(lhs)
	tuple := l.typeOf(e).(*types.Tuple)
	temps := make([]string, len(lhs))
	for i := range lhs {
		temps[i] = l.fresh("t")
	}
	l.line("%s := %s", join(temps), l.bare(e))
	for i, to := range lhs {
		if t := l.targetType(to); t != nil {
			l.store(to, places[i], l.convert(temps[i], tuple.At(i).Type(), t))
		} else {
			l.line("_ = %s", temps[i])
		}
	}
}

func (l *lowerer) defineMany(lhs, rhs []ast.Expr) {
	places := l.places(lhs)
	temps := make([]string, len(rhs))
	for i, e := range rhs {
		t := l.targetType(lhs[i])
		if t == nil {
			t = types.Default(l.typeOf(e))
		}
		temps[i] = l.fresh("t")
		l.line("var %s %s = %s", temps[i], l.typ(t), l.lowerTo(e, t))
	}
	for i, to := range lhs {
		if l.targetType(to) == nil {
			l.line("_ = %s", temps[i])
			continue
		}
		l.store(to, places[i], temps[i])
	}
}

// targetType returns the type of what is assigned to, nil for _.
func (l *lowerer) targetType(e ast.Expr) types.Type {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		if id.Name == "_" {
			return nil
		}
		if o := l.c.info.Defs[id]; o != nil {
			return l.instance(o.Type())
		}
	}
	return l.typeOf(e)
}

// places lowers what is assigned to. Indices and pointers in it are evaluated
// before any of the assignments.
func (l *lowerer) places(lhs []ast.Expr) []string {
	places := make([]string, len(lhs))
	for i, e := range lhs {
		places[i] = l.place(e)
	}
	return places
}

func (l *lowerer) place(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		t := l.typeOf(e.X)
		if m, ok := under(t).(*types.Map); ok {
			return l.held(l.expr(e.X)) + "[" + l.held(l.mapKey(e.Index, m)) + "]"
		}
		x := l.arrayOf(e.X)
		if _, ok := under(t).(*types.Slice); ok {
			x = l.held(x)
		}
		i := l.heldIndex(l.expr(e.Index), e.Index)
		if isRepeatable(i) && l.c.info.Types[e.Index].Value == nil { // its variable may be assigned to as well
			i = l.held(i)
		}
		l.checks[x+"["+i+"]"] = l.checkOf(e, x, i)
		return x + "[" + i + "]"
	case *ast.StarExpr:
		return "*" + l.held(l.expr(e.X))
	case *ast.Ident:
		if e.Name == "_" {
			return "_"
		}
	}
	return l.expr(e)
}

// held stores text in a variable and returns the variable.
func (l *lowerer) held(text string) string {
	v := l.fresh("h")
	l.line("%s := %s", v, text)
	return v
}

// store assigns lowered text, or defines a local variable with it.
func (l *lowerer) store(to ast.Expr, place, text string) {
	if id, ok := ast.Unparen(to).(*ast.Ident); ok {
		if o := l.c.info.Defs[id]; o != nil && l.cellVars[o] == nil && o.Parent() != l.home.pkg.Scope() {
			l.line("var %s %s = %s", l.name(o), l.typ(l.instance(o.Type())), text)
			return
		}
	}
	if check := l.checks[place]; check != "" {
		l.line("%s", check)
	}
	l.line("%s = %s", place, text)
}
