package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Switches.
//
//	before: switch v := x.(type) { case Day: ...; case error: ...; case nil: ... }
//	after:  switch lab.Case(x, 7, 9, 0) { case 0: v := mu_3(x); ...; case 1: ...; case 2: ... }
//
// The machine knows what is in a box, and finds the first case that fits. A
// switch over interfaces or structs compares as == does.
func (l *lowerer) typeSwitch(s *ast.TypeSwitchStmt) {
	l.line("{")
	defer l.line("}")
	label := l.fn.label
	l.fn.label = ""
	l.stmt(s.Init)
	l.mark(s)
	x := l.fresh("x")
	l.line("var %s interface{} = %s", x, l.lowerTo(switched(s), anyType))
	args := []string{x}
	for _, c := range s.Body.List {
		for _, e := range c.(*ast.CaseClause).List {
			args = append(args, fmt.Sprint(l.caseID(e)))
		}
	}
	l.fn.label = label
	l.writeLabel()
	l.line("switch lab.Case(%s) {", join(args))
	l.enter(target{})
	n := 0
	for _, c := range s.Body.List {
		n += l.typeCase(c.(*ast.CaseClause), x, n)
	}
	l.leave()
	l.line("}")
}

// switched returns x in switch v := x.(type).
func switched(s *ast.TypeSwitchStmt) ast.Expr {
	switch a := s.Assign.(type) {
	case *ast.AssignStmt:
		return ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr).X
	case *ast.ExprStmt:
		return ast.Unparen(a.X).(*ast.TypeAssertExpr).X
	}
	return nil
}

// caseID returns the id of a type in a case, 0 for nil.
func (l *lowerer) caseID(e ast.Expr) int {
	t := l.typeOf(e)
	if isNil(t) {
		return 0
	}
	return l.rtype(t).id
}

// typeCase lowers a case whose types have the numbers from n on, and returns
// how many they are.
func (l *lowerer) typeCase(c *ast.CaseClause, x string, n int) int {
	var numbers []string
	for i := range c.List {
		numbers = append(numbers, fmt.Sprint(n+i))
	}
	l.caseHead(c, numbers)
	if o := l.c.info.Implicits[c]; o != nil {
		t, value := l.instance(o.Type()), x
		switch {
		case len(c.List) == 1 && !isNil(l.typeOf(c.List[0])):
			value = l.asserter("mu", anyType, t) + "(" + x + ")"
		case compiledInterface(t):
			value = l.asserter("cv", anyType, t) + "(" + x + ")"
		}
		l.line("var %s %s = %s\n_ = %s", l.name(o), l.typ(t), value, l.name(o))
	}
	l.block(c.Body)
	return len(c.List)
}

func (l *lowerer) caseHead(c *ast.CaseClause, values []string) {
	if c.List == nil {
		l.line("default:")
		return
	}
	l.line("case %s:", join(values))
}

func (l *lowerer) switches(s *ast.SwitchStmt) {
	l.line("{")
	defer l.line("}")
	label := l.fn.label
	l.fn.label = ""
	l.stmt(s.Init)
	l.mark(s)
	tag, compare := l.tag(s)
	l.fn.label = label
	l.writeLabel()
	l.line("switch %s {", strings.TrimSpace(tag))
	l.enter(target{})
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		var values []string
		for _, e := range c.List {
			values = append(values, compare(e))
		}
		if tag == "" && len(values) > 1 { // the interpreter takes the first condition alone
			values = []string{strings.Join(values, " || ")}
		}
		l.caseHead(c, values)
		l.block(c.Body)
	}
	l.leave()
	l.line("}")
}

// tag lowers the switched expression and says how a case is compared with it.
func (l *lowerer) tag(s *ast.SwitchStmt) (tag string, compare func(ast.Expr) string) {
	if s.Tag == nil {
		return "", l.expr
	}
	t := types.Default(l.typeOf(s.Tag))
	general := isInterface(t) || isComposite(t)
	for _, c := range s.Body.List {
		for _, e := range c.(*ast.CaseClause).List {
			general = general || isInterface(l.typeOf(e))
		}
	}
	v := l.fresh("x")
	if general {
		l.line("var %s interface{} = %s", v, l.lowerTo(s.Tag, anyType))
		return "", func(e ast.Expr) string { return fmt.Sprintf("lab.Equal(%s, %s)", v, l.lowerTo(e, anyType)) }
	}
	l.line("var %s %s = %s", v, l.typ(t), l.lowerTo(s.Tag, t))
	return v, l.expr
}

// selects lowers select. What is received goes into variables first and then,
// converted, where the learner wants it.
func (l *lowerer) selects(s *ast.SelectStmt) {
	l.mark(s)
	l.writeLabel()
	l.enter(target{})
	defer l.leave()
	l.line("select {")
	defer l.line("}")
	for _, c := range s.Body.List {
		c := c.(*ast.CommClause)
		switch comm := c.Comm.(type) {
		case nil:
			l.line("default:")
		case *ast.SendStmt:
			l.line("case %s <- %s:", l.expr(comm.Chan), l.lowerTo(comm.Value, chanElem(l.typeOf(comm.Chan))))
		case *ast.ExprStmt:
			l.line("case %s:", l.bare(comm.X))
		case *ast.AssignStmt:
			l.receive(comm)
		}
		l.block(c.Body)
	}
}

func (l *lowerer) receive(s *ast.AssignStmt) {
	from := ast.Unparen(s.Rhs[0]).(*ast.UnaryExpr).X
	typesOf := []types.Type{chanElem(l.typeOf(from)), types.Typ[types.Bool]}
	temps := make([]string, len(s.Lhs))
	for i := range temps {
		temps[i] = l.fresh("t")
	}
	l.line("case %s %s <-%s:", join(temps), token.DEFINE, l.expr(from))
	for i, to := range s.Lhs {
		if t := l.targetType(to); t != nil {
			l.store(to, l.place(to), l.convert(temps[i], typesOf[i], t))
		}
	}
}
