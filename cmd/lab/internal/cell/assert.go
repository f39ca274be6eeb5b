package cell

import (
	"fmt"
	"reflect"

	"reslab/cmd/lab/internal/symbols"
)

// Type assertions at run time: of learners' values, which are in boxes, and of all
// others.

// must stores x, of the interface type static, asserted to a type, in *p, or
// panics as Go does.
func (m *machine) must(id int, x, p any, static string) {
	if get(m.types[id], x, p) {
		return
	}
	t, from := m.types[id], "nil"
	if x != nil {
		from = typeName(x)
	}
	switch {
	case t.kind == reflect.Interface && x == nil:
		panic(&runtimeError{fmt.Sprintf("interface conversion: interface is nil, not %s", t.name)})
	case t.kind == reflect.Interface:
		panic(&runtimeError{fmt.Sprintf("interface conversion: %s is not %s: missing method %s", from, t.name, missing(t, x))})
	}
	panic(&runtimeError{fmt.Sprintf("interface conversion: %s is %s, not %s", static, from, t.name)})
}

// missing names a method of t that x lacks.
func missing(t *rtype, x any) string {
	first := ""
	for name, m := range t.methods {
		one := &rtype{kind: reflect.Interface, methods: map[string]rmethod{name: m}}
		if !has(one, x) && (first == "" || name < first) {
			first = name
		}
	}
	return first
}

// choose returns the place of the first id that x has the type of, -1 if none;
// 0 among the ids stands for nil.
func (m *machine) choose(x any, ids ...int) int {
	for i, id := range ids {
		if id == 0 && x == nil || id != 0 && has(m.types[id], x) {
			return i
		}
	}
	return -1
}

// has tells whether x may be asserted to t.
func has(t *rtype, x any) bool {
	if x == nil {
		return false
	}
	b, inBox := unbox(x)
	switch {
	case t.kind == reflect.Interface && inBox:
		for name, m := range t.methods {
			if _, ok := b.t.method(name, m.signature); !ok {
				return false
			}
		}
		return true
	case t.kind == reflect.Interface:
		return hasMethods(reflect.TypeOf(x), t)
	case inBox:
		return b.t == t
	}
	return t.plain && reflect.TypeOf(x) == t.reflect
}

// hasMethods tells whether a compiled type has what the interface t asks for.
func hasMethods(compiled reflect.Type, t *rtype) bool {
	if t.reflect != nil {
		return compiled.Implements(t.reflect)
	}
	for name, m := range t.methods {
		method, ok := compiled.MethodByName(name)
		if !ok || methodKey(method.Type) != m.signature {
			return false
		}
	}
	return true
}

// get stores x, asserted to t, in *p and tells whether it could.
func get(t *rtype, x any, p any) bool {
	if !has(t, x) {
		return false
	}
	to := reflect.ValueOf(p).Elem()
	if t.kind == reflect.Interface {
		if to.NumMethod() > 0 {
			x = wrap(t, x)
		}
		to.Set(reflect.ValueOf(x))
		return true
	}
	if b, ok := unbox(x); ok {
		x = b.v
	}
	v := reflect.ValueOf(x)
	switch {
	case !v.IsValid(): // a nil of a kind that the interpreter keeps as such
		to.SetZero()
	case v.Type() == to.Type():
		to.Set(v)
	default:
		to.Set(v.Convert(to.Type()))
	}
	return true
}

// wrap puts a learner's value into a compiled type that has the methods of
// the compiled interface t: before, a box with Forward, Backward and Params in
// its table; after, an nn.Layer. What is no box already has its methods.
func wrap(t *rtype, x any) any {
	b, ok := unbox(x)
	if !ok {
		return x
	}
	if e, isError := x.(errorBox); isError && t.wrapper == nil {
		return e
	}
	w := reflect.New(t.wrapper)
	w.Elem().FieldByName("Wrapped").Set(reflect.ValueOf(symbols.Wrapped{Value: newBox(b.t, b.v)}))
	for name := range t.methods {
		field := w.Elem().FieldByName("Do" + name)
		field.Set(reflect.MakeFunc(field.Type(), func(args []reflect.Value) []reflect.Value {
			return fit(b.call(name, args...), field.Type())
		}))
	}
	return w.Interface()
}

// fit gives results the types that a func type wants: the interpreter may
// return a nil interface as one without a type.
func fit(results []reflect.Value, f reflect.Type) []reflect.Value {
	for i, r := range results {
		want := f.Out(i)
		switch {
		case !r.IsValid():
			results[i] = reflect.Zero(want)
		case r.Type() != want && r.Kind() == reflect.Interface && !r.IsNil():
			results[i] = r.Elem().Convert(want)
		case r.Type() != want && r.Kind() == reflect.Interface:
			results[i] = reflect.Zero(want)
		case r.Type() != want:
			results[i] = r.Convert(want)
		}
	}
	return results
}
