package terminal

import (
	"go/scanner"
	"go/token"
	"go/types"
	"strings"
)

// Go colours Go source, whole or a piece of it.
func (s Style) Go(source string) string {
	if !s.on {
		return source
	}
	file := token.NewFileSet().AddFile("", -1, len(source))
	var scan scanner.Scanner
	scan.Init(file, []byte(source), func(token.Position, string) {}, scanner.ScanComments)
	var b strings.Builder
	done := 0
	for {
		pos, kind, text := scan.Scan()
		if kind == token.EOF {
			b.WriteString(source[done:])
			return b.String()
		}
		if kind.IsKeyword() {
			text = kind.String()
		}
		at := file.Offset(pos)
		code := goCode(kind, text)
		if code == "" || at < done || !strings.HasPrefix(source[at:], text) {
			continue // a comment with carriage returns, which the scanner drops
		}
		b.WriteString(source[done:at])
		b.WriteString(s.dress(code, text))
		done = at + len(text)
	}
}

// goCode returns the colour of a token, "" for none.
func goCode(kind token.Token, text string) string {
	switch {
	case kind.IsKeyword():
		return "35"
	case kind == token.STRING || kind == token.CHAR:
		return "32"
	case kind == token.INT || kind == token.FLOAT || kind == token.IMAG:
		return "36"
	case kind == token.COMMENT:
		return "90"
	case kind == token.IDENT && types.Universe.Lookup(text) != nil: // int, len, nil
		return "34"
	}
	return ""
}
