package run

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"reslab/nn/weights"
)

// folderState is what a run folder adds to a checkpoint.
type folderState struct {
	Tables map[string]int64 `json:"tables"` // length in bytes of each CSV file
	Extra  json.RawMessage  `json:"extra"`  // the caller's own
}

// Stopped says what there is of a run that was told to end before it had done
// anything, by the context's error; it returns any other error as it is.
func (f *Folder) Stopped(err error) error {
	switch {
	case !errors.Is(err, context.Canceled):
		return err
	case f.kept:
		return stopped(fmt.Sprintf("stopped before the next step; nothing is lost: %[1]s is as it was, go on with --resume --out %[1]s", f.path))
	}
	return stopped("stopped before the first step, so nothing was kept; the same command begins again")
}

// stopped is a context's error in the words of a person.
type stopped string

func (s stopped) Error() string { return string(s) }

func (s stopped) Unwrap() error { return context.Canceled }

// Checkpoint writes a checkpoint into the folder, for the rows that were appended
// until now. c.Extra is the caller's own.
func (f *Folder) Checkpoint(c weights.Checkpoint) error {
	if err := f.sync(); err != nil {
		return err
	}
	extra, err := json.Marshal(c.Extra)
	if err != nil {
		return fmt.Errorf("writing a checkpoint: %w", err)
	}
	state := folderState{Tables: map[string]int64{}, Extra: extra}
	for name, t := range f.tables {
		state.Tables[name] = t.size
	}
	for name, size := range f.state.Tables {
		if f.tables[name] == nil { // no row since the run went on
			state.Tables[name] = size
		}
	}
	c.Extra = state
	if err := weights.SaveCheckpoint(filepath.Join(f.path, checkpointFolder), &c); err != nil {
		return err
	}
	f.kept = true
	return nil
}

// Restore puts the nets, and the caller's own part of the checkpoint, into the
// state of the last checkpoint, and returns the number of steps done. If there is
// none it changes nothing and returns 0: the run begins.
func (f *Folder) Restore(nets []weights.Net, extra any) (step int, err error) {
	if f.from == nil {
		return 0, nil
	}
	if err := f.from.Restore(nets); err != nil {
		return 0, err
	}
	if err := json.Unmarshal(f.state.Extra, extra); err != nil {
		return 0, fmt.Errorf("the checkpoint in %s does not fit: %w", f.path, err)
	}
	step = f.from.Step
	f.from.Close()
	f.from = nil
	weights.DropCheckpoints(filepath.Join(f.path, checkpointFolder), step)
	return step, nil
}

// rewind looks for the checkpoint to go on from, and cuts off the rows that were
// appended after it.
func (f *Folder) rewind() error {
	folder := filepath.Join(f.path, checkpointFolder)
	weights.Sweep(folder)
	from, err := weights.OpenCheckpoint(folder, f.covers)
	if err != nil && !errors.Is(err, weights.ErrNoCheckpoint) {
		return fmt.Errorf("%w; to begin again, remove the folder %s", err, folder)
	}
	if f.from = from; from != nil {
		if err := from.Extra(&f.state); err != nil {
			return err
		}
	}
	tables, err := filepath.Glob(filepath.Join(f.path, "*.csv"))
	if err != nil {
		return f.cannot(err)
	}
	for _, path := range tables {
		if err := cut(path, f.state.Tables[filepath.Base(path)]); err != nil {
			return f.cannot(err)
		}
	}
	return nil
}

// covers says whether the tables have all rows that a checkpoint counts on.
func (f *Folder) covers(s *weights.Saved) bool {
	var state folderState
	if s.Extra(&state) != nil {
		return false
	}
	for name, size := range state.Tables {
		info, err := os.Stat(filepath.Join(f.path, name))
		if err != nil || info.Size() < size {
			return false
		}
	}
	return true
}

// cut makes a file so many bytes long; an empty one goes.
func cut(path string, size int64) error {
	if size == 0 {
		return os.Remove(path)
	}
	return os.Truncate(path, size)
}

// Config reads config.json into a pointer.
func (f *Folder) Config(into any) error {
	content, err := os.ReadFile(filepath.Join(f.path, configFile))
	if err != nil {
		return fmt.Errorf("cannot read the settings of the run: %w", err)
	}
	if err := unmarshal(content, into); err != nil {
		return fmt.Errorf("%s in %s is damaged: %w; name another folder with --out", configFile, f.path, err)
	}
	return nil
}

// Result reads result.json into a pointer.
func (f *Folder) Result(into any) error {
	content, err := os.ReadFile(filepath.Join(f.path, resultFile))
	if err != nil {
		return fmt.Errorf("cannot read the result of the run: %w", err)
	}
	if err := unmarshal(content, into); err != nil {
		return fmt.Errorf("%s in %s is damaged: %w; remove it, and go on with --resume", resultFile, f.path, err)
	}
	return nil
}

// unmarshal keeps all digits of a seed, for which a float64 is too short.
func unmarshal(content []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(content))
	d.UseNumber()
	return d.Decode(into)
}

// sameConfig refuses to go on with other settings. The file may have more than
// config: what a run worked out for itself.
func (f *Folder) sameConfig(config any) error {
	var then, now map[string]any
	if err := f.Config(&then); err != nil {
		return err
	}
	content, err := json.Marshal(config)
	if err == nil {
		err = unmarshal(content, &now)
	}
	if err != nil {
		return fmt.Errorf("the settings of a run must be a JSON object: %w", err)
	}
	if other := differences("", then, now); len(other) > 0 {
		slices.Sort(other)
		return fmt.Errorf("the run in %s was begun with %s; go on with the same settings, or name another folder with --out", f.path, strings.Join(other, ", "))
	}
	return nil
}

// differences names each setting of now that was another one then.
func differences(path string, then, now map[string]any) (other []string) {
	for key, value := range now {
		inner, isObject := value.(map[string]any)
		before, wasObject := then[key].(map[string]any)
		if isObject && (wasObject || then[key] == nil) {
			other = append(other, differences(path+key+".", before, inner)...)
			continue
		}
		a, _ := json.Marshal(then[key]) // both come from JSON
		b, _ := json.Marshal(value)
		switch {
		case then[key] == nil && value != nil:
			other = append(other, fmt.Sprintf("no %s%s, not %s", path, key, b))
		case string(a) != string(b):
			other = append(other, fmt.Sprintf("%s%s %s, not %s", path, key, a, b))
		}
	}
	return other
}
