// Package progress keeps what a learner has done, in one file in the user's
// configuration folder: exercises, hints, predictions, and where each lesson was
// left.
//
//	progress.go    the Learner: what may be told, and what is answered
//	file.go        the file: read, changed under a lock, older forms taken over
//	prediction.go  bets, what they came to, how sure one is of what
//	memory.go      bets that come back as questions from memory
package progress

import (
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
)

// Learner is one whose progress is kept in a folder. Many goroutines and many
// programs may tell things about the same learner at the same time. Each method
// reads the file anew; errors are a sentence for the learner.
type Learner struct{ folder string }

// Own is whoever runs this program.
func Own() *Learner { return In(filepath.Join(xdg.ConfigHome, "reslab")) }

// In keeps progress in a folder, which is made when there is something to keep.
func In(folder string) *Learner { return &Learner{folder} }

// File is where the progress is kept.
func (l *Learner) File() string { return filepath.Join(l.folder, "progress.json") }

// Record is all that is kept. Lessons go by their number, as 02.
type Record struct {
	Version int `json:"version"`

	Exercises   map[string]Exercise `json:"exercises"` // by lesson and name, as 02/stops
	Lessons     map[string]Visit    `json:"lessons,omitempty"`
	Predictions []Prediction        `json:"predictions,omitempty"` // the first made is first
}

// Exercise is what was done in one.
type Exercise struct {
	Passed   *time.Time `json:"passed,omitempty"` // for the first time
	Hints    int        `json:"hints,omitempty"`  // read
	Solution bool       `json:"solution,omitempty"`
}

// Visit is how a lesson was left.
type Visit struct {
	Opened time.Time `json:"opened"`          // for the last time
	Cell   int       `json:"cell,omitempty"`  // the number of the cell, from 1; 0: at the top
	Block  string    `json:"block,omitempty"` // its id on the page
}

// Exercise returns what was done in an exercise of a lesson.
func (r *Record) Exercise(lesson, name string) Exercise { return r.Exercises[key(lesson, name)] }

func key(lesson, name string) string { return lesson + "/" + name }

// LastLesson is the lesson that was opened last, "" for none.
func (r *Record) LastLesson() (lesson string) {
	var last time.Time
	for id, visit := range r.Lessons {
		if lesson == "" || visit.Opened.After(last) || visit.Opened.Equal(last) && id > lesson {
			lesson, last = id, visit.Opened
		}
	}
	return lesson
}

// Passed keeps that an exercise passed its check; first says that it had not
// before.
func (l *Learner) Passed(lesson, exercise string) (first bool, err error) {
	err = l.exercise(lesson, exercise, func(e *Exercise) {
		if e.Passed == nil {
			now := now()
			e.Passed, first = &now, true
		}
	})
	return first, err
}

// NextHint keeps that one hint more was read, of so many that there are, and
// returns how many that makes.
func (l *Learner) NextHint(lesson, exercise string, hints int) (read int, err error) {
	err = l.exercise(lesson, exercise, func(e *Exercise) {
		e.Hints = min(e.Hints+1, hints)
		read = e.Hints
	})
	return read, err
}

// HintRead keeps that hints were read, up to the level, which counts from 1.
func (l *Learner) HintRead(lesson, exercise string, level int) error {
	return l.exercise(lesson, exercise, func(e *Exercise) { e.Hints = max(e.Hints, level) })
}

// SolutionSeen keeps that the solution was looked at.
func (l *Learner) SolutionSeen(lesson, exercise string) error {
	return l.exercise(lesson, exercise, func(e *Exercise) { e.Solution = true })
}

func (l *Learner) exercise(lesson, name string, change func(e *Exercise)) error {
	return l.change(func(r *Record) {
		e := r.Exercise(lesson, name)
		change(&e)
		r.Exercises[key(lesson, name)] = e
	})
}

// Opened keeps that a lesson was opened now. Questions from memory wait for that.
func (l *Learner) Opened(lesson string) error {
	return l.change(func(r *Record) {
		visit := r.Lessons[lesson]
		visit.Opened = now()
		r.Lessons[lesson] = visit
	})
}

// Left keeps the cell at which the learner is in a lesson: its number, from 1,
// and its id on the page.
func (l *Learner) Left(lesson string, cell int, block string) error {
	return l.change(func(r *Record) {
		visit := r.Lessons[lesson]
		if visit.Opened.IsZero() {
			visit.Opened = now()
		}
		visit.Cell, visit.Block = cell, block
		r.Lessons[lesson] = visit
	})
}

// now is the time as the file keeps it. Tests set the clock.
func now() time.Time { return clock().UTC().Round(0) }

var clock = time.Now
