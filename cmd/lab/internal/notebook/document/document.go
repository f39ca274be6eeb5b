// Package document holds a notebook as a list of blocks: prose, cells and
// quotes. A notebook is a Markdown file; reading and writing it changes no byte
// of what nobody edited.
//
//	d, err := document.Parse(markdown)
//	d.Edit(id, "fmt.Println(2)")
//	os.WriteFile(path, d.Markdown(), 0o644)
//
// A cell is a fenced go block, with the fenced output block below it. Prose is
// all else, and a heading begins a block of its own. What package lesson says of
// the comments <!-- lab: ... --> holds here too.
package document

import (
	"fmt"
	"slices"
	"strings"
)

// Kind tells what a block is.
type Kind string

// The kinds of blocks.
const (
	Prose Kind = "prose" // Markdown
	Cell  Kind = "cell"  // Go that runs
	Quote Kind = "quote" // Go of the project's source, to be read
)

// Document is a notebook. It is for one goroutine at a time.
type Document struct {
	Title  string // of the first heading; empty if there is none
	Blocks []*Block
	Origin *Origin // of a lesson, and of a learner's copy; nil for other notebooks

	head string // what stands before the first block: a byte order mark, the origin, empty lines
	eol  string // how lines end
	last int    // the number in the newest block's ID
	undo []step
}

// Block is a piece of a notebook.
type Block struct {
	ID     string // stays the same as long as the document is in memory
	Kind   Kind
	Source string // Markdown or Go; lines end in \n, the last one does not
	N      int    // of cells: the number from the top, from 1
	Of     string // of quotes: what they quote, as nn/conv.go#Conv2D
	Output string // of cells: what the file says that they print

	Exercise *Exercise // of cells; nil if it is none
	Tol      float64   // by how much numbers in Output may differ
	Fails    bool      // the cell must end in an error

	origin *Block // what the lesson has in its place; nil: nothing, or this is no copy

	text text
	was  content // what text says
	next string  // ID of the block that followed when it was read; empty: none
}

// content is what of a block can change.
type content struct {
	Kind               Kind
	Source, Of, Output string
}

func (b *Block) content() content { return content{b.Kind, b.Source, b.Of, b.Output} }

// Exercise is a task with all that the lesson says about it.
type Exercise struct {
	Name     string
	Kind     string  // two-holes, alone
	Hints    []Aside // the first says least
	After    []Aside // to be read when it is solved
	Solution string  // the whole cell, solved; empty where nobody knows it
}

// Aside is what a lesson folds away.
type Aside struct {
	Title    string // plain text
	Markdown string
}

// Find returns the block of that ID, nil if there is none.
func (d *Document) Find(id string) *Block {
	if i := d.index(id); i >= 0 {
		return d.Blocks[i]
	}
	return nil
}

func (d *Document) index(id string) int {
	return slices.IndexFunc(d.Blocks, func(b *Block) bool { return b.ID == id })
}

// Cells returns the cells from top to bottom.
func (d *Document) Cells() []*Block {
	var cells []*Block
	for _, b := range d.Blocks {
		if b.Kind == Cell {
			cells = append(cells, b)
		}
	}
	return cells
}

// number gives the cells their numbers.
func (d *Document) number() {
	for i, c := range d.Cells() {
		c.N = i + 1
	}
}

func (d *Document) newID() string {
	d.last++
	return fmt.Sprintf("b%d", d.last)
}

// clean makes what a page sends fit for a file: lines end in \n, and it is UTF-8
// without zero bytes.
func clean(source string) string {
	source = strings.ToValidUTF8(source, "\uFFFD")
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(source)
}
