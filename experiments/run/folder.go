package run

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"reslab/nn/weights"

	"github.com/gofrs/flock"
)

// Folder is where a run's files go, from its start on (docs/architecture.md, Run
// folders). Whatever kills the run, and whenever, OpenFolder with Resume goes on
// from its last checkpoint, and in the end the tables have the same bytes as if
// nothing had happened. A folder is for one goroutine.
type Folder struct {
	path    string
	made    []string // folders that OpenFolder made, the innermost first
	wrote   map[string]bool
	tables  map[string]*table
	lock    *flock.Flock
	from    *weights.Saved // what to go on from; nil from the beginning
	state   folderState    // of from
	resumed bool
	kept    bool // there is something that Close must not remove
}

const (
	configFile       = "config.json"
	resultFile       = "result.json" // the last that a run writes
	checkpointFolder = "checkpoint"
	lockFile         = "lock" // in it: held by the process at work
)

// FolderConfig says which folder to open.
type FolderConfig struct {
	// Path is the folder. Empty, it is the next free one of runs/NAME-1,
	// runs/NAME-2, ..., or with Resume the last one that is there.
	Path string
	Name string // of what runs, as "train"

	// Config is written as config.json: all settings and the seed. A run goes on
	// only with the settings that it began with.
	Config any

	// Resume goes on with the run that is there; without it a run that is there
	// is refused. If there is none, the run begins, but not if Config has too little
	// for that: then Known must be set.
	Resume bool
	Known  bool // only a run that is there is meant
}

