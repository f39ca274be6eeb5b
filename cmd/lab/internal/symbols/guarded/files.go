package guarded

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"reslab/viz"
)

// folder is the working folder, opened once. os.Root keeps paths, dots and
// symbolic links from leading out of it.
var folder = sync.OnceValues(func() (*os.Root, error) {
	here, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	return os.OpenRoot(here)
})

// wrote tells whether a file was changed, or may have been.
var wrote atomic.Bool

// TakeWrote tells whether cells changed files since it was last called.
func TakeWrote() bool { return wrote.Swap(false) }

// local returns the working folder and path seen from there.
func local(operation, path string) (*os.Root, string, error) {
	root, err := folder()
	if err != nil {
		return nil, "", err
	}
	if filepath.IsAbs(path) {
		if path, err = filepath.Rel(root.Name(), path); err != nil {
			return nil, "", outside(operation, path)
		}
	}
	if path = filepath.Clean(path); !filepath.IsLocal(path) {
		return nil, "", outside(operation, path)
	}
	return root, path, nil
}

// at calls f with the working folder and path seen from there.
func at[T any](operation, path string, f func(root *os.Root, path string) (T, error)) (T, error) {
	root, inside, err := local(operation, path)
	if err != nil {
		var none T
		return none, err
	}
	return f(root, inside)
}

// change is at for what changes files.
func change(operation, path string, f func(root *os.Root, path string) error) error {
	root, inside, err := local(operation, path)
	if err != nil {
		return err
	}
	wrote.Store(true)
	return f(root, inside)
}

func open(name string) (*os.File, error)     { return at("open", name, (*os.Root).Open) }
func readFile(name string) ([]byte, error)   { return at("open", name, (*os.Root).ReadFile) }
func stat(name string) (os.FileInfo, error)  { return at("stat", name, (*os.Root).Stat) }
func lstat(name string) (os.FileInfo, error) { return at("lstat", name, (*os.Root).Lstat) }
func remove(name string) error               { return change("remove", name, (*os.Root).Remove) }
func removeAll(name string) error            { return change("remove", name, (*os.Root).RemoveAll) }
func create(name string) (*os.File, error) {
	return openFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
}
func readDir(name string) ([]os.DirEntry, error) {
	return at("open", name, func(root *os.Root, path string) ([]os.DirEntry, error) {
		return fs.ReadDir(root.FS(), filepath.ToSlash(path))
	})
}

func openFile(name string, flag int, perm os.FileMode) (*os.File, error) {
	return at("open", name, func(root *os.Root, path string) (*os.File, error) {
		if flag&(os.O_WRONLY|os.O_RDWR|os.O_CREATE|os.O_TRUNC) != 0 {
			wrote.Store(true)
		}
		return root.OpenFile(path, flag, perm)
	})
}

func writeFile(name string, data []byte, perm os.FileMode) error {
	return change("open", name, func(root *os.Root, path string) error { return root.WriteFile(path, data, perm) })
}

func mkdir(name string, perm os.FileMode) error {
	return change("mkdir", name, func(root *os.Root, path string) error { return root.Mkdir(path, perm) })
}

func mkdirAll(name string, perm os.FileMode) error {
	return change("mkdir", name, func(root *os.Root, path string) error { return root.MkdirAll(path, perm) })
}

func rename(from, to string) error {
	return change("rename", from, func(root *os.Root, inside string) error {
		_, into, err := local("rename", to)
		if err != nil {
			return err
		}
		return root.Rename(inside, into)
	})
}

// dirFS is os.DirFS; a folder that cells do not reach is empty, with its error.
func dirFS(name string) fs.FS {
	tree, err := at("open", name, func(root *os.Root, path string) (fs.FS, error) {
		return fs.Sub(root.FS(), filepath.ToSlash(path))
	})
	if err != nil {
		return refused{err}
	}
	return tree
}

// refused is a file system that opens nothing.
type refused struct{ err error }

func (r refused) Open(string) (fs.File, error) { return nil, r.err }

// walk and walkDir check where they begin: they follow no links from there.
func walk(root string, visit filepath.WalkFunc) error {
	if _, _, err := local("walk", root); err != nil {
		return visit(root, nil, err)
	}
	return filepath.Walk(root, visit)
}

func walkDir(root string, visit fs.WalkDirFunc) error {
	if _, _, err := local("walk", root); err != nil {
		return visit(root, nil, err)
	}
	return filepath.WalkDir(root, visit)
}

func glob(pattern string) ([]string, error) {
	if _, _, err := local("glob", pattern); err != nil {
		return nil, err
	}
	return filepath.Glob(pattern)
}

func vizWriteFile(path string, data []byte) error {
	return vizWrite(path, func(path string) error { return viz.WriteFile(path, data) })
}

func vizWritePNG(path string, p viz.Picture) error {
	return vizWrite(path, func(path string) error { return viz.WritePNG(path, p) })
}

func vizWriteSVG(path string, p viz.Picture) error {
	return vizWrite(path, func(path string) error { return viz.WriteSVG(path, p) })
}

// vizWrite writes below the working folder, by the whole path.
func vizWrite(path string, write func(path string) error) error {
	return change("write", path, func(root *os.Root, inside string) error {
		return write(filepath.Join(root.Name(), inside))
	})
}
