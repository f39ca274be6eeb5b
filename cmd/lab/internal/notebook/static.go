package notebook

import (
	"net/http"

	"reslab/cmd/lab/internal/notebook/page"
)

// static serves the files of the page.
var static = http.StripPrefix("/static/", page.Handler())

// servePage serves one of the pages.
func servePage(w http.ResponseWriter, r *http.Request, name string) {
	text, err := page.Read(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(text) // the browser may have gone
}
