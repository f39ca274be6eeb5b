package lesson

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/terminal"
)

// patience is how long an exercise may run. A test has less.
var patience = 20 * time.Second

// CheckReport tells how the exercises of a learner's files fared.
type CheckReport struct {
	ID        string           `json:"id"`
	OK        bool             `json:"ok"`      // all are right
	Problem   string           `json:"problem"` // why nothing could be checked: as the compiler says it
	Exercises []ExerciseReport `json:"exercises"`
}

// ExerciseReport tells how one exercise fared.
type ExerciseReport struct {
	Name    string `json:"name"`
	File    string `json:"file"` // where the learner wrote it
	Passed  bool   `json:"passed"`
	Begun   bool   `json:"begun"`   // it is no longer the stub
	Message string `json:"message"` // a counter-example in words; empty if it passed
	Printed string `json:"printed"` // what the learner's code printed
}

// A work is a learner's files for the exercises of a lesson.
type work struct {
	lesson *Lesson
	files  []workFile
}

type workFile struct {
	name, source string
	functions    map[string]string
	parses       bool
}

func newWorkFile(name, source string) workFile {
	// Of what does not parse the kernel says why.
	found, err := functions([]byte("package p;" + withoutPackage(source)))
	return workFile{name, source, found, err == nil}
}

// readFile reads a learner's work from one file.
func readFile(l *Lesson, path string) (*work, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, terminal.Usage("read your exercises: there is no file %s", path)
	}
	if err != nil {
		return nil, fmt.Errorf("read your exercises: %w", err)
	}
	return &work{l, []workFile{newWorkFile(path, string(content))}}, nil
}

// readFolder reads a learner's work from the Go files of a folder.
func readFolder(l *Lesson, dir string) (*work, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, terminal.Usage("there is no folder %s: make it, with the exercises, by %s lesson start %s %s", dir, terminal.Program("."), l.ID, terminal.ShellWord(dir))
	}
	if err != nil {
		return nil, fmt.Errorf("read your exercises: %w", err)
	}
	w := &work{lesson: l}
	for _, entry := range entries {
		if !isWork(entry.Name()) || entry.IsDir() {
			continue
		}
		one, err := readFile(l, filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, err
		}
		w.files = append(w.files, one.files...)
	}
	if len(w.files) == 0 {
		return nil, fmt.Errorf("there are no Go files in %s: write the exercises there with %s lesson start %s %s", dir, terminal.Program("."), l.ID, terminal.ShellWord(dir))
	}
	return w, nil
}

// isWork tells a file that is checked: no test, and nothing that an editor hides.
func isWork(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.HasPrefix(name, ".")
}

// solved is the work of who wrote the lesson.
func solved(l *Lesson) *work {
	w := &work{lesson: l}
	for _, e := range l.exercises() {
		w.files = append(w.files, newWorkFile(e.file(), e.solution()))
	}
	return w
}

// fileOf returns where the learner wrote an exercise; ok is false if a function
// of it is nowhere.
func (w *work) fileOf(e *exercise) (file workFile, ok bool) {
	for _, name := range e.functions() {
		ok = false
		for _, f := range w.files {
			if _, there := f.functions[name]; there {
				file, ok = f, true
			}
		}
		if !ok {
			return file, false
		}
	}
	return file, ok
}

// begun tells whether the learner changed the stub.
func (w *work) begun(e *exercise) bool {
	stub, _ := e.split()
	stubs := newWorkFile("", stub).functions
	for _, name := range e.functions() {
		for _, f := range w.files {
			if yours, ok := f.functions[name]; ok && strings.Join(strings.Fields(yours), " ") != strings.Join(strings.Fields(stubs[name]), " ") {
				return true
			}
		}
	}
	return false
}

// script joins the files. In the place of exercises that are not in them stand
// the solutions: later exercises may build on those. A file that does not parse
// stands alone: a brace that is missing in it would be missed in the next one.
func (w *work) script() *script {
	s := &script{}
	for _, f := range w.files {
		if !f.parses {
			s.add(f.name, f.source)
			return s
		}
	}
	for _, f := range w.files {
		s.add(f.name, f.source)
	}
	for _, e := range w.lesson.exercises() {
		names := e.functions()
		missing := slices.DeleteFunc(slices.Clone(names), w.declares)
		if len(missing) == len(names) { // what the learner is given to begin with is missing, too
			s.add("solution.go", e.solution())
			continue
		}
		for _, name := range missing {
			s.add("solution.go", w.lesson.solutions[name])
		}
	}
	return s
}

