package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// Built-in functions.
//
//	before: min(a, b); clear(m); append(xs, "s"...); panic(v); println(x)
//	after:  mi_3(a, []int{b}); lab.Clear(m); append(xs, []byte("s")...); panic(lab.Panic(v)); lab.Print(true, x)
//
// Some are missing in the interpreter; others lose the type of their argument.
func (l *lowerer) builtin(name string, e *ast.CallExpr) string {
	switch name {
	case "append":
		return l.appending(e)
	case "make":
		return l.making(e)
	case "new":
		return l.newing(e)
	case "min", "max":
		return l.extreme(name, e)
	case "clear":
		return l.clearing(e)
	case "panic":
		return "panic(lab.Panic(" + l.lowerTo(e.Args[0], anyType) + "))"
	case "recover":
		if l.fn.recover == "" {
			l.refuse(e, "recover works here only in a function that is written in the defer statement itself, or deferred by its name")
		}
		return l.fn.recover + ".Recover()"
	case "delete":
		return "delete(" + l.expr(e.Args[0]) + ", " + l.lowerTo(e.Args[1], under(l.typeOf(e.Args[0])).(*types.Map).Key()) + ")"
	case "print", "println":
		args := []string{fmt.Sprint(name == "println")}
		for _, a := range e.Args {
			args = append(args, l.lowerTo(a, anyType))
		}
		return "lab.Print(" + strings.Join(args, ", ") + ")"
	case "len", "cap":
		return l.length(name, e.Args[0])
	case "copy":
		return "copy(" + l.expr(e.Args[0]) + ", " + l.bytes(e.Args[1]) + ")"
	case "close", "complex", "real", "imag":
		var args []string
		for _, a := range e.Args {
			args = append(args, l.expr(a))
		}
		return name + "(" + strings.Join(args, ", ") + ")"
	}
	l.refuse(e, "%s is not supported here", name)
	return ""
}

// length lowers len and cap. Of an array, and of a pointer to one that may be
// nil, they are known; the operand is evaluated all the same.
func (l *lowerer) length(name string, e ast.Expr) string {
	t := under(l.typeOf(e))
	if p, ok := t.(*types.Pointer); ok {
		t = under(p.Elem())
	}
	if a, ok := t.(*types.Array); ok {
		return fmt.Sprintf("func() int { _ = %s; return %d }()", l.expr(e), a.Len())
	}
	return name + "(" + l.expr(e) + ")"
}

// bytes lowers a slice; a string, where one may stand, becomes bytes.
func (l *lowerer) bytes(e ast.Expr) string {
	if b, ok := under(l.typeOf(e)).(*types.Basic); ok && b.Info()&types.IsString != 0 {
		return "[]byte(" + l.expr(e) + ")"
	}
	return l.expr(e)
}

func (l *lowerer) appending(e *ast.CallExpr) string {
	t := l.typeOf(e)
	first := l.expr(e.Args[0])
	if isNil(l.typeOf(e.Args[0])) {
		first = l.typ(t) + "(nil)"
	}
	args := []string{first}
	for i, a := range e.Args[1:] {
		switch {
		case !e.Ellipsis.IsValid() || i < len(e.Args)-2:
			args = append(args, l.lowerTo(a, under(t).(*types.Slice).Elem()))
		case !isNil(l.typeOf(a)):
			args = append(args, l.bytes(a)+"...")
		}
	}
	return "append(" + strings.Join(args, ", ") + ")"
}

func (l *lowerer) making(e *ast.CallExpr) string {
	t := l.typeOf(e.Args[0])
	if c, ok := under(t).(*types.Chan); ok {
		t = types.NewChan(types.SendRecv, c.Elem())
	}
	args := []string{l.typ(t)}
	for _, a := range e.Args[1:] {
		args = append(args, "int("+l.expr(a)+")")
	}
	return "make(" + strings.Join(args, ", ") + ")"
}

// newing lowers new(T) and new(value).
func (l *lowerer) newing(e *ast.CallExpr) string {
	if l.c.info.Types[e.Args[0]].IsType() {
		return "new(" + l.typ(l.typeOf(e.Args[0])) + ")"
	}
	t := l.typeOf(e).(*types.Pointer)
	return fmt.Sprintf("func() %s { var z %s = %s; return &z }()", l.typ(t), l.typ(t.Elem()), l.lowerTo(e.Args[0], t.Elem()))
}

// extreme lowers min and max.
func (l *lowerer) extreme(name string, e *ast.CallExpr) string {
	t := l.typeOf(e)
	spelled := l.typ(t)
	helper := l.once(name+" "+spelled, name[:2], func(helper string) string {
		sign := map[string]string{"min": "<", "max": ">"}[name]
		nan, better := "", "x "+sign+" r"
		if b := under(t).(*types.Basic); b.Info()&types.IsFloat != 0 { // of 0 and -0, -0 is the smaller
			nan = "if r != r { return r }; if x != x { return x }; "
			better += " || x == r && 1/x " + sign + " 1/r"
		}
		return fmt.Sprintf("func %s(r, x %s) %s { %sif %s { r = x }; return r }", helper, spelled, spelled, nan, better)
	})
	result := ""
	for _, a := range e.Args {
		arg := ""
		if tv := l.c.info.Types[a]; tv.Value != nil {
			arg = l.constant(tv.Value, t)
		} else {
			arg = l.expr(a)
		}
		if result == "" {
			result = arg
		} else {
			result = helper + "(" + result + ", " + arg + ")"
		}
	}
	return result
}

func (l *lowerer) clearing(e *ast.CallExpr) string {
	t := l.typeOf(e.Args[0])
	if _, ok := under(t).(*types.Map); ok {
		return "lab.Clear(" + l.expr(e.Args[0]) + ")"
	}
	spelled := l.typ(t)
	helper := l.once("clear "+spelled, "clear", func(name string) string {
		return fmt.Sprintf("func %s(xs %s) { var z %s; for i := 0; i < len(xs); i++ { xs[i] = z } }", name, spelled, l.typ(under(t).(*types.Slice).Elem()))
	})
	return helper + "(" + l.expr(e.Args[0]) + ")"
}
