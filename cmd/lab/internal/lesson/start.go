package lesson

import (
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/mod/modfile"

	"reslab/cmd/lab/internal/terminal"
)

// Start writes a file for each exercise of the lesson into dir, which it makes
// if need be, and returns their names. Beside them it writes what an editor needs: a
// go.mod, and a go.work that leads to this project's sources if they are on
// this machine. A file that is there already is never written over.
func Start(l *Lesson, dir string) (names []string, err error) {
	exercises := l.exercises()
	if len(exercises) == 0 {
		return nil, fmt.Errorf("lesson %s has no exercises", l.ID)
	}
	files := map[string]string{}
	for _, e := range exercises {
		if files[e.file()], err = e.start(terminal.Program(dir)); err != nil {
			return nil, err
		}
		names = append(names, e.file())
	}
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return nil, fmt.Errorf("%s is there already and stays as it is: move it away, or begin in another folder", filepath.Join(dir, name))
		}
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("cannot make a folder for the exercises: %w; choose another place", err)
	}
	l.moduleFiles(dir, files)
	return names, writeAll(dir, files)
}

// writeAll writes new files, all or none.
func writeAll(dir string, files map[string]string) error {
	var written []string
	for name, content := range files {
		path := filepath.Join(dir, name)
		err := writeNew(path, content)
		if err == nil {
			written = append(written, path)
			continue
		}
		for _, path := range written {
			err = errors.Join(err, os.Remove(path))
		}
		return fmt.Errorf("write the exercises: %w", err)
	}
	return nil
}

// writeNew writes a file that is not there yet.
func writeNew(path, content string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.WriteString(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// start is the file that a learner begins with: the task, how to start the
// program that checks it, and the stub.
func (e *exercise) start(program string) (string, error) {
	stub, _ := e.split()
	var b strings.Builder
	fmt.Fprintf(&b, "Exercise %s of lesson %s.\n\n", e.Exercise, e.lesson.ID)
	fmt.Fprintf(&b, "%s\n\n", e.text(e.task, plainView, ""))
	fmt.Fprintf(&b, "Is it right? In this folder: %s lesson check %s\n", program, e.lesson.ID)
	fmt.Fprintf(&b, "A hint:                      %s lesson check %s --hint\n", program, e.lesson.ID)
	source := commented(b.String()) + "\npackage " + e.lesson.packageName() + "\n\n"
	if imports := e.lesson.imports(stub); len(imports) > 0 {
		source += "import (\n"
		for _, path := range imports {
			source += fmt.Sprintf("%q\n", path)
		}
		source += ")\n\n"
	}
	formatted, err := format.Source([]byte(source + stub))
	if err != nil {
		return "", fmt.Errorf("the stub of %s is no Go: %w", e.Exercise, err)
	}
	return string(formatted), nil
}

// commented puts every line behind slashes.
func commented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimRight("// "+line, " \n") + "\n")
	}
	return b.String()
}

// packageName is the name of the learner's package and module.
func (l *Lesson) packageName() string { return "lesson" + l.ID }

// moduleFiles adds a go.mod and a go.work where dir has none. A workspace, and
// no requirement in go.mod, is what lets editors and the go tool find this
// project's packages with nothing to download and no checksums to keep.
func (l *Lesson) moduleFiles(dir string, files map[string]string) {
	add := func(name, content string) {
		if _, err := os.Lstat(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
			files[name] = content
		}
	}
	root, version := sources()
	if root == "" {
		add("go.mod", fmt.Sprintf("module %s\n\ngo 1.26\n", l.packageName()))
		return
	}
	add("go.mod", fmt.Sprintf("module %s\n\ngo %s\n", l.packageName(), version))
	add("go.work", fmt.Sprintf("go %s\n\nuse (\n\t.\n\t%s\n)\n", version, modfile.AutoQuote(filepath.ToSlash(root))))
}

// SourceFolder returns the folder of this project's sources, "" if they are not
// on this machine.
func SourceFolder() string {
	root, _ := sources()
	return root
}

// sources finds the folder of this project's module, "" if it is not on this
// machine, and the version of Go that it asks for. It looks around the working
// folder, around the program, and where the program was compiled.
func sources() (root, version string) {
	var places []string
	if wd, err := os.Getwd(); err == nil {
		places = append(places, wd)
	}
	if program, err := os.Executable(); err == nil {
		places = append(places, filepath.Dir(program))
	}
	if _, file, _, ok := runtime.Caller(0); ok && filepath.IsAbs(file) { // not if built with -trimpath
		places = append(places, filepath.Dir(file))
	}
	for _, place := range places {
		for dir := place; ; dir = filepath.Dir(dir) {
			if version := moduleVersion(filepath.Join(dir, "go.mod")); version != "" {
				return dir, version
			}
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	return "", ""
}

// moduleVersion returns the version of Go in a go.mod, if that is this project's.
func moduleVersion(path string) string {
	content, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	mod, err := modfile.ParseLax(path, content, nil)
	if err != nil || mod.Module == nil || mod.Module.Mod.Path != "reslab" || mod.Go == nil {
		return ""
	}
	return mod.Go.Version
}
