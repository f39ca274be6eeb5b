package cell

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/traefik/yaegi/interp"
)

// The lowered program of a group: declarations, a function that tells the
// machine of types and methods, and a function that holds the statements.

func (p *planner) lowerer() *lowerer {
	return &lowerer{s: p.s, st: p.st, c: p.c, home: p.c, names: map[types.Object]string{}, checks: map[string]string{}, cellVars: map[types.Object]*decl{}}
}

// lower turns the checked group into programs for the interpreter.
func (p *planner) lower() (*plan, error) {
	p.s.pending = nil
	l := p.lowerer()
	var inits []string
	for _, o := range p.variables() {
		d := p.st.live[o.Name()]
		l.cellVars[o] = d
		l.once("var "+d.lowered, "", func(string) string { return fmt.Sprintf("var %s %s", d.lowered, l.typ(o.Type())) })
	}
	for _, d := range p.again() {
		f := d.fn()
		if f == nil || d.generic {
			continue
		}
		l.function(d.lowered, f, d.recovers)
		if f.Name.Name == "init" && f.Recv == nil {
			inits = append(inits, d.lowered)
		}
	}
	l.updateMethods()
	out := &plan{source: p.cell.source, state: p.st, notes: p.notes, body: p.group.statements, defines: map[string]int{}}
	out.function = l.fresh("cell")
	body := p.lowerStatements(l, out, inits)
	l.drain()
	return out, p.compile(out, program(l, out.function, body))
}

// program puts together what was lowered; function holds the statements.
func program(l *lowerer, function, body string) string {
	return fmt.Sprintf("%s\nfunc set_%s() {\n%s}\n%sfunc %[2]s() {\n%[5]s}\n", l.top.String(), function, l.setup.String(), markVariable(function), body)
}

// again returns the declarations to lower: the group's own and those renewed.
func (p *planner) again() []*decl {
	all := slices.Clone(p.own)
	for _, d := range p.st.decls() {
		if p.bodies[d] {
			all = append(all, d)
		}
	}
	return all
}

// lowerStatements lowers what the group does, and shows the value of its last
// expression.
func (p *planner) lowerStatements(l *lowerer, out *plan, inits []string) string {
	l.fn = &function{name: out.function, sig: types.NewSignatureType(nil, nil, nil, nil, nil, false)}
	return l.capture(func() {
		for _, init := range p.c.info.InitOrder {
			l.define(identExprs(p.identsFor(init.Lhs)), []ast.Expr{init.Rhs})
		}
		for _, f := range inits {
			l.line("%s()", f)
		}
		if p.cell.program {
			p.callMain(l)
		}
		list := p.group.statements
		if p.shown() {
			list = list[:len(list)-1]
		}
		for i, s := range p.group.statements {
			for _, id := range definedBy(s) {
				out.defines[id.Name] = i
			}
		}
		body := &ast.BlockStmt{List: list}
		statements := func() {
			l.block(list)
			if p.shown() {
				p.show(l)
			}
		}
		if defersCalls(body) {
			p.deferring(l, statements)
		} else {
			statements()
		}
	})
}

// deferring lets a defer statement at the top of a cell run at the cell's end.
func (p *planner) deferring(l *lowerer, statements func()) {
	l.fn.defers = l.fresh("ds")
	l.line("%s := lab.NewDefers()\n%s.Do(func() {", l.fn.defers, l.fn.defers)
	statements()
	l.line("})")
}

func (p *planner) identsFor(vars []*types.Var) []*ast.Ident {
	var ids []*ast.Ident
	for _, v := range vars {
		id := &ast.Ident{NamePos: v.Pos(), Name: v.Name()}
		p.c.info.Uses[id], p.c.info.Types[id] = v, types.TypeAndValue{Type: v.Type()}
		ids = append(ids, id)
	}
	return ids
}

func (p *planner) callMain(l *lowerer) {
	if d := p.st.live["main"]; d != nil && slices.Contains(p.own, d) && d.fn() != nil {
		l.line("%s()", d.lowered)
	}
}

// place is the first node of the group: where a refusal belongs that has no other.
func (p *planner) place() (from, to token.Pos) {
	for _, s := range p.group.statements {
		return s.Pos(), s.End()
	}
	for _, d := range p.group.decls {
		return d.Pos(), d.Pos()
	}
	return token.NoPos, token.NoPos
}

// updateMethods brings the tables of methods up to date for every type in them
// whose methods may have changed.
func (l *lowerer) updateMethods() {
	for _, d := range l.st.decls() {
		if !d.isType() {
			continue
		}
		t := l.c.pkg.Scope().Lookup(d.names[0]).Type()
		if n, ok := t.(*types.Named); !ok || n.TypeParams().Len() > 0 || isInterface(t) {
			continue
		}
		for _, t := range []types.Type{t, types.NewPointer(t)} {
			if k := l.key(t); l.st.emitted["rtype "+k] != "" {
				r, _ := l.s.machine.typeOf(k)
				l.methodTable(t, r)
			}
		}
	}
}

// compile hands the lowered group to the interpreter, which may refuse it: then
// nothing has run.
func (p *planner) compile(out *plan, program string) error {
	s := p.s
	for _, path := range s.pending {
		if _, err := s.interp.Eval(fmt.Sprintf("import %s %q", packageName(path), packagePrefix+path)); err != nil {
			return uncompiled(err)
		}
		s.imported[path] = true
	}
	var err error
	if out.declares, err = s.compile(program); err != nil {
		refused := uncompiled(err).(*refusal)
		refused.from, refused.to = p.place()
		return refused
	}
	if out.sets, err = s.compile("set_" + out.function + "()"); err != nil {
		return uncompiled(err)
	}
	if out.runs, err = s.compile("lab.Run(" + out.function + ")"); err != nil {
		return uncompiled(err)
	}
	return nil
}

func (s *Session) compile(text string) (p *interp.Program, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("it gives up")
		}
	}()
	return s.interp.Compile(text)
}

// uncompiled is for what lowering should have refused itself.
func uncompiled(err error) error {
	reason := "it gives up"
	if !errors.As(err, &interp.Panic{}) {
		reason = err.Error()
	}
	return &refusal{message: fmt.Sprintf("the interpreter cannot run this (%s): write it another way", reason)}
}