// OpenFolder makes the folder of a run, or opens that of a run to go on with: look
// at Finished, then call Restore. The caller closes it.
func OpenFolder(cfg FolderConfig) (*Folder, error) {
	f := &Folder{path: cfg.place(), wrote: map[string]bool{}, tables: map[string]*table{}}
	if err := f.open(cfg); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func (f *Folder) open(cfg FolderConfig) error {
	there, err := f.look(cfg)
	switch {
	case err != nil:
		return err
	case !there && cfg.Known:
		return f.noRun(cfg.Name)
	case there && !cfg.Resume:
		return fmt.Errorf("%s holds a run already; go on with it by --resume, or name another folder with --out", f.path)
	case there:
		f.resumed, f.kept = true, true
	default:
		if err := f.make(cfg); err != nil {
			return f.cannot(err)
		}
	}
	if err := f.claim(); err != nil {
		return err
	}
	weights.Sweep(f.path)
	if !there {
		return f.WriteJSON(configFile, cfg.Config)
	}
	if err := f.sameConfig(cfg.Config); err != nil {
		return err
	}
	if f.Finished() { // what was appended after the last checkpoint belongs to the result
		return nil
	}
	return f.rewind()
}

// place returns the path of the folder.
func (c FolderConfig) place() string {
	if c.Path != "" && c.Resume {
		return Find(c.Path)
	}
	if c.Path != "" {
		return filepath.Clean(c.Path)
	}
	last := 0
	files, _ := os.ReadDir(runs) // if there is none, nothing is in it
	for _, file := range files {
		if number, ok := strings.CutPrefix(file.Name(), c.Name+"-"); ok {
			if n, err := strconv.Atoi(number); err == nil {
				last = max(last, n)
			}
		}
	}
	if !c.Resume || last == 0 {
		last++
	}
	return filepath.Join(runs, fmt.Sprintf("%s-%d", c.Name, last))
}

// look says whether the folder holds a run. One that holds anything else is not
// touched, and an empty one is free only to resume: a run may have been killed
// before it wrote anything.
func (f *Folder) look(cfg FolderConfig) (there bool, err error) {
	files, err := os.ReadDir(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, f.cannot(err)
	}
	foreign := !cfg.Resume
	for _, file := range files {
		if file.Name() == configFile {
			return true, nil
		}
		foreign = foreign || !weights.IsPart(file.Name()) && !f.onlyClaimed(file.Name())
	}
	switch {
	case foreign && cfg.Resume:
		return false, f.noRun(cfg.Name)
	case foreign:
		return false, fmt.Errorf("%s is there already and holds no run; name another folder with --out, or remove it", f.path)
	}
	return false, nil
}

// onlyClaimed tells the folder of checkpoints while there are none.
func (f *Folder) onlyClaimed(name string) bool {
	files, err := os.ReadDir(filepath.Join(f.path, name))
	return name == checkpointFolder && err == nil && (len(files) == 0 || len(files) == 1 && files[0].Name() == lockFile)
}

// make makes the folder and those above it, and remembers which were not there.
// Of two runs that look for a free name at once, each gets its own.
func (f *Folder) make(cfg FolderConfig) error {
	for path := filepath.Dir(f.path); !exists(path); path = filepath.Dir(path) {
		f.made = append(f.made, path)
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o777); err != nil {
		return err
	}
	err := os.Mkdir(f.path, 0o777)
	for errors.Is(err, fs.ErrExist) && cfg.Path == "" && !cfg.Resume {
		f.path = cfg.place()
		err = os.Mkdir(f.path, 0o777)
	}
	if err == nil {
		f.made = append([]string{f.path}, f.made...)
	} else if cfg.Resume && errors.Is(err, fs.ErrExist) { // an empty one
		return nil
	}
	return err
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// claim keeps other processes out. The operating system ends the claim with the
// process, however that ends.
func (f *Folder) claim() error {
	folder := filepath.Join(f.path, checkpointFolder)
	if err := os.Mkdir(folder, 0o777); err == nil {
		f.made = append([]string{folder}, f.made...)
	} else if !errors.Is(err, fs.ErrExist) {
		return f.cannot(err)
	}
	f.lock = flock.New(filepath.Join(folder, lockFile))
	if free, err := f.lock.TryLock(); err == nil && !free {
		f.kept = true // by the other
		return fmt.Errorf("another process is at work in %s; wait for it, or stop it", f.path)
	}
	return nil // where there are no locks, there is no claim
}

// Path returns the path of the folder.
func (f *Folder) Path() string { return f.path }

// Resumed says whether a run was there to go on with.
func (f *Folder) Resumed() bool { return f.resumed }

// Finished says whether the run has its result already: nothing is left to do.
func (f *Folder) Finished() bool {
	var result struct{ Stopped bool }
	content, err := os.ReadFile(filepath.Join(f.path, resultFile))
	return err == nil && json.Unmarshal(content, &result) == nil && !result.Stopped
}

// Write writes a file of the run, whole or not at all.
func (f *Folder) Write(name string, content []byte) error {
	f.wrote[name] = true
	return weights.WriteFile(filepath.Join(f.path, name), func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// WriteJSON writes a value as a file of the run.
func (f *Folder) WriteJSON(name string, value any) error {
	content, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return f.Write(name, append(content, '\n'))
}

// Finish writes result.json, the last file of a run. One whose "stopped" is true
// is that of a run that can still go on.
func (f *Folder) Finish(result any) error {
	if err := f.sync(); err != nil {
		return err
	}
	if err := f.WriteJSON(resultFile, result); err != nil {
		return err
	}
	f.kept = true
	return nil
}

// Close lets go of the folder. A run that began here and has neither finished nor
// kept a checkpoint leaves nothing behind, unless there are files of others.
func (f *Folder) Close() {
	for _, t := range f.tables {
		t.file.Close() // Checkpoint and Finish have seen to what counts
	}
	if f.from != nil {
		f.from.Close()
	}
	if f.lock != nil {
		f.lock.Close()
	}
	if f.kept || f.holdsMore() {
		return
	}
	// What cannot be removed harms nobody.
	os.Remove(filepath.Join(f.path, checkpointFolder, lockFile))
	for name := range f.wrote {
		os.Remove(filepath.Join(f.path, name))
	}
	for _, folder := range f.made {
		os.Remove(folder) // only if it is empty
	}
}

// holdsMore says whether there are files that f did not write, as the weights of
// the first epoch. They stay, and then the folder must be that of a run.
func (f *Folder) holdsMore() bool {
	files, _ := os.ReadDir(f.path) // if it is not there, nothing is in it
	return slices.ContainsFunc(files, func(file fs.DirEntry) bool {
		return !f.wrote[file.Name()] && !f.onlyClaimed(file.Name())
	})
}

// cannot leaves the names of the operating system's calls out of the sentence.
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