func (w *work) declares(name string) bool {
	for _, f := range w.files {
		if _, ok := f.functions[name]; ok {
			return true
		}
	}
	return false
}

// check runs the learner's files in a kernel, and asks of each exercise in them
// whether it is right. The error is for what is not the learner's doing.
func (w *work) check(ctx context.Context) (CheckReport, error) {
	report := CheckReport{ID: w.lesson.ID, Exercises: []ExerciseReport{}}
	var mine []exercise
	for _, e := range w.lesson.exercises() {
		if _, ok := w.fileOf(&e); ok {
			mine = append(mine, e)
		}
	}
	client, err := kernel.Start(ctx, kernel.Options{})
	if err != nil {
		return report, err
	}
	defer client.Close()
	c := &checking{kernel: client}
	script := w.script()
	if err := c.run(ctx, scriptName, script.text.String()); err != nil {
		report.Problem = script.placed(learnerError(err))
		return report, ctx.Err()
	}
	if len(mine) == 0 {
		report.Problem = fmt.Sprintf("There is no exercise of lesson %s in your files. Its functions are: %s.", w.lesson.ID, strings.Join(w.lesson.exerciseFunctions(), ", "))
		return report, nil
	}
	report.OK = true
	for _, e := range mine {
		r := w.one(ctx, c, &e, script)
		if ctx.Err() != nil {
			return report, ctx.Err()
		}
		report.OK = report.OK && r.Passed
		report.Exercises = append(report.Exercises, r)
	}
	return report, nil
}

// one asks whether an exercise is right.
func (w *work) one(ctx context.Context, c *checking, e *exercise, script *script) ExerciseReport {
	file, _ := w.fileOf(e)
	r := ExerciseReport{Name: e.Exercise, File: file.name, Begun: w.begun(e)}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, check := e.split()
	err := c.run(limited, "the check of "+e.Exercise, check)
	r.Printed = c.printed.String()
	switch {
	case limited.Err() != nil:
		r.Message = fmt.Sprintf("It did not end within %v: is there a loop without an end?", patience)
	case err != nil:
		r.Message = script.placed(learnerError(err))
	case len(c.verdicts) == 0:
		r.Message = "The check said nothing."
	default:
		last := c.verdicts[len(c.verdicts)-1]
		r.Passed, r.Message = last.Passed, script.placed(last.Counterexample)
	}
	return r
}

// learnerError says what is wrong with the learner's code: for a mistake its
// place and the line with a mark below it, for the end of the process why.
func learnerError(err error) string {
	var mistake *kernel.Error
	var restarted *kernel.Restarted
	switch {
	case errors.As(err, &mistake):
		return strings.TrimSpace(strings.TrimRight(mistake.Excerpt, "\n") + "\n" + mistake.Advice)
	case errors.As(err, &restarted):
		return restarted.Why
	}
	return err.Error()
}

// exerciseFunctions are the names that a learner of the lesson has to write.
func (l *Lesson) exerciseFunctions() (names []string) {
	for _, e := range l.exercises() {
		names = append(names, e.functions()...)
	}
	return names
}

// checking is a kernel with what it said last.
type checking struct {
	kernel *kernel.Client

	mu       sync.Mutex // goroutines of the learner print whenever they like
	printed  strings.Builder
	verdicts []verdict
}

func (c *checking) run(ctx context.Context, name, source string) error {
	c.mu.Lock()
	c.printed.Reset()
	c.verdicts = nil
	c.mu.Unlock()
	_, err := c.kernel.Execute(ctx, kernel.Cell{Name: name, Source: source}, c.see)
	return err
}

// see is the sink of the kernel.
func (c *checking) see(e kernel.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch e := e.(type) {
	case kernel.Stream:
		c.printed.WriteString(e.Text)
	case kernel.Display:
		var v verdict
		if e.Kind != kernel.Verdict {
			c.printed.WriteString(e.Text)
		} else if err := json.Unmarshal([]byte(e.Data), &v); err == nil {
			c.verdicts = append(c.verdicts, v)
		}
	}
}
