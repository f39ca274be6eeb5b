package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A lowerer turns checked Go into the small part of Go that the interpreter
// runs right: functions, and statements on values of types without names.
// Each recipe stands in a file of its own.
type lowerer struct {
	s  *Session
	st *state
	c  *check

	top   strings.Builder  // top-level declarations of the lowered program
	setup strings.Builder  // statements that tell the machine of types and methods
	w     *strings.Builder // where statements go

	fn       *function
	env      map[*types.TypeParam]types.Type // of the instance being lowered
	names    map[types.Object]string         // of local variables
	cellVars map[types.Object]*decl          // variables that the group's statements define
	jobs     []job                           // instances of generic functions still to be lowered
}

// A function is the function being lowered.
type function struct {
	name    string           // of the top-level function it is, or is in
	sig     *types.Signature // its type
	results []string         // names of the results, nil if they need none
	targets []target         // statements that break and continue may leave, the outermost first
	defers  string           // the variable that holds its deferred calls, "" if it has none
	recover string           // the deferred calls of the function that deferred this one, "" if none did
	quiet   bool             // runs in a goroutine of its own: leaves no marks
	label   string           // of the statement about to be lowered
}

// A refusal is a construct that cells cannot have, and why.
type refusal struct {
	from, to token.Pos
	message  string
}

func (r *refusal) Error() string { return r.message }

// refuse ends the lowering.
func (l *lowerer) refuse(n ast.Node, format string, args ...any) {
	panic(&refusal{n.Pos(), n.End(), fmt.Sprintf(format, args...)})
}

// line writes a line of lowered code.
func (l *lowerer) line(format string, args ...any) {
	fmt.Fprintf(l.w, format, args...)
	l.w.WriteByte('\n')
}

// capture returns what f writes.
func (l *lowerer) capture(f func()) string {
	outer := l.w
	l.w = &strings.Builder{}
	defer func() { l.w = outer }()
	f()
	return l.w.String()
}

// fresh returns a name that lowered code does not have yet.
func (l *lowerer) fresh(prefix string) string {
	return fmt.Sprintf("%s_%d", plainName(prefix), l.st.next())
}

// once returns the name of a top-level helper and writes it at the first call.
//
//	before: min(a, b) and, elsewhere, min(c, d)
//	after:  func min_7(...) once, and two calls
func (l *lowerer) once(what, prefix string, write func(name string) string) string {
	if name := l.st.emitted[what]; name != "" {
		return name
	}
	name := l.fresh(prefix)
	l.st.emitted[what] = name
	l.top.WriteString(write(name) + "\n")
	return name
}

// name gives a variable a name of its own.
//
//	before: x := 1; { x := 2; _ = x }
//	after:  x_12 = 1; { x_13 := 2; _ = x_13 }
//
// The interpreter confuses names that shadow each other, and would not have a
// name declared twice.
func (l *lowerer) name(o types.Object) string {
	if o.Name() == "_" {
		return "_"
	}
	if d := l.cellVars[o]; d != nil {
		return d.lowered
	}
	if o.Parent() == l.c.pkg.Scope() {
		return l.st.live[o.Name()].lowered
	}
	if l.names[o] == "" {
		l.names[o] = l.fresh("v_" + o.Name())
	}
	return l.names[o]
}

// pkg gives the name under which lowered code imports a package.
func (l *lowerer) pkg(p *types.Package) string {
	path := p.Path()
	name := "p_" + strings.NewReplacer("/", "_", ".", "_", "-", "_").Replace(path)
	if l.st.emitted["import "+path] == "" {
		l.st.emitted["import "+path] = name
		l.s.pending = append(l.s.pending, fmt.Sprintf("import %s %q", name, packagePrefix+path))
	}
	return name
}

// typeOf returns the type of an expression, in the instance being lowered.
func (l *lowerer) typeOf(e ast.Expr) types.Type {
	t := l.c.info.TypeOf(e)
	if t == nil {
		l.refuse(e, "this expression is not supported here")
	}
	return l.instance(t)
}

