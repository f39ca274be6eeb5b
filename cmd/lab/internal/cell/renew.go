package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// What a cell declares takes effect for code typed earlier, too: whatever uses a
// changed name is checked and lowered again, under a name of its own; nothing
// runs again.

// declare makes the group's declarations live. A type that is declared again as
// it was stays the same type, so that running a cell twice keeps its variables.
func (p *planner) declare() {
	changed := map[string]bool{}
	for _, node := range p.group.decls {
		if g, ok := node.(*ast.GenDecl); ok && g.Tok == token.VAR {
			continue // of a whole program: declared when their types are known
		}
		if f, ok := node.(*ast.FuncDecl); ok && f.Body == nil {
			panic(&refusal{f.Name.Pos(), f.Name.End(), "missing function body"})
		}
		for _, d := range declsOf(node, p.text, p.st) {
			if d.isType() && p.unchanged(d) {
				continue
			}
			p.own = append(p.own, d)
			for _, name := range d.names {
				changed[name] = true
			}
		}
	}
	for _, d := range p.own {
		if !d.anonymous() {
			p.st.declare(d)
		}
	}
	p.refresh(changed)
}

// unchanged tells whether a type is declared as it already is.
func (p *planner) unchanged(d *decl) bool {
	old := p.st.live[d.names[0]]
	return old != nil && old.isType() && old.text == d.text
}

// anonymous tells whether d has no name that other code could use.
func (d *decl) anonymous() bool {
	return len(d.names) == 0 || d.names[0] == "_" || d.names[0] == "init" && d.fn() != nil
}

// refresh gives new versions to the live declarations that use something that
// has changed: they are checked and lowered again. Variables of a type that has
// changed are gone: their values have the old one.
func (p *planner) refresh(changed map[string]bool) {
	if len(changed) == 0 {
		return
	}
	p.revive(changed)
	users := p.st.users(changed)
	kinds := map[string]bool{}
	for _, d := range append(slices.Clone(users), p.own...) {
		if d.isType() && (changed[d.names[0]] || slices.Contains(users, d)) {
			kinds[d.names[0]] = true
		}
	}
	for _, d := range p.st.decls() {
		if d.isVar() && usesAny(d, kinds) {
			name := d.names[0]
			delete(p.st.live, name)
			p.st.gone[name] = fmt.Sprintf("%s is gone since its type was declared again: define it anew", name)
			users = append(users, p.st.users(map[string]bool{name: true})...)
		}
	}
	for _, d := range users {
		if p.st.live[d.names[0]] == d && !slices.Contains(p.own, d) {
			p.bodies[p.renew(d)] = true
		}
	}
}

// renew replaces d by a copy with a version of its own.
func (p *planner) renew(d *decl) *decl {
	twin := *d
	twin.version = p.st.next()
	if f := twin.fn(); f != nil {
		twin.lowered = fmt.Sprintf("f_%s_%d", plainName(twin.names[0]), twin.version)
	}
	for _, name := range twin.names {
		p.st.live[name] = &twin
	}
	return &twin
}

// revive makes broken declarations live again that use what has changed: they
// may compile now.
func (p *planner) revive(changed map[string]bool) {
	p.st.broken = slices.DeleteFunc(p.st.broken, func(d *decl) bool {
		if slices.ContainsFunc(d.names, func(n string) bool { return p.st.live[n] != nil }) {
			return true // declared anew since
		}
		if !usesAny(d, changed) {
			return false
		}
		for _, name := range d.names {
			p.st.live[name] = d
		}
		p.bodies[p.renew(d)] = true
		return true
	})
}

// putAside takes a declaration that no longer compiles out of the session.
func (p *planner) putAside(d *decl, e types.Error) {
	for _, name := range d.names {
		if p.st.live[name] == d {
			delete(p.st.live, name)
		}
	}
	delete(p.bodies, d)
	name := d.names[0]
	place := p.s.position(e.Pos)
	if !d.isVar() {
		p.st.broken = append(p.st.broken, d)
	}
	p.notes = append(p.notes, fmt.Sprintf("%s of an earlier cell does not compile any more (%s:%d: %s); it is back when that is mended.",
		name, place.Cell, place.Line, cleanMessage(e.Msg)))
}
