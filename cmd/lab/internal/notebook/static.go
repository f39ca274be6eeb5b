package notebook

import (
	"mime"
	"net/http"

	"reslab/cmd/lab/internal/notebook/page"
)

// A system may think of scripts as plain text, and a browser that must not guess
// runs none then.
func init() {
	for ending, kind := range map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2"} {
		if err := mime.AddExtensionType(ending, kind); err != nil {
			panic(err) // the table above is wrong
		}
	}
}

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
