package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// Methods.
//
//	before: func (d Day) Next() Day {...}; d.Next(); f := d.Next; g := Day.Next; s.String()
//	after:  func f_DayNext_7(v_d_8 int) int {...}; f_DayNext_7(d); a closure; a closure; cl_String_3(s)
//
// A method is a function that takes its receiver first. What a learner's
// interface holds is found by the id of the type in its box, in a table for each
// name and signature.

// path follows embedded fields from x, of type t, to the holder of what is selected.
func path(x string, t types.Type, index []int) (string, types.Type) {
	for _, i := range index {
		if p, ok := under(t).(*types.Pointer); ok {
			t = p.Elem()
		}
		f := under(t).(*types.Struct).Field(i)
		x += "." + fieldName(f, i)
		t = f.Type()
	}
	return x, t
}

// selector lowers x.name as a value.
func (l *lowerer) selector(e *ast.SelectorExpr) string {
	s := l.c.info.Selections[e]
	if s == nil {
		return l.qualified(e)
	}
	recv := l.instance(s.Recv())
	object, index, _ := types.LookupFieldOrMethod(recv, true, s.Obj().Pkg(), e.Sel.Name)
	switch s.Kind() {
	case types.FieldVal:
		text, _ := path(l.expr(e.X), recv, index)
		return text
	case types.MethodVal:
		return l.methodValue(e, recv, index, object.(*types.Func))
	}
	sig := l.typeOf(e).(*types.Signature) // T.Method
	params, args := l.passing(sig)
	return fmt.Sprintf("func(%s)%s { %s%s }", params, l.results(sig.Results()), returning(sig), l.callMethod(e, args[0], recv, e.Sel.Name, args[1:], ""))
}

// qualified lowers pkg.Name.
func (l *lowerer) qualified(e *ast.SelectorExpr) string {
	switch o := l.c.info.Uses[e.Sel].(type) {
	case *types.Func:
		text := l.funcValue(o, e.Sel)
		if !o.Signature().Variadic() || l.s.fromLibrary(o) != nil {
			return text
		}
		params, args := l.passing(o.Signature())
		args[len(args)-1] += "..."
		return fmt.Sprintf("func(%s)%s { %s%s(%s) }", params, l.results(o.Signature().Results()), returning(o.Signature()), text, strings.Join(args, ", "))
	case *types.Var:
		l.offered(o)
		return l.pkg(o.Pkg()) + "." + o.Name()
	}
	l.refuse(e, "%s cannot stand here", e.Sel.Name)
	return ""
}

// methodValue binds the receiver now: its value, or its address if the method
// wants a pointer.
func (l *lowerer) methodValue(e *ast.SelectorExpr, recv types.Type, index []int, m *types.Func) string {
	sig := l.typeOf(e).(*types.Signature)
	params, args := l.passing(sig)
	v := l.fresh("r")
	x, recv := path(l.expr(e.X), recv, index[:len(index)-1])
	switch {
	case wantsPointer(m) && !isPointer(recv):
		x, recv = "&"+x, types.NewPointer(recv)
	case !wantsPointer(m) && isReceiver(m, recv):
		x, recv = "*"+x, types.Unalias(recv).(*types.Pointer).Elem()
	}
	check := ""
	if isInterface(recv) {
		check = "lab.NotNil(" + v + "); "
	}
	return fmt.Sprintf("func() %s { %s := %s; %sreturn func(%s)%s { %s%s } }()",
		l.typ(sig), v, x, check, params, l.results(sig.Results()), returning(sig), l.callMethod(e, v, recv, e.Sel.Name, args, ""))
}

