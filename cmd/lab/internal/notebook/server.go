package notebook

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"time"

	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/notebook/first"
	"reslab/cmd/lab/internal/notebook/library"
	"reslab/cmd/lab/internal/progress"
)

// A Server serves the notebooks of a folder, and the lessons.
type Server struct {
	rooms   *rooms
	library *library.Library
	guard   *guard
	addr    *net.TCPAddr
	limits
	base context.Context // ends with the server
	end  context.CancelFunc
}

// New returns a server for a listener's address. Host is the name under which
// somebody asked for it, if any.
func New(folder string, addr net.Addr, host string) (*Server, error) {
	s := &Server{addr: addr.(*net.TCPAddr), limits: defaultLimits}
	var err error
	if s.rooms, err = newRooms(folder); err != nil {
		return nil, err
	}
	s.base, s.end = context.WithCancel(context.Background())
	if s.library, err = library.New(progress.Own(), folder); err != nil {
		return nil, err
	}
	s.guard = newGuard(addr, host, s.routes())
	return s, nil
}

// routes says what is where.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	start := first.Handler(progress.Own())
	mux.Handle("GET /{$}", start)
	mux.Handle("/first/", start)
	mux.Handle("/lessons", s.library)
	mux.Handle("/lessons/", s.library)
	mux.HandleFunc("GET /lesson/{id}", s.lessonPage)
	mux.HandleFunc("GET /file/{name...}", s.filePage)
	mux.Handle("GET /static/", static)
	mux.HandleFunc("GET /socket", s.socket)
	mux.HandleFunc("GET /frame", s.frame)
	mux.HandleFunc("GET /download", s.download)
	mux.HandleFunc("GET /picture/{name...}", s.picture)
	return mux
}

func (s *Server) lessonPage(w http.ResponseWriter, r *http.Request) {
	l, err := lesson.Find(r.PathValue("id"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	if to := "/lesson/" + l.ID; r.URL.Path != to {
		http.Redirect(w, r, to, http.StatusSeeOther)
		return
	}
	servePage(w, r, "notebook.html")
}

func (s *Server) filePage(w http.ResponseWriter, r *http.Request) {
	if _, err := s.rooms.options("file/" + r.PathValue("name")); err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	servePage(w, r, "notebook.html")
}

// Address is where the page at a path is opened for the first time.
func (s *Server) Address(path string) string {
	host := s.addr.IP
	if host.IsUnspecified() {
		host = net.IPv4(127, 0, 0, 1)
	}
	at := url.URL{Scheme: "http", Host: net.JoinHostPort(host.String(), fmt.Sprint(s.addr.Port)), Path: path, RawQuery: "token=" + s.guard.token}
	return at.String()
}

// Serve serves until ctx ends; then all is saved and every kernel ended.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           s.guard,
		BaseContext:       func(net.Listener) context.Context { return s.base }, // sockets end with the server
		ReadHeaderTimeout: s.header,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // a browser that went away is no news
	}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	defer s.Close()
	go s.tidy()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving the notebook: %w", err)
	}
	return nil
}

// Close saves, ends the kernels and lets the pages go.
func (s *Server) Close() {
	s.end()
	s.rooms.close()
	s.library.Close()
}

// tidy looks now and then for kernels that nobody needs.
func (s *Server) tidy() {
	ticks := time.NewTicker(time.Minute)
	defer ticks.Stop()
	for {
		select {
		case <-ticks.C:
			s.rooms.rest()
		case <-s.base.Done():
			return
		}
	}
}
