package repl

import (
	"go/scanner"
	"go/token"
	"go/types"
	"strings"
)

// Colours of a terminal, chosen to be read on light and on dark.
const (
	plain    = "\x1b[0m"
	keyword  = "\x1b[35m"
	literal  = "\x1b[32m"
	number   = "\x1b[36m"
	comment  = "\x1b[90m"
	universe = "\x1b[34m" // int, len, nil
)

// tok is a token of Go and where it begins.
type tok struct {
	kind token.Token
	text string
	at   int
}

// tokens splits Go into its tokens; what is no Go yet is left out. Semicolons
// that the scanner puts in itself are left out, too.
func tokens(source string) []tok {
	file := token.NewFileSet().AddFile("", -1, len(source))
	var s scanner.Scanner
	s.Init(file, []byte(source), func(token.Position, string) {}, scanner.ScanComments)
	var all []tok
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			return all
		}
		if kind == token.SEMICOLON && text == "\n" {
			continue
		}
		if text == "" {
			text = kind.String()
		}
		all = append(all, tok{kind, text, file.Offset(pos)})
	}
}

// highlight colours Go. A command, which begins with a colon, stays as it is.
func highlight(source string) string {
	if strings.HasPrefix(source, ":") {
		return source
	}
	var b strings.Builder
	done := 0
	for _, t := range tokens(source) {
		end := t.at + len(t.text)
		if t.at < done || end > len(source) || source[t.at:end] != t.text {
			continue // a comment with carriage returns, which the scanner drops
		}
		b.WriteString(source[done:t.at])
		if colour := t.colour(); colour != "" {
			b.WriteString(colour + t.text + plain)
		} else {
			b.WriteString(t.text)
		}
		done = end
	}
	b.WriteString(source[done:])
	return b.String()
}

// coloured colours Go for a terminal, and leaves it alone for a pipe.
func (r *repl) coloured(source string) string {
	if !r.interactive {
		return source
	}
	return highlight(source)
}

func (t tok) colour() string {
	switch {
	case t.kind.IsKeyword():
		return keyword
	case t.kind == token.STRING || t.kind == token.CHAR:
		return literal
	case t.kind == token.INT || t.kind == token.FLOAT || t.kind == token.IMAG:
		return number
	case t.kind == token.COMMENT:
		return comment
	case t.kind == token.IDENT && types.Universe.Lookup(t.text) != nil:
		return universe
	}
	return ""
}
