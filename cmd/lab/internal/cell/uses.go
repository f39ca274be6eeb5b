package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// Names are the session's names that a cell has to do with, sorted: functions,
// types, constants and variables. A method counts as part of its type.
type Names struct {
	Reads  []string // it uses what another cell declares
	Writes []string // it declares, or assigns to
}

// Uses tells which names a cell reads and writes, so that one can say which
// cells are out of date when another has run. Nothing runs. A name that is
// declared nowhere yet counts as read.
func (s *Session) Uses(source string) Names {
	a := s.analyse(source)
	defer a.close()
	reads, writes := map[string]bool{}, map[string]bool{}
	for _, d := range slices.Concat(a.cell.decls, a.cell.vars) {
		for _, name := range declaredNames(d) {
			writes[name] = true
		}
	}
	declared, defined := maps.Clone(writes), map[string]bool{}
	for _, stmt := range a.cell.statements {
		for _, id := range definedBy(stmt) {
			writes[id.Name], defined[id.Name] = true, true
		}
	}
	for _, n := range a.nodes() {
		for name := range a.c.uses(n) {
			base, _, _ := strings.Cut(name, ".")
			reads[base] = true
		}
		for _, name := range a.assigned(n) {
			writes[name] = true
		}
	}
	for _, e := range a.c.errors {
		if name, ok := strings.CutPrefix(e.Msg, "undefined: "); ok && token.IsIdentifier(name) {
			reads[name] = true
		}
	}
	for name := range reads { // what the cell itself declares it has not from elsewhere
		if isOwn := declared[name] && !a.addsMethod(name); isOwn || defined[name] && !a.readsBefore(name) {
			delete(reads, name)
		}
	}
	delete(reads, "_")
	delete(writes, "_")
	return Names{Reads: slices.Sorted(maps.Keys(reads)), Writes: slices.Sorted(maps.Keys(writes))}
}

// assigned returns the session's variables that a node assigns to, whole or in part.
func (a *analysis) assigned(n ast.Node) []string {
	var names []string
	add := func(e ast.Expr) {
		for {
			switch x := ast.Unparen(e).(type) {
			case *ast.SelectorExpr:
				e = x.X
			case *ast.IndexExpr:
				e = x.X
			case *ast.StarExpr:
				e = x.X
			case *ast.Ident:
				if v, ok := a.c.info.Uses[x].(*types.Var); ok && v.Parent() == a.c.pkg.Scope() {
					names = append(names, x.Name)
				}
				return
			default:
				return
			}
		}
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				add(e)
			}
		case *ast.IncDecStmt:
			add(n.X)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				add(n.Key)
				add(n.Value)
			}
		}
		return true
	})
	return names
}

// readsBefore tells whether a statement uses a name of the session before one
// of the cell's own defines it: x := x + 1.
func (a *analysis) readsBefore(name string) bool {
	for _, s := range a.cell.statements {
		if a.c.uses(s)[name] {
			return true
		}
		if slices.ContainsFunc(definedBy(s), func(id *ast.Ident) bool { return id.Name == name }) {
			return false
		}
	}
	return false
}

// addsMethod tells whether the cell declares a method of a type but not the type.
func (a *analysis) addsMethod(name string) bool {
	for _, d := range a.cell.decls {
		if _, ok := d.(*ast.GenDecl); ok && slices.Contains(declaredNames(d), name) {
			return false
		}
	}
	for _, d := range a.cell.decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil && receiverName(f) == name {
			return true
		}
	}
	return false
}
