package cell

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// A source is the text of a cell.
type source struct {
	name, text string
}

// line returns a line of the text, counted from 1, "" beyond its end.
func (s *source) line(n int) string {
	lines := strings.Split(s.text, "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return strings.TrimSuffix(lines[n-1], "\r")
}

// A piece is one import, declaration or statement at the top of a cell.
type piece struct {
	from, to int // bytes of the text
	kind     pieceKind
}

type pieceKind int

const (
	statement   pieceKind = iota // var too: its value is computed when its turn comes
	declaration                  // func, type, const
	importing
	packaging // package clause: the cell is a whole program
)

// split cuts a cell into its pieces, by tokens alone: brackets and the
// semicolons that Go's scanner puts in at the ends of lines.
func split(text string) []piece {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	s.Init(file, []byte(text), nil, 0)
	var pieces []piece
	var tokens []token.Token
	depth, from := 0, -1
	flush := func(to int) {
		if from >= 0 {
			pieces = append(pieces, piece{from, to, kindOf(tokens)})
		}
		from, tokens = -1, nil
	}
	for {
		pos, tok, literal := s.Scan()
		if tok == token.EOF {
			flush(len(text))
			return pieces
		}
		switch tok {
		case token.LPAREN, token.LBRACE, token.LBRACK:
			depth++
		case token.RPAREN, token.RBRACE, token.RBRACK:
			depth--
		case token.SEMICOLON:
			if depth <= 0 && !inHeader(tokens) {
				end := file.Offset(pos)
				if literal == ";" { // it goes with what it ends
					end++
				}
				flush(end)
				continue
			}
		}
		if from < 0 {
			from = file.Offset(pos)
		}
		tokens = append(tokens, tok)
	}
}

// inHeader tells whether a semicolon after these tokens stands in the header of
// a for, an if or a switch, or follows a label: it ends no statement.
func inHeader(tokens []token.Token) bool {
	for len(tokens) >= 2 && tokens[0] == token.IDENT && tokens[1] == token.COLON {
		if tokens = tokens[2:]; len(tokens) == 0 {
			return true
		}
	}
	if len(tokens) == 0 || tokens[len(tokens)-1] == token.RBRACE {
		return false
	}
	return tokens[0] == token.FOR || tokens[0] == token.IF || tokens[0] == token.SWITCH
}

func kindOf(tokens []token.Token) pieceKind {
	switch tokens[0] {
	case token.PACKAGE:
		return packaging
	case token.IMPORT:
		return importing
	case token.TYPE, token.CONST:
		return declaration
	case token.FUNC:
		if declaresFunc(tokens) {
			return declaration
		}
	}
	return statement
}

// declaresFunc tells func f() {} and func (r T) m() {} from a statement that
// begins with a function literal.
func declaresFunc(tokens []token.Token) bool {
	if len(tokens) > 1 && tokens[1] == token.IDENT {
		return true
	}
	depth := 0
	for i, tok := range tokens {
		switch tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			if depth--; depth == 0 { // the receiver's, if a name and its parameters follow
				return i+2 < len(tokens) && tokens[i+1] == token.IDENT && (tokens[i+2] == token.LPAREN || tokens[i+2] == token.LBRACK)
			}
		}
	}
	return false
}

// What stands before a cell's text when it is parsed: two lines, so that lines
// are easily told and columns not shifted, and always as many bytes.
const (
	beforeStatements   = "package main\nfunc _() {\n"
	beforeDeclarations = "package main          \n\n"
	beforeProgram      = "                      \n\n" // it has a package clause of its own
	linesBefore        = 2
	bytesBefore        = len(beforeStatements)
)

// A parsed cell.
type parsed struct {
	source     *source
	imports    []*ast.ImportSpec
	decls      []ast.Decl // func, type and const
	statements []ast.Stmt
	vars       []ast.Decl // of a whole program, whose var declarations are not statements
	program    bool
	files      []*token.File // that the text was read into
}

// parse reads a cell. The text that does not belong to what is being read is
// blanked out, so that every node keeps its line and column. With an error comes
// what could be read all the same.
func parse(fset *token.FileSet, src *source) (*parsed, error) {
	pieces := split(src.text)
	p := &parsed{source: src}
	if len(pieces) > 0 && pieces[0].kind == packaging {
		p.program = true
		return p, p.readDecls(fset, beforeProgram+src.text)
	}
	// Imports are read alone: a cell may have them below declarations, Go may not.
	imports := p.readDecls(fset, beforeDeclarations+blank(src.text, pieces, statement, declaration))
	decls := p.readDecls(fset, beforeDeclarations+blank(src.text, pieces, statement, importing))
	statements := p.readStatements(fset, beforeStatements+blank(src.text, pieces, declaration, importing, packaging)+"\n}")
	return p, cmp.Or(imports, decls, statements)
}

func (p *parsed) read(fset *token.FileSet, text string) (*ast.File, error) {
	file, err := parser.ParseFile(fset, p.source.name, text, parser.SkipObjectResolution|parser.ParseComments)
	p.files = append(p.files, fset.File(file.FileStart))
	return file, err
}

func (p *parsed) readDecls(fset *token.FileSet, text string) error {
	file, err := p.read(fset, text)
	p.imports = append(p.imports, file.Imports...)
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		switch {
		case ok && g.Tok == token.IMPORT:
		case ok && g.Tok == token.VAR:
			p.vars = append(p.vars, d)
		default:
			p.decls = append(p.decls, d)
		}
	}
	return err
}

func (p *parsed) readStatements(fset *token.FileSet, text string) error {
	file, err := p.read(fset, text)
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
			p.statements = append(p.statements, f.Body.List...)
		}
	}
	return err
}

// blank replaces the pieces of these kinds by spaces; line ends stay.
func blank(text string, pieces []piece, kinds ...pieceKind) string {
	b := []byte(text)
	for _, p := range pieces {
		if !slices.Contains(kinds, p.kind) {
			continue
		}
		for i := p.from; i < p.to; i++ {
			if b[i] != '\n' {
				b[i] = ' '
			}
		}
	}
	return string(b)
}

// Incomplete tells whether src only lacks its end: an open bracket, string or
// comment, or a line that ends in an operator. A reader of lines then asks for more.
func Incomplete(src string) bool {
	var s scanner.Scanner
	open := false // a raw string or a comment without an end
	file := token.NewFileSet().AddFile("", -1, len(src))
	s.Init(file, []byte(src), func(_ token.Position, message string) {
		open = open || message == "raw string literal not terminated" || message == "comment not terminated"
	}, 0)
	depth, last := 0, token.SEMICOLON
	for {
		_, tok, literal := s.Scan()
		switch tok {
		case token.EOF:
			return open || depth > 0 || expectsMore(last)
		case token.LPAREN, token.LBRACE, token.LBRACK:
			depth++
		case token.RPAREN, token.RBRACE, token.RBRACK:
			depth--
		}
		if tok != token.SEMICOLON || literal == ";" {
			last = tok
		}
	}
}

// expectsMore tells whether a text cannot end in this token.
func expectsMore(tok token.Token) bool {
	switch tok {
	case token.INC, token.DEC, token.RPAREN, token.RBRACK, token.RBRACE, token.SEMICOLON, token.ELLIPSIS:
		return false
	}
	return tok.IsOperator()
}
