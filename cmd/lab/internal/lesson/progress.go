package lesson

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
	"github.com/gofrs/flock"

	"reslab/cmd/lab/internal/terminal"
	"reslab/nn/weights"
)

// progressVersion is that of the file's form.
const progressVersion = 1

// progress is what a learner has done, in all lessons.
type progress struct {
	Version int `json:"version"`

	Exercises map[string]done `json:"exercises"` // by lesson and name, as 02/stops
}

// done is what a learner has done in one exercise.
type done struct {
	Passed *time.Time `json:"passed,omitempty"` // for the first time
	Hints  int        `json:"hints,omitempty"`  // read
}

// progressFile stands in the folder where programs keep their state.
func progressFile() string { return filepath.Join(xdg.StateHome, "reslab", "progress.json") }

// readProgress returns an empty progress if there is none yet.
func readProgress() (*progress, error) {
	p := &progress{Version: progressVersion, Exercises: map[string]done{}}
	content, err := os.ReadFile(progressFile())
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read your progress: %w", err)
	}
	if err := json.Unmarshal(content, p); err != nil {
		return nil, fmt.Errorf("your progress in %s cannot be read (%w): move the file away to begin a new one", progressFile(), err)
	}
	if p.Version != progressVersion {
		return nil, fmt.Errorf("your progress in %s was written by another version of lab: take that one, or move the file away", progressFile())
	}
	if p.Exercises == nil {
		p.Exercises = map[string]done{}
	}
	return p, nil
}

// of returns what was done in an exercise.
func (p *progress) of(e *exercise) done { return p.Exercises[e.key()] }

func (e *exercise) key() string { return e.lesson.ID + "/" + e.Exercise }

// updateProgress changes what is kept of one exercise, whatever other labs do at
// the same time.
func updateProgress(e *exercise, change func(d *done)) error {
	path := progressFile()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("keep your progress: %w", err)
	}
	lock := flock.New(path + ".lock")
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("keep your progress: %w", err)
	}
	defer lock.Unlock()
	p, err := readProgress()
	if err != nil {
		return err
	}
	d := p.of(e)
	change(&d)
	p.Exercises[e.key()] = d
	if err := weights.WriteFile(path, func(w io.Writer) error { return terminal.WriteJSON(w, p) }); err != nil {
		return fmt.Errorf("keep your progress: %w", err)
	}
	return nil
}

// Standing says how far the learner has come, and where that is kept.
func Standing() (string, error) {
	p, err := readProgress()
	if err != nil {
		return "", err
	}
	all, solved := 0, 0
	for _, l := range embedded() {
		all += l.Info.Exercises
		solved += p.solved(l)
	}
	return fmt.Sprintf("%d of %d exercises solved; kept in %s", solved, all, progressFile()), nil
}

// solved counts the exercises of a lesson that have passed.
func (p *progress) solved(l *Lesson) (n int) {
	for _, e := range l.exercises() {
		if p.of(&e).Passed != nil {
			n++
		}
	}
	return n
}
