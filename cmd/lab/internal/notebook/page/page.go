// Package page holds what the browser gets: HTML, styles and ES modules, plain
// files that nothing has to build.
//
// Two parts come from npm, where that was run (`make` runs it): CodeMirror as
// editor, bundled in the folder dist, which git ignores, and ECharts, which
// package viz holds. Without them the page has an editor of its own, and charts
// are drawings.
package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"strings"
	"time"

	"reslab/viz"
)

//go:embed *.html *.css *.js *.svg kinds/*.js kinds/*.css first library dist
var embedded embed.FS

// Read returns a file of the page: one of this folder, or one that is made of
// what package viz knows.
func Read(name string) ([]byte, error) {
	switch name {
	case "viz.css": // the colours of pictures
		return []byte(viz.PageStyle()), nil
	case "viz.js": // what brings charts to life
		return []byte(viz.PageScript()), nil
	case "dist/echarts.min.js":
		if script := viz.EChartsScript(); script != "" {
			return []byte(script), nil
		}
		return nil, fs.ErrNotExist
	case "built.js": // what npm built, for modules to ask before they load it
		_, err := fs.Stat(embedded, "dist/codemirror.js")
		return fmt.Appendf(nil, "export const codemirror = %t, echarts = %t;\n", err == nil, viz.EChartsScript() != ""), nil
	}
	return embedded.ReadFile(name)
}

// A system may think of scripts as plain text, and a browser that must not guess
// runs none then.
func init() {
	for ending, kind := range map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2"} {
		if err := mime.AddExtensionType(ending, kind); err != nil {
			panic(err) // the table above is wrong
		}
	}
}

// Handler serves the files by their names, without a leading slash: strip what
// stands before.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		data, err := Read(name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		Serve(w, r, name, data)
	})
}

// Serve serves a file of a page. A browser asks each time whether it is still the
// same, so that a new lab never meets an old page.
func Serve(w http.ResponseWriter, r *http.Request, name string, data []byte) {
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sha256.Sum256(data)))
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}
