package pooling

import (
	"fmt"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type holdsFunc = func(at, by, kernel int) bool

// move is a question for holds.
type move struct{ at, by, kernel int }

func (m move) String() string { return fmt.Sprintf("at=%d by=%d kernel=%d", m.at, m.by, m.kernel) }

// moves lists the questions: easy ones first.
func moves() []move {
	all := []move{{4, 0, 2}, {4, 1, 2}, {4, 2, 2}, {5, 1, 2}, {5, 1, 4}, {7, 1, 4}, {4, 4, 4}, {4, 3, 4}}
	for kernel := 1; kernel <= 5; kernel++ {
		for at := range 12 {
			for by := range 8 {
				all = append(all, move{at, by, kernel})
			}
		}
	}
	return all
}

// byHand finds the window by walking from the left.
func (m move) byHand() string {
	from, to := m.windowOf(m.at), m.windowOf(m.at+m.by)
	words := fmt.Sprintf("By hand: column %d lies under the window of columns %d to %d", m.at, from, from+m.kernel-1)
	if from == to {
		return fmt.Sprintf("%s, and so does column %d: it holds.", words, m.at+m.by)
	}
	return fmt.Sprintf("%s, and column %d under the one of %d to %d: it does not hold.", words, m.at+m.by, to, to+m.kernel-1)
}

// windowOf returns the column where the window over a column starts.
func (m move) windowOf(column int) int {
	start := 0
	for start+m.kernel <= column {
		start += m.kernel
	}
	return start
}

func (m move) want() bool { return m.windowOf(m.at) == m.windowOf(m.at+m.by) }

var holdsSlips = []slip.Slip[holdsFunc]{
	{Advice: "That would be so if a window began at the pixel. The windows lie fixed in the picture: ask under which one it stands, before and after.", Wrong: func(at, by, kernel int) bool { return by < kernel }},
	{Advice: "That would be so if a window began at the pixel, and had one column more. Ask under which window it stands, before and after.", Wrong: func(at, by, kernel int) bool { return by <= kernel }},
	{Advice: "Pooling does not forgive every shift: ask under which window the pixel stands, before and after.", Wrong: func(at, by, kernel int) bool { return true }},
	{Advice: "Pooling forgives some shifts: under one window it does not matter where.", Wrong: func(at, by, kernel int) bool { return by == 0 }},
	{Advice: "Pooling forgives some shifts, and never if there are none: ask under which window the pixel stands, before and after.", Wrong: func(at, by, kernel int) bool { return false }},
	{Advice: "% tells the place in a window. Which window it is, / tells.", Wrong: func(at, by, kernel int) bool { return at%kernel == (at+by)%kernel }},
	{Advice: "The last place of a window is kernel-1: use < and not <=.", Wrong: func(at, by, kernel int) bool { return at%kernel+by <= kernel }},
	{Advice: "The right way round, the wrong answer: true if it holds.", Wrong: func(at, by, kernel int) bool { return !holds(at, by, kernel) }},
	{Advice: "Columns are counted from 0: window 0 covers the columns 0 to kernel-1.", Wrong: func(at, by, kernel int) bool { return holds(at-1+kernel, by, kernel) }},
	{Advice: "The picture moves to the right: the pixel is then in column at+by.", Wrong: func(at, by, kernel int) bool { return at/kernel == by/kernel }},
	{Advice: "The picture moves to the right, not to the left: the pixel is then in column at+by.", Wrong: func(at, by, kernel int) bool { return at/kernel == (at-by)/kernel }},
}

// checkHolds compares yours with a walk along the windows.
func checkHolds(yours holdsFunc) string {
	for _, m := range moves() {
		var got bool
		if sentence := lab.Panics(func() { got = yours(m.at, m.by, m.kernel) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", m, sentence)
		}
		if got != m.want() {
			advice := slip.Find(yours, holdsSlips, moves(), func(f holdsFunc, m move) string { return fmt.Sprint(f(m.at, m.by, m.kernel)) })
			return strings.TrimSpace(fmt.Sprintf("For %v yours says %v. %s %s", m, got, m.byHand(), advice))
		}
	}
	return ""
}
