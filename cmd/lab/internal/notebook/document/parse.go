package document

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/markup"
)

// MostBytes is how large a notebook may be.
const MostBytes = 8 << 20

// CheckSize refuses, in a sentence, a notebook that is larger.
func CheckSize(bytes int64) error {
	if bytes <= MostBytes {
		return nil
	}
	return fmt.Errorf("it has more than %d MB, the most that a notebook may have: split it into several", MostBytes>>20)
}

// Parse reads a notebook. The error, for what is no notebook, is a sentence.
func Parse(source []byte) (*Document, error) {
	if err := CheckSize(int64(len(source))); err != nil {
		return nil, err
	}
	switch {
	case bytes.IndexByte(source, 0) >= 0:
		return nil, errors.New("it is no text, so no notebook: a notebook is a Markdown file")
	case !utf8.Valid(source):
		return nil, errors.New("its text is not in UTF-8: save it as UTF-8 in your editor and open it again")
	}
	d := &Document{eol: "\n"}
	if first := bytes.IndexByte(source, '\n'); first > 0 && source[first-1] == '\r' {
		d.eol = "\r\n"
	}
	mark := len(source) - len(bytes.TrimPrefix(source, []byte("\uFEFF")))
	r := &reader{source: source[mark:], doc: d}
	r.read()
	r.assemble()
	d.head = string(source[:mark]) + d.head
	d.number()
	return d, nil
}

// A reader walks through the nodes of a notebook at its top.
type reader struct {
	source   []byte
	doc      *Document
	fixed    []*part  // cells and quotes
	headings []int    // where prose is split
	splits   [][2]int // separators of prose: from, to

	pending *comment // belongs to the next fence
	last    *part    // the cell that an output or an aside right here belongs to
	details int      // where the open <details> begins
	closing int      // where it ends; 0: none is open
}

// A comment is a lab comment and its place.
type comment struct {
	lesson.Comment
	from, to int
	text     string
}

// A part is a cell or a quote and the bytes it takes up.
type part struct {
	block    *Block
	from, to int
	printed  bool // its output has been read, or something else stands below it
}

func (r *reader) read() {
	root := markup.Parse(r.source)
	for node := root.FirstChild(); node != nil; node = node.NextSibling() {
		switch node := node.(type) {
		case *ast.HTMLBlock:
			r.html(node)
			continue
		case *ast.FencedCodeBlock:
			if r.closing == 0 && r.fence(node) {
				continue
			}
		case *ast.Heading:
			if r.closing == 0 {
				r.heading(node)
			}
		}
		if r.closing == 0 {
			r.pending, r.last = nil, nil
		}
	}
}

func (r *reader) heading(node *ast.Heading) {
	if node.Lines().Len() == 0 {
		return // it is empty
	}
	r.headings = append(r.headings, r.lineStart(node.Lines().At(0).Start))
	if r.doc.Title == "" && node.Level == 1 {
		r.doc.Title = lesson.Plain(node, r.source)
	}
}

// html follows <details> and lab comments.
func (r *reader) html(node *ast.HTMLBlock) {
	from, to := r.extent(node)
	html := markup.Text(node, r.source)
	switch {
	case r.closing > 0:
		if to < r.closing {
			return
		}
		r.closing = 0
		if r.last != nil {
			r.aside(to)
		}
		return
	case opens(html):
		if closing := r.closer(node); closing > 0 {
			r.details, r.closing = from, closing
			r.pending = nil
			return
		}
	}
	r.pending, r.last = nil, nil
	if strings.TrimSpace(html) == separator {
		r.splits = append(r.splits, [2]int{from, to})
	}
	if c, err := lesson.ReadComment(html); err == nil && c != nil { // what is no lab comment is prose
		r.pending = &comment{*c, from, to, strings.TrimSpace(html)}
		if c.Lesson != "" && r.doc.Origin == nil && len(bytes.TrimSpace(r.source[:from])) == 0 {
			r.doc.Origin = &Origin{Lesson: c.Lesson, Version: c.Version}
			r.doc.head, r.pending = string(r.source[:to]), nil
		}
	}
}

func opens(html string) bool {
	return strings.Contains(html, "<details") && !strings.Contains(html, "</details")
}

