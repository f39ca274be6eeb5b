package lesson

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"reslab/cmd/lab/internal/markup"
	"reslab/cmd/lab/internal/terminal"
)

// Plain returns the words of a block without marks of emphasis. Code keeps its
// backquotes, a link names its address, and a formula is written in letters.
func Plain(node ast.Node, source []byte) string {
	return inlines{source: source}.words(node)
}

// words returns the words of a block as Plain does, and tells emphasis: in
// colours, or with the stars that a terminal without colours needs.
func (p *page) words(node ast.Node) string {
	return inlines{source: p.source, style: p.Style, stars: !p.Style.On()}.words(node)
}

// Words returns one paragraph of Markdown as the view shows it, not yet broken into
// lines.
func (v View) Words(text string) string {
	source := []byte(text)
	p := page{View: v, source: source}
	return p.words(markup.Parse(source).FirstChild())
}

// PlainText returns one paragraph of Markdown without marks of emphasis, as Plain
// does.
func PlainText(text string) string {
	source := []byte(text)
	return Plain(markup.Parse(source).FirstChild(), source)
}

// inlines writes what stands in a line.
type inlines struct {
	source []byte
	style  terminal.Style
	stars  bool // tell emphasis by stars
}

func (in inlines) words(node ast.Node) string {
	var b strings.Builder
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		b.WriteString(in.one(child))
	}
	return strings.TrimSpace(b.String())
}

func (in inlines) one(node ast.Node) string {
	switch n := node.(type) {
	case *ast.Text:
		return in.text(n)
	case *ast.String:
		return string(n.Value)
	case *ast.CodeSpan:
		if in.style.On() {
			return in.style.Code(in.words(n))
		}
		return "`" + in.words(n) + "`"
	case *ast.Emphasis:
		return in.emphasis(n)
	case *ast.Link:
		return fmt.Sprintf("%s (%s)", in.words(n), n.Destination)
	case *ast.Image:
		return fmt.Sprintf("[picture: %s]", in.words(n))
	case *ast.AutoLink:
		return string(n.URL(in.source))
	case *markup.Formula:
		return in.style.Italic(markup.Readable(n.TeX))
	case *ast.RawHTML: // for machines
		return ""
	}
	return in.words(node)
}

func (in inlines) text(n *ast.Text) string {
	value := n.Segment.Value(in.source)
	if _, code := n.Parent().(*ast.CodeSpan); !code {
		value = util.UnescapePunctuations(value)
	}
	if n.SoftLineBreak() || n.HardLineBreak() {
		return string(value) + "\n"
	}
	return string(value)
}

func (in inlines) emphasis(n *ast.Emphasis) string {
	switch text := in.words(n); {
	case in.stars:
		stars := strings.Repeat("*", n.Level)
		return stars + text + stars
	case n.Level > 1:
		return in.style.Bold(text)
	default:
		return in.style.Italic(text)
	}
}
