package document

import (
	"path/filepath"
	"strings"

	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/terminal"
)

// Extension ends the name of a notebook's file.
const Extension = ".md"

// NamedLesson returns the lesson of a name that somebody typed where the file of
// a notebook would do, too, and is none.
func NamedLesson(name string) (*lesson.Lesson, error) {
	l, err := lesson.Find(name)
	switch {
	case err == nil:
		return l, nil
	case looksLikeFile(name):
		return nil, terminal.Usage("%s is no notebook: a notebook is a text in Markdown, its cells of Go stand between ```go and ```, and its name ends in %s; "+
			"a lesson is named as 02", name, Extension)
	}
	return nil, terminal.Usage("%v; the name of a notebook of yours ends in %s", err, Extension)
}

// looksLikeFile tells x.txt and sub/x from what could be the name of a lesson.
func looksLikeFile(name string) bool {
	return strings.ContainsAny(name, `/\`) || filepath.Ext(name) != ""
}
