package render

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
)

// anchors names headings, so that links lead to them: "One row" is at
// #s-one-row. The s- keeps a text from giving a name that the page itself uses.
type anchors struct{ used map[string]int }

const anchorPrefix = "s-"

// Generate is asked for by goldmark.
func (a *anchors) Generate(value []byte, _ ast.NodeKind) []byte {
	name := anchor(string(value))
	a.used[name]++
	if n := a.used[name]; n > 1 {
		name += "-" + strconv.Itoa(n)
	}
	return []byte(name)
}

// Put is asked for by goldmark.
func (a *anchors) Put(value []byte) { a.used[string(value)]++ }

// anchor is a heading as Git hosts write it in an address.
func anchor(heading string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(strings.TrimSpace(heading)) {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c) || c == '_':
			b.WriteRune(c)
		case c == ' ' || c == '-':
			b.WriteByte('-')
		}
	}
	if b.Len() == 0 {
		return anchorPrefix + "section"
	}
	return anchorPrefix + b.String()
}
