package run

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Folder is where a run's files go. They are gathered in a folder beside it,
// with a name that begins with a dot, which takes its place at the end: a run
// that fails leaves nothing, and a finished folder is whole.
type Folder struct {
	path   string // where the run will be
	base   string // path without its number; empty if the caller chose the path
	gather string // where it is until then
	made   string // the parent, if it was not there before
}

// Create makes the folder for a run. An empty path takes the next free name
// under runs/, as runs/gradients-3. It refuses a path that is there already.
func Create(path, experiment string) (*Folder, error) {
	f := &Folder{path: filepath.Clean(path)}
	if path == "" {
		f.base = filepath.Join("runs", experiment)
		f.path = free(f.base)
	} else if _, err := os.Lstat(path); err == nil {
		return nil, fmt.Errorf("%s is there already; name another folder with --out, or remove it", path)
	}
	parent, name := filepath.Split(f.path)
	parent = filepath.Clean(parent)
	if !taken(parent) {
		f.made = parent
	}
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return nil, f.cannot(err)
	}
	f.gather = filepath.Join(parent, fmt.Sprintf(".%s-unfinished-%d", name, os.Getpid()))
	if err := os.Mkdir(f.gather, 0o777); err != nil {
		f.Discard()
		return nil, f.cannot(err)
	}
	return f, nil
}

// Path returns where the run will be once it is finished.
func (f *Folder) Path() string { return f.path }

// Write writes a file of the run.
func (f *Folder) Write(name string, content []byte) error {
	if err := write(filepath.Join(f.gather, name), content); err != nil {
		return f.cannot(err)
	}
	return nil
}

func write(path string, content []byte) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := file.Write(content); err != nil {
		return err
	}
	if err := file.Sync(); err != nil { // a full disk may say so only now
		return err
	}
	return file.Close()
}

// WriteJSON writes a value as a file of the run.
func (f *Folder) WriteJSON(name string, value any) error {
	content, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return f.Write(name, append(content, '\n'))
}

// Finish puts the folder in its place. Where another run has just taken the
// name, it takes the next one.
func (f *Folder) Finish() error {
	err := os.Rename(f.gather, f.path)
	for err != nil && f.base != "" && taken(f.path) {
		f.path = free(f.base)
		err = os.Rename(f.gather, f.path)
	}
	if err != nil {
		return f.cannot(err)
	}
	f.gather = ""
	return nil
}

// Discard removes what was written, unless the folder is finished.
func (f *Folder) Discard() {
	if f.gather == "" {
		return
	}
	os.RemoveAll(f.gather) // a rest that cannot be removed harms nobody
	if f.made != "" {
		os.Remove(f.made) // only if it is empty
	}
}

// free returns the first name of base-1, base-2, ... that is not taken.
func free(base string) string {
	for n := 1; ; n++ {
		if path := fmt.Sprintf("%s-%d", base, n); !taken(path) {
			return path
		}
	}
}

func taken(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// cannot leaves the name of the hidden folder out of the sentence.
func (f *Folder) cannot(err error) error {
	var inPath *fs.PathError
	var inLink *os.LinkError
	switch {
	case errors.As(err, &inPath):
		err = inPath.Err
	case errors.As(err, &inLink):
		err = inLink.Err
	}
	return fmt.Errorf("cannot write the run folder %s: %w; choose another place with --out", f.path, err)
}
