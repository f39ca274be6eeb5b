package cell

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// Completion, descriptions and lists of names come from the same parser and the
// same checker as running a cell, on text that may be unfinished: whatever can
// be read of it is checked, and mistakes are passed over.

// An analysis is a cell's text, read and checked as far as that goes.
type analysis struct {
	s    *Session
	st   *state
	cell *parsed
	c    *check
}

// analyse reads and checks a text against what is live. Nothing of the session
// changes; the caller must close the analysis.
func (s *Session) analyse(text string) *analysis {
	a := &analysis{s: s, st: s.state.clone()}
	a.cell, _ = parse(s.fset, &source{text: text}) // what could be read
	for _, spec := range a.cell.imports {
		_ = explicit(a.st, s.known, []*ast.ImportSpec{spec}) // one that fails is no import
	}
	a.check(nil)
	if vars := a.variables(); len(vars) > 0 && len(a.cell.decls) > 0 {
		a.check(vars) // functions see the variables of the cell's statements
	}
	return a
}

// close forgets the texts that the analysis was of.
func (a *analysis) close() {
	for _, f := range a.cell.files {
		a.s.fset.RemoveFile(f)
	}
}

// check checks the cell as one group; the functions in it see vars.
func (a *analysis) check(vars []*decl) {
	u := unit{vars: a.cell.vars, statements: a.cell.statements}
	declared := map[string]bool{}
	for _, node := range a.cell.decls {
		u.own = append(u.own, &decl{node: node})
	}
	for _, node := range slices.Concat(a.cell.decls, a.cell.vars) {
		if f, ok := node.(*ast.FuncDecl); ok && f.Recv != nil {
			declared[receiverName(f)+"."+f.Name.Name] = true
			continue
		}
		for _, name := range declaredNames(node) {
			declared[name] = true
		}
	}
	for _, d := range vars {
		a.st.live[d.names[0]] = d
	}
	for _, d := range a.st.decls() {
		if !d.declaresAll(declared) {
			u.live = append(u.live, d)
		}
	}
	for _, s := range a.cell.statements {
		for _, id := range definedBy(s) {
			declared[id.Name] = true
		}
	}
	u.imports = importsFor(a.st, a.s.known, a.nodes(), declared)
	a.c = a.s.check(u)
}

// declaresAll tells whether each name of d is among names.
func (d *decl) declaresAll(names map[string]bool) bool {
	return !slices.ContainsFunc(d.names, func(n string) bool { return !names[n] })
}

// variables makes declarations of the variables that the statements define.
func (a *analysis) variables() []*decl {
	var vars []*decl
	for _, s := range a.cell.statements {
		for _, id := range definedBy(s) {
			o := a.c.info.Defs[id]
			if o == nil || o.Name() == "_" || strings.Contains(o.Type().String(), "invalid type") {
				continue
			}
			if typ, err := a.s.typeExpr(o.Type()); err == nil {
				a.cell.files = append(a.cell.files, a.s.fset.File(typ.Pos()))
				vars = append(vars, &decl{names: []string{o.Name()}, typ: typ, version: a.st.next(), uses: map[string]bool{}})
			}
		}
	}
	return vars
}

// nodes returns what stands at the top of the cell.
func (a *analysis) nodes() []ast.Node {
	var nodes []ast.Node
	for _, d := range slices.Concat(a.cell.decls, a.cell.vars) {
		nodes = append(nodes, d)
	}
	for _, s := range a.cell.statements {
		nodes = append(nodes, s)
	}
	return nodes
}

// path returns the nodes around a byte of the text, the innermost first.
func (a *analysis) path(offset int) []ast.Node {
	var found []ast.Node
	for _, root := range a.nodes() {
		pos := a.pos(root, offset)
		ast.Inspect(root, func(n ast.Node) bool {
			if n == nil || pos < n.Pos() || pos > n.End() {
				return false
			}
			found = append(found, n)
			return true
		})
		if found != nil {
			break
		}
	}
	slices.Reverse(found)
	return found
}

// pos returns the place of a byte of the text in the file that n was read from.
func (a *analysis) pos(n ast.Node, offset int) token.Pos {
	f := a.s.fset.File(n.Pos())
	if f == nil {
		return token.NoPos
	}
	return f.Pos(min(offset+bytesBefore, f.Size()))
}

// scope returns the innermost scope around pos.
func (a *analysis) scope(pos token.Pos) *types.Scope {
	inner := a.c.pkg.Scope()
	for _, s := range a.c.info.Scopes {
		if s.Contains(pos) && (inner == a.c.pkg.Scope() || inner.Contains(s.Pos()) && inner.Contains(s.End()-1)) {
			inner = s
		}
	}
	return inner
}

// imported returns the package that an identifier stands for, nil if none.
func (a *analysis) imported(e ast.Expr) *types.Package {
	if id, ok := e.(*ast.Ident); ok {
		if p, ok := a.c.info.Uses[id].(*types.PkgName); ok {
			return p.Imported()
		}
	}
	return nil
}

// closed returns the text up to a place with its open brackets closed.
func closed(text string) string {
	var open []byte
	for _, tok := range tokensOf(text) {
		switch tok {
		case token.LPAREN:
			open = append(open, ')')
		case token.LBRACK:
			open = append(open, ']')
		case token.LBRACE:
			open = append(open, '}')
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
	slices.Reverse(open)
	return text + string(open)
}

func tokensOf(text string) []token.Token {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	s.Init(file, []byte(text), nil, 0)
	var all []token.Token
	for {
		_, tok, _ := s.Scan()
		if tok == token.EOF {
			return all
		}
		all = append(all, tok)
	}
}

// packageNames writes types as learners do: nn.Layer, and their own without a package.
func packageNames(p *types.Package) string {
	if p.Path() == learnersPath {
		return ""
	}
	return p.Name()
}
