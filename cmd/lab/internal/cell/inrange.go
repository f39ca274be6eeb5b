package cell

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// Indices that a loop keeps in range, as in for i := range xs { xs[i] }: there a
// check of bounds would find nothing, and is left out.

// A rangeFact is that an index is in range of something: both as written, with
// the variable that stands at its head.
type rangeFact struct {
	index types.Object
	of    string
	head  types.Object
}

// keptInRange tells whether a loop around x[i] keeps i in range.
func (l *lowerer) keptInRange(e *ast.IndexExpr) bool {
	id, ok := ast.Unparen(e.Index).(*ast.Ident)
	if !ok {
		return false
	}
	for _, f := range l.fn.inRange {
		if l.object(id) == f.index && types.ExprString(e.X) == f.of && l.head(e.X) == f.head {
			return true
		}
	}
	return false
}

// head returns the variable at the head of x, x.f, x.f.g; nil for anything else.
func (l *lowerer) head(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return l.object(e)
	case *ast.SelectorExpr:
		return l.head(e.X)
	}
	return nil
}

// keepingInRange lowers a loop's body, f, in which index stays in range of e,
// if the body assigns to neither.
func (l *lowerer) keepingInRange(index, e ast.Expr, body *ast.BlockStmt, f func()) {
	id, ok := index.(*ast.Ident)
	if !ok || e == nil || l.head(e) == nil || l.object(id) == nil || l.changes(body, id.Name, types.ExprString(e)) {
		f()
		return
	}
	outer := l.fn.inRange
	l.fn.inRange = append(outer[:len(outer):len(outer)], rangeFact{l.object(id), types.ExprString(e), l.head(e)})
	defer func() { l.fn.inRange = outer }()
	f()
}

// changes tells whether a body assigns to one of these, or to what they are part of.
func (l *lowerer) changes(body *ast.BlockStmt, written ...string) bool {
	found := false
	target := func(e ast.Expr) {
		text := ""
		if e != nil {
			text = types.ExprString(e)
		}
		for _, w := range written {
			found = found || w == text || strings.HasPrefix(w, text+".")
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				target(e)
			}
		case *ast.IncDecStmt:
			target(n.X)
		case *ast.RangeStmt:
			target(n.Key)
			target(n.Value)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				target(n.X)
			}
		}
		return !found
	})
	return found
}

// countedUpTo returns i and xs of for i := 0; i < len(xs); i++.
func (l *lowerer) countedUpTo(s *ast.ForStmt) (index, of ast.Expr) {
	init, ok := s.Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE || len(init.Lhs) != 1 || len(init.Rhs) != 1 {
		return nil, nil
	}
	from := l.c.info.Types[init.Rhs[0]].Value
	post, isInc := s.Post.(*ast.IncDecStmt)
	cond, isBinary := s.Cond.(*ast.BinaryExpr)
	if from == nil || from.Kind() != constant.Int || constant.Sign(from) < 0 || !isInc || post.Tok != token.INC || !isBinary || cond.Op != token.LSS {
		return nil, nil
	}
	name := types.ExprString(init.Lhs[0])
	if types.ExprString(post.X) != name || types.ExprString(cond.X) != name {
		return nil, nil
	}
	return init.Lhs[0], l.measured(cond.Y)
}

// measured returns xs of len(xs), nil for anything else.
func (l *lowerer) measured(e ast.Expr) ast.Expr {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	id, ok := call.Fun.(*ast.Ident)
	if !ok || l.c.info.Uses[id] != types.Universe.Lookup("len") {
		return nil
	}
	return call.Args[0]
}
