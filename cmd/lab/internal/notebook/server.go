package notebook

import (
	"context"
	"net"
	"net/http"
	"time"

	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/local"
	"reslab/cmd/lab/internal/notebook/first"
	"reslab/cmd/lab/internal/notebook/library"
	"reslab/cmd/lab/internal/progress"
)

// mostForm is how many bytes a request may have.
const mostForm = 1 << 20

// A Server serves the notebooks of a folder, and the lessons.
type Server struct {
	rooms   *rooms
	library *library.Library
	guard   *local.Guard
	limits
	base context.Context // ends with the server
	end  context.CancelFunc
}

// New returns a server for a listener's address. Host is the name under which
// somebody asked for it, if any.
func New(folder string, addr net.Addr, host string) (*Server, error) {
	s := &Server{limits: defaultLimits}
	var err error
	if s.rooms, err = newRooms(folder); err != nil {
		return nil, err
	}
	s.base, s.end = context.WithCancel(context.Background())
	if s.library, err = library.New(progress.Own(), folder); err != nil {
		return nil, err
	}
	s.guard = local.NewGuard(addr, host, mostForm, s.routes())
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
func (s *Server) Address(path string) string { return s.guard.Address(path) }

// Serve serves until ctx ends; then all is saved and every kernel ended.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	defer s.Close()
	go s.tidy()
	return local.Serve(ctx, s.base, listener, s.guard, s.header) // sockets end with the server
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
