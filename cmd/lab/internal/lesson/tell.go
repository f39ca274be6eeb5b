package lesson

import (
	"fmt"
	"io"
	"strings"

	"reslab/cmd/lab/internal/progress"
	"reslab/cmd/lab/internal/terminal"
)

// A teller says how the exercises fared.
type teller struct {
	out       strings.Builder
	again     string // the command that checks again
	lesson    *Lesson
	view      View
	solutions bool // show them, right or not
	hint      bool // show one hint more for the first exercise that is not right
}

// newTeller returns a teller for the terminal out.
func newTeller(out io.Writer, l *Lesson) *teller {
	return &teller{lesson: l, view: View{Width: terminal.Width(out), Style: terminal.StyleOf(out), Unfold: true}}
}

// text is what was told, with no two empty lines together.
func (t *teller) text() string { return strings.ReplaceAll(t.out.String(), "\n\n\n", "\n\n") }

// tell tells a report. The first exercise that is not right is told in full;
// those after it, if they are not begun, by their names. What the learner has
// done is kept if keep says so; an error of that is told last.
func (t *teller) tell(r CheckReport, keep bool) error {
	style := t.view.Style
	fmt.Fprintf(&t.out, "%s\n\n", style.Title(t.lesson.ID+" "+t.lesson.Title))
	if r.Problem != "" {
		t.say(style.Bad("It does not run yet."), r.Problem)
		return nil
	}
	var failed error
	stuck := false
	for _, e := range t.lesson.exercises() {
		one, ok := r.of(e.Exercise)
		switch {
		case !ok:
			fmt.Fprintf(&t.out, "  %s  %-*s not in your files\n", style.Dim("-      "), t.column(), e.Exercise)
		case one.Passed:
			fmt.Fprintf(&t.out, "  %s  %-*s %s\n", style.Good("right  "), t.column(), e.Exercise, style.Dim(one.File))
			failed = firstError(failed, t.passed(&e, keep))
		case stuck && !one.Begun:
			fmt.Fprintf(&t.out, "  %s  %-*s %s\n", style.Dim("open   "), t.column(), e.Exercise, style.Dim(one.File))
		default:
			fmt.Fprintf(&t.out, "  %s  %-*s %s\n", style.Bad("not yet"), t.column(), e.Exercise, style.Dim(one.File))
			t.printed(one)
			t.say("", one.Message)
			if !stuck {
				failed = firstError(failed, t.hints(&e, keep))
			}
			if t.solutions {
				t.solution(&e)
			}
			stuck = true
		}
	}
	t.next(r)
	return failed
}

// column is how wide the column of names is.
func (t *teller) column() int {
	most := 14
	for _, e := range t.lesson.exercises() {
		most = max(most, len(e.Exercise))
	}
	return most
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// of finds an exercise in the report.
func (r CheckReport) of(name string) (ExerciseReport, bool) {
	for _, one := range r.Exercises {
		if one.Name == name {
			return one, true
		}
	}
	return ExerciseReport{}, false
}

// say writes a title and text, set off.
func (t *teller) say(title, text string) {
	if title != "" {
		fmt.Fprintf(&t.out, "  %s\n", title)
	}
	for line := range strings.Lines(strings.ReplaceAll(text, "\t", "    ")) {
		line = strings.TrimRight(line, "\n")
		if !strings.HasPrefix(line, " ") { // a line of code stays whole
			line = terminal.Wrap(line, "", "", t.view.columns()-11)
		}
		fmt.Fprintln(&t.out, indented(line, "           "))
	}
	fmt.Fprintln(&t.out)
}

// mostPrinted is how much of what the learner's code prints is shown.
const mostPrinted = 2000

func (t *teller) printed(one ExerciseReport) {
	if text := one.Printed; text != "" {
		if len(text) > mostPrinted {
			text = strings.ToValidUTF8(text[:mostPrinted], "") + "\n..."
		}
		t.say("", "It printed:\n"+indented(text, "    "))
	}
}

// passed remembers when an exercise was solved, and shows the solution the first
// time.
func (t *teller) passed(e *exercise, keep bool) error {
	if !keep {
		if t.solutions {
			t.solution(e)
		}
		return nil
	}
	first, err := progress.Own().Passed(e.lesson.ID, e.Exercise)
	if first || t.solutions {
		t.solution(e)
		for _, a := range e.after {
			fmt.Fprintf(&t.out, "%s\n\n%s\n\n", indented(t.view.Style.Bold(a.title), "           "), e.text(a.text, t.view, "           "))
		}
	}
	return err
}

// solution shows how the lesson's author writes it.
func (t *teller) solution(e *exercise) {
	fmt.Fprintf(&t.out, "\n           One way to write it:\n\n%s\n\n", indented(t.view.Style.Go(strings.ReplaceAll(e.solution(), "\t", "    ")), "               "))
}

// hints shows one hint more than before, if it was asked for; else it says that
// there are some.
func (t *teller) hints(e *exercise, keep bool) error {
	if len(e.hints) == 0 || !keep {
		return nil
	}
	var read int
	var err error
	if t.hint {
		read, err = progress.Own().NextHint(e.lesson.ID, e.Exercise, len(e.hints))
		for _, h := range e.hints[:read] {
			fmt.Fprintf(&t.out, "%s\n\n%s\n\n", indented(t.view.Style.Bold(h.title), "           "), e.text(h.text, t.view, "           "))
		}
	} else if record, readErr := progress.Own().Read(); readErr == nil {
		read = record.Exercise(e.lesson.ID, e.Exercise).Hints
	}
	fmt.Fprintf(&t.out, "           %s\n\n", t.more(len(e.hints), read))
	return err
}

// more says how to get the next hint of so many.
func (t *teller) more(hints, read int) string {
	ask := t.again + " --hint"
	switch left := hints - read; {
	case left == 0 && t.hint:
		return "That was the last hint."
	case left == 0:
		return "All hints again: " + ask
	case read == 0:
		return fmt.Sprintf("A hint: %s (there are %d)", ask, left)
	default:
		return fmt.Sprintf("One more hint: %s (%d left)", ask, left)
	}
}

// next offers what comes after the exercises that are right.
func (t *teller) next(r CheckReport) {
	if r.OK && len(r.Exercises) == t.lesson.Exercises {
		fmt.Fprintf(&t.out, "\n  %s", t.view.Style.Good("All exercises of this lesson are right."))
		if following := after(t.lesson); following != nil {
			fmt.Fprintf(&t.out, " Next: %s lesson show %s (%s)", terminal.Program("."), following.ID, following.Title)
		}
		fmt.Fprintln(&t.out)
		return
	}
	right := false
	for _, one := range r.Exercises {
		if right && !one.Passed {
			fmt.Fprintf(&t.out, "  Next: %s, in %s\n", one.Name, one.File)
			return
		}
		right = one.Passed
	}
}

// after returns the lesson that follows, nil if there is none.
func after(l *Lesson) *Info {
	for _, next := range List() {
		if next.ID > l.ID {
			return &next
		}
	}
	return nil
}

// failure is the sentence with which lab ends if not all is right.
func (r CheckReport) failure() error {
	if r.Problem != "" {
		return fmt.Errorf("lesson %s: your files do not run yet", r.ID)
	}
	right := 0
	for _, one := range r.Exercises {
		if one.Passed {
			right++
		}
	}
	return fmt.Errorf("lesson %s: %d of %d exercises right", r.ID, right, len(r.Exercises))
}
