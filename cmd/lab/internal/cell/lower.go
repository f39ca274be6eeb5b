package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A lowerer turns checked Go into the small part of Go that the interpreter
// runs right: functions, and statements on values of types without names.
// Each recipe stands in a file of its own.
type lowerer struct {
	s    *Session
	st   *state
	c    *check // of what is being lowered
	home *check // of the session

	top   strings.Builder  // top-level declarations of the lowered program
	setup strings.Builder  // statements that tell the machine of types and methods
	w     *strings.Builder // where statements go

	fn       *function
	env      map[*types.TypeParam]types.Type // of the instance being lowered
	names    map[types.Object]string         // of local variables
	checks   map[string]string               // places in lowered code to the checks of their indices
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
	quiet   bool             // leaves no marks: it runs in a goroutine of its own, or is no code of the learner's
	label   string           // of the statement about to be lowered

	reach     *reach      // of checks, nil where none can be written
	inRange   []rangeFact // indices that loops keep in range
	iteration *iteration  // the innermost range over a function whose body this is
	carried   []string    // variables in which such a body returns results without names
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

// at notes what is being lowered, for the place of a refusal: of a library, what
// asked for it.
func (l *lowerer) at(n ast.Node) {
	if !l.inLibrary() && n.Pos().IsValid() {
		l.s.at = n
	}
}

func (l *lowerer) inLibrary() bool { return l.c != l.home }

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
	if o.Parent() == l.home.pkg.Scope() {
		return l.st.live[o.Name()].lowered
	}
	if l.names[o] == "" {
		l.names[o] = l.fresh("v_" + o.Name())
	}
	return l.names[o]
}

// pkg gives the name of a package in lowered code, and notes that it is needed.
func (l *lowerer) pkg(p *types.Package) string {
	path := p.Path()
	if !l.s.imported[path] && !slices.Contains(l.s.pending, path) {
		l.s.pending = append(l.s.pending, path)
	}
	return packageName(path)
}

// packageName is the name under which lowered code imports a package.
func packageName(path string) string {
	return "p_" + strings.NewReplacer("/", "_", ".", "_", "-", "_").Replace(path)
}

// typeOf returns the type of an expression, in the instance being lowered.
func (l *lowerer) typeOf(e ast.Expr) types.Type {
	t := l.c.info.TypeOf(e)
	if t == nil {
		l.refuse(e, "this expression is not supported here")
	}
	return l.instance(t)
}

// unheard are methods that compiled packages look for in any value. A learner's
// value is in a box when it gets there, and the box lacks them.
var unheard = map[string]string{
	"Format":   "(fmt.State, rune) ()",
	"Scan":     "(fmt.ScanState, rune) (error)",
	"Unwrap":   "() ([]error)",
	"WriteTo":  "(io.Writer) (int64, error)",
	"ReadFrom": "(io.Reader) (int64, error)",
}

// typeList writes the types of parameters or results, without their names.
func typeList(t *types.Tuple) string {
	var names []string
	for _, v := range tupleVars(t) {
		names = append(names, types.TypeString(v.Type(), nil))
	}
	return "(" + strings.Join(names, ", ") + ")"
}

// function writes a top-level function.
func (l *lowerer) function(name string, f *ast.FuncDecl, recovers bool) {
	l.at(f.Name)
	sig := l.c.info.Defs[f.Name].(*types.Func).Signature()
	params := tupleVars(sig.Params())
	if sig.Recv() != nil {
		if unheard[f.Name.Name] == typeList(sig.Params())+" "+typeList(sig.Results()) {
			l.refuse(f.Name, "the packages that would ask for the method %s do not see it here; give it another name and call it yourself", f.Name.Name)
		}
		params = append([]*types.Var{sig.Recv()}, params...)
	}
	fn, first := &function{name: name, sig: sig, quiet: l.inLibrary()}, ""
	if recovers {
		fn.recover, first = "d", "d *lab.Defers"
	}
	text := l.capture(func() { l.body(fn, first, params, f.Body) })
	l.top.WriteString(markVariable(name) + "func " + name + text + "\n")
}

// literal lowers a function literal. recover names the deferred calls it may
// recover from.
func (l *lowerer) literal(e *ast.FuncLit, recover string, quiet bool) string {
	if recover == "" && callsRecover(e.Body) {
		l.refuse(e, "recover works here only in a function that is written in the defer statement itself, or deferred by its name")
	}
	sig := l.c.info.TypeOf(e).(*types.Signature)
	fn := &function{name: l.fn.name, sig: sig, quiet: l.fn.quiet || quiet, recover: recover}
	return "func" + l.capture(func() { l.body(fn, "", tupleVars(sig.Params()), e.Body) })
}

// body writes the parameters, the results and the body of a function.
//
//	before: func f(n int) (sum int) {...; return}
//	after:  func f_1(n_2 int) int { var sum_3 int; ...; return sum_3 }
//
// Named results become variables: in x = f(x) the interpreter lets a named result
// share the memory of x, the old value included.
func (l *lowerer) body(fn *function, first string, params []*types.Var, body *ast.BlockStmt) {
	outer := l.fn
	l.fn = fn
	defer func() { l.fn = outer }()
	fn.sig = l.instance(fn.sig).(*types.Signature)
	l.line("(%s)%s {", l.params(first, params), l.results(fn.sig.Results()))
	deferring := defersCalls(body)
	l.nameResults(fn, deferring)
	switch {
	case deferring:
		l.deferring(body)
	default:
		l.block(body.List)
		if fn.sig.Results().Len() > 0 && !endsInReturn(body) {
			l.line(`panic("unreachable")`)
		}
	}
	l.w.WriteString("}")
}

func (l *lowerer) params(first string, params []*types.Var) string {
	var list []string
	if first != "" {
		list = append(list, first)
	}
	for _, v := range params {
		name := l.fresh("a")
		if v.Name() != "" && v.Name() != "_" {
			name = l.name(v)
		}
		list = append(list, name+" "+l.typ(l.instance(v.Type())))
	}
	return join(list)
}

// nameResults declares variables for the results where the learner named them,
// and where deferred calls run before they are returned.
func (l *lowerer) nameResults(fn *function, deferring bool) {
	for _, v := range tupleVars(fn.sig.Results()) {
		if v.Name() == "" && !deferring {
			return
		}
		name := l.fresh("r")
		if v.Name() != "" && v.Name() != "_" {
			name = l.name(v)
		}
		fn.results = append(fn.results, name)
		l.line("var %s %s", name, l.typ(v.Type()))
	}
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
