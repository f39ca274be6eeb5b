package recognise

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"

	"reslab/cmd/lab/internal/local"
	"reslab/cmd/lab/internal/notebook/ink"
	"reslab/cmd/lab/internal/notebook/page"
	"reslab/experiments/train"
	"reslab/nn/data"
)

// mostBytes is how many bytes a picture may have. How many pixels, package data
// says.
const mostBytes = 64 << 20

//go:embed *.html *.css *.js
var files embed.FS

var html = template.Must(template.ParseFS(files, "page.html"))

// A Server serves the page, and what the net says of the pictures that come from it.
type Server struct {
	net   *train.Classifier
	about about
	guard *local.Guard
	turn  chan struct{} // full while a picture is looked at
}

// New returns a server for a listener's address. Weights is where the net came
// from, and host the name under which somebody asked for the address, if any.
func New(net *train.Classifier, weights string, addr net.Addr, host string) *Server {
	s := &Server{net: net, about: aboutNet(net, weights), turn: make(chan struct{}, 1)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page)
	mux.HandleFunc("GET /recognise/{name}", file)
	mux.Handle("GET /static/", http.StripPrefix("/static/", page.Handler()))
	mux.Handle("POST /picture", s.answers(func(body []byte) (*data.Picture, error) { return data.DecodePicture(bytes.NewReader(body)) }))
	mux.Handle("POST /drawing", s.answers(ink.Digit))
	s.guard = local.NewGuard(addr, host, mostBytes, mux)
	return s
}

// Address is where the page is opened for the first time.
func (s *Server) Address() string { return s.guard.Address("/") }

// Serve serves until ctx ends.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	return local.Serve(ctx, ctx, listener, s.guard, local.Header)
}

func (s *Server) page(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = html.Execute(w, s.about) // the browser may have gone
}

// file serves the styles and modules of the page.
func file(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	content, err := files.ReadFile(name)
	if err != nil || name == "page.html" {
		http.NotFound(w, r)
		return
	}
	page.Serve(w, r, name, content)
}

// answers reads a picture, waits until it is its turn, and says what the net
// takes it for. What the page no longer waits for is dropped.
func (s *Server) answers(read func(body []byte) (*data.Picture, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			refuse(w, err)
			return
		}
		select {
		case s.turn <- struct{}{}:
			defer func() { <-s.turn }()
		case <-r.Context().Done():
			return
		}
		picture, err := read(body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}
		said, err := s.look(r.Context(), picture, r.URL.Query().Get("explain"))
		switch {
		case r.Context().Err() != nil:
		case err != nil:
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		default:
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(said) // the browser may have gone
		}
	})
}

// refuse says why a picture did not arrive.
func refuse(w http.ResponseWriter, err error) {
	if errors.As(err, new(*http.MaxBytesError)) {
		http.Error(w, fmt.Sprintf("the file has more than %d MB; make the picture smaller", mostBytes>>20), http.StatusRequestEntityTooLarge)
		return
	}
	http.Error(w, "the picture did not arrive whole; try again", http.StatusBadRequest)
}
