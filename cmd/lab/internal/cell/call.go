package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// Calls.
//
//	before: sum(1, 2, 3); show(pair()); fmt.Println(day)
//	after:  f_sum_4([]int{1, 2, 3}); a closure that unpacks pair(); p_fmt.Println(lab.Box(7, day))
//
// A learner's variadic function takes a slice; a compiled one stays as it is.
func (l *lowerer) call(e *ast.CallExpr) string { return l.callRecovering(e, "") }

// callRecovering lowers a call; recover names the deferred calls that the
// function called may recover from, where a defer statement calls it.
func (l *lowerer) callRecovering(e *ast.CallExpr, recover string) string {
	if tv := l.c.info.Types[e.Fun]; tv.IsType() {
		return l.conversion(e.Args[0], l.instance(tv.Type))
	}
	fun := ast.Unparen(e.Fun)
	if id, ok := fun.(*ast.Ident); ok {
		if b, ok := l.c.info.Uses[id].(*types.Builtin); ok {
			return l.builtin(b.Name(), e)
		}
	}
	if l.passesTuple(e) {
		return l.callWithTuple(e, recover)
	}
	values := make([]operand, len(e.Args))
	for i, a := range e.Args {
		values[i] = operand{l.expr(a), l.typeOf(a)}
	}
	return l.callOn(e, fun, values, recover)
}

// An operand is lowered text and its type.
type operand struct {
	text string
	typ  types.Type
}

// passesTuple tells f(g()) where g has several results.
func (l *lowerer) passesTuple(e *ast.CallExpr) bool {
	if len(e.Args) != 1 {
		return false
	}
	_, ok := l.typeOf(e.Args[0]).(*types.Tuple)
	return ok
}

func (l *lowerer) callWithTuple(e *ast.CallExpr, recover string) string {
	tuple := l.typeOf(e.Args[0]).(*types.Tuple)
	values, names := make([]operand, tuple.Len()), make([]string, tuple.Len())
	for i := range values {
		names[i] = l.fresh("t")
		values[i] = operand{names[i], tuple.At(i).Type()}
	}
	inner := l.expr(e.Args[0])
	call := l.callOn(e, ast.Unparen(e.Fun), values, recover)
	result, give := "", ""
	switch t := l.typeOf(e).(type) {
	case *types.Tuple:
		result = l.results(t)
		if t.Len() > 0 {
			give = "return "
		}
	default:
		result, give = " "+l.typ(t), "return "
	}
	return fmt.Sprintf("func()%s { %s := %s; %s%s }()", result, strings.Join(names, ", "), inner, give, call)
}

// callOn calls fun with arguments that are lowered already.
func (l *lowerer) callOn(e *ast.CallExpr, fun ast.Expr, values []operand, recover string) string {
	sig, ok := under(l.typeOf(fun)).(*types.Signature)
	if !ok {
		l.refuse(e, "this call is not supported here")
	}
	if s, ok := fun.(*ast.SelectorExpr); ok {
		if sel := l.c.info.Selections[s]; sel != nil && sel.Kind() == types.MethodVal {
			recv := l.instance(sel.Recv())
			if name := types.TypeString(recv, nil); name == "*encoding/json.Decoder" && s.Sel.Name == "Decode" && len(values) == 1 && !plainType(values[0].typ) {
				l.refuse(s.Sel, "a json.Decoder does not read into types of a cell: read everything with io.ReadAll and use json.Unmarshal")
			}
			return l.callMethod(s, l.expr(s.X), recv, s.Sel.Name, l.args(e, sig, values, l.isCompiled(recv, s.Sel.Name)), recover)
		}
		if f, ok := l.c.info.Uses[s.Sel].(*types.Func); ok && l.c.info.Selections[s] == nil {
			return l.funcValue(f, s.Sel) + "(" + strings.Join(l.args(e, sig, values, l.s.fromLibrary(f) == nil), ", ") + ")"
		}
	}
	args := l.args(e, sig, values, false)
	if f, id := l.calledFunc(fun); f != nil && l.declOf(f).recovers {
		return l.functionName(f, l.typeArgs(id)) + "(" + strings.Join(append([]string{orNil(recover)}, args...), ", ") + ")"
	}
	text := l.expr(fun)
	if _, ok := fun.(*ast.FuncLit); ok {
		text = "(" + text + ")"
	}
	return text + "(" + strings.Join(args, ", ") + ")"
}

// calledFunc returns the learner's function that is called by its name.
func (l *lowerer) calledFunc(fun ast.Expr) (*types.Func, *ast.Ident) {
	switch x := fun.(type) {
	case *ast.IndexExpr:
		fun = x.X
	case *ast.IndexListExpr:
		fun = x.X
	}
	if id, ok := ast.Unparen(fun).(*ast.Ident); ok {
		if f, ok := l.c.info.Uses[id].(*types.Func); ok && isLearners(f) {
			return f, id
		}
	}
	return nil, nil
}

// isCompiled tells whether a method is compiled code: its variadic parameters
// stay as they are.
func (l *lowerer) isCompiled(recv types.Type, name string) bool {
	object, index, _ := types.LookupFieldOrMethod(recv, true, l.home.pkg, name)
	_, holder := path("", recv, index[:len(index)-1])
	if isInterface(holder) {
		return compiledInterface(holder)
	}
	return !isLearners(object)
}

// args converts arguments to the types of the parameters.
func (l *lowerer) args(e *ast.CallExpr, sig *types.Signature, values []operand, compiled bool) []string {
	params, n := sig.Params(), sig.Params().Len()
	if e.Ellipsis.IsValid() {
		return l.argsWithEllipsis(sig, values, compiled)
	}
	args := make([]string, len(values))
	for i, v := range values {
		t := params.At(min(i, n-1)).Type()
		if sig.Variadic() && i >= n-1 {
			t = t.(*types.Slice).Elem()
		}
		args[i] = l.convert(v.text, v.typ, t)
		if _, ok := under(t).(*types.Signature); ok && compiled {
			args[i] = l.frozen(args[i], t)
		}
	}
	if !sig.Variadic() || compiled {
		return args
	}
	rest := "nil"
	if len(args) >= n {
		rest = l.typ(params.At(n-1).Type()) + "{" + strings.Join(args[n-1:], ", ") + "}"
	}
	return append(args[:n-1:n-1], rest)
}

// argsWithEllipsis lowers the arguments of f(a, b, rest...).
func (l *lowerer) argsWithEllipsis(sig *types.Signature, values []operand, compiled bool) []string {
	args := make([]string, len(values))
	for i, v := range values {
		args[i] = l.convert(v.text, v.typ, sig.Params().At(i).Type())
	}
	if compiled {
		args[len(args)-1] += "..."
	}
	return args
}
