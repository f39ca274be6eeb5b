package lesson

import (
	"strings"
	"testing"

	"reslab/lessons/lab/labtest"
)

// Every misconception has its cell, which prints what the page says, and every
// cell that shows one is on the page. TestLessons compares the outputs with what
// the cells print; each lesson's own test tries the wrong answers.
func TestMisconceptions(t *testing.T) {
	all, err := labtest.Misconceptions("../../../../docs/misconceptions.md")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, m := range all {
		known[m.Lesson+" "+m.Cell] = true
		l, err := Find(m.Lesson)
		if err != nil {
			t.Errorf("%q: %v", m.Title, err)
			continue
		}
		c, ok := l.showing(m.Cell)
		if !ok {
			t.Errorf("%q: no cell of lesson %s shows %s", m.Title, m.Lesson, m.Cell)
		} else if !strings.Contains(c.Output, m.Prints) {
			t.Errorf("%q: the cell %s prints\n%s\nwithout %q", m.Title, m.Cell, c.Output, m.Prints)
		}
	}
	for _, l := range embedded() {
		for _, c := range l.Cells {
			if c.Shows != "" && !known[l.ID+" "+c.Shows] {
				t.Errorf("lesson %s, line %d: docs/misconceptions.md does not know the cell %s", l.ID, c.Line, c.Shows)
			}
		}
	}
}

// showing returns the cell of that name.
func (l *Lesson) showing(name string) (found Cell, ok bool) {
	for _, c := range l.Cells {
		if c.Shows == name {
			return c, true
		}
	}
	return Cell{}, false
}
