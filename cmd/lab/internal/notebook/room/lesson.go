package room

import (
	"encoding/json"
	"errors"
	"fmt"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/notebook/document"
	"reslab/cmd/lab/internal/progress"
	"reslab/lessons/lab"
)

// lessonID is the lesson that the notebook is of, empty for none.
func (r *Room) lessonID() string {
	if r.opt.Lesson == nil {
		return ""
	}
	return r.opt.Lesson.ID
}

// learned keeps something of what the learner has done; nothing in a notebook
// that is no lesson. It must be called without the lock.
func (r *Room) learned(keep func(l *progress.Learner, lesson string) error) {
	if r.opt.Lesson == nil || r.opt.Learner == nil {
		return
	}
	err := keep(r.opt.Learner, r.lessonID())
	record, readErr := r.opt.Learner.Read()
	r.mu.Lock()
	defer r.mu.Unlock()
	if err = errors.Join(err, readErr); err != nil {
		r.tell(problem(sentence(err.Error())))
		return
	}
	r.standing = record
}

// opened keeps that the lesson was opened.
func (r *Room) opened() {
	r.learned(func(l *progress.Learner, lesson string) error { return l.Opened(lesson) })
}

// reached keeps where the learner is.
func (r *Room) reached(id string) {
	r.mu.Lock()
	n := 0
	if b := r.text.Find(id); b != nil {
		n = b.N
	}
	r.mu.Unlock()
	if n > 0 {
		r.learned(func(l *progress.Learner, lesson string) error { return l.Left(lesson, n, id) })
	}
}

// told keeps what displays say about the learner: an exercise that is solved, a
// prediction beside the truth.
func (r *Room) told(d kernel.Display) {
	switch d.Kind {
	case kernel.Verdict:
		var v struct {
			Exercise string
			Passed   bool
		}
		if json.Unmarshal([]byte(d.Data), &v) == nil && v.Passed {
			r.solved(v.Exercise)
		}
	case kernel.Bet:
		var s lab.Settled
		if json.Unmarshal([]byte(d.Data), &s) == nil {
			r.learned(func(l *progress.Learner, lesson string) error { return l.Settled(lesson, s) })
		}
	}
}

// solved keeps that an exercise is solved.
func (r *Room) solved(exercise string) {
	r.mu.Lock()
	b := r.exercise(exercise)
	r.mu.Unlock()
	if b == nil { // of another lesson
		return
	}
	r.learned(func(l *progress.Learner, lesson string) error {
		_, err := l.Passed(lesson, exercise)
		return err
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tellBlock(b.ID)
}

// exercise returns the cell of an exercise, nil if there is none.
func (r *Room) exercise(name string) *document.Block {
	for _, b := range r.text.Cells() {
		if b.Exercise != nil && b.Exercise.Name == name {
			return b
		}
	}
	return nil
}

// tellBlock tells of a block whose text is the same.
func (r *Room) tellBlock(id string) {
	if b := r.text.Find(id); b != nil {
		r.tell(r.blockMessage(b))
	}
}

// exerciseAt returns the exercise of a cell.
func (r *Room) exerciseAt(id string) (*document.Exercise, error) {
	b := r.text.Find(id)
	if b == nil || b.Exercise == nil {
		return nil, errors.New("this cell is no exercise")
	}
	return b.Exercise, nil
}

// hint shows one hint more, with those before it.
func (r *Room) hint(p *Page, id string) error {
	e, err := r.exerciseAt(id)
	if err != nil {
		return err
	}
	if len(e.Hints) == 0 {
		return errors.New("this exercise has no hints")
	}
	r.later = append(r.later, func() {
		read := len(e.Hints) // where nothing is kept
		r.learned(func(l *progress.Learner, lesson string) (err error) {
			read, err = l.NextHint(lesson, e.Name, len(e.Hints))
			return err
		})
		r.mu.Lock()
		defer r.mu.Unlock()
		for i, h := range e.Hints[:min(read, len(e.Hints))] {
			p.frames.add(asideMessage{T: "aside", ID: id, Kind: "hint", Level: i + 1, Title: h.Title, HTML: r.prose(fmt.Sprintf("%s-hint-%d", id, i+1), h.Markdown)})
		}
		r.tellBlock(id)
	})
	return nil
}

// solution shows the solution, with what is to be read behind it.
func (r *Room) solution(p *Page, id string) error {
	e, err := r.exerciseAt(id)
	if err != nil {
		return err
	}
	if e.Solution == "" {
		return errors.New("this exercise has no solution")
	}
	r.later = append(r.later, func() {
		r.learned(func(l *progress.Learner, lesson string) error { return l.SolutionSeen(lesson, e.Name) })
		html := ""
		for i, a := range e.After {
			html += r.prose(fmt.Sprintf("%s-after-%d", id, i+1), a.Markdown)
		}
		p.frames.add(asideMessage{T: "aside", ID: id, Kind: "solution", Title: "Solution", HTML: html, Source: e.Solution})
	})
	return nil
}

// errNoLesson is the error of what only lessons have.
var errNoLesson = errors.New("this notebook is no lesson: it has no other text to go back to")

// reset puts a block back to the lesson's text, or the whole lesson if id is
// empty; the copy as it was is kept beside.
func (r *Room) reset(id string) error {
	if r.opt.Lesson == nil {
		return errNoLesson
	}
	if id == "" {
		return r.anew()
	}
	if err := r.text.Reset(id); err != nil {
		return err
	}
	r.changed()
	r.tellBlock(id)
	r.tellState(id)
	return nil
}

// update answers that the lesson has changed since this copy was made.
func (r *Room) update(keep bool) error {
	if r.opt.Lesson == nil {
		return errNoLesson
	}
	if !keep {
		return r.anew()
	}
	r.text.Keep(r.opt.Lesson)
	r.changed()
	return nil
}

// anew takes the lesson's own text. What the learner had is kept in a file, which
// is written under the lock: no edit may come between the two.
func (r *Room) anew() error {
	fresh, err := document.FromLesson(r.opt.Lesson)
	if err != nil {
		return err
	}
	if !r.journal.absent {
		if err := r.file.beside(".before").Write(r.text.Markdown()); err != nil {
			return fmt.Errorf("your copy could not be kept, so all stays as it is: %w", err)
		}
	}
	r.adopt(fresh)
	r.changed()
	return nil
}
