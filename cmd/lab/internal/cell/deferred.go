package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Deferred calls, and goroutines.
//
//	before: func f() { defer g(x); ... }
//	after:  func f() { ds := lab.NewDefers(); ds.Do(func() { h := x; ds.Push(func() { g(h) }); ... }) }
//
// The interpreter would evaluate x when g runs. The machine keeps the calls and
// runs them when the body has ended, by a panic too; recover asks the machine.
func (l *lowerer) deferring(body *ast.BlockStmt) {
	ds := l.fresh("ds")
	l.fn.defers = ds
	l.line("%s := lab.NewDefers()", ds)
	l.line("%s.Do(func() {", ds)
	l.block(body.List)
	l.line("})\nreturn %s", join(l.fn.results))
}

// defersCalls tells whether a function itself, not a literal in it, defers.
func defersCalls(body *ast.BlockStmt) bool {
	found := false
	inspectFunc(body, func(n ast.Node) {
		_, ok := n.(*ast.DeferStmt)
		found = found || ok
	})
	return found
}

// thunk evaluates what is called and its arguments now, into variables, and
// returns a variable with a func() that makes the call. recover names the
// deferred calls that the call may recover from.
func (l *lowerer) thunk(call *ast.CallExpr, recover string, quiet bool) string {
	var text string
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		f := l.held(l.literal(lit, recoverIn(lit, recover), quiet))
		sig := l.typeOf(lit).(*types.Signature)
		if l.passesTuple(call) {
			l.refuse(call, "give the results of the inner call names before passing them to defer or go")
		}
		text = f + "(" + join(l.heldAll(l.args(call, sig, l.operands(call.Args), false))) + ")"
	} else {
		text = l.boundCall(call, recover)
	}
	return l.held("func() { " + text + " }")
}

// recoverIn gives a literal the deferred calls it may recover from, if it does.
func recoverIn(lit *ast.FuncLit, recover string) string {
	if !callsRecover(lit.Body) {
		return ""
	}
	return recover
}

func (l *lowerer) operands(args []ast.Expr) []operand {
	values := make([]operand, len(args))
	for i, a := range args {
		values[i] = operand{l.expr(a), l.typeOf(a)}
	}
	return values
}

func (l *lowerer) heldAll(texts []string) []string {
	for i, t := range texts {
		if t != "nil" {
			texts[i] = l.held(t)
		}
	}
	return texts
}

// boundCall lowers a call whose function, receiver and arguments are evaluated
// now and held in variables.
func (l *lowerer) boundCall(call *ast.CallExpr, recover string) string {
	twin := *call
	twin.Args = make([]ast.Expr, len(call.Args))
	if l.passesTuple(call) {
		l.refuse(call, "give the results of the inner call names before passing them to defer or go")
	}
	for i, a := range call.Args {
		twin.Args[i] = l.bind(a)
	}
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.SelectorExpr:
		twin.Fun = l.bindReceiver(f)
	case *ast.Ident:
		if _, ok := l.c.info.Uses[f].(*types.Var); ok {
			twin.Fun = l.bind(f)
		}
	case *ast.IndexExpr, *ast.IndexListExpr:
		if _, ok := l.c.info.TypeOf(ast.Unparen(f)).(*types.Signature); !ok || !l.isInstance(f) {
			twin.Fun = l.bind(call.Fun)
		}
	default:
		twin.Fun = l.bind(call.Fun)
	}
	l.c.info.Types[&twin] = l.c.info.Types[call]
	return l.callRecovering(&twin, recover)
}

// isInstance tells f[int] from the call of an element, fs[0].
func (l *lowerer) isInstance(e ast.Expr) bool {
	f, _ := l.calledFunc(e)
	return f != nil
}

// bind evaluates e into a variable and returns an identifier for it.
func (l *lowerer) bind(e ast.Expr) ast.Expr {
	tv := l.c.info.Types[e]
	if tv.Value != nil || tv.IsType() || isNil(tv.Type) {
		return e
	}
	t := l.typeOf(e)
	v := types.NewVar(e.Pos(), nil, "h", t)
	id := &ast.Ident{NamePos: e.Pos(), Name: "h"}
	l.c.info.Uses[id], l.c.info.Types[id] = v, types.TypeAndValue{Type: t}
	l.line("var %s %s = %s", l.name(v), l.typ(t), l.lowerTo(e, t))
	return id
}

// bindReceiver evaluates x in x.m: its value, or its address if m wants a pointer.
func (l *lowerer) bindReceiver(f *ast.SelectorExpr) ast.Expr {
	s := l.c.info.Selections[f]
	if s == nil { // a function of a package
		return f
	}
	if s.Kind() != types.MethodVal {
		return l.bind(f)
	}
	twin, recv, m := *f, l.instance(s.Recv()), s.Obj().(*types.Func)
	if !wantsPointer(m) && isReceiver(m, recv) {
		star := &ast.StarExpr{Star: f.X.Pos(), X: f.X}
		l.c.info.Types[star] = types.TypeAndValue{Type: types.Unalias(recv).(*types.Pointer).Elem()}
		twin.X = l.bind(star)
	} else if wantsPointer(m) && !isPointer(recv) && l.c.info.Types[f.X].Addressable() {
		address := &ast.UnaryExpr{OpPos: f.X.Pos(), Op: token.AND, X: f.X}
		l.c.info.Types[address] = types.TypeAndValue{Type: types.NewPointer(recv)}
		star := &ast.StarExpr{Star: f.X.Pos(), X: l.bind(address)}
		l.c.info.Types[star] = types.TypeAndValue{Type: recv}
		twin.X = star
	} else {
		twin.X = l.bind(f.X)
	}
	l.c.info.Selections[&twin] = s
	l.c.info.Types[&twin] = l.c.info.Types[f]
	return &twin
}

// goes lowers a go statement: what it runs is made in a frame of its own, see
// frozen.
func (l *lowerer) goes(s *ast.GoStmt) {
	var f string
	text := l.capture(func() { f = l.thunk(s.Call, "", true) })
	l.line("lab.Go(func() func() {\n%sreturn %s\n}())", text, f)
}
