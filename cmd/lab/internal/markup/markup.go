// Package markup reads Markdown as Git hosts do: with tables, task lists,
// footnotes, and formulas between dollars.
package markup

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// Extend adds the dialect to a Markdown reader, but for footnotes: who writes
// them says how they are named.
var Extend = []goldmark.Option{
	goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), extension.TaskList, extension.Strikethrough),
	goldmark.WithParserOptions(formulas()...),
}

var dialect = goldmark.New(append([]goldmark.Option{goldmark.WithExtensions(extension.Footnote)}, Extend...)...).Parser()

// Parse reads Markdown.
func Parse(source []byte) ast.Node { return dialect.Parse(text.NewReader(source)) }

// Text returns the lines of a block as they stand in the source.
func Text(node ast.Node, source []byte) string {
	var b strings.Builder
	lines := node.Lines()
	for i := range lines.Len() {
		segment := lines.At(i)
		b.Write(segment.Value(source))
	}
	if html, ok := node.(*ast.HTMLBlock); ok && html.HasClosure() {
		b.Write(html.ClosureLine.Value(source))
	}
	return b.String()
}

// LineAt returns the number of the line, from 1, in which a byte stands.
func LineAt(source []byte, offset int) int {
	return 1 + bytes.Count(source[:offset], []byte("\n"))
}
