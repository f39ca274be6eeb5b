package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// The value of a cell's last expression is shown.
//
//	before: x := 3; x * 2
//	after:  x_1 = 3; lab.Show(interface{}(x_1 * 2))

// discard turns a last expression that would be unused into one that go/types
// accepts: its value is shown.
func (p *planner) discard() {
	if !p.group.last || len(p.group.statements) == 0 {
		return
	}
	p.group.statements = slices.Clone(p.group.statements)
	last := p.group.statements[len(p.group.statements)-1]
	e, ok := last.(*ast.ExprStmt)
	if !ok {
		return
	}
	p.shows = e.X
	if _, isCall := ast.Unparen(e.X).(*ast.CallExpr); !isCall {
		p.assignToBlank()
	}
}

// assignToBlank makes the last expression e the statement _ = e.
func (p *planner) assignToBlank() {
	p.group.statements[len(p.group.statements)-1] = &ast.AssignStmt{
		Lhs: []ast.Expr{&ast.Ident{NamePos: p.shows.Pos(), Name: "_"}}, TokPos: p.shows.Pos(), Tok: token.ASSIGN, Rhs: []ast.Expr{p.shows},
	}
}

// unusedCall tells whether a mistake is that the last expression, a call, is not
// used: a conversion, or len. A call proper may have no value to assign.
func (p *planner) unusedCall(mistake *types.Error) bool {
	if p.shows == nil || !strings.Contains(mistake.Msg, "is not used") {
		return false
	}
	last, ok := p.group.statements[len(p.group.statements)-1].(*ast.ExprStmt)
	return ok && last.Pos() <= mistake.Pos && mistake.Pos < last.End()
}

// shown tells whether the last expression has a value that is worth showing:
// not the count that fmt.Println returns, nor that of copy.
func (p *planner) shown() bool {
	if p.shows == nil {
		return false
	}
	if call, ok := ast.Unparen(p.shows).(*ast.CallExpr); ok {
		if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && p.c.info.Uses[id] == types.Universe.Lookup("copy") {
			return false
		}
	}
	tuple, ok := p.c.info.TypeOf(p.shows).(*types.Tuple)
	if !ok {
		return true
	}
	return tuple.Len() > 0 && !p.prints(p.shows)
}

func (p *planner) prints(e ast.Expr) bool {
	call := ast.Unparen(e).(*ast.CallExpr)
	s, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	f, ok := p.c.info.Uses[s.Sel].(*types.Func)
	return ok && f.Pkg() != nil && f.Pkg().Path() == "fmt"
}

func (p *planner) show(l *lowerer) {
	l.mark(p.shows)
	l.reaching(p.shows, func() { p.showValue(l) })
}

func (p *planner) showValue(l *lowerer) {
	if tuple, ok := p.c.info.TypeOf(p.shows).(*types.Tuple); ok {
		to := make([]*types.Var, tuple.Len())
		for i := range to {
			to[i] = types.NewParam(token.NoPos, nil, "", anyType)
		}
		l.line("lab.Show(%s)", join(l.unpack(p.shows, to)))
		return
	}
	l.line("lab.Show(%s)", l.lowerTo(p.shows, anyType))
}