// closer returns where the <details> that a node opens ends, 0 if it does not.
func (r *reader) closer(node ast.Node) int {
	depth := 0
	for ; node != nil; node = node.NextSibling() {
		html, ok := node.(*ast.HTMLBlock)
		if !ok {
			continue
		}
		text := markup.Text(html, r.source)
		depth += strings.Count(text, "<details") - strings.Count(text, "</details")
		if depth <= 0 {
			_, to := r.extent(html)
			return to
		}
	}
	return 0
}

// aside gives the <details> that has ended to the exercise above it.
func (r *reader) aside(to int) {
	e := r.last.block.Exercise
	if e == nil || !r.blankBetween(r.last.to, r.details) {
		r.last = nil
		return
	}
	r.last.to, r.last.printed = to, true
	raw := string(r.source[r.details:to])
	r.last.block.text.asides += strings.ReplaceAll(raw, "\r\n", "\n") + "\n"
	a := Aside{lesson.TitleOf(raw), inside(raw)}
	if strings.HasPrefix(a.Title, "Hint") {
		e.Hints = append(e.Hints, a)
	} else {
		e.After = append(e.After, a)
	}
}

// inside returns what stands between <details>, its title apart, and </details>.
func inside(details string) string {
	details = strings.ReplaceAll(details, "\r\n", "\n")
	if _, rest, ok := strings.Cut(details, "</summary>"); ok {
		details = rest
	} else if _, rest, ok := strings.Cut(details, ">"); ok {
		details = rest
	}
	if end := strings.LastIndex(details, "</details"); end >= 0 {
		details = details[:end]
	}
	return strings.Trim(details, "\n")
}

// fence reads a fenced block and tells whether it is more than prose.
func (r *reader) fence(node *ast.FencedCodeBlock) bool {
	if node.Info == nil {
		return false
	}
	from := r.lineStart(node.Info.Segment.Start)
	to, open := r.fenceEnd(node)
	content := strings.ReplaceAll(markup.Text(node, r.source), "\r\n", "\n")
	switch string(node.Language(r.source)) {
	case "output":
		if r.last == nil || r.last.printed || !r.blankBetween(r.last.to, from) {
			return false
		}
		b := r.last.block
		b.Output, b.text.open = content, open
		r.last.printed, r.last.to = true, to
		return true
	case "go":
		b := &Block{Kind: Cell, Source: strings.TrimSuffix(content, "\n")}
		b.text.open = open
		b.text.info = string(node.Info.Segment.Value(r.source))
		if c := r.pending; c != nil && r.blankBetween(c.to, from) {
			from = c.from
			b.describe(c)
		}
		p := &part{block: b, from: from, to: to}
		r.fixed = append(r.fixed, p)
		r.pending, r.last = nil, p
		if b.Kind == Quote {
			r.last = nil
		}
		return true
	}
	return false
}

// describe takes over what the comment above a cell says.
func (b *Block) describe(c *comment) {
	b.text.comment = c.text
	b.Tol, b.Fails, b.Of = c.Tol, c.Expect == "error", c.Include
	if b.Of != "" {
		b.Kind = Quote
	}
	if c.Exercise != "" {
		b.Exercise = &Exercise{Name: c.Exercise, Kind: c.Kind}
	}
}

// fenceEnd returns where the line ends that closes a fence. An open fence goes on
// to the end of the text.
func (r *reader) fenceEnd(node *ast.FencedCodeBlock) (to int, open bool) {
	end := r.lineEnd(node.Info.Segment.Stop)
	if lines := node.Lines(); lines.Len() > 0 {
		end = lines.At(lines.Len() - 1).Stop
	}
	return r.lineEnd(end), end == len(r.source)
}

// extent returns where the lines of an HTML block begin and end.
func (r *reader) extent(node *ast.HTMLBlock) (from, to int) {
	lines := node.Lines()
	from, to = r.lineStart(lines.At(0).Start), lines.At(lines.Len()-1).Stop
	if node.HasClosure() {
		to = node.ClosureLine.Stop
	}
	return from, to
}

// blankBetween tells whether nothing stands between two places. Definitions of
// links and notes leave no node there.
func (r *reader) blankBetween(from, to int) bool {
	return len(bytes.TrimSpace(r.source[from:to])) == 0
}

func (r *reader) lineStart(at int) int { return bytes.LastIndexByte(r.source[:at], '\n') + 1 }

// lineEnd returns where the line ends in which a byte stands: behind its \n.
func (r *reader) lineEnd(at int) int {
	if n := bytes.IndexByte(r.source[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(r.source)
}
