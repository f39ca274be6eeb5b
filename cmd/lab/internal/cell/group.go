package cell

import (
	"go/ast"
	"slices"
	"strings"
)

// A group is a run of pieces that is checked, lowered and run together. Most
// cells are one group. A cell whose functions use variables that its own
// statements define is more:
//
//	before: x := 3; func f() int { return x }; f()
//	after:  x := 3 | func f() int { return x }; f()
//
// because a statement's variable belongs to the session, where functions see
// it, only once its type is known.
type group struct {
	decls      []ast.Decl
	statements []ast.Stmt
	last       bool // the last statement of the cell is here
}

// groups puts every declaration as early as it can stand: before the
// statements, or after the last of those whose variables it uses. uses returns
// the names that each declaration uses.
func (p *parsed) groups(uses func() []map[string]bool) []*group {
	if p.program {
		return []*group{{decls: slices.Concat(p.decls, p.vars)}}
	}
	after := p.earliest(uses)
	var all []*group
	current := &group{}
	for i := -1; i < len(p.statements); i++ {
		if i >= 0 {
			current.statements = append(current.statements, p.statements[i])
		}
		var here []ast.Decl
		for k, d := range p.decls {
			if after[k] == i {
				here = append(here, d)
			}
		}
		if len(here) == 0 {
			continue
		}
		if i >= 0 {
			all = append(all, current)
			current = &group{}
		}
		current.decls = here
	}
	current.last = true
	return append(all, current)
}

// earliest returns for every declaration the index of the last statement that
// defines a variable it uses, itself or through another declaration; -1 if none.
func (p *parsed) earliest(uses func() []map[string]bool) []int {
	definedAt := map[string]int{}
	for i, s := range p.statements {
		for _, id := range definedBy(s) {
			definedAt[id.Name] = i
		}
	}
	after := make([]int, len(p.decls))
	for k := range after {
		after[k] = -1
	}
	if !p.mayUse(definedAt) {
		return after
	}
	declares := map[string][]int{}
	for k, d := range p.decls {
		for _, name := range declaredNames(d) {
			declares[name] = append(declares[name], k)
		}
	}
	used := uses()
	for again := true; again; {
		again = false
		for k := range p.decls {
			for name := range used[k] {
				at, ok := definedAt[name]
				if !ok {
					at = -1
				}
				for _, other := range declares[name] {
					at = max(at, after[other])
				}
				if at > after[k] {
					after[k], again = at, true
				}
			}
		}
	}
	return after
}

// mayUse tells whether a declaration mentions a name that a statement defines,
// be it as the name of something else.
func (p *parsed) mayUse(definedAt map[string]int) bool {
	for _, d := range p.decls {
		for name := range identifiers(d) {
			if _, ok := definedAt[name]; ok {
				return true
			}
		}
	}
	return false
}

// usesOf returns the names that each declaration of a cell uses from outside
// itself: those go/types finds in the session, and those it finds nowhere.
func (s *Session) usesOf(st *state, cell *parsed) []map[string]bool {
	declared := map[string]bool{}
	var nodes []ast.Node
	u := unit{}
	for _, node := range cell.decls {
		nodes = append(nodes, node)
		u.own = append(u.own, &decl{node: node})
		for _, name := range declaredNames(node) {
			declared[name] = true
		}
	}
	for _, d := range st.decls() {
		if !declaresAny(d, declared) {
			u.live = append(u.live, d)
		}
	}
	u.imports = importsFor(st, s.known, nodes, declared)
	c := s.check(u)
	all := make([]map[string]bool, len(cell.decls))
	for k, node := range cell.decls {
		all[k] = map[string]bool{}
		for name := range c.uses(node) {
			base, _, _ := strings.Cut(name, ".")
			all[k][base] = true
		}
		for _, e := range c.errors {
			if name, ok := strings.CutPrefix(e.Msg, "undefined: "); ok && node.Pos() <= e.Pos && e.Pos < node.End() {
				all[k][name] = true
			}
		}
	}
	return all
}

// definedBy returns the names that a statement at the top of a cell defines.
func definedBy(s ast.Stmt) []*ast.Ident {
	var ids []*ast.Ident
	switch s := s.(type) {
	case *ast.LabeledStmt:
		return definedBy(s.Stmt)
	case *ast.AssignStmt:
		for _, e := range s.Lhs {
			if id, ok := e.(*ast.Ident); ok && s.Tok.String() == ":=" {
				ids = append(ids, id)
			}
		}
	case *ast.DeclStmt:
		for _, spec := range s.Decl.(*ast.GenDecl).Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				ids = append(ids, v.Names...)
			}
		}
	}
	return ids
}

// declaredNames returns what other declarations may call d by. A method counts
// as part of its type.
func declaredNames(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil {
			return []string{receiverName(d)}
		}
		return []string{d.Name.Name}
	case *ast.GenDecl:
		var names []string
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					names = append(names, id.Name)
				}
			}
		}
		return names
	}
	return nil
}

// identifiers returns every name that a node mentions, but for those after a dot.
func identifiers(n ast.Node) map[string]bool {
	found := map[string]bool{}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			for name := range identifiers(n.X) {
				found[name] = true
			}
			return false
		case *ast.Ident:
			found[n.Name] = true
		}
		return true
	})
	return found
}
