package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// For.
//
//	before: for i := 0; i < 3; i++ { fs = append(fs, func() int { return i }) }
//	after:  for i_1 := 0; i_1 < 3; i_1++ { i_2 := i_1; ...; i_1 = i_2 }
//
// Each iteration has variables of its own since Go 1.22, and in the interpreter
// all share one: where something in the body may hold on to a variable, the body
// works on a copy.

// forLoop lowers the loop with a condition, or with three clauses.
func (l *lowerer) forLoop(s *ast.ForStmt) {
	l.line("{")
	defer l.line("}")
	label := l.fn.label
	l.fn.label = ""
	l.stmt(s.Init)
	l.fn.label = label
	l.mark(s)
	vars := l.loopVars(s)
	cond, post, checks := "", "", ""
	if s.Cond != nil {
		checks = l.capture(func() {
			l.reaching(s.Cond, func() { cond = l.expr(s.Cond) })
		})
	}
	if s.Post != nil {
		post = l.clause(s.Post)
	}
	l.writeLabel()
	if checks == "" {
		l.line("for ; %s; %s {", cond, post)
	} else {
		l.line("for ; ; %s {\n%sif !(%s) {\nbreak\n}", post, checks, cond)
	}
	again := l.copyVars(s, vars)
	if s.Cond != nil && mayPanic(s.Cond) {
		again += l.capture(func() { l.mark(s) })
	}
	l.enter(target{loop: true, again: again})
	index, of := l.countedUpTo(s)
	l.keepingInRange(index, of, s.Body, func() { l.block(s.Body.List) })
	l.leave()
	l.line("%s", again)
	l.line("}")
}

// clause lowers the post statement to something that fits into a header.
func (l *lowerer) clause(s ast.Stmt) string {
	quiet := l.fn.quiet
	l.fn.quiet = true
	text := strings.TrimSpace(l.capture(func() { l.stmt(s) }))
	l.fn.quiet = quiet
	if strings.Contains(text, "\n") {
		return "func() { " + strings.ReplaceAll(text, "\n", "; ") + " }()"
	}
	return text
}

// loopVars returns the variables that a loop's init statement defines.
func (l *lowerer) loopVars(s *ast.ForStmt) []types.Object {
	var vars []types.Object
	if init, ok := s.Init.(*ast.AssignStmt); ok && init.Tok == token.DEFINE {
		for _, e := range init.Lhs {
			if o := l.c.info.Defs[e.(*ast.Ident)]; o != nil && o.Name() != "_" {
				vars = append(vars, o)
			}
		}
	}
	return vars
}

// copyVars begins the body with copies of the loop's variables, if the body may
// hold on to one, and returns what puts them back at its end.
func (l *lowerer) copyVars(s *ast.ForStmt, vars []types.Object) (again string) {
	if !l.mayCapture(s.Body) {
		return ""
	}
	var back []string
	for _, o := range vars {
		outer := l.name(o)
		inner := l.fresh("v_" + o.Name())
		l.line("%s := %s", inner, outer)
		l.names[o] = inner
		back = append(back, outer+" = "+inner)
	}
	return strings.Join(append(back, ""), "\n")
}

// mayPanic tells whether the evaluation of an expression may panic: then a
// message must not blame the statement before it.
func mayPanic(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr, *ast.SelectorExpr:
			found = true
		case *ast.BinaryExpr:
			found = found || n.Op == token.QUO || n.Op == token.REM
		}
		return !found
	})
	return found
}

// mayCapture tells whether something in n may keep a variable after the
// iteration: a literal, an address, a method value, a deferred call, a goroutine.
func (l *lowerer) mayCapture(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.DeferStmt, *ast.GoStmt:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND
		case *ast.SliceExpr: // of an array
			found = true
		case *ast.SelectorExpr:
			if s := l.c.info.Selections[n]; s != nil && s.Kind() != types.FieldVal {
				found = true
			}
		}
		return !found
	})
	return found
}
