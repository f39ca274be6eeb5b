package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/traefik/yaegi/interp"
)

// A plan is a group that is checked, lowered and compiled, ready to run.
type plan struct {
	source *source
	state  *state   // what the session knows once the group runs
	notes  []string // what changed elsewhere

	declares *interp.Program // types, functions, variables
	sets     *interp.Program // tells the machine of types and methods; neither can fail
	runs     *interp.Program // the statements
	function string          // the name of the function that holds them
	defines  map[string]int  // variable to the index of the statement that defines it
	body     []ast.Stmt
}

// plan prepares a cell. Nothing of the session changes but its record of texts.
func (s *Session) plan(src *source) (plans []*plan, err error) {
	defer func() {
		if r := recover(); r != nil {
			refused, ok := r.(*refusal)
			if !ok {
				panic(r)
			}
			if !refused.from.IsValid() && s.at != nil {
				refused.from, refused.to = s.at.Pos(), s.at.End()
			}
			err = refused
		}
	}()
	s.at = nil
	cell, err := parse(s.fset, src)
	for _, f := range cell.files {
		s.sources[f] = src
	}
	if err != nil {
		return nil, err
	}
	st := s.state.clone()
	if err := explicit(st, s.known, cell.imports); err != nil {
		return nil, err
	}
	for _, g := range cell.groups(func() []map[string]bool { return s.usesOf(st, cell) }) {
		p, err := s.planGroup(cell, g, st)
		if err != nil {
			return nil, err
		}
		plans = append(plans, p)
		st = p.state.clone()
	}
	return plans, nil
}

// A planner prepares one group.
type planner struct {
	s     *Session
	cell  *parsed
	group *group
	st    *state
	notes []string

	own    []*decl        // what the group declares
	bodies map[*decl]bool // live declarations to be lowered again
	shows  ast.Expr       // the expression whose value is shown
	c      *check
}

func (s *Session) planGroup(cell *parsed, g *group, st *state) (*plan, error) {
	p := &planner{s: s, cell: cell, group: g, st: st, bodies: map[*decl]bool{}}
	p.declare()
	p.discard()
	if err := p.check(); err != nil {
		return nil, err
	}
	return p.lower()
}

// text returns the source of a node.
func (p *planner) text(n ast.Node) string {
	f := p.s.fset.File(n.Pos())
	from, to := f.Offset(n.Pos()), f.Offset(n.End())
	return p.cell.source.text[from-bytesBefore : to-bytesBefore]
}

// check type-checks until all is well: a live declaration that no longer
// compiles is put aside with a note, and variables that get another type make
// their users be checked again.
func (p *planner) check() error {
	for {
		p.c = p.s.check(p.unit())
		mistake, foreign := p.mistakes()
		switch {
		case len(foreign) > 0:
			for d, e := range foreign {
				p.putAside(d, e)
			}
		case mistake != nil && p.unusedCall(mistake):
			p.assignToBlank()
		case mistake != nil:
			return p.withReason(mistake)
		case !p.retype():
			p.record()
			return nil
		}
	}
}

func (p *planner) unit() unit {
	u := unit{own: p.own, bodies: p.bodies, statements: p.group.statements}
	for _, d := range p.st.decls() {
		if !slices.Contains(p.own, d) {
			u.live = append(u.live, d)
		}
	}
	declared := map[string]bool{}
	var nodes []ast.Node
	for _, d := range p.own {
		nodes = append(nodes, d.node)
	}
	for _, d := range p.group.decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
			u.vars, nodes = append(u.vars, d), append(nodes, d)
			for _, name := range declaredNames(d) {
				declared[name] = true
				u.live = slices.DeleteFunc(u.live, func(d *decl) bool { return d.names[0] == name })
			}
		}
	}
	for _, s := range p.group.statements {
		nodes = append(nodes, s)
		for _, id := range definedBy(s) {
			declared[id.Name] = true
		}
	}
	u.imports = importsFor(p.st, p.s.known, nodes, declared)
	return u
}

// mistakes returns the first mistake in the group, by place, and those in other
// live declarations.
func (p *planner) mistakes() (first *types.Error, foreign map[*decl]types.Error) {
	foreign = map[*decl]types.Error{}
	for _, e := range p.c.errors {
		if d := p.foreignAt(e.Pos); d != nil {
			if _, ok := foreign[d]; !ok {
				foreign[d] = e
			}
			continue
		}
		if first == nil || first.Soft && !e.Soft || first.Soft == e.Soft && e.Pos < first.Pos {
			first = &e
		}
	}
	return first, foreign
}

// foreignAt returns the live declaration, not the group's own, at a place.
func (p *planner) foreignAt(pos token.Pos) *decl {
	for _, d := range p.st.decls() {
		if slices.Contains(p.own, d) {
			continue
		}
		var n ast.Node = d.typ
		if !d.isVar() {
			n = d.node
		}
		if n.Pos() <= pos && pos < n.End() {
			return d
		}
	}
	return nil
}

// withReason adds to "undefined: x" why an x there was is gone, or why the
// package x is not there.
func (p *planner) withReason(e *types.Error) error {
	name, ok := strings.CutPrefix(e.Msg, "undefined: ")
	switch {
	case ok && p.st.gone[name] != "":
		e.Msg += "; " + p.st.gone[name]
	case ok && absent[name] != "":
		e.Msg = fmt.Sprintf("package %s cannot be used in a cell: %s", name, absent[name])
	}
	return *e
}

// record notes what the checked declarations use, and makes their imports
// independent of the file they stand in.
func (p *planner) record() {
	for d := range p.bodies {
		d.uses = p.c.uses(d.node)
		p.hold(d.node)
	}
	for _, d := range p.own {
		d.uses = p.c.uses(d.node)
		p.hold(d.node)
		mangleImports(d.node, p.c.info)
	}
	for _, s := range p.group.statements {
		p.hold(s)
	}
}
