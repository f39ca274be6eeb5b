package lesson

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"

	"reslab/cmd/lab/internal/markup"
)

// Cell is a piece of Go in a lesson.
type Cell struct {
	N      int // from 1
	Source string
	Output string // what it prints; three dots match anything
	Block

	Exercise string  // name of the exercise; empty if the cell is none
	Kind     string  // of exercise: two-holes, alone, fix
	Shows    string  // name under which docs/misconceptions.md knows the cell; empty for most
	Tol      float64 // by how much numbers in Output may differ
	Fails    bool    // the cell must end in an error

	output *Block // nil if there is no output block
}

// Quote is a declaration of the project's source, shown in a lesson.
type Quote struct {
	Of   string // as nn/conv.go#Conv2D.Forward
	Text string
	Block
}

// Block is the place of a fenced block in lesson.md.
type Block struct {
	Line       int // of the opening fence, from 1
	Start, End int // of the content, in bytes
}

// Comment is the JSON in <!-- lab: ... -->.
type Comment struct {
	Minutes  int     `json:"minutes"`
	Exercise string  `json:"exercise"`
	Kind     string  `json:"kind"`
	Shows    string  `json:"shows"`
	Tol      float64 `json:"tol"`
	Expect   string  `json:"expect"`
	Include  string  `json:"include"`

	// A learner's copy of a lesson says at its head what it is a copy of.
	Lesson  string `json:"lesson"`
	Version string `json:"version"`
}

// reader walks through the blocks of a lesson.
type reader struct {
	lesson  *Lesson
	source  []byte
	pending *Comment // belongs to the next block
	last    *Cell    // the block before was this cell
}

func parse(source []byte) (*Lesson, error) {
	p := &reader{lesson: &Lesson{Source: source}, source: source}
	doc := markup.Parse(source)
	at := 1
	for node := doc.FirstChild(); node != nil; node = node.NextSibling() {
		if line := p.line(node); line > 0 {
			at = line
		}
		if err := p.block(node); err != nil {
			return nil, fmt.Errorf("line %d: %w", at, err)
		}
	}
	l := p.lesson
	switch {
	case p.pending != nil:
		return nil, fmt.Errorf("the last lab comment has no block below it")
	case l.Title == "":
		return nil, fmt.Errorf("it has no title: begin with a line as # Convolution")
	case l.Minutes == 0:
		return nil, fmt.Errorf(`it does not say how long it takes: write <!-- lab: {"minutes": 30} --> below the title`)
	}
	l.Info.Cells = len(l.Cells)
	for _, c := range l.Cells {
		if c.Exercise != "" {
			l.Exercises++
		}
	}
	return l, nil
}

func (p *reader) block(node ast.Node) error {
	switch node := node.(type) {
	case *ast.HTMLBlock:
		return p.html(node)
	case *ast.FencedCodeBlock:
		return p.fence(node)
	case *ast.Heading:
		if node.Level == 1 && p.lesson.Title == "" {
			p.lesson.Title = Plain(node, p.source)
		}
	}
	p.last = nil
	if p.pending != nil {
		return fmt.Errorf("the lab comment above must stand right before a fenced block")
	}
	return hidden(node, p.source)
}

// hidden refuses a cell inside a list or a quotation: it would not run.
func hidden(node ast.Node, source []byte) error {
	return ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := n.(*ast.FencedCodeBlock); ok && entering {
			if language := string(f.Language(source)); language == "go" || language == "output" {
				return ast.WalkStop, fmt.Errorf("a %s block must not stand inside a list or a quotation", language)
			}
		}
		return ast.WalkContinue, nil
	})
}

func (p *reader) html(node *ast.HTMLBlock) error {
	p.last = nil
	c, err := ReadComment(markup.Text(node, p.source))
	if c == nil || err != nil {
		return err
	}
	if p.pending != nil {
		return fmt.Errorf("two lab comments for one block: make them one")
	}
	if c.Minutes > 0 {
		p.lesson.Minutes = c.Minutes
		return nil
	}
	p.pending = c
	return nil
}

// ReadComment reads what stands in a lab comment. It returns nil if the HTML is something else.
func ReadComment(html string) (*Comment, error) {
	inside, ok := strings.CutPrefix(strings.TrimSpace(html), "<!-- lab:")
	if !ok {
		return nil, nil
	}
	inside, ok = strings.CutSuffix(inside, "-->")
	if !ok {
		return nil, fmt.Errorf("a lab comment must stand alone and end in -->")
	}
	c := &Comment{}
	decoder := json.NewDecoder(strings.NewReader(inside))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(c); err != nil {
		return nil, fmt.Errorf("the lab comment is not right: %w", err)
	}
	if c.Expect != "" && c.Expect != "error" {
		return nil, fmt.Errorf(`expect can be "error" and nothing else, not %q`, c.Expect)
	}
	return c, nil
}

func (p *reader) fence(node *ast.FencedCodeBlock) error {
	c := p.pending
	p.pending = nil
	cell := p.last
	p.last = nil
	block := p.place(node)
	content := markup.Text(node, p.source)
	switch language := string(node.Language(p.source)); {
	case language == "output" && cell == nil:
		return fmt.Errorf("an output block must stand right after its cell")
	case language == "output":
		cell.Output, cell.output = content, &block
	case language == "go" && c != nil && c.Include != "":
		p.lesson.Quotes = append(p.lesson.Quotes, Quote{c.Include, content, block})
	case language == "go":
		p.cell(content, block, c)
	case c != nil:
		return fmt.Errorf("a lab comment belongs to a go block, and not to a block %q", language)
	}
	return nil
}

func (p *reader) cell(source string, block Block, c *Comment) {
	if c == nil {
		c = &Comment{}
	}
	p.lesson.Cells = append(p.lesson.Cells, Cell{
		N: len(p.lesson.Cells) + 1, Source: source, Block: block,
		Exercise: c.Exercise, Kind: c.Kind, Shows: c.Shows, Tol: c.Tol, Fails: c.Expect == "error",
	})
	p.last = &p.lesson.Cells[len(p.lesson.Cells)-1]
}

// place finds the content of a fence, which may be empty.
func (p *reader) place(node *ast.FencedCodeBlock) Block {
	if node.Info == nil {
		return Block{} // no language: no cell
	}
	at := node.Info.Segment.Stop
	start := len(p.source)
	if newline := bytes.IndexByte(p.source[at:], '\n'); newline >= 0 {
		start = at + newline + 1
	}
	end := start
	if lines := node.Lines(); lines.Len() > 0 {
		end = lines.At(lines.Len() - 1).Stop
	}
	return Block{Line: markup.LineAt(p.source, at), Start: start, End: end}
}

// line returns where a block begins, or 0: a list or an empty block does not know.
func (p *reader) line(node ast.Node) int {
	if f, ok := node.(*ast.FencedCodeBlock); ok && f.Info != nil {
		return markup.LineAt(p.source, f.Info.Segment.Start)
	}
	if lines := node.Lines(); lines.Len() > 0 {
		return markup.LineAt(p.source, lines.At(0).Start)
	}
	return 0
}
