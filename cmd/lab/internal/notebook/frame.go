package notebook

import (
	"io"
	"net/http"
	"strconv"
)

// framePolicy lets the HTML that a cell shows draw and compute, in a frame that
// is a stranger to the page: it reads no cookie, reaches no address, opens no
// window and sends no form.
const framePolicy = "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; " +
	"img-src data: blob:; font-src data:; media-src data: blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"

// frame serves the HTML of a display: /frame?notebook=lesson/02&cell=b7&display=3.
func (s *Server) frame(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	display, err := strconv.ParseInt(query.Get("display"), 10, 64)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	page, ok := "", false
	if open := s.rooms.find(query.Get("notebook")); open != nil {
		page, ok = open.Frame(query.Get("cell"), display)
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Security-Policy", framePolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, page) // the browser may have gone
}
