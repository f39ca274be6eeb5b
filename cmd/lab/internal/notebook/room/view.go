package room

import (
	"io/fs"
	"net/url"
	"path"

	"reslab/cmd/lab/internal/notebook/document"
	"reslab/cmd/lab/internal/notebook/render"
)

// A Block is a piece of the notebook as pages get it.
type Block struct {
	ID       string        `json:"id"`
	Kind     document.Kind `json:"kind"`
	Source   string        `json:"source"`
	HTML     string        `json:"html,omitempty"` // of prose and quotes
	Of       string        `json:"of,omitempty"`   // of quotes
	N        int           `json:"n,omitempty"`    // of cells
	Expected string        `json:"expected,omitempty"`
	Tol      float64       `json:"tol,omitempty"` // by how much numbers in Expected may differ
	Fails    bool          `json:"fails,omitempty"`
	Changed  bool          `json:"changed,omitempty"`
	Exercise *Exercise     `json:"exercise,omitempty"`
}

// An Exercise is a task, and how far the learner is with it.
type Exercise struct {
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	Hints  int    `json:"hints"`
	Read   int    `json:"read"`
	Solved bool   `json:"solved"`
}

// view is a block as pages get it.
func (r *Room) view(b *document.Block) Block {
	v := Block{ID: b.ID, Kind: b.Kind, Source: b.Source, Of: b.Of, N: b.N, Expected: b.Output, Tol: b.Tol, Fails: b.Fails, Changed: b.Changed()}
	if b.Kind != document.Cell {
		v.HTML = r.html(b)
	}
	if e := b.Exercise; e != nil {
		done := r.standing.Exercise(r.lessonID(), e.Name)
		v.Exercise = &Exercise{Name: e.Name, Kind: e.Kind, Hints: len(e.Hints), Read: done.Hints, Solved: done.Passed != nil}
	}
	return v
}

// A rendering is HTML that was made of a source.
type rendering struct{ source, html string }

// html is prose or a quote, ready to show. What has not changed is not made anew.
func (r *Room) html(b *document.Block) string {
	if made, ok := r.rendered[b.ID]; ok && made.source == b.Source {
		return made.html
	}
	made := rendering{b.Source, ""}
	if b.Kind == document.Quote {
		made.html = render.Code("go", b.Source)
	} else {
		made.html = r.prose(b.ID, b.Source)
	}
	r.rendered[b.ID] = made
	return made.html
}

// prose shows Markdown; name sets its notes apart from those of other blocks.
// Pictures of a notebook stand below its folder.
func (r *Room) prose(name, markdown string) string {
	o := render.Options{Name: name}
	if r.opt.Lesson == nil {
		o.Picture = func(to string) string {
			to = path.Join(path.Dir(r.file.name), to)
			if !fs.ValidPath(to) {
				return ""
			}
			return (&url.URL{Path: "/picture/" + to}).String()
		}
	}
	return o.Prose(markdown)
}

// Snapshot returns all there is to know, for who exports the notebook.
func (r *Room) Snapshot() Snapshot {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.snapshot()
}

func (r *Room) snapshot() Snapshot {
	s := Snapshot{
		T: "snapshot", Kernel: r.engine.state, Blocks: []Block{}, States: []State{}, Outputs: map[string][]Output{},
		Notebook: Notebook{ID: r.opt.ID, Title: r.title(), Kind: r.opt.Kind, Path: r.file.Path(), Session: r.session},
	}
	for _, b := range r.text.Blocks {
		s.Blocks = append(s.Blocks, r.view(b))
		if b.Kind != document.Cell {
			continue
		}
		c := r.record(b.ID)
		s.States = append(s.States, c.state(b.ID, b.Source))
		if len(c.outputs) > 0 {
			s.Outputs[b.ID] = append([]Output(nil), c.outputs...)
		}
	}
	return s
}

// title is the notebook's first heading, or else its name.
func (r *Room) title() string {
	if r.text.Title != "" {
		return r.text.Title
	}
	return r.file.name
}

// Markdown returns the notebook's text as it stands.
func (r *Room) Markdown() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Markdown()
}
