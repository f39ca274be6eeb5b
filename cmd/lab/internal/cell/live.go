package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"slices"
)

// A decl is a live declaration of the session: what later cells see. It never
// changes once it is live; a new version takes its place.
type decl struct {
	names   []string        // what it declares; "T.M" for a method; several for a const group
	node    ast.Decl        // nil for a variable
	text    string          // as written
	version int             // unlike that of any other declaration
	uses    map[string]bool // the names, as above, of the live declarations it uses

	generic  bool   // a generic function, or a method of a generic type
	recovers bool   // a function that calls recover
	lowered  string // a function's or variable's name in lowered code

	// A variable's type, as an expression that go/types can check, its key, and
	// where it was defined.
	typ    ast.Expr
	typKey string
	at     token.Pos
}

func (d *decl) fn() *ast.FuncDecl {
	f, _ := d.node.(*ast.FuncDecl)
	return f
}

func (d *decl) isVar() bool { return d.node == nil }

func (d *decl) isType() bool {
	g, ok := d.node.(*ast.GenDecl)
	return ok && g.Tok == token.TYPE
}

// A state is all that a session knows between two groups of pieces. Planning a
// group works on a copy, so that a mistake leaves no trace.
type state struct {
	live    map[string]*decl
	broken  []*decl           // what no longer compiles since something it uses changed
	gone    map[string]string // variable to why it is gone
	imports map[string]string // what cells imported: name to path
	emitted map[string]string // what lowered code already has: helpers, types
	held    map[string]bool   // variables that a closure or a pointer may hold on to, by their lowered names
	count   *int              // of names and versions, shared by all copies: none is given twice
}

func newState() *state {
	return &state{live: map[string]*decl{}, gone: map[string]string{}, imports: map[string]string{}, emitted: map[string]string{}, held: map[string]bool{}, count: new(int)}
}

func (s *state) clone() *state {
	return &state{maps.Clone(s.live), slices.Clone(s.broken), maps.Clone(s.gone), maps.Clone(s.imports), maps.Clone(s.emitted), maps.Clone(s.held), s.count}
}

// next returns a number not given before.
func (s *state) next() int {
	*s.count++
	return *s.count
}

// declare makes d live, in the place of what had its names.
func (s *state) declare(d *decl) {
	for _, name := range d.names {
		if old := s.live[name]; old != nil && old != d {
			s.remove(old, name)
		}
		s.live[name] = d
		delete(s.gone, name)
	}
}

// remove takes one name from the live declarations. The others of a const
// group stay and keep their iota.
func (s *state) remove(d *decl, name string) {
	delete(s.live, name)
	g, ok := d.node.(*ast.GenDecl)
	if !ok || g.Tok != token.CONST {
		return
	}
	rest := *d
	rest.node = withoutConst(g, name)
	rest.names = slices.DeleteFunc(slices.Clone(d.names), func(n string) bool { return n == name })
	for _, n := range rest.names {
		if s.live[n] == d {
			s.live[n] = &rest
		}
	}
}

// withoutConst returns the group with one name replaced by _.
func withoutConst(g *ast.GenDecl, name string) *ast.GenDecl {
	group := *g
	group.Specs = nil
	for _, spec := range g.Specs {
		value := *spec.(*ast.ValueSpec)
		value.Names = slices.Clone(value.Names)
		for i, id := range value.Names {
			if id.Name == name {
				value.Names[i] = &ast.Ident{NamePos: id.NamePos, Name: "_"}
			}
		}
		group.Specs = append(group.Specs, &value)
	}
	return &group
}

// decls returns the live declarations, each once, the oldest first.
func (s *state) decls() []*decl {
	all := slices.Collect(maps.Values(s.live))
	slices.SortFunc(all, func(a, b *decl) int { return a.version - b.version })
	return slices.Compact(all)
}

// users returns the live declarations that use one of the changed names,
// directly or through others, but for those that declare one themselves.
func (s *state) users(changed map[string]bool) []*decl {
	changed = maps.Clone(changed)
	found := map[*decl]bool{}
	for again := true; again; {
		again = false
		for _, d := range s.decls() {
			if found[d] || d.isVar() || declaresAny(d, changed) || !usesAny(d, changed) {
				continue
			}
			found[d], again = true, true
			for _, name := range d.names {
				changed[name] = true
			}
		}
	}
	users := slices.Collect(maps.Keys(found))
	slices.SortFunc(users, func(a, b *decl) int { return a.version - b.version })
	return users
}

func declaresAny(d *decl, names map[string]bool) bool {
	return slices.ContainsFunc(d.names, func(n string) bool { return names[n] })
}

func usesAny(d *decl, names map[string]bool) bool {
	for name := range d.uses {
		if names[name] {
			return true
		}
	}
	return false
}

// declsOf cuts a parsed declaration into the pieces that may be redeclared by
// themselves: each type is one, a group of constants stays together for iota.
func declsOf(node ast.Decl, text func(ast.Node) string, st *state) []*decl {
	switch node := node.(type) {
	case *ast.FuncDecl:
		name := node.Name.Name
		if node.Recv != nil {
			name = receiverName(node) + "." + name
		}
		d := &decl{names: []string{name}, node: node, text: text(node), version: st.next(), recovers: callsRecover(node.Body)}
		d.generic = node.Type.TypeParams != nil || node.Recv != nil && receiverIsGeneric(node)
		d.lowered = fmt.Sprintf("f_%s_%d", plainName(name), d.version)
		return []*decl{d}
	case *ast.GenDecl:
		if node.Tok == token.TYPE {
			var all []*decl
			for _, spec := range node.Specs {
				one := &ast.GenDecl{Doc: node.Doc, TokPos: node.TokPos, Tok: node.Tok, Specs: []ast.Spec{spec}}
				all = append(all, &decl{names: []string{spec.(*ast.TypeSpec).Name.Name}, node: one, text: text(spec), version: st.next()})
			}
			return all
		}
		d := &decl{node: node, text: text(node), version: st.next()}
		for _, spec := range node.Specs {
			for _, id := range spec.(*ast.ValueSpec).Names {
				if id.Name != "_" {
					d.names = append(d.names, id.Name)
				}
			}
		}
		return []*decl{d}
	}
	return nil
}

// plainName keeps the letters and digits that the interpreter's names may have.
func plainName(name string) string {
	plain := []rune{}
	for _, r := range name {
		if r < 128 && r != '.' {
			plain = append(plain, r)
		}
	}
	return string(plain)
}

// receiverName returns T for a method of T, *T, T[P] and so on.
func receiverName(f *ast.FuncDecl) string {
	if len(f.Recv.List) == 0 {
		return ""
	}
	for t := f.Recv.List[0].Type; ; {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.ParenExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

func receiverIsGeneric(f *ast.FuncDecl) bool {
	generic := false
	for _, r := range f.Recv.List {
		ast.Inspect(r.Type, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.IndexExpr, *ast.IndexListExpr:
				generic = true
			}
			return true
		})
	}
	return generic
}

// callsRecover tells whether a function itself, not a literal in it, calls recover.
func callsRecover(body *ast.BlockStmt) bool {
	found := false
	inspectFunc(body, func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok {
			id, ok := call.Fun.(*ast.Ident)
			found = found || ok && id.Name == "recover"
		}
	})
	return found
}

// inspectFunc visits the nodes of a function's body but not those of the
// function literals in it.
func inspectFunc(body *ast.BlockStmt, visit func(ast.Node)) {
	if body == nil {
		return
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if n != nil {
			visit(n)
		}
		return true
	})
}
