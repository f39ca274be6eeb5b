package terminal

import (
	"strings"

	"reslab/cmd/lab/internal/golang"
)

// goCodes are the colours of Go.
var goCodes = map[golang.Kind]string{
	golang.Keyword: "35", golang.String: "32", golang.Number: "36", golang.Comment: "90", golang.Type: "34", golang.Builtin: "34",
}

// Go colours Go source, whole or a piece of it.
func (s Style) Go(source string) string {
	if !s.on {
		return source
	}
	var b strings.Builder
	done := 0
	for _, t := range golang.Tokens(source) {
		b.WriteString(source[done:t.From])
		b.WriteString(s.dress(goCodes[t.Kind], source[t.From:t.To]))
		done = t.To
	}
	return b.String() + source[done:]
}
