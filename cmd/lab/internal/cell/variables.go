package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// A variable that a statement at the top of a cell defines belongs to the
// session: later cells, and functions, see it as a variable of the package.

// retype declares the group's variables. It tells whether one is another than
// before and something uses it: that is then checked and lowered again.
//
//	before: x := 1; f := func() int { return x } | x := 2
//	after:  x_1 = 1; f_2 = func() int { return x_1 } | x_3 = 2
//
// A variable that is defined again with the same type is used again, so that its
// old value is freed, unless something holds on to it.
func (p *planner) retype() bool {
	changed := map[string]bool{}
	for _, o := range p.variables() {
		p.s.at = &ast.Ident{NamePos: o.Pos(), Name: o.Name()}
		old := p.st.live[o.Name()]
		k := p.lowerer().key(o.Type())
		if old != nil && old.isVar() && old.typKey == k && !p.st.held[old.lowered] {
			continue
		}
		p.st.declare(p.variable(o, k))
		changed[o.Name()] = true
	}
	before := len(p.bodies)
	p.refresh(changed)
	return len(p.bodies) > before
}

// variables returns the variables that the group defines for the session.
func (p *planner) variables() []types.Object {
	var all []types.Object
	add := func(id *ast.Ident) {
		if o, ok := p.c.info.Defs[id].(*types.Var); ok && o.Name() != "_" {
			all = append(all, o)
		}
	}
	for _, s := range p.group.statements {
		for _, id := range definedBy(s) {
			add(id)
		}
	}
	for _, d := range p.group.decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
			for _, spec := range g.Specs {
				for _, id := range spec.(*ast.ValueSpec).Names {
					add(id)
				}
			}
		}
	}
	return all
}

// variable makes a live declaration of a variable.
func (p *planner) variable(o types.Object, k string) *decl {
	d := &decl{names: []string{o.Name()}, version: p.st.next(), typKey: k, at: o.Pos(), uses: map[string]bool{}}
	d.lowered = fmt.Sprintf("v_%s_%d", plainName(o.Name()), d.version)
	if local := p.localType(o.Type()); local != "" {
		panic(&refusal{o.Pos(), o.Pos(), fmt.Sprintf("%s has the type %s, which is declared inside a function: declare the type at the top of a cell", o.Name(), local)})
	}
	typ, err := p.s.typeExpr(o.Type())
	if err != nil {
		panic(&refusal{o.Pos(), o.Pos(), fmt.Sprintf("the type of %s is not supported here", o.Name())})
	}
	d.typ = typ
	for name := range identifiers(typ) {
		d.uses[name] = true
	}
	return d
}

// localType returns the name of a type in t that no cell could name.
func (p *planner) localType(t types.Type) string {
	name := ""
	key(t, func(n *types.Named) string {
		if n.Obj().Parent() != p.c.pkg.Scope() {
			name = n.Obj().Name()
		}
		return ""
	})
	return name
}

// hold notes the variables of the session that a checked node lets something
// hold on to: a function literal, a pointer, a slice of an array.
func (p *planner) hold(n ast.Node) {
	holds := func(e ast.Node) {
		ast.Inspect(e, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if d := p.st.live[id.Name]; d != nil && d.isVar() {
					p.st.held[d.lowered] = true
				}
			}
			return true
		})
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			holds(n.Body)
			return false
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				holds(n.X)
			}
		case *ast.SliceExpr:
			if isArray(p.c.info.TypeOf(n.X)) {
				holds(n.X)
			}
		case *ast.SelectorExpr:
			if s := p.c.info.Selections[n]; s != nil && s.Kind() == types.MethodVal && wantsPointer(s.Obj().(*types.Func)) && !isPointer(s.Recv()) {
				holds(n.X)
			}
		}
		return true
	})
}

func isArray(t types.Type) bool {
	_, ok := under(t).(*types.Array)
	return ok
}
