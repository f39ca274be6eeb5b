package notebook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"reslab/cmd/lab/internal/notebook/document"
	"reslab/cmd/lab/internal/notebook/export"
)

// download hands out an open notebook as something else: /download?notebook=lesson/02&as=html.
func (s *Server) download(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	open := s.rooms.find(query.Get("notebook"))
	as, known := downloads[query.Get("as")]
	if open == nil || !known {
		http.NotFound(w, r)
		return
	}
	d, results, err := export.FromRoom(open)
	var file []byte
	if err == nil {
		file, err = as.file(s, d, results, path.Dir(strings.TrimPrefix(query.Get("notebook"), "file/")))
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	name := strings.TrimSuffix(path.Base(query.Get("notebook")), ".md") + as.ending
	if d.Origin != nil {
		name = "lesson-" + name
	}
	w.Header().Set("Content-Type", as.kind)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	_, _ = w.Write(file) // the browser may have gone
}

// A download is a way in which a notebook goes out. Folder is where its pictures are.
type download struct {
	ending, kind string
	file         func(s *Server, d *document.Document, results map[string]export.Result, folder string) ([]byte, error)
}

var downloads = map[string]download{
	"md": {".md", "text/markdown; charset=utf-8", func(_ *Server, d *document.Document, _ map[string]export.Result, _ string) ([]byte, error) {
		return d.Markdown(), nil
	}},
	"html": {".html", "text/html; charset=utf-8", func(s *Server, d *document.Document, results map[string]export.Result, folder string) ([]byte, error) {
		if d.Origin != nil {
			return export.HTML(d, results, nil)
		}
		below, err := fs.Sub(s.rooms.folder.FS(), folder)
		if err != nil {
			return nil, err
		}
		return export.HTML(d, results, below)
	}},
	"ipynb": {".ipynb", "application/x-ipynb+json", func(_ *Server, d *document.Document, results map[string]export.Result, _ string) ([]byte, error) {
		return export.Jupyter(d, results)
	}},
	"go": {".zip", "application/zip", func(_ *Server, d *document.Document, _ map[string]export.Result, _ string) ([]byte, error) {
		program, err := export.Go(d)
		if err != nil {
			return nil, err
		}
		return zipped(program)
	}},
}

// zipped packs a program.
func zipped(program *export.Folder) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(program.Files)) {
		w, err := z.Create(name)
		if err != nil {
			return nil, fmt.Errorf("pack the program: %w", err)
		}
		if _, err := w.Write(program.Files[name]); err != nil {
			return nil, fmt.Errorf("pack the program: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack the program: %w", err)
	}
	return b.Bytes(), nil
}
