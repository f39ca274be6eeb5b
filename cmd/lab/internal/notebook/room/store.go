package room

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"reslab/cmd/lab/internal/notebook/document"
)

// A File is where a notebook is kept: a name below a folder, which no path and
// no symbolic link leaves.
type File struct {
	folder *os.Root
	name   string // with slashes
}

// NewFile returns the file of that name, which need not be there.
func NewFile(folder *os.Root, name string) (*File, error) {
	if !fs.ValidPath(name) || name == "." {
		return nil, fmt.Errorf("%q is no name of a file below this folder", name)
	}
	f := &File{folder, name}
	info, err := folder.Stat(f.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("open %s: %w", name, reason(err))
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no file", name)
	}
	return f, nil
}

// beside is another file, in the same folder: net.before.md beside net.md.
func (f *File) beside(mark string) *File {
	end := path.Ext(f.name)
	return &File{f.folder, strings.TrimSuffix(f.name, end) + mark + end}
}

// Path is the file's path, for people and for watching it.
func (f *File) Path() string { return filepath.Join(f.folder.Name(), filepath.FromSlash(f.name)) }

// Read returns what is in the file.
func (f *File) Read() ([]byte, error) {
	info, err := f.folder.Stat(f.name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.name, reason(err))
	}
	if err := document.CheckSize(info.Size()); err != nil {
		return nil, fmt.Errorf("read %s: %w", f.name, err)
	}
	text, err := f.folder.ReadFile(f.name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.name, reason(err))
	}
	return text, nil
}

// Write puts text in the place of what was there: all of it, or, whatever
// happens meanwhile, nothing.
func (f *File) Write(text []byte) error {
	if err := f.write(text); err != nil {
		return fmt.Errorf("write %s: %w", f.name, reason(err))
	}
	return nil
}

func (f *File) write(text []byte) (err error) {
	name, mode := f.target()
	part := path.Join(path.Dir(name), fmt.Sprintf(".%s.%d.part", path.Base(name), os.Getpid()))
	file, err := f.folder.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			file.Close()
			f.folder.Remove(part) // what cannot be removed is written over the next time
		}
	}()
	if _, err := file.Write(text); err != nil {
		return err
	}
	if err := file.Sync(); err != nil { // a full disk may say so only now
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return f.folder.Rename(part, name)
}

// mostLinks is how many symbolic links lead to a file at most.
const mostLinks = 8

// target follows links to the file itself, so that a link stays one, and
// returns the permissions that it has.
func (f *File) target() (name string, mode os.FileMode) {
	name, mode = f.name, 0o644
	for range mostLinks {
		to, err := f.folder.Readlink(name)
		if err != nil || filepath.IsAbs(to) {
			break
		}
		name = path.Join(path.Dir(name), filepath.ToSlash(to))
	}
	if info, err := f.folder.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	return name, mode
}

// reason leaves out of an error what its sentence says already.
func reason(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
