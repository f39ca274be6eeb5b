package cell

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// expr lowers an expression to text that may stand as an operand.
func (l *lowerer) expr(e ast.Expr) string {
	l.at(e)
	if tv := l.c.info.Types[e]; tv.Value != nil {
		return l.constant(tv.Value, l.instance(tv.Type))
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return "(" + l.expr(e.X) + ")"
	case *ast.Ident:
		return l.ident(e)
	case *ast.FuncLit:
		return l.literal(e, "", false)
	case *ast.CompositeLit:
		return l.composite(e)
	case *ast.SelectorExpr:
		return l.selector(e)
	case *ast.IndexExpr:
		return l.index(e)
	case *ast.IndexListExpr:
		return l.instantiated(e.X)
	case *ast.SliceExpr:
		return l.slice(e)
	case *ast.TypeAssertExpr:
		return l.assertion(e)
	case *ast.StarExpr:
		return "(*" + l.expr(e.X) + ")"
	case *ast.UnaryExpr:
		return l.unary(e)
	case *ast.BinaryExpr:
		return l.binary(e)
	case *ast.CallExpr:
		return l.call(e)
	}
	l.refuse(e, "this expression is not supported here")
	return ""
}

func (l *lowerer) ident(e *ast.Ident) string {
	switch o := l.object(e).(type) {
	case *types.Nil:
		return "nil"
	case *types.Func:
		return l.funcValue(o, e)
	case *types.Var:
		return l.name(o)
	}
	if e.Name == "_" {
		return "_"
	}
	l.refuse(e, "%s cannot stand here", e.Name)
	return ""
}

func (l *lowerer) object(id *ast.Ident) types.Object {
	if o := l.c.info.Uses[id]; o != nil {
		return o
	}
	return l.c.info.Defs[id]
}

// funcValue lowers a function that is used by its name.
func (l *lowerer) funcValue(f *types.Func, id *ast.Ident) string {
	if l.s.fromLibrary(f) != nil {
		return l.functionName(f, l.typeArgs(id))
	}
	if !isLearners(f) {
		l.at(id)
		l.offered(f)
		return l.pkg(f.Pkg()) + "." + f.Name()
	}
	if l.declOf(f).recovers {
		l.refuse(id, "%s calls recover: it can be called or deferred by its name, but not be passed on", f.Name())
	}
	return l.functionName(f, l.typeArgs(id))
}

// instantiated lowers f in f[int], as a value.
func (l *lowerer) instantiated(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return l.ident(e)
	case *ast.SelectorExpr:
		return l.funcValue(l.c.info.Uses[e.Sel].(*types.Func), e.Sel)
	}
	l.refuse(e, "this instantiation is not supported here")
	return ""
}

// arrayOf lowers what is indexed, sliced or measured: a pointer to an array
// stands for the array.
func (l *lowerer) arrayOf(e ast.Expr) string {
	if _, ok := under(l.typeOf(e)).(*types.Pointer); ok {
		return "(*" + l.expr(e) + ")"
	}
	return l.expr(e)
}

func (l *lowerer) unary(e *ast.UnaryExpr) string {
	if e.Op == token.AND {
		if c, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok {
			return "&" + l.composite(c)
		}
		return "&" + l.expr(e.X)
	}
	return "(" + e.Op.String() + l.expr(e.X) + ")"
}

func (l *lowerer) binary(e *ast.BinaryExpr) string {
	if e.Op == token.EQL || e.Op == token.NEQ {
		if text, ok := l.equal(e.X, e.Y); ok {
			if e.Op == token.NEQ {
				return "(!" + text + ")"
			}
			return text
		}
	}
	if e.Op == token.LAND || e.Op == token.LOR {
		return l.shortCircuit(e)
	}
	if e.Op == token.SHL || e.Op == token.SHR {
		return "(" + l.typ(l.typeOf(e.X)) + "(" + l.expr(e.X) + ") " + e.Op.String() + " " + l.shiftCount(e.Y) + ")"
	}
	return "(" + l.expr(e.X) + " " + e.Op.String() + " " + l.expr(e.Y) + ")"
}

// shiftCount lowers a shift count: 1.0 may be one in Go.
func (l *lowerer) shiftCount(e ast.Expr) string {
	if v := l.c.info.Types[e].Value; v != nil {
		return l.constant(constant.ToInt(v), types.Typ[types.Uint])
	}
	return l.expr(e)
}

// composite lowers T{...}. Elements are converted to the type of their place.
func (l *lowerer) composite(e *ast.CompositeLit) string {
	t, address := l.typeOf(e), ""
	if p, ok := under(t).(*types.Pointer); ok { // &T left out, in []*T{{...}}
		t, address = p.Elem(), "&"
	}
	var elements []string
	switch u := under(t).(type) {
	case *types.Struct:
		elements = l.fields(e, u)
	case *types.Map:
		for _, el := range e.Elts {
			kv := el.(*ast.KeyValueExpr)
			elements = append(elements, l.lowerTo(kv.Key, u.Key())+": "+l.lowerTo(kv.Value, u.Elem()))
		}
	case interface{ Elem() types.Type }:
		for _, el := range e.Elts {
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				elements = append(elements, l.expr(kv.Key)+": "+l.element(kv.Value, u.Elem()))
			} else {
				elements = append(elements, l.element(el, u.Elem()))
			}
		}
	}
	return address + l.typ(t) + "{" + strings.Join(elements, ", ") + "}"
}

// element lowers an element of an array or a slice. The interpreter breaks down
// at a sum or comparison there that reaches into a compiled struct, as in
// []float32{t.Data[0] - 1}, but not where a function is called with it.
func (l *lowerer) element(e ast.Expr, t types.Type) string {
	text := l.lowerTo(e, t)
	if l.c.info.Types[e].Value != nil {
		return text
	}
	switch ast.Unparen(e).(type) {
	case *ast.BinaryExpr, *ast.CallExpr: // a call may be a conversion
		spelled := l.typ(t)
		same := l.once("same "+spelled, "same", func(name string) string {
			return fmt.Sprintf("func %s(x %s) %s { return x }", name, spelled, spelled)
		})
		return same + "(" + text + ")"
	}
	return text
}

func (l *lowerer) fields(e *ast.CompositeLit, t *types.Struct) []string {
	var list []string
	for i, el := range e.Elts {
		value := el
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			value = kv.Value
			for i = 0; t.Field(i).Name() != kv.Key.(*ast.Ident).Name; i++ {
			}
		}
		list = append(list, fieldName(t.Field(i), i)+": "+l.lowerTo(value, t.Field(i).Type()))
	}
	return list
}
