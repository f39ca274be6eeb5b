package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (l *lowerer) block(list []ast.Stmt) {
	for _, s := range list {
		l.stmt(s)
	}
}

// stmt lowers a statement.
func (l *lowerer) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case nil, *ast.EmptyStmt:
	case *ast.BlockStmt:
		l.line("{")
		l.block(s.List)
		l.line("}")
	case *ast.ExprStmt:
		l.mark(s)
		l.reaching(s, func() { l.line("%s", l.bare(s.X)) })
	case *ast.SendStmt:
		l.mark(s)
		l.reaching(s, func() {
			l.line("%s <- %s", l.expr(s.Chan), l.lowerTo(s.Value, chanElem(l.typeOf(s.Chan))))
		})
	case *ast.IncDecStmt:
		l.mark(s)
		l.reaching(s, func() { l.line("%s%s", l.expr(s.X), s.Tok) })
	case *ast.AssignStmt:
		l.mark(s)
		l.reaching(s, func() { l.assign(s) })
	case *ast.DeclStmt:
		l.declare(s.Decl.(*ast.GenDecl))
	case *ast.ReturnStmt:
		l.mark(s)
		l.reaching(s, func() { l.returns(s) })
	case *ast.BranchStmt:
		l.branch(s)
	case *ast.LabeledStmt:
		l.labeled(s)
	case *ast.IfStmt:
		l.ifElse(s)
	case *ast.ForStmt:
		l.forLoop(s)
	case *ast.RangeStmt:
		l.rangeLoop(s)
	case *ast.SwitchStmt:
		l.switches(s)
	case *ast.TypeSwitchStmt:
		l.typeSwitch(s)
	case *ast.SelectStmt:
		l.selects(s)
	case *ast.GoStmt:
		l.mark(s)
		l.goes(s)
	case *ast.DeferStmt:
		l.mark(s)
		l.line("%s.Push(%s)", l.fn.defers, l.thunk(s.Call, l.fn.defers, false))
	default:
		l.refuse(s, "this statement is not supported here")
	}
}

// bare lowers an expression that stands as a statement: a receive loses its
// parentheses.
func (l *lowerer) bare(e ast.Expr) string {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		return "<-" + l.expr(u.X)
	}
	return l.expr(e)
}

func chanElem(t types.Type) types.Type { return under(t).(*types.Chan).Elem() }

// ifElse puts the init statement into a block of its own.
func (l *lowerer) ifElse(s *ast.IfStmt) {
	l.line("{")
	l.stmt(s.Init)
	if s.Init == nil {
		l.mark(s)
	}
	l.reaching(s.Cond, func() { l.line("if %s {", l.expr(s.Cond)) })
	l.block(s.Body.List)
	if s.Else != nil {
		l.line("} else {")
		l.stmt(s.Else)
	}
	l.line("}\n}")
}

// returns lowers a return statement: values first, all of them, then into the
// named results, which deferred calls see.
func (l *lowerer) returns(s *ast.ReturnStmt) {
	values, names := l.returned(s), l.fn.results
	if l.fn.iteration != nil {
		l.returnFromIteration(values)
		return
	}
	if names == nil {
		l.line("return %s", join(values))
		return
	}
	l.assignAll(names, values)
	if l.fn.defers != "" { // out of the body; the function returns them when the deferred calls have run
		names = nil
	}
	l.line("return %s", join(names))
}

func (l *lowerer) returned(s *ast.ReturnStmt) []string {
	results := l.fn.sig.Results()
	if len(s.Results) == 1 && results.Len() > 1 { // return f()
		return l.unpack(s.Results[0], tupleVars(results))
	}
	var values []string
	for i, e := range s.Results {
		values = append(values, l.lowerTo(e, results.At(i).Type()))
	}
	return values
}

// unpack lowers a call with several results and converts them to the types of
// the variables they are for.
func (l *lowerer) unpack(e ast.Expr, to []*types.Var) []string {
	tuple := l.typeOf(e).(*types.Tuple)
	names := make([]string, tuple.Len())
	for i := range names {
		names[i] = l.fresh("t")
	}
	l.line("%s := %s", join(names), l.bare(e))
	for i := range names {
		names[i] = l.convert(names[i], tuple.At(i).Type(), to[i].Type())
	}
	return names
}
