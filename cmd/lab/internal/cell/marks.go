package cell

import (
	"fmt"
	"go/ast"
	"regexp"
)

// Marks say which statement runs, for the message of a panic: the interpreter
// knows only in which function it is, and its positions there are wrong.
//
//	before: y := xs[3]
//	after:  m_f_1 = 17; y_5 := xs_4[3]
//
// 17 is the number of the statement in the session's list. Each function has a
// variable of its own, so that a call that has returned does not take the blame.

// mark notes the statement that is about to run.
func (l *lowerer) mark(n ast.Node) {
	l.at(n)
	if l.fn == nil || l.fn.quiet || !n.Pos().IsValid() {
		return
	}
	l.s.marks = append(l.s.marks, n)
	number := len(l.s.marks) - 1
	if raceDetector {
		l.line("lab.Mark(%q, %d)", l.fn.name, number)
		return
	}
	l.line("m_%s = %d", l.fn.name, number)
}

// markVariable declares the variable for the marks of a function.
func markVariable(function string) string { return fmt.Sprintf("var m_%s int\n", function) }

// marked returns the statement that a function has begun last, nil if none.
func (s *Session) marked(function string) ast.Node {
	number, ok := s.machine.marked.Load(function)
	if !raceDetector {
		v, err := s.interp.Eval("m_" + function)
		if ok = err == nil && v.IsValid() && v.CanInt(); ok {
			number = int(v.Int())
		}
	}
	if !ok || number.(int) >= len(s.marks) {
		return nil
	}
	return s.marks[number.(int)]
}

// inFunction finds the function in the interpreter's line on a panic.
var inFunction = regexp.MustCompile(`panic: main\.(\w+)`)

// lastStatement returns the statement that the innermost of the learner's
// functions in a trace had begun last.
func (s *Session) lastStatement(trace []string) ast.Node {
	for _, line := range trace {
		if found := inFunction.FindStringSubmatch(line); found != nil {
			if n := s.marked(found[1]); n != nil {
				return n
			}
		}
	}
	return nil
}
