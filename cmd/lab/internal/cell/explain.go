package cell

import (
	"errors"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"regexp"
	"strings"
	"unicode/utf8"
)

// explain turns an error of parsing, checking or lowering into an *Error at its
// place in the cell.
func (s *Session) explain(src *source, err error) error {
	var syntax scanner.ErrorList
	var typing types.Error
	var refused *refusal
	switch {
	case errors.As(err, &syntax):
		return s.syntaxError(src, syntax[0])
	case errors.As(err, &typing):
		e := s.position(typing.Pos)
		e.Message = cleanMessage(typing.Msg)
		e.Advice = adviceOn(e.Message, s.Names())
		e.Width = s.widthAt(e)
		return e
	case errors.As(err, &refused):
		e := s.position(refused.from)
		if e.Cell == "" {
			e.Cell = src.name
		}
		e.Message = refused.message
		e.Width = widthTo(e, s.position(refused.to))
		return e
	}
	return &Error{Cell: src.name, Message: err.Error(), Err: err}
}

func (s *Session) syntaxError(src *source, e *scanner.Error) *Error {
	out := &Error{Cell: src.name, Line: e.Pos.Line - linesBefore, Col: e.Pos.Column, Width: 1, Message: e.Msg, Advice: adviceOn(e.Msg, nil)}
	lines := strings.Count(src.text, "\n") + 1
	if out.Line > lines { // what is missing, is missing at the end
		out.Line, out.Col = lines, len(src.line(lines))+1
	}
	out.Line = max(out.Line, 1)
	out.Source = src.line(out.Line)
	return out
}

// position returns an *Error with the place of pos and no message.
func (s *Session) position(pos token.Pos) *Error {
	f := s.fset.File(pos)
	if f == nil || s.sources[f] == nil {
		return &Error{}
	}
	src, p := s.sources[f], f.PositionFor(pos, false)
	line := p.Line - linesBefore
	return &Error{Cell: src.name, Line: line, Col: p.Column, Width: 1, Source: src.line(line)}
}

// widthAt underlines the word at the place of e.
func (s *Session) widthAt(e *Error) int {
	if e.Col < 1 || e.Col > len(e.Source) {
		return 1
	}
	var sc scanner.Scanner
	rest := e.Source[e.Col-1:]
	file := token.NewFileSet().AddFile("", -1, len(rest))
	sc.Init(file, []byte(rest), func(token.Position, string) {}, 0)
	_, tok, literal := sc.Scan()
	if literal == "" || literal == "\n" {
		literal = tok.String()
	}
	return max(1, min(utf8.RuneCountInString(literal), utf8.RuneCountInString(rest)))
}

// widthTo underlines up to another place on the same line.
func widthTo(from, to *Error) int {
	if from.Line == to.Line && to.Col > from.Col {
		return to.Col - from.Col
	}
	return 1
}

// width underlines a statement as far as it goes on its first line.
func width(n ast.Node, line string, col int) int {
	return max(1, min(int(n.End()-n.Pos()), len(line)-col+1))
}

var declaredAt = regexp.MustCompile(` \(declared at [^)]*\)`)

// cleanMessage takes the marks of our own out of a message of go/types, and what
// stands on further lines.
func cleanMessage(message string) string {
	message, _, _ = strings.Cut(message, "\n")
	message = strings.TrimSuffix(message, ":")
	message = strings.ReplaceAll(message, " in assignment to _ identifier", "") // our own, see show.go
	message = declaredAt.ReplaceAllString(message, "")                          // counted in lines of our own
	return mangled.ReplaceAllString(message, "")
}
