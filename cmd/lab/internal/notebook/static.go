package notebook

import (
	"io/fs"
	"net/http"
	"path"

	assets "reslab/cmd/lab/internal/notebook/page"
)

// types are given by us: a system may think of scripts as text, and a browser
// that must not guess runs none then.
var types = map[string]string{
	".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".mjs": "text/javascript; charset=utf-8", ".json": "application/json", ".map": "application/json", ".svg": "image/svg+xml",
	".png": "image/png", ".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8", ".woff2": "font/woff2",
}

// static serves a file of the page.
func static(w http.ResponseWriter, r *http.Request) { serveFile(w, r, r.PathValue("path")) }

// page serves one of the pages.
func page(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { serveFile(w, r, name) }
}

func serveFile(w http.ResponseWriter, r *http.Request, name string) {
	kind, known := types[path.Ext(name)]
	if !known || !fs.ValidPath(name) {
		http.NotFound(w, r)
		return
	}
	content, err := assets.Read(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(content) // the browser may have gone
}
