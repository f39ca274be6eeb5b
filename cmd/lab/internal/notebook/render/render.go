// Package render shows Markdown as HTML.
package render

import (
	"bytes"
	"html"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

var dialect = goldmark.New(goldmark.WithExtensions(extension.Table))

// Prose returns Markdown as HTML.
func Prose(markdown string) string {
	var b bytes.Buffer
	if err := dialect.Convert([]byte(markdown), &b); err != nil {
		return html.EscapeString(markdown)
	}
	return b.String()
}
