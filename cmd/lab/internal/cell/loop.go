package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Loops.
//
//	before: for i := 0; i < 3; i++ { fs = append(fs, func() int { return i }) }
//	after:  for i_1 := 0; i_1 < 3; i_1++ { i_2 := i_1; ...; i_1 = i_2 }
//
// Each iteration has variables of its own since Go 1.22, and in the interpreter
// all share one: where something in the body may hold on to a variable, the body
// works on a copy. An integer becomes the header of a for, with its three clauses.

// A target is a statement that break or continue leaves.
type target struct {
	label string
	loop  bool
	// again stands before a continue: the copies go back into the variables.
	again string
	// iteration is set for the range over a function whose body is lowered.
	iteration *iteration
}

func (l *lowerer) enter(t target) {
	t.label, l.fn.label = l.fn.label, ""
	l.fn.targets = append(l.fn.targets, t)
}

func (l *lowerer) leave() { l.fn.targets = l.fn.targets[:len(l.fn.targets)-1] }

// labeled keeps the label for the statement it names. A goto has one of its own,
// which may stand before more than the loop itself.
func (l *lowerer) labeled(s *ast.LabeledStmt) {
	l.line("G_%s:", s.Label.Name)
	switch s.Stmt.(type) {
	case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
		l.fn.label = s.Label.Name
	}
	l.stmt(s.Stmt)
}

// writeLabel writes the label of the statement that follows, where it has one.
func (l *lowerer) writeLabel() {
	if l.fn.label != "" {
		l.line("L_%s:", l.fn.label)
	}
}

// branch lowers break, continue, goto and fallthrough.
func (l *lowerer) branch(s *ast.BranchStmt) {
	switch s.Tok {
	case token.GOTO:
		if it := l.fn.iteration; it != nil && !it.contains(l.c.info.Uses[s.Label]) {
			l.leaveFurther(s)
		} else {
			l.line("goto G_%s", s.Label.Name)
		}
		return
	case token.FALLTHROUGH:
		l.line("fallthrough")
		return
	}
	label := ""
	if s.Label != nil {
		label = s.Label.Name
	}
	for i := len(l.fn.targets) - 1; i >= 0; i-- {
		t := l.fn.targets[i]
		if label != "" && t.label != label || label == "" && s.Tok == token.CONTINUE && !t.loop {
			continue
		}
		if t.iteration != nil {
			l.leaveIteration(t, s.Tok)
			return
		}
		if s.Tok == token.CONTINUE && t.again != "" {
			l.line("%s", t.again)
		}
		if label != "" {
			l.line("%s L_%s", s.Tok, label)
		} else {
			l.line("%s", s.Tok)
		}
		return
	}
	l.leaveFurther(s)
}

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
	header := ""
	switch {
	case !blankExpr(s.Value):
		header = k + ", " + v + " := "
		if blankExpr(s.Key) {
			header = "_, " + v + " := "
		}
	case !blankExpr(s.Key):
		header = k + " := "
	}
	l.mark(s)
	l.line("{\nx_%s := %s", k, l.ranged(s.X))
	defer l.line("}")
	l.writeLabel()
	l.line("for %srange x_%s {", header, k)
	l.rangeBody(s, []string{k, v}, []types.Type{key, value})
	l.line("}")
}

// ranged lowers what a loop goes over: of a pointer to an array, the array
// itself, not a copy.
func (l *lowerer) ranged(e ast.Expr) string {
	if isPointer(l.typeOf(e)) {
		return l.arrayOf(e) + "[:]"
	}
	return l.expr(e)
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

// rangeRunes lowers range over a string. The interpreter counts
// the bytes of what a rune should be, also where the string is no valid UTF-8.
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
