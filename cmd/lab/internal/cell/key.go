package cell

import (
	"fmt"
	"go/types"
	"reflect"
	"strconv"
	"strings"
)

// A type's key is its identity over a session: two types have the same key
// exactly if they are identical. Every cell is checked anew, so that the
// checker's own types cannot serve: the key of a learner's type carries the
// version of its declaration instead.

// key spells t; named spells a learner's named type.
func key(t types.Type, named func(*types.Named) string) string {
	sub := func(t types.Type) string { return key(t, named) }
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return types.Typ[t.Kind()].Name()
	case *types.Pointer:
		return "*" + sub(t.Elem())
	case *types.Slice:
		return "[]" + sub(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), sub(t.Elem()))
	case *types.Map:
		return "map[" + sub(t.Key()) + "]" + sub(t.Elem())
	case *types.Chan:
		return [...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()] + sub(t.Elem())
	case *types.Signature:
		return signatureKey(t, sub)
	case *types.Struct:
		return structKey(t, sub)
	case *types.Interface:
		return interfaceKey(t, sub)
	case *types.Named:
		if isLearners(t.Obj()) {
			return named(t)
		}
		return compiledKey(t, sub)
	}
	return t.String()
}

func signatureKey(t *types.Signature, sub func(types.Type) string) string {
	params, results := make([]string, t.Params().Len()), make([]string, t.Results().Len())
	for i := range params {
		params[i] = sub(t.Params().At(i).Type())
		if t.Variadic() && i == len(params)-1 {
			params[i] = "..." + strings.TrimPrefix(params[i], "[]")
		}
	}
	for i := range results {
		results[i] = sub(t.Results().At(i).Type())
	}
	return joinSignature(params, results)
}

func joinSignature(params, results []string) string {
	s := "func(" + strings.Join(params, ", ") + ")"
	switch len(results) {
	case 0:
		return s
	case 1:
		return s + " " + results[0]
	}
	return s + " (" + strings.Join(results, ", ") + ")"
}

func structKey(t *types.Struct, sub func(types.Type) string) string {
	var b strings.Builder
	b.WriteString("struct{")
	for i := range t.NumFields() {
		f := t.Field(i)
		fmt.Fprintf(&b, "%s %v %s %q;", f.Name(), f.Embedded(), sub(f.Type()), t.Tag(i))
	}
	return b.String() + "}"
}

func interfaceKey(t *types.Interface, sub func(types.Type) string) string {
	if t.NumMethods() == 0 {
		return "interface {}"
	}
	var b strings.Builder
	b.WriteString("interface{")
	for m := range t.Methods() {
		b.WriteString(m.Name() + strings.TrimPrefix(sub(m.Signature()), "func") + ";")
	}
	return b.String() + "}"
}

func compiledKey(t *types.Named, sub func(types.Type) string) string {
	name := t.Obj().Name()
	if t.Obj().Pkg() != nil {
		name = t.Obj().Pkg().Path() + "." + name
	}
	if t.TypeArgs().Len() > 0 {
		var args []string
		for a := range t.TypeArgs().Types() {
			args = append(args, sub(a))
		}
		name += "[" + strings.Join(args, ",") + "]"
	}
	return name
}

// methodKey is the key of the signature of a compiled method, its receiver
// left out, as key would spell it.
func methodKey(method reflect.Type) string { return funcKey(method, 1) }

func compiledTypeKey(t reflect.Type) string {
	switch {
	case t.Name() != "" && t.PkgPath() != "":
		return t.PkgPath() + "." + t.Name()
	case t.Name() != "":
		return t.Name()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + compiledTypeKey(t.Elem())
	case reflect.Slice:
		return "[]" + compiledTypeKey(t.Elem())
	case reflect.Array:
		return "[" + strconv.Itoa(t.Len()) + "]" + compiledTypeKey(t.Elem())
	case reflect.Map:
		return "map[" + compiledTypeKey(t.Key()) + "]" + compiledTypeKey(t.Elem())
	case reflect.Chan:
		return map[reflect.ChanDir]string{reflect.BothDir: "chan ", reflect.SendDir: "chan<- ", reflect.RecvDir: "<-chan "}[t.ChanDir()] + compiledTypeKey(t.Elem())
	case reflect.Func:
		return funcKey(t, 0)
	}
	return t.String()
}

// funcKey leaves the first parameters out.
func funcKey(t reflect.Type, first int) string {
	var params, results []string
	for i := first; i < t.NumIn(); i++ {
		param := compiledTypeKey(t.In(i))
		if t.IsVariadic() && i == t.NumIn()-1 {
			param = "..." + strings.TrimPrefix(param, "[]")
		}
		params = append(params, param)
	}
	for out := range t.Outs() {
		results = append(results, compiledTypeKey(out))
	}
	return joinSignature(params, results)
}

// learnersPath is the path of the package that holds the learner's code.
const learnersPath = "main"

// isLearners tells whether o is declared in a cell.
func isLearners(o types.Object) bool { return o.Pkg() != nil && o.Pkg().Path() == learnersPath }

// key returns the key of a type.
func (l *lowerer) key(t types.Type) string {
	return key(l.instance(t), l.namedKey)
}

func (l *lowerer) namedKey(t *types.Named) string {
	name := t.Obj().Name()
	if d := l.st.live[name]; d != nil && t.Obj().Parent() == l.home.pkg.Scope() {
		name = fmt.Sprintf("%s@%d", name, d.version)
	} else {
		name = fmt.Sprintf("%s@pos%d", name, t.Obj().Pos())
	}
	if t.TypeArgs().Len() > 0 {
		var args []string
		for a := range t.TypeArgs().Types() {
			args = append(args, l.key(a))
		}
		name += "[" + strings.Join(args, ", ") + "]"
	}
	return name
}
