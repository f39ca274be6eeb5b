package run

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"reslab/nn/weights"
)

// table is a CSV file that grows. What was appended last may be torn when a run
// is killed; a checkpoint knows how long the file was.
type table struct {
	file *os.File
	size int64 // bytes that are whole rows
}

// Append appends rows to a CSV file of the folder; the first ones come below the
// names of the columns.
func (f *Folder) Append(name string, columns []string, rows [][]string) error {
	t, err := f.table(name)
	if err != nil {
		return f.cannot(err)
	}
	if t.size == 0 {
		rows = append([][]string{columns}, rows...)
	}
	if err := t.write(text(rows)); err != nil {
		return f.cannot(err)
	}
	return nil
}

// table opens a CSV file where the run goes on.
func (f *Folder) table(name string) (*table, error) {
	if t := f.tables[name]; t != nil {
		return t, nil
	}
	file, err := os.OpenFile(filepath.Join(f.path, name), os.O_WRONLY|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	t := &table{file: file, size: f.state.Tables[name]}
	f.tables[name], f.wrote[name] = t, true
	_, err = file.Seek(t.size, io.SeekStart)
	return t, err
}

// write appends text as a whole, or nothing of it.
func (t *table) write(text []byte) error {
	n, err := t.file.Write(text)
	if err == nil {
		t.size += int64(n)
		return nil
	}
	_, seek := t.file.Seek(t.size, io.SeekStart)
	return errors.Join(err, seek, t.file.Truncate(t.size))
}

// sync sees to it that the rows are on the disk, and still in the folder: who
// writes to a file that was removed hears nothing of it.
func (f *Folder) sync() error {
	for name, t := range f.tables {
		if err := t.file.Sync(); err != nil {
			return f.cannot(err)
		}
		there, err := os.Stat(filepath.Join(f.path, name))
		if err != nil {
			return f.vanished(name)
		}
		if ours, err := t.file.Stat(); err != nil || !os.SameFile(there, ours) {
			return f.vanished(name)
		}
	}
	if !exists(filepath.Join(f.path, configFile)) {
		return f.vanished(configFile)
	}
	weights.SyncFolder(f.path)
	return nil
}

func (f *Folder) vanished(name string) error {
	return fmt.Errorf("%s has vanished from %s while the run was at work; begin again with --resume", name, f.path)
}

// text writes rows as CSV.
func text(rows [][]string) []byte {
	var b bytes.Buffer
	csv.NewWriter(&b).WriteAll(rows) // a bytes.Buffer never fails
	return b.Bytes()
}
