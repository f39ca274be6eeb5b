package repl

import (
	"go/scanner"
	"go/token"
	"strings"
)

// step is one level of indentation.
const step = "    "

// indent returns what a line after text begins with: one step for each bracket
// that is open.
func indent(text string) string {
	file := token.NewFileSet().AddFile("", -1, len(text))
	var s scanner.Scanner
	s.Init(file, []byte(text), func(token.Position, string) {}, 0)
	depth := 0
	for {
		switch _, kind, _ := s.Scan(); kind {
		case token.LBRACE, token.LPAREN, token.LBRACK:
			depth++
		case token.RBRACE, token.RPAREN, token.RBRACK:
			depth = max(0, depth-1)
		case token.EOF:
			return strings.Repeat(step, depth)
		}
	}
}
