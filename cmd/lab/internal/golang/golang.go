// Package golang tells the parts of Go source apart, for those who colour it.
package golang

import (
	"go/scanner"
	"go/token"
	"go/types"
	"strings"
)

// Kind says what a token is.
type Kind int

// The kinds of tokens that are coloured.
const (
	Keyword Kind = iota + 1
	String
	Number
	Comment
	Type    // int, error
	Builtin // len, nil
)

// A Token is a part of a source, in bytes.
type Token struct {
	From, To int
	Kind     Kind
}

// Tokens returns the parts that have a colour. The source may be a piece of a
// program, or unfinished.
func Tokens(source string) []Token {
	file := token.NewFileSet().AddFile("", -1, len(source))
	var scan scanner.Scanner
	scan.Init(file, []byte(source), func(token.Position, string) {}, scanner.ScanComments)
	var all []Token
	done := 0
	for {
		pos, tok, text := scan.Scan()
		if tok == token.EOF {
			return all
		}
		if tok.IsKeyword() {
			text = tok.String()
		}
		at, kind := file.Offset(pos), kindOf(tok, text)
		if kind == 0 || at < done || !strings.HasPrefix(source[at:], text) {
			continue // a comment with carriage returns, which the scanner drops
		}
		done = at + len(text)
		all = append(all, Token{at, done, kind})
	}
}

func kindOf(tok token.Token, text string) Kind {
	switch {
	case tok.IsKeyword():
		return Keyword
	case tok == token.STRING || tok == token.CHAR:
		return String
	case tok == token.INT || tok == token.FLOAT || tok == token.IMAG:
		return Number
	case tok == token.COMMENT:
		return Comment
	case tok != token.IDENT:
		return 0
	}
	switch types.Universe.Lookup(text).(type) {
	case nil:
		return 0
	case *types.TypeName:
		return Type
	}
	return Builtin
}