// isReceiver tells whether *T points to the very type that m is a method of,
// not to a struct that embeds it.
func isReceiver(m *types.Func, pointer types.Type) bool {
	p, ok := types.Unalias(pointer).(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	return ok && receiverOf(m) == n.Obj().Name()
}

func isPointer(t types.Type) bool {
	_, ok := under(t).(*types.Pointer)
	return ok
}

// wantsPointer tells whether the receiver of m is a pointer.
func wantsPointer(m *types.Func) bool {
	_, ok := types.Unalias(m.Signature().Recv().Type()).(*types.Pointer)
	return ok
}

// passing returns parameters of a signature and their names as arguments.
func (l *lowerer) passing(sig *types.Signature) (params string, args []string) {
	var list []string
	for v := range sig.Params().Variables() {
		name := l.fresh("a")
		list, args = append(list, name+" "+l.typ(v.Type())), append(args, name)
	}
	return strings.Join(list, ", "), args
}

func returning(sig *types.Signature) string {
	if sig.Results().Len() == 0 {
		return ""
	}
	return "return "
}

// callMethod calls a method on the lowered value x of type t. recover is what
// the method may recover from, where it does that.
func (l *lowerer) callMethod(at ast.Node, x string, t types.Type, name string, args []string, recover string) string {
	object, index, _ := types.LookupFieldOrMethod(t, true, l.home.pkg, name)
	m, ok := object.(*types.Func)
	if !ok {
		l.refuse(at, "the method %s is not found", name)
	}
	x, holder := path(x, t, index[:len(index)-1])
	if isInterface(holder) {
		if compiledInterface(holder) {
			return x + "." + name + "(" + strings.Join(args, ", ") + ")"
		}
		sig := l.instance(m.Signature()).(*types.Signature)
		return l.dispatcher(name, sig) + "(" + strings.Join(append([]string{x}, args...), ", ") + ")"
	}
	if !isLearners(m) {
		return x + "." + name + "(" + strings.Join(args, ", ") + ")"
	}
	base := holder
	if p, ok := types.Unalias(holder).(*types.Pointer); ok {
		base = p.Elem()
	}
	switch {
	case wantsPointer(m) && !isPointer(holder):
		x = "&" + x
	case !wantsPointer(m) && isPointer(holder) && isPointerType(holder):
		x = "*" + x
	}
	var targs []types.Type
	if n, ok := types.Unalias(base).(*types.Named); ok {
		for a := range n.TypeArgs().Types() {
			targs = append(targs, a)
		}
	}
	all := append([]string{x}, args...)
	if l.declOf(m.Origin()).recovers {
		all = append([]string{orNil(recover)}, all...)
	}
	return l.functionName(m, targs) + "(" + strings.Join(all, ", ") + ")"
}

// isPointerType tells *T from a named type whose underlying type is a pointer.
func isPointerType(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.Pointer)
	return ok
}

func orNil(s string) string {
	if s == "" {
		return "nil"
	}
	return s
}

// table returns the name of the table of methods with this name and signature:
// type id to function.
func (l *lowerer) table(name string, sig *types.Signature) string {
	return l.once("table "+name+l.signature(sig), "mt_"+name, func(table string) string {
		params, _ := l.passing(sig)
		return fmt.Sprintf("var %s = map[int]func(x interface{}%s)%s{}", table, comma(params), l.results(sig.Results()))
	})
}

func comma(params string) string {
	if params == "" {
		return ""
	}
	return ", " + params
}

// dispatcher returns the name of the function that calls a method of what an
// interface holds.
func (l *lowerer) dispatcher(name string, sig *types.Signature) string {
	table := l.table(name, sig)
	return l.once("dispatch "+table, "cl_"+name, func(dispatch string) string {
		params, args := l.passing(sig)
		call := strings.Join(append([]string{"x"}, args...), ", ")
		return fmt.Sprintf("func %s(x interface{}%s)%s { m, ok := %s[lab.ID(x)]; if !ok { lab.Method(x, %q, &m) }; %sm(%s) }",
			dispatch, comma(params), l.results(sig.Results()), table, name, returning(sig), call)
	})
}

// methodTable enters the method set of a learner's type into the tables, those
// methods that are new or have changed.
func (l *lowerer) methodTable(t types.Type, r *rtype) {
	for s := range types.NewMethodSet(t).Methods() {
		m := s.Obj().(*types.Func)
		if !m.Exported() && !isLearners(m) {
			continue // promoted from a compiled type, which keeps it to itself
		}
		sig := l.methodSignature(s)
		params, args := l.passing(sig)
		body := l.callMethod(ast.NewIdent(m.Name()), "z", t, m.Name(), spread(m, args), "")
		target := fmt.Sprintf("method %d %s", r.id, m.Name())
		called := body[:strings.IndexByte(body, '(')]
		if l.st.emitted[target] == called {
			continue
		}
		l.st.emitted[target] = called
		r.methods[m.Name()] = rmethod{signature: l.key(sig), call: r.methods[m.Name()].call}
		table, name := l.table(m.Name(), sig), l.fresh("th")
		fmt.Fprintf(&l.top, "func %s(x interface{}%s)%s { var z %s; lab.Get(%d, x, &z); %s%s }\n",
			name, comma(params), l.results(sig.Results()), l.typ(t), r.id, returning(sig), body)
		fmt.Fprintf(&l.setup, "%s[%d] = %s\nlab.SetMethod(%d, %q, %s)\n", table, r.id, name, r.id, m.Name(), name)
	}
}

// methodSignature returns the signature of a method, its receiver left out,
// with the type arguments of the type it is selected from.
func (l *lowerer) methodSignature(s *types.Selection) *types.Signature {
	sig := s.Type().(*types.Signature)
	sig = types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())
	return l.instance(sig).(*types.Signature)
}

// spread passes a slice on to a compiled variadic method.
func spread(m *types.Func, args []string) []string {
	if !isLearners(m) && m.Signature().Variadic() {
		args[len(args)-1] += "..."
	}
	return args
}
