// Package library is the page /lessons: the lessons in parts, what the learner has
// done in each, the notebooks of the folder, and how well the learner knows what
// they know. It also asks, at the top of a lesson, what was predicted some
// lessons ago; package progress keeps all of it.
//
//	library.go   the addresses
//	shelf.go     lessons in parts, as the page shows them
//	folder.go    the notebooks of the folder, and new ones
//	memory.go    questions from memory
//	chart.go     sureness against truth, drawn
package library

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"reslab/cmd/lab/internal/notebook/page"
	"reslab/cmd/lab/internal/progress"
)

// Library serves the page.
type Library struct {
	learner *progress.Learner
	folder  *os.Root
	http.Handler
}

// New returns the library of a learner who started lab in a folder. It serves
// /lessons and what lies below; whoever mounts it guards it.
func New(learner *progress.Learner, folder string) (*Library, error) {
	whole, err := filepath.Abs(folder) // the page names it, and "." is no name
	if err != nil {
		return nil, fmt.Errorf("open the folder of your notebooks: %w", err)
	}
	root, err := os.OpenRoot(whole)
	if err != nil {
		return nil, fmt.Errorf("open the folder of your notebooks: %w", err)
	}
	l := &Library{learner: learner, folder: root}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /lessons", func(w http.ResponseWriter, r *http.Request) { l.show(w, http.StatusOK, r.URL.Query().Get("name"), "") })
	mux.HandleFunc("POST /lessons/new", l.create)
	mux.HandleFunc("GET /lessons/memories", l.memories)
	mux.HandleFunc("POST /lessons/memories", l.remember)
	l.Handler = mux
	return l, nil
}

// Close lets the folder go.
func (l *Library) Close() error { return l.folder.Close() }

// show writes the page. Name is what stands in the field for a new notebook, and
// problem what is wrong with it.
func (l *Library) show(w http.ResponseWriter, status int, name, problem string) {
	source, err := page.Read("library/library.html")
	if err != nil {
		panic(err) // a broken build
	}
	view := l.view()
	view.Name, view.Problem = name, problem
	var html bytes.Buffer
	if err := template.Must(template.New("library").Parse(string(source))).Execute(&html, view); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store") // what is done changes while other pages are open
	w.WriteHeader(status)
	_, _ = html.WriteTo(w) // the browser may have gone
}

// create makes a notebook and leads to it.
func (l *Library) create(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	title := r.PostFormValue("name")
	name, err := newNotebook(l.folder, title)
	var there *thereError
	switch {
	case errors.As(err, &there):
		l.show(w, http.StatusConflict, title, err.Error())
	case err != nil:
		l.show(w, http.StatusBadRequest, title, err.Error())
	default:
		http.Redirect(w, r, "/file/"+url.PathEscape(name), http.StatusSeeOther)
	}
}
