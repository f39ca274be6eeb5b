// Package first is the first page of the notebook: draw a digit, train a net, bet
// on 56 layers against 8, and switch on a plus sign.
//
//	first.go      the page, its socket, where to go from here
//	session.go    one open page: what it asks for, one thing after the other
//	message.go    what passes between page and session
//	reader.go     the net that names digits, and its training
//	race.go       8 plain layers against 56, and the shortcuts
//	curve.go      a training loss, smoothed
//	finding.go    what the curves say, in a sentence
//	pictures.go   MNIST, read once
package first

import (
	"encoding/json"
	"net/http"

	"github.com/coder/websocket"

	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/notebook/page"
	"reslab/cmd/lab/internal/progress"
)

// largestFrame bounds what a page may send in one frame.
const largestFrame = 64 << 10

// handler serves the page to all who open it.
type handler struct {
	learner *progress.Learner
	bench   bench
	course  course
	load    func() (*pictures, error)
}

// Handler serves the first page at /, and what it asks for below /first/. The
// modules and styles come from elsewhere, at /static/. Whoever mounts it guards
// it: it does not ask who calls.
func Handler(learner *progress.Learner) http.Handler {
	return newHandler(learner, usual, onlyOnce(loadPictures))
}

func newHandler(learner *progress.Learner, c course, load func() (*pictures, error)) http.Handler {
	h := &handler{learner: learner, bench: newBench(), course: c, load: load}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", h.page)
	mux.HandleFunc("GET /first/ways", h.ways)
	mux.HandleFunc("GET /first/socket", h.socket)
	return mux
}

func (h *handler) page(w http.ResponseWriter, r *http.Request) {
	html, err := page.Read("first/first.html")
	if err != nil {
		panic(err) // a broken build
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Write(html)
}

// ways are where to go from the first page.
type ways struct {
	First way  `json:"first"`           // the first lesson there is
	Left  *way `json:"left,omitempty"`  // where a learner who has been here before left off
	Again bool `json:"again,omitempty"` // the learner has been here before
}

type way struct {
	Lesson string `json:"lesson"`
	Title  string `json:"title"`
	Cell   int    `json:"cell,omitempty"`
	URL    string `json:"url"`
}

func (h *handler) ways(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(h.on())
}

// on finds the ways. Progress that cannot be read closes none: the library says
// what is wrong with it.
func (h *handler) on() (to ways) {
	record, err := h.learner.Read()
	if err != nil {
		record = &progress.Record{}
	}
	to.Again = len(record.Lessons) > 0 || len(record.Predictions) > 0
	last := record.LastLesson()
	for i, l := range lesson.List() {
		step := way{Lesson: l.ID, Title: l.Title, URL: "/lesson/" + l.ID}
		if i == 0 {
			to.First = step
		}
		if l.ID == last {
			visit := record.Lessons[last]
			step.Cell = visit.Cell
			if visit.Block != "" {
				step.URL += "#" + visit.Block
			}
			to.Left = &step
		}
	}
	return to
}

// socket holds a session as long as the page is open.
func (h *handler) socket(w http.ResponseWriter, r *http.Request) {
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return // Accept has answered
	}
	defer conn.CloseNow()
	conn.SetReadLimit(largestFrame)
	newSession(h, conn).serve(r.Context())
}
