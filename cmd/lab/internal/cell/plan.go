package cell

import (
	"errors"
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
			err = refused
		}
	}()
	cell, err := parse(s.fset, src)
	s.fset.Iterate(func(f *token.File) bool {
		if s.sources[f] == nil {
			s.sources[f] = src
		}
		return true
	})
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
	before := len(beforeDeclarations)
	if p.cell.program {
		before = linesBefore
	}
	return p.cell.source.text[from-before : to-before]
}

// declare makes the group's declarations live. A type that is declared again as
// it was stays the same type, so that running a cell twice keeps its variables.
func (p *planner) declare() {
	changed := map[string]bool{}
	for _, node := range p.group.decls {
		if g, ok := node.(*ast.GenDecl); ok && g.Tok == token.VAR {
			continue // of a whole program: declared when their types are known
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

// discard turns a last expression that would be unused into one that go/types
// accepts: its value is shown.
func (p *planner) discard() {
	if !p.group.last || len(p.group.statements) == 0 {
		return
	}
	p.group.statements = slices.Clone(p.group.statements)
	last := p.group.statements[len(p.group.statements)-1]
	e, ok := last.(*ast.ExprStmt)
	if !ok {
		return
	}
	p.shows = e.X
	if _, isCall := ast.Unparen(e.X).(*ast.CallExpr); !isCall {
		p.assignToBlank()
	}
}

// assignToBlank makes the last expression e the statement _ = e.
func (p *planner) assignToBlank() {
	p.group.statements[len(p.group.statements)-1] = &ast.AssignStmt{
		Lhs: []ast.Expr{&ast.Ident{NamePos: p.shows.Pos(), Name: "_"}}, TokPos: p.shows.Pos(), Tok: token.ASSIGN, Rhs: []ast.Expr{p.shows},
	}
}

// unusedCall tells whether a mistake is that the last expression, a call, is not
// used: a conversion, or len. A call proper may have no value to assign.
func (p *planner) unusedCall(mistake *types.Error) bool {
	if p.shows == nil || !strings.Contains(mistake.Msg, "is not used") {
		return false
	}
	last, ok := p.group.statements[len(p.group.statements)-1].(*ast.ExprStmt)
	return ok && last.Pos() <= mistake.Pos && mistake.Pos < last.End()
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

// withReason adds to "undefined: x" why an x there was is gone.
func (p *planner) withReason(e *types.Error) error {
	if name, ok := strings.CutPrefix(e.Msg, "undefined: "); ok && p.st.gone[name] != "" {
		e.Msg += "; " + p.st.gone[name]
	}
	return *e
}

// retype declares the group's variables. It tells whether one has another type
// than before and something uses it: that is then checked again.
func (p *planner) retype() bool {
	changed := map[string]bool{}
	for _, o := range p.variables() {
		old := p.st.live[o.Name()]
		k := p.lowerer().key(o.Type())
		if old != nil && old.isVar() && old.typKey == k {
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
	d := &decl{names: []string{o.Name()}, version: p.st.next(), typKey: k, uses: map[string]bool{}}
	d.lowered = fmt.Sprintf("v_%s_%d", plainName(o.Name()), d.version)
	if local := p.localType(o.Type()); local != "" {
		panic(&refusal{o.Pos(), o.Pos(), fmt.Sprintf("%s has the type %s, which is declared inside a function: declare the type at the top of a cell", o.Name(), local)})
	}
	typ, err := p.lowerer().typeExpr(o.Type())
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

// record notes what the checked declarations use, and makes their imports
// independent of the file they stand in.
func (p *planner) record() {
	for d := range p.bodies {
		d.uses = p.c.uses(d.node)
	}
	for _, d := range p.own {
		d.uses = p.c.uses(d.node)
		mangleImports(d.node, p.c.info)
	}
}

func (p *planner) lowerer() *lowerer {
	return &lowerer{s: p.s, st: p.st, c: p.c, names: map[types.Object]string{}, cellVars: map[types.Object]*decl{}}
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
	program := fmt.Sprintf("%s\nfunc set_%s() {\n%s}\n%sfunc %[2]s() {\n%[5]s}\n", l.top.String(), out.function, l.setup.String(), markVariable(out.function), body)
	return out, p.compile(out, program)
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
		if !defersCalls(body) {
			l.block(list)
		} else {
			p.deferring(l, body)
		}
		if p.shown() {
			p.show(l)
		}
	})
}

// deferring lets a defer statement at the top of a cell run at the cell's end.
func (p *planner) deferring(l *lowerer, body *ast.BlockStmt) {
	l.fn.defers = l.fresh("ds")
	l.line("%s := lab.NewDefers()\n%s.Do(func() {", l.fn.defers, l.fn.defers)
	l.block(body.List)
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

// shown tells whether the last expression has a value that is worth showing:
// not the count that fmt.Println returns.
func (p *planner) shown() bool {
	if p.shows == nil {
		return false
	}
	tuple, ok := p.c.info.TypeOf(p.shows).(*types.Tuple)
	if !ok {
		return true
	}
	return tuple.Len() > 0 && !p.prints(p.shows)
}

func (p *planner) prints(e ast.Expr) bool {
	call := ast.Unparen(e).(*ast.CallExpr)
	s, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	f, ok := p.c.info.Uses[s.Sel].(*types.Func)
	return ok && f.Pkg() != nil && f.Pkg().Path() == "fmt"
}

func (p *planner) show(l *lowerer) {
	l.mark(p.shows)
	if tuple, ok := p.c.info.TypeOf(p.shows).(*types.Tuple); ok {
		to := make([]*types.Var, tuple.Len())
		for i := range to {
			to[i] = types.NewParam(token.NoPos, nil, "", anyType)
		}
		l.line("lab.Show(%s)", join(l.unpack(p.shows, to)))
		return
	}
	l.line("lab.Show(%s)", l.lowerTo(p.shows, anyType))
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
	if len(s.pending) > 0 {
		if _, err := s.interp.Eval(strings.Join(s.pending, "\n")); err != nil {
			return &refusal{message: "the interpreter cannot import this: " + err.Error()}
		}
	}
	var err error
	if out.declares, err = s.compile(program); err != nil {
		return uncompiled(err)
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
