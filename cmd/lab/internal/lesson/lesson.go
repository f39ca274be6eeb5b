// Package lesson reads, runs and shows the lessons.
//
// A lesson is one Markdown file. Its fenced go blocks are cells, run from top to
// bottom; a fenced output block right after a cell is what that cell prints.
// Comments say what Markdown cannot:
//
//	<!-- lab: {"minutes": 35} -->                    how long the lesson takes
//	<!-- lab: {"exercise": "stops", "kind": ...} --> the cell below is an exercise
//	<!-- lab: {"tol": 1e-3} -->                      its numbers may differ by so much, and its bars as their numbers do
//	<!-- lab: {"expect": "error"} -->                it ends in an error, which is part of its output
//	<!-- lab: {"shows": "bytes-add"} -->             docs/misconceptions.md calls the cell so
//	<!-- lab: {"include": "nn/conv.go#Conv2D"} -->   the block below is no cell: it quotes a declaration
package lesson

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"reslab/lessons"
)

//go:generate go run ./fill ../../../..

// Info is what a list of lessons tells about one.
type Info struct {
	ID        string `json:"id"`   // as 02
	Slug      string `json:"slug"` // as convolution
	Title     string `json:"title"`
	Minutes   int    `json:"minutes"` // that a learner needs, about
	Cells     int    `json:"cells"`
	Exercises int    `json:"exercises"`
}

// Lesson is a lesson, read.
type Lesson struct {
	Info
	Source []byte // lesson.md
	Cells  []Cell
	Quotes []Quote

	solutions map[string]string // source of each function of solution.go
}

// List returns the lessons in their order.
func List() []Info {
	var all []Info
	for _, l := range embedded() {
		all = append(all, l.Info)
	}
	return all
}

// All returns the lessons, read, in their order.
func All() []*Lesson { return embedded() }

// Find returns the lesson with that number or name: 02, 2, convolution and
// 02-convolution are one.
func Find(id string) (*Lesson, error) {
	var known []string
	for _, l := range embedded() {
		if slices.Contains([]string{l.ID, strings.TrimLeft(l.ID, "0"), l.Slug, l.ID + "-" + l.Slug}, id) {
			return l, nil
		}
		known = append(known, l.ID+" "+l.Slug)
	}
	return nil, fmt.Errorf("there is no lesson %q; there are: %s", id, strings.Join(known, ", "))
}

// embedded reads the lessons of the binary. A test has read them before: an
// error is a broken build.
func embedded() []*Lesson {
	all, err := readAll(lessons.Files)
	if err != nil {
		panic(err)
	}
	return all
}

// readAll reads the lessons of a folder that holds a folder for each.
func readAll(folder fs.FS) ([]*Lesson, error) {
	files, err := fs.Glob(folder, "*/lesson.md")
	if err != nil {
		return nil, err
	}
	var all []*Lesson
	for _, file := range files {
		l, err := Read(folder, path.Dir(file))
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b *Lesson) int { return cmp.Compare(a.ID, b.ID) })
	return all, nil
}

// Read reads the lesson in the folder of that name, as 02-convolution: its
// lesson.md and its solution.go.
func Read(folder fs.FS, name string) (*Lesson, error) {
	id, slug, ok := strings.Cut(name, "-")
	if !ok {
		return nil, fmt.Errorf("the folder of a lesson is named as 02-convolution, and not %s", name)
	}
	source, err := fs.ReadFile(folder, path.Join(name, "lesson.md"))
	if err != nil {
		return nil, fmt.Errorf("read the lesson: %w", err)
	}
	l, err := parse(source)
	if err != nil {
		return nil, fmt.Errorf("lesson %s: %w", name, err)
	}
	l.ID, l.Slug = id, slug
	solution, err := fs.ReadFile(folder, path.Join(name, "solution.go"))
	if err != nil {
		return nil, fmt.Errorf("read the solutions of lesson %s: %w", name, err)
	}
	if l.solutions, err = functions(solution); err != nil {
		return nil, fmt.Errorf("the solutions of lesson %s: %w", name, err)
	}
	return l, nil
}
