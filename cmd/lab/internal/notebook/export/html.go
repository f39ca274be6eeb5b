package export

import (
	"bytes"
	"embed"
	"encoding/base64"
	"html/template"
	"io/fs"
	"net/http"
	"strings"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/notebook/document"
	"reslab/cmd/lab/internal/notebook/render"
)

//go:embed notebook.html notebook.css notebook.js
var parts embed.FS

var pageTemplate = template.Must(template.ParseFS(parts, "notebook.html"))

// HTMLKinds are the displays that the file draws: our own, so that it needs no
// script of others.
func HTMLKinds() []kernel.Kind { return kernel.PageKinds(false) }

// filePage is what the template sees.
type filePage struct {
	Title   string
	Style   template.CSS
	Imports template.HTML // the import map
	Script  template.JS
	Blocks  []fileBlock
}

type fileBlock struct {
	ID, Kind, Of string
	N            int
	Exercise     bool
	HTML         template.HTML // prose, or code in colours
	Outputs      []fileOutput
	Error        string
	Asides       []fileAside
}

type fileOutput struct {
	Stream, Kind, Text string
	Result             bool
	Data               string // for the script to draw; empty: the text is all
}

type fileAside struct {
	Title string
	HTML  template.HTML
}

// HTML makes one file of a notebook that needs nothing else: what the cells
// showed, with the drawings that one can use. Pictures that the text names come
// from the folder, which may be nil; results may be nil. Controls stand still:
// nothing runs here.
func HTML(d *document.Document, results map[string]Result, folder fs.FS) ([]byte, error) {
	p := filePage{Title: d.Title}
	style, err := styles()
	if err != nil {
		return nil, err
	}
	own, err := parts.ReadFile("notebook.css")
	if err != nil {
		return nil, err
	}
	script, err := parts.ReadFile("notebook.js")
	if err != nil {
		return nil, err
	}
	imports, err := importMap("kinds/kinds.js")
	if err != nil {
		return nil, err
	}
	p.Style, p.Imports, p.Script = template.CSS(style+string(own)), template.HTML(`<script type="importmap">`+imports+"</script>"), template.JS(script)
	for _, b := range d.Blocks {
		p.Blocks = append(p.Blocks, newFileBlock(b, results, folder))
	}
	var out bytes.Buffer
	err = pageTemplate.Execute(&out, p)
	return out.Bytes(), err
}

func newFileBlock(b *document.Block, results map[string]Result, folder fs.FS) fileBlock {
	f := fileBlock{ID: b.ID, Kind: string(b.Kind), N: b.N, Of: strings.ReplaceAll(b.Of, "#", ", "), Exercise: b.Exercise != nil}
	o := render.Options{Name: b.ID, Link: func(string) string { return "" }, Picture: func(name string) string { return pictureIn(folder, name) }}
	switch b.Kind {
	case document.Prose:
		f.HTML = template.HTML(o.Prose(b.Source))
		return f
	case document.Quote:
		f.HTML = template.HTML(render.Code("go", b.Source))
		return f
	}
	f.HTML = template.HTML(render.Code("go", b.Source))
	r, ran := results[b.ID]
	if !ran && b.Output != "" {
		r.Outputs = []Output{{Stream: "stdout", Text: b.Output}}
	}
	f.Error = r.Error
	for _, out := range r.Outputs {
		f.Outputs = append(f.Outputs, fileOutput{Stream: out.Stream, Kind: string(out.Kind), Text: strings.TrimSuffix(out.Text, "\n"), Result: out.Result, Data: out.Data})
	}
	if e := b.Exercise; e != nil {
		for _, a := range append(append([]document.Aside{}, e.Hints...), e.After...) {
			f.Asides = append(f.Asides, fileAside{a.Title, template.HTML(o.Prose(a.Markdown))})
		}
	}
	return f
}

// mostPicture is how large a picture may be that is taken into a file.
const mostPicture = 8 << 20

// pictureIn returns a picture of a folder as an address that holds all of it,
// empty if there is none, or if it is no picture.
func pictureIn(folder fs.FS, name string) string {
	if folder == nil || !fs.ValidPath(name) {
		return ""
	}
	if info, err := fs.Stat(folder, name); err != nil || !info.Mode().IsRegular() || info.Size() > mostPicture {
		return ""
	}
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		return ""
	}
	switch kind := http.DetectContentType(data); kind {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data)
	}
	return ""
}
