package lesson

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"
)

// functions returns the source of every function of a Go file, by name, and of
// every method, as Type.Method. Of a file that does not parse it returns those
// that do.
func functions(source []byte) (map[string]string, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "solution.go", source, parser.SkipObjectResolution)
	all := map[string]string{}
	if file == nil {
		return all, err
	}
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			from, to := files.Position(f.Pos()).Offset, files.Position(f.End()).Offset
			all[nameOf(f)] = string(source[from:min(to, len(source))])
		}
	}
	return all, err
}

func nameOf(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) != 1 {
		return f.Name.Name
	}
	receiver := f.Recv.List[0].Type
	if pointer, ok := receiver.(*ast.StarExpr); ok {
		receiver = pointer.X
	}
	if name, ok := receiver.(*ast.Ident); ok {
		return name.Name + "." + f.Name.Name
	}
	return f.Name.Name
}

// Solved returns the cell with the solution in place of the stub.
func (l *Lesson) Solved(c Cell) (source string, err error) {
	var b strings.Builder
	rest, found := 0, false
	for _, s := range statements(c.Source) {
		solution, ok := l.solutions[s.function]
		if !ok {
			continue
		}
		b.WriteString(c.Source[rest:s.start])
		b.WriteString(solution)
		rest, found = s.end, true
	}
	if !found {
		return "", fmt.Errorf("solution.go has no function of the exercise %s", c.Exercise)
	}
	return b.String() + c.Source[rest:], nil
}

// statement is a declaration or statement at the top of a cell.
type statement struct {
	start, end int
	first      token.Token
	function   string // the name that a function declaration gives, Type.Method that of a method
}

// statements splits a cell. A cell mixes declarations and statements, which no
// Go parser takes, but the scanner is enough: a statement ends at the first
// semicolon, written or not, outside of all brackets. (The header of a for loop
// splits too, which does no harm here.)
func statements(source string) []statement {
	var s scanner.Scanner
	files := token.NewFileSet()
	file := files.AddFile("cell", files.Base(), len(source))
	s.Init(file, []byte(source), nil, 0)
	var all []statement
	var tokens []token.Token // of the statement so far
	receiver := ""           // the last name in the brackets of a method
	now := statement{}
	depth := 0
	for {
		pos, tok, literal := s.Scan()
		if tok == token.EOF {
			return all
		}
		if len(tokens) == 0 {
			now = statement{start: file.Offset(pos), first: tok}
		}
		tokens = append(tokens, tok)
		switch tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		case token.IDENT:
			if tokens[0] != token.FUNC || now.function != "" {
				break
			}
			switch {
			case len(tokens) == 2:
				now.function = literal
			case tokens[1] == token.LPAREN && depth == 1:
				receiver = literal
			case tokens[1] == token.LPAREN && tokens[len(tokens)-2] == token.RPAREN:
				now.function = receiver + "." + literal
			}
		case token.SEMICOLON:
			if depth == 0 {
				now.end = file.Offset(pos)
				all = append(all, now)
				tokens = tokens[:0]
			}
		}
	}
}
