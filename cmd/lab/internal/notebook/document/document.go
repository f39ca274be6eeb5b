// Package document is a notebook as blocks, read from Markdown and written back.
package document

import (
	"fmt"
	"strings"

	"reslab/cmd/lab/internal/lesson"
)

// The kinds of blocks.
const (
	Prose = "prose"
	Cell  = "cell"
	Quote = "quote"
)

// A Block is a piece of a notebook.
type Block struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Source string `json:"source"`
	HTML   string `json:"html,omitempty"`
	N      int    `json:"n,omitempty"` // of a cell: the number that messages call it by
	Fails  bool   `json:"fails,omitempty"`
}

// A Document is a notebook.
type Document struct {
	Title  string
	Blocks []Block

	ids, cells int
}

// Parse reads a notebook.
func Parse(markdown []byte) (*Document, error) {
	d := &Document{}
	var lines []string
	kind := Prose
	flush := func() {
		text := strings.Join(lines, "\n")
		if kind == Prose {
			text = strings.Trim(text, "\n")
		}
		if text != "" || kind == Cell {
			d.Blocks = append(d.Blocks, d.New(kind, text))
		}
		lines = nil
	}
	for line := range strings.Lines(string(markdown)) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case kind == Prose && line == "```go":
			flush()
			kind = Cell
		case kind == Cell && line == "```":
			flush()
			kind = Prose
		default:
			if title, ok := strings.CutPrefix(line, "# "); ok && d.Title == "" && kind == Prose {
				d.Title = title
			}
			lines = append(lines, line)
		}
	}
	flush()
	return d, nil
}

// FromLesson makes a notebook of a lesson.
func FromLesson(l *lesson.Lesson) *Document {
	d, _ := Parse(l.Source)
	return d
}

// New returns a block that is not part of the document yet.
func (d *Document) New(kind, source string) Block {
	d.ids++
	b := Block{ID: fmt.Sprintf("b%d", d.ids), Kind: kind, Source: source}
	if kind == Cell {
		d.cells++
		b.N = d.cells
	}
	return b
}

// Markdown writes the notebook.
func (d *Document) Markdown() []byte {
	var b strings.Builder
	for i, block := range d.Blocks {
		if i > 0 {
			b.WriteString("\n")
		}
		if block.Kind == Cell {
			b.WriteString("```go\n" + block.Source + "\n```\n")
		} else {
			b.WriteString(block.Source + "\n")
		}
	}
	return []byte(b.String())
}
