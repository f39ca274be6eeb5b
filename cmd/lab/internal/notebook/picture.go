package notebook

import (
	"io"
	"net/http"
	"path"
	"strings"
)

// pictures are the files of the folder that prose may show, and how a browser is
// to read them.
var pictures = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".svg": "image/svg+xml",
}

// picturePolicy keeps a drawing that is opened by itself from doing anything.
const picturePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'"

// mostPicture is how many bytes a picture may have.
const mostPicture = 32 << 20

// picture serves a picture below the folder: /picture/plots/loss.png.
func (s *Server) picture(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	kind, known := pictures[strings.ToLower(path.Ext(name))]
	if !known {
		http.NotFound(w, r)
		return
	}
	file, err := s.rooms.folder.Open(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > mostPicture {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Security-Policy", picturePolicy)
	_, _ = io.Copy(w, io.LimitReader(file, mostPicture)) // the browser may have gone
}
