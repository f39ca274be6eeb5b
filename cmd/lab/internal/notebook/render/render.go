// Package render shows Markdown, formulas and code as HTML.
//
// Whoever wrote the text, its HTML cannot do anything: all tags in it are shown
// as text but for a few without attributes, links lead to web pages or where
// Options say, and pictures come from where Options say or stand in the text
// itself. Nothing is loaded from another host.
package render

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"reslab/cmd/lab/internal/markup"
)

// Options say where links and pictures of the folder are to be had.
type Options struct {
	// Link returns the address of a page that the text names by a path, as
	// ../03-pooling/lesson.md; empty for none. Nil: a lesson's page for a lesson.
	Link func(path string) (address string)
	// Picture returns the address of a picture below the notebook's folder; empty
	// for none. Nil: there are no pictures.
	Picture func(path string) (address string)
	// Name sets the notes of a text apart from those of others on the same page.
	Name string
}

// dialect is that of package markup, with renderers of our own.
var dialect = goldmark.New(append(append([]goldmark.Option{}, markup.Extend...),
	goldmark.WithExtensions(extension.NewFootnote(extension.WithFootnoteIDPrefixFunction(notePrefix))),
	goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithASTTransformers(util.Prioritized(tamer{}, 900))),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(writer{}, 100))),
)...)

// Keys of what the transformer has to know of a text.
var optionsKey = parser.NewContextKey()

const notesKey = "notes"

// notePrefix sets footnotes of a page's texts apart.
func notePrefix(n ast.Node) []byte {
	prefix, _ := n.OwnerDocument().Meta()[notesKey].(string)
	return []byte(prefix)
}

// Prose returns Markdown as HTML.
func (o Options) Prose(markdown string) string {
	source := []byte(strings.ToValidUTF8(markdown, "\uFFFD"))
	context := parser.NewContext(parser.WithIDs(&anchors{used: map[string]int{}}))
	context.Set(optionsKey, o)
	root := dialect.Parser().Parse(text.NewReader(source), parser.WithContext(context))
	if o.Name != "" {
		root.OwnerDocument().AddMeta(notesKey, o.Name+"-")
	}
	var b bytes.Buffer
	if err := dialect.Renderer().Render(&b, source, root); err != nil {
		return "<p>" + html.EscapeString(markdown) + "</p>" // a Buffer does not fail
	}
	return balanced(b.String())
}
