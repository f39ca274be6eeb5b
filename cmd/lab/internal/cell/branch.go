package cell

import (
	"go/ast"
	"go/token"
)

// Break, continue, goto and fallthrough, and the labels that they name.
//
//	before: rows: for ... { for ... { continue rows } }
//	after:  L_rows: for ... { for ... { i_1 = i_2; continue L_rows } }
//
// Before a continue the copies of a loop's variables (loop.go) are put back. Ways
// out of the body of a range over a function are numbered (iterate.go).

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