// function writes a top-level function.
func (l *lowerer) function(name string, f *ast.FuncDecl, recovers bool) {
	sig := l.c.info.Defs[f.Name].(*types.Func).Signature()
	params := tupleVars(sig.Params())
	if sig.Recv() != nil {
		params = append([]*types.Var{sig.Recv()}, params...)
	}
	outer := l.w
	l.w = &strings.Builder{}
	l.w.WriteString(markVariable(name) + "func " + name)
	fn := &function{name: name, sig: sig}
	if recovers {
		fn.recover = "d"
	}
	l.body(fn, params, f.Body)
	l.top.WriteString(l.w.String() + "\n")
	l.w = outer
}

// literal lowers a function literal. recover names the deferred calls it may
// recover from.
func (l *lowerer) literal(e *ast.FuncLit, recover string, quiet bool) string {
	if recover == "" && callsRecover(e.Body) {
		l.refuse(e, "recover works here only in a function that is written in the defer statement itself, or deferred by its name")
	}
	sig := l.c.info.TypeOf(e).(*types.Signature)
	outer := l.fn
	fn := &function{name: outer.name, sig: sig, quiet: outer.quiet || quiet}
	text := l.capture(func() {
		l.w.WriteString("func")
		l.literalBody(fn, e, recover)
	})
	return text
}

func (l *lowerer) literalBody(fn *function, e *ast.FuncLit, recover string) {
	params := tupleVars(fn.sig.Params())
	fn.recover = recover
	l.bodyWith(fn, params, e.Body, false)
}

// body writes the parameters, the results and the body of a function.
func (l *lowerer) body(fn *function, params []*types.Var, body *ast.BlockStmt) {
	l.bodyWith(fn, params, body, fn.recover != "")
}

func (l *lowerer) bodyWith(fn *function, params []*types.Var, body *ast.BlockStmt, recoverParam bool) {
	outer := l.fn
	l.fn = fn
	defer func() { l.fn = outer }()
	fn.sig = l.instance(fn.sig).(*types.Signature)
	deferring := defersCalls(body)
	fmt.Fprintf(l.w, "(%s) (%s) {\n", l.params(params, recoverParam), l.resultList(fn, deferring))
	if deferring {
		l.deferring(body)
	} else {
		l.block(body.List)
		if fn.sig.Results().Len() > 0 && !endsInReturn(body) {
			l.line(`panic("unreachable")`)
		}
	}
	l.w.WriteString("}")
}

func (l *lowerer) params(params []*types.Var, recovers bool) string {
	var list []string
	if recovers {
		list = append(list, "d *lab.Defers")
	}
	for _, v := range params {
		name := l.fresh("a")
		if v.Name() != "" && v.Name() != "_" {
			name = l.name(v)
		}
		list = append(list, name+" "+l.typ(l.instance(v.Type())))
	}
	return strings.Join(list, ", ")
}

// resultList names the results where the learner did, and where deferred calls
// must find them.
func (l *lowerer) resultList(fn *function, deferring bool) string {
	var list []string
	named := false
	for _, v := range tupleVars(fn.sig.Results()) {
		named = named || v.Name() != ""
	}
	for i, v := range tupleVars(fn.sig.Results()) {
		name := ""
		if named || deferring {
			name = l.resultName(fn, i)
			fn.results = append(fn.results, name)
		}
		list = append(list, name+" "+l.typ(v.Type()))
	}
	return strings.Join(list, ", ")
}

func (l *lowerer) resultName(fn *function, i int) string {
	v := fn.sig.Results().At(i)
	if v.Name() == "" || v.Name() == "_" {
		return l.fresh("r")
	}
	return l.name(v)
}

func endsInReturn(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	_, ok := body.List[len(body.List)-1].(*ast.ReturnStmt)
	return ok
}

func tupleVars(t *types.Tuple) []*types.Var {
	var vars []*types.Var
	for v := range t.Variables() {
		vars = append(vars, v)
	}
	return vars
}
