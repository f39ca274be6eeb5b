package lesson

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// columns is the width of running text on a terminal.
const columns = 78

// Show writes a lesson as plain text for a terminal. What the page folds away,
// hints and answers, stands at the end.
func Show(w io.Writer, l *Lesson) error {
	p := &page{source: l.Source, captions: map[int]string{}}
	for _, c := range l.Cells {
		p.captions[c.Line] = fmt.Sprintf("cell %d", c.N)
	}
	for _, q := range l.Quotes {
		p.captions[q.Line], _, _ = strings.Cut(q.Of, "#")
	}
	p.out = &p.body
	doc := markdown(l.Source)
	for node := doc.FirstChild(); node != nil; node = node.NextSibling() {
		p.block(node, "")
	}
	if p.notes > 0 {
		p.body.WriteString(underlined("Notes", "-") + "\n\n" + p.folded.String())
	}
	_, err := w.Write(bytes.TrimRight(p.body.Bytes(), "\n"))
	if err == nil {
		_, err = io.WriteString(w, "\n")
	}
	return err
}

// page is a lesson on its way to the terminal.
type page struct {
	source       []byte
	captions     map[int]string // what stands above the fence on that line
	body, folded bytes.Buffer
	out          *bytes.Buffer // body, or folded inside of <details>
	notes        int
}

// block writes a block and an empty line.
func (p *page) block(node ast.Node, indent string) {
	switch node := node.(type) {
	case *ast.Heading:
		p.heading(node)
	case *ast.HTMLBlock:
		p.html(blockText(node, p.source))
	case *ast.FencedCodeBlock:
		p.fence(node, indent)
	case *ast.CodeBlock:
		p.write(indented(blockText(node, p.source), indent+"    "))
	case *ast.List:
		p.list(node, indent)
	case *ast.ThematicBreak:
		p.write(indent + strings.Repeat("-", columns/2))
	case *ast.Blockquote:
		p.children(node, indent+"> ")
	default:
		p.write(wrap(marked(node, p.source), indent, indent))
	}
}

func (p *page) write(text string) { fmt.Fprintf(p.out, "%s\n\n", text) }

func (p *page) children(node ast.Node, indent string) {
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		p.block(child, indent)
	}
}

func (p *page) heading(node *ast.Heading) {
	text := plain(node, p.source)
	switch node.Level {
	case 1:
		text = underlined(text, "=")
	case 2:
		text = underlined(text, "-")
	}
	p.write(text)
}

func underlined(text, with string) string {
	return text + "\n" + strings.Repeat(with, len([]rune(text)))
}

// fence writes code with its caption, and output behind marks. Their lines stay
// whole, however long: broken code cannot be pasted.
func (p *page) fence(node *ast.FencedCodeBlock, indent string) {
	text := strings.TrimRight(blockText(node, p.source), "\n")
	if string(node.Language(p.source)) == "output" {
		p.write(indented(text, indent+"  > "))
		return
	}
	if node.Info != nil {
		if caption := p.captions[lineAt(p.source, node.Info.Segment.Start)]; caption != "" {
			fmt.Fprintf(p.out, "%s:\n\n", caption)
		}
	}
	p.write(indented(strings.ReplaceAll(text, "\t", "    "), indent+"    "))
}

var summary = regexp.MustCompile(`(?s)<summary>(.*?)</summary>`)

// html follows <details> to the notes at the end and back. All other HTML, lab
// comments among it, is for machines.
func (p *page) html(text string) {
	switch {
	case strings.Contains(text, "<details"):
		title := "More"
		if m := summary.FindStringSubmatch(text); m != nil {
			title = strings.TrimSpace(m[1])
		}
		p.notes++
		p.out = &p.body
		p.write(wrap(fmt.Sprintf("(Note %d at the end: %s)", p.notes, title), "", ""))
		p.out = &p.folded
		p.write(wrap(fmt.Sprintf("Note %d. %s", p.notes, title), "", ""))
	case strings.Contains(text, "</details"):
		p.out = &p.body
	}
}

// list writes each item behind a dash or its number.
func (p *page) list(list *ast.List, indent string) {
	n := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "- "
		if list.IsOrdered() {
			mark = fmt.Sprintf("%d. ", n)
			n++
		}
		hang := indent + strings.Repeat(" ", len(mark))
		for part := item.FirstChild(); part != nil; part = part.NextSibling() {
			switch part.(type) {
			case *ast.Paragraph, *ast.TextBlock:
				fmt.Fprintln(p.out, wrap(marked(part, p.source), indent+mark, hang))
			default:
				p.block(part, hang)
			}
			mark = strings.Repeat(" ", len(mark))
		}
	}
	fmt.Fprintln(p.out)
}

// plain returns the words of a block without marks of emphasis. Code keeps its
// backquotes, and a link names its address.
func plain(node ast.Node, source []byte) string {
	return words(node, source, func(int) string { return "" })
}

// marked returns the words of a block as plain does, but with the stars of
// emphasis: a terminal shows no italics.
func marked(node ast.Node, source []byte) string {
	return words(node, source, func(level int) string { return strings.Repeat("*", level) })
}

// words returns the words of a block, with mark(level) around emphasis.
func words(node ast.Node, source []byte, mark func(level int) string) string {
	var b strings.Builder
	inline(&b, node, source, mark)
	return strings.TrimSpace(b.String())
}

func inline(b *strings.Builder, node ast.Node, source []byte, mark func(level int) string) {
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.Text:
			value := n.Segment.Value(source)
			if _, code := node.(*ast.CodeSpan); !code {
				value = util.UnescapePunctuations(value)
			}
			b.Write(value)
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.CodeSpan:
			b.WriteByte('`')
			inline(b, n, source, mark)
			b.WriteByte('`')
		case *ast.Emphasis:
			b.WriteString(mark(n.Level))
			inline(b, n, source, mark)
			b.WriteString(mark(n.Level))
		case *ast.Link:
			inline(b, n, source, mark)
			fmt.Fprintf(b, " (%s)", n.Destination)
		case *ast.AutoLink:
			b.Write(n.URL(source))
		case *ast.RawHTML: // for machines
		default:
			inline(b, n, source, mark)
		}
	}
}

// wrap breaks text into lines between words. The first line begins with first,
// the others with rest.
func wrap(text, first, rest string) string {
	var lines []string
	line, empty := first, true
	for _, word := range strings.Fields(text) {
		if !empty && len([]rune(line))+1+len([]rune(word)) > columns {
			lines = append(lines, line)
			line, empty = rest, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	return strings.Join(append(lines, line), "\n")
}
