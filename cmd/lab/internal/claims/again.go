package claims

import (
	"errors"
	"fmt"
	"strings"

	"reslab/cmd/lab/internal/lesson"
)

// outcome is a claim with what was measured again of it: its first figures,
// if that was stopped.
type outcome struct {
	Claim
	figures []Again
}

// state says what became of a claim.
type state string

const (
	holds    state = "holds here"
	fails    state = "does not hold here"
	unknown  state = "could not be measured again"
	skipped  state = "takes minutes, and was left"
	halfDone state = "was not measured again to the end"
)

// state is the worst that happened to a figure. Figures that take minutes are left
// out, unless there are no others.
func (v outcome) state() state {
	s := skipped
	for _, f := range v.figures {
		switch {
		case f.Err != nil:
			return unknown
		case f.Skipped:
		case !f.Holds:
			s = fails
		case s == skipped:
			s = holds
		}
	}
	if s != fails && len(v.figures) < len(v.Figures) {
		return halfDone
	}
	return s
}

// again writes what became of a claim, and the figures that tell.
func (v *view) again(a outcome) {
	s := a.state()
	mark := v.style.Bold(string(s))
	switch s {
	case holds:
		mark = v.style.Good(string(s))
	case fails, unknown:
		mark = v.style.Bad(string(s))
	}
	fmt.Fprintf(&v.out, "%2d  %s\n", a.Number, v.style.Title(a.ID))
	v.line(`"`+lesson.PlainText(a.Text)+`"`, margin)
	v.line(fmt.Sprintf("%s. What was measured %s.", a.Verdict, mark), margin)
	before, problem := Figure{}, ""
	for i, f := range a.figures {
		stated := a.Figures[i]
		v.about(stated, before)
		before = stated
		switch {
		case f.Err != nil && f.Err.Error() == problem: // one broken cell is in the way of all below it
		case f.Err != nil:
			problem = f.Err.Error()
			v.line("The reason: "+problem, margin)
		case f.Skipped:
			v.source("takes minutes: " + commandLine(stated.Source))
		case f.Holds:
			v.printed(f.Text, margin)
		default:
			v.line("The page says:", margin)
			v.printed(stated.Text, margin)
			v.line("Measured now, "+where(stated)+":", margin)
			v.printed(f.Text, margin)
		}
	}
	v.gap()
}

// summary is nil if all that was asked for holds. Else it says in a sentence what
// does not.
func summary(told []outcome, asked int, stopped error) error {
	names := map[state][]string{}
	for _, a := range told {
		names[a.state()] = append(names[a.state()], a.ID)
	}
	var parts []string
	for _, s := range []state{fails, unknown} {
		if n := len(names[s]); n > 0 {
			parts = append(parts, fmt.Sprintf("what was measured %s for %d of %d claims (%s)", s, n, asked, strings.Join(names[s], ", ")))
		}
	}
	if stopped != nil {
		parts = append(parts, fmt.Sprintf("stopped when %d of %d claims were measured", len(told)-len(names[halfDone]), asked))
	}
	if parts == nil {
		return nil
	}
	return errors.New(strings.Join(parts, "; "))
}
