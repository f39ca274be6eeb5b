package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// Generic functions and types.
//
//	before: func Map[T, U any](xs []T, f func(T) U) []U {...}; Map(words, size)
//	after:  func f_Map_31(xs []string, f func(string) int) []int {...}; f_Map_31(words, size)
//
// One function an instance: go/types has inferred the type arguments and checked
// them, and the interpreter never sees a type parameter.

// A job is an instance whose body is still to be lowered.
type job struct {
	d    *decl
	name string
	env  map[*types.TypeParam]types.Type
	c    *check   // that d was checked in
	at   ast.Node // what asked for it
}

// instance puts the type arguments of the instance being lowered into t.
func (l *lowerer) instance(t types.Type) types.Type {
	if len(l.env) == 0 || t == nil {
		return t
	}
	return l.subst(t)
}

func (l *lowerer) subst(t types.Type) types.Type {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		if arg := l.env[t]; arg != nil {
			return arg
		}
	case *types.Pointer:
		return types.NewPointer(l.subst(t.Elem()))
	case *types.Slice:
		return types.NewSlice(l.subst(t.Elem()))
	case *types.Array:
		return types.NewArray(l.subst(t.Elem()), t.Len())
	case *types.Chan:
		return types.NewChan(t.Dir(), l.subst(t.Elem()))
	case *types.Map:
		return types.NewMap(l.subst(t.Key()), l.subst(t.Elem()))
	case *types.Tuple:
		return l.substTuple(t)
	case *types.Signature:
		return types.NewSignatureType(nil, nil, nil, l.substTuple(t.Params()), l.substTuple(t.Results()), t.Variadic())
	case *types.Struct:
		return l.substStruct(t)
	case *types.Interface:
		return l.substInterface(t)
	case *types.Named:
		return l.substNamed(t)
	}
	return t
}

// substTuple keeps the variables themselves where their type does not change:
// names hang on them.
func (l *lowerer) substTuple(t *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for v := range t.Variables() {
		twin := types.NewParam(v.Pos(), v.Pkg(), v.Name(), l.subst(v.Type()))
		if name := l.name(v); v.Name() != "" {
			l.names[twin] = name
		}
		vars = append(vars, twin)
	}
	return types.NewTuple(vars...)
}

func (l *lowerer) substStruct(t *types.Struct) types.Type {
	var fields []*types.Var
	var tags []string
	for i := range t.NumFields() {
		f := t.Field(i)
		fields = append(fields, types.NewField(f.Pos(), f.Pkg(), f.Name(), l.subst(f.Type()), f.Embedded()))
		tags = append(tags, t.Tag(i))
	}
	return types.NewStruct(fields, tags)
}

func (l *lowerer) substInterface(t *types.Interface) types.Type {
	var methods []*types.Func
	for m := range t.Methods() {
		methods = append(methods, types.NewFunc(m.Pos(), m.Pkg(), m.Name(), l.subst(m.Signature()).(*types.Signature)))
	}
	return types.NewInterfaceType(methods, nil).Complete()
}

func (l *lowerer) substNamed(t *types.Named) types.Type {
	if isLearners(t.Obj()) && t.Obj().Parent() != l.home.pkg.Scope() && t.Obj().Parent() != nil {
		panic(&refusal{t.Obj().Pos(), t.Obj().Pos(), fmt.Sprintf("the type %s inside a generic function is not supported: declare it outside", t.Obj().Name())})
	}
	if t.TypeArgs().Len() == 0 {
		return t
	}
	var args []types.Type
	for a := range t.TypeArgs().Types() {
		args = append(args, l.subst(a))
	}
	inst, err := types.Instantiate(l.s.context, t.Origin(), args, false)
	if err != nil {
		panic(&refusal{message: err.Error()})
	}
	return inst
}

// functionName returns the lowered name of a learner's function or method, of
// the instance with these type arguments if it is generic.
func (l *lowerer) functionName(f *types.Func, args []types.Type) string {
	d := l.declOf(f)
	if !d.generic {
		return d.lowered
	}
	keys := make([]string, len(args))
	for i, a := range args {
		keys[i] = l.key(a)
	}
	what := fmt.Sprintf("instance %d %s", d.version, strings.Join(keys, ", "))
	if name := l.st.emitted[what]; name != "" {
		return name
	}
	if len(what) > 1000 { // f[T] calls f[[]T], which calls f[[][]T] ...
		panic(&refusal{d.node.Pos(), d.fn().Name.End(), d.names[0] + " needs instances of itself without end"})
	}
	name := l.fresh("f_" + f.Name())
	l.st.emitted[what] = name
	c := l.home
	if !isLearners(f) {
		c = l.s.library(f.Pkg().Path()).check
	}
	declared := c.info.Defs[d.fn().Name].(*types.Func).Signature()
	params := declared.TypeParams()
	if declared.Recv() != nil {
		params = declared.RecvTypeParams()
	}
	env := map[*types.TypeParam]types.Type{}
	for i := range params.Len() {
		env[params.At(i)] = args[i]
	}
	l.jobs = append(l.jobs, job{d, name, env, c, l.s.at})
	return name
}

// declOf returns the live declaration of a learner's function or method.
func (l *lowerer) declOf(f *types.Func) *decl {
	if d := l.s.fromLibrary(f); d != nil {
		return d
	}
	name := f.Name()
	if f.Signature().Recv() != nil {
		name = receiverOf(f) + "." + name
	}
	d := l.st.live[name]
	if d == nil || d.fn() == nil {
		panic(&refusal{message: fmt.Sprintf("%s has no body that can run here", name)})
	}
	return d
}

// drain lowers the instances that are asked for, and those that they ask for.
func (l *lowerer) drain() {
	for len(l.jobs) > 0 {
		j := l.jobs[0]
		l.jobs = l.jobs[1:]
		outer, names, c := l.env, l.names, l.c
		l.env, l.names, l.c, l.s.at = j.env, map[types.Object]string{}, j.c, j.at
		l.function(j.name, j.d.fn(), j.d.recovers)
		l.env, l.names, l.c = outer, names, c
	}
}

// typeArgs returns the type arguments at the use of a generic function.
func (l *lowerer) typeArgs(id *ast.Ident) []types.Type {
	var args []types.Type
	if inst, ok := l.c.info.Instances[id]; ok {
		for a := range inst.TypeArgs.Types() {
			args = append(args, l.instance(a))
		}
	}
	return args
}
