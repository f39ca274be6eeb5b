// Package labtest tries the checks of a lesson's exercises: right answers,
// however written, must pass, and each wrong one must hear what is wrong with it.
//
//	func TestExercises(t *testing.T) {
//		labtest.Try(t, "02", labtest.Exercise{
//			Name:  "stops",
//			Right: map[string]any{"the solution": stops, "a loop": func(...) int {...}, ...},
//			Wrong: map[string]labtest.Wrong{
//				"the stride is forgotten": labtest.Refused(func(...) int {...}, "Where did the stride go?"),
//				...
//			},
//		})
//	}
package labtest

import (
	"strings"
	"testing"

	"reslab/lessons/lab"
)

// An Exercise is a check, and answers to try it with.
type Exercise struct {
	Name  string
	Right map[string]any   // by how they are written; three at least
	Wrong map[string]Wrong // by the mistake behind them; five at least
}

// Wrong is a wrong answer, and a part of what the check must say to it.
type Wrong struct {
	Yours any
	Says  string
}

// Refused is a wrong answer and what the check must say to it.
func Refused(yours any, says string) Wrong { return Wrong{yours, says} }

const (
	leastRight = 3
	leastWrong = 5
)

// docs is where the list of misconceptions lies, seen from a lesson's folder.
const docs = "../../docs/misconceptions.md"

// Try tries all exercises of a lesson, and holds what docs/misconceptions.md says
// of the lesson against what the checks answer.
func Try(t *testing.T, lesson string, exercises ...Exercise) {
	for _, e := range exercises {
		t.Run(e.Name, e.try)
	}
	t.Run("misconceptions", func(t *testing.T) { tryMisconceptions(t, lesson, exercises) })
}

func (e Exercise) try(t *testing.T) {
	if len(e.Right) < leastRight || len(e.Wrong) < leastWrong {
		t.Errorf("there are %d right answers and %d wrong ones: write %d and %d at least", len(e.Right), len(e.Wrong), leastRight, leastWrong)
	}
	for way, yours := range e.Right {
		if v := judge(e.Name, yours); !v.Passed() {
			t.Errorf("right, written as %s, is refused: %s", way, v.Counterexample)
		}
	}
	for mistake, w := range e.Wrong {
		v := judge(e.Name, w.Yours)
		if v.Passed() || w.Says == "" || !strings.Contains(v.Counterexample, w.Says) {
			t.Errorf("%s: the check says %q, and should say %q", mistake, v.Counterexample, w.Says)
		}
	}
}

// judge returns what the check says of an answer.
func judge(exercise string, yours any) (v lab.Verdict) {
	restore := lab.Redirect(func(shown any) { v, _ = shown.(lab.Verdict) })
	defer restore()
	lab.Check(exercise, yours)
	return v
}

func tryMisconceptions(t *testing.T, lesson string, exercises []Exercise) {
	all, err := Misconceptions(docs)
	if err != nil {
		t.Fatal(err)
	}
	mine := 0
	for _, m := range all {
		if m.Lesson != lesson {
			continue
		}
		mine++
		w, ok := m.wrong(exercises)
		if !ok {
			t.Errorf("%q: no wrong answer to %s is called %q", m.Title, m.Exercise, m.Mistake)
			continue
		}
		if v := judge(m.Exercise, w.Yours); v.Counterexample != m.Says {
			t.Errorf("%q: the check says\n%s\nand not, as the page has it,\n%s", m.Title, v.Counterexample, m.Says)
		}
	}
	if mine < 2 {
		t.Errorf("docs/misconceptions.md has %d misconceptions of lesson %s: write 2 at least", mine, lesson)
	}
}

// wrong returns the wrong answer that somebody gives who thinks so.
func (m Misconception) wrong(exercises []Exercise) (Wrong, bool) {
	for _, e := range exercises {
		if e.Name == m.Exercise {
			w, ok := e.Wrong[m.Mistake]
			return w, ok
		}
	}
	return Wrong{}, false
}
