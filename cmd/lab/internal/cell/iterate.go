package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Range over functions.
//
//	before: for k, v := range seq { if k > 3 { break }; if v == nil { return v } }
//	after:  over, exit := false, 0
//	        seq(func(k, v) bool { ...; if k > 3 { over = true; return false }
//	                              if v == nil { result = v; over, exit = true, 1; return false }; return true })
//	        over = true
//	        if exit == 1 { return result }
//
// The body becomes the function that seq calls. Ways out of the loop get
// numbers: the body stores one and tells seq to stop; what it stands for is done
// when seq has returned. defer and recover in the body belong to the function
// around it.

// An iteration is a range over a function whose body is being lowered.
type iteration struct {
	over, exit string // its variables
	exits      []*ast.BranchStmt
	returns    bool // an exit, the first number, is a return
	body       *ast.BlockStmt
}

// contains tells whether a label stands in the body.
func (it *iteration) contains(label types.Object) bool {
	return it.body.Pos() <= label.Pos() && label.Pos() < it.body.End()
}

// leaveBy writes the way out of the body by the exit with a number.
func (l *lowerer) leaveBy(it *iteration, number int) {
	l.line("%s = true\n%s = %d\nreturn false", it.over, it.exit, number)
}

// returnExit is the number of the exit that returns from the function around.
const returnExit = 1

func (l *lowerer) rangeFunc(s *ast.RangeStmt, sig *types.Signature) {
	l.mark(s)
	it := &iteration{over: l.fresh("over"), exit: l.fresh("exit"), body: s.Body}
	label := l.fn.label
	l.fn.label = ""
	l.line("{")
	defer l.line("}")
	seq := l.held(l.expr(s.X))
	outer := l.fn
	if outer.iteration == nil {
		outer.carried = nil
	}
	body := l.iterationBody(s, sig, it, label)
	if outer.iteration == nil {
		l.declareCarried(outer)
	}
	l.line("%s, %s := false, 0", it.over, it.exit)
	l.line("%s(%s)\n%s = true", seq, body, it.over)
	if it.returns {
		l.line("if %s == %d {", it.exit, returnExit)
		l.returnCarried()
		l.line("}")
	}
	for i, exit := range it.exits {
		l.line("if %s == %d {", it.exit, returnExit+1+i)
		l.branch(exit)
		l.line("}")
	}
}

// iterationBody lowers the body to a function literal.
func (l *lowerer) iterationBody(s *ast.RangeStmt, sig *types.Signature, it *iteration, label string) string {
	outer, inner := l.fn, *l.fn
	inner.iteration, inner.targets = it, nil
	l.fn = &inner
	defer func() { l.fn = outer; outer.carried = inner.carried }()
	yield := under(sig.Params().At(0).Type()).(*types.Signature)
	params, args := l.passing(yield)
	text := "func(" + params + ") bool {\n" + l.capture(func() {
		l.line("if %s { panic(lab.IterationOver()) }", it.over)
		inner.targets = []target{{label: label, loop: true, iteration: it}}
		for i, to := range []ast.Expr{s.Key, s.Value} {
			if !blankExpr(to) {
				l.store(to, l.place(to), l.convert(args[i], yield.Params().At(i).Type(), l.targetType(to)))
			}
		}
		l.block(s.Body.List)
		l.line("return true")
	}) + "}"
	return l.frozen(text, yield)
}

// leaveIteration lowers a break or continue in a body that leaves the iteration
// itself.
func (l *lowerer) leaveIteration(t target, tok token.Token) {
	if tok == token.CONTINUE {
		l.line("return true")
		return
	}
	l.line("%s = true\nreturn false", t.iteration.over)
}

// leaveFurther lowers a branch out of an iteration to something around it.
func (l *lowerer) leaveFurther(s *ast.BranchStmt) {
	it := l.fn.iteration
	it.exits = append(it.exits, s)
	l.leaveBy(it, returnExit+len(it.exits))
}

// returnFromIteration lowers return in a body: the values are carried out in
// variables of the function around.
func (l *lowerer) returnFromIteration(values []string) {
	names := l.fn.results
	if names == nil && len(values) > 0 {
		if l.fn.carried == nil {
			for range values {
				l.fn.carried = append(l.fn.carried, l.fresh("carried"))
			}
		}
		names = l.fn.carried
	}
	l.assignAll(names, values)
	l.fn.iteration.returns = true
	l.leaveBy(l.fn.iteration, returnExit)
}

// declareCarried declares the variables that the loop's body returns in.
func (l *lowerer) declareCarried(fn *function) {
	for i, name := range fn.carried {
		l.line("var %s %s", name, l.typ(fn.sig.Results().At(i).Type()))
	}
}

// returnCarried returns, behind an iteration, what its body wanted to return.
func (l *lowerer) returnCarried() {
	switch {
	case l.fn.iteration != nil: // it stands in the body of another one
		l.fn.iteration.returns = true
		l.leaveBy(l.fn.iteration, returnExit)
	case l.fn.defers != "":
		l.line("return")
	case l.fn.results != nil:
		l.line("return %s", join(l.fn.results))
	default:
		l.line("return %s", join(l.fn.carried))
	}
}

// assignAll evaluates values, all of them, and then assigns them.
func (l *lowerer) assignAll(names, values []string) {
	if len(values) > 1 {
		for i, v := range values {
			values[i] = l.fresh("t")
			l.line("var %s %s = %s", values[i], l.typ(l.fn.sig.Results().At(i).Type()), v)
		}
	}
	for i, v := range values {
		l.line("%s = %s", names[i], v)
	}
}
