package progress

import (
	"context"
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

// version is that of the file's form. Version 1 had exercises alone, and stood
// in the folder where programs keep their state.
const version = 2

// patience is how long to wait for another program that writes.
const patience = 10 * time.Second

// Read returns an empty record if there is none yet.
func (l *Learner) Read() (*Record, error) {
	for _, file := range []string{l.File(), l.older()} {
		r, err := read(file)
		if !errors.Is(err, fs.ErrNotExist) {
			return r, err
		}
	}
	return filled(&Record{}), nil
}

// older is where version 1 kept it. On some systems that is the same file.
func (l *Learner) older() string {
	if l.folder != Own().folder {
		return l.File()
	}
	return filepath.Join(xdg.StateHome, "reslab", "progress.json")
}

func read(file string) (*Record, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read your progress: %w", err)
	}
	var r Record
	if err := json.Unmarshal(content, &r); err != nil {
		return nil, fmt.Errorf("your progress in %s cannot be read (%w): move the file away to begin a new one", file, err)
	}
	if r.Version < 1 || r.Version > version {
		return nil, fmt.Errorf("your progress in %s was written by another version of lab: take that one, or move the file away", file)
	}
	return filled(&r), nil
}

// filled brings a record to the newest form.
func filled(r *Record) *Record {
	r.Version = version
	if r.Exercises == nil {
		r.Exercises = map[string]Exercise{}
	}
	if r.Lessons == nil {
		r.Lessons = map[string]Visit{}
	}
	return r
}

// change reads, changes and writes the record, whatever other programs do at the
// same time. The file is written whole or not at all.
func (l *Learner) change(change func(r *Record)) error {
	if err := l.locked(func() error {
		r, err := l.Read()
		if err != nil {
			return err
		}
		change(r)
		return weights.WriteFile(l.File(), func(w io.Writer) error { return terminal.WriteJSON(w, r) })
	}); err != nil {
		return fmt.Errorf("keep your progress: %w", err)
	}
	return nil
}

func (l *Learner) locked(work func() error) error {
	if err := os.MkdirAll(l.folder, 0o700); err != nil {
		return err
	}
	lock := flock.New(l.File() + ".lock")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if _, err := lock.TryLockContext(ctx, 10*time.Millisecond); err != nil {
		return fmt.Errorf("another program holds %s for long: end it, then try again (%w)", lock.Path(), err)
	}
	defer lock.Unlock()
	return work()
}
