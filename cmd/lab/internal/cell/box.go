package cell

import (
	"fmt"
	"reflect"

	"reslab/cmd/lab/internal/symbols"
)

// A rtype is a type as the running program needs it: to tell types apart, to
// print their values, to find their methods. The interpreter has no names for
// the learner's types, so this table takes their place.
type rtype struct {
	id      int
	name    string // as %T prints it
	kind    reflect.Kind
	key     *rtype // of a map
	elem    *rtype // of an array, a channel, a map, a pointer, a slice
	fields  []rfield
	pointer *rtype             // the type of pointers to it, where that has methods
	methods map[string]rmethod // the method set; of an interface, what it asks for

	// plain is set where the interpreter's own type tells the type apart, and
	// reflect is then that type. A value of any other type travels in a box.
	plain   bool
	reflect reflect.Type

	// wrapper is the wrapper of a compiled interface, nil if it has none.
	wrapper reflect.Type
}

type rfield struct {
	name     string
	exported bool
	embedded bool
	tag      string
	typ      *rtype
}

// An rmethod is a method: its signature, spelled, and a func value that takes
// the receiver, boxed, before the arguments.
type rmethod struct {
	signature string
	call      reflect.Value
}

// method returns the method of t, if it has it with this signature.
func (t *rtype) method(name, signature string) (reflect.Value, bool) {
	m, ok := t.methods[name]
	return m.call, ok && m.signature == signature && m.call.IsValid()
}

// A box is a value of a learner's type while an interface holds it. Two boxes
// are equal, as == and as keys of a map, when type and value are.
type box struct {
	t *rtype
	v any
}

// An errorBox is the box of a type with the method Error() string.
type errorBox struct{ box }

// boxed is implemented by box and errorBox.
type boxed interface{ content() box }

func (b box) content() box { return b }

// newBox returns v in the box that its type asks for.
func newBox(t *rtype, v any) any {
	if _, ok := t.method("Error", "func() string"); ok {
		return errorBox{box{t, v}}
	}
	return box{t, v}
}

// unbox returns the box that x is, or that a wrapper holds.
func unbox(x any) (box, bool) {
	switch x := x.(type) {
	case boxed:
		return x.content(), true
	case interface{ Unwrapped() any }:
		return unbox(x.Unwrapped())
	}
	return box{}, false
}

// normal returns x without the wrapper that it may be in.
func normal(x any) any {
	if w, ok := x.(interface{ Unwrapped() any }); ok {
		return w.Unwrapped()
	}
	return x
}

// equal is == of interfaces. What cannot be compared is named as the learner does.
func equal(x, y any) bool {
	x, y = normal(x), normal(y)
	if a, ok := unbox(x); ok {
		if b, ok := unbox(y); ok && a.t == b.t && !reflect.ValueOf(a.v).Comparable() {
			panic(&runtimeError{"comparing uncomparable type " + a.t.name})
		}
	}
	return x == y
}

// hashable returns x, a key of a map of interfaces, if it can be one.
func hashable(x any) any {
	if b, ok := unbox(x); ok && !reflect.ValueOf(b.v).Comparable() {
		panic(&runtimeError{"hash of unhashable type " + b.t.name})
	}
	return x
}

func (b box) call(method string, args ...reflect.Value) []reflect.Value {
	f := b.t.methods[method].call
	in := append([]reflect.Value{reflect.ValueOf(newBox(b.t, b.v))}, args...)
	if f.Type().IsVariadic() {
		return f.CallSlice(in)
	}
	return f.Call(in)
}

func (b errorBox) Error() string { return b.call("Error")[0].String() }

// Unwrap and Is let package errors see the learner's methods.
func (b errorBox) Unwrap() error {
	if _, ok := b.t.method("Unwrap", "func() error"); !ok {
		return nil
	}
	err, _ := b.call("Unwrap")[0].Interface().(error)
	return err
}

// As lets errors.As ask the learner's own method.
func (b errorBox) As(target any) bool {
	if _, ok := b.t.method("As", "func(interface {}) bool"); !ok {
		return false
	}
	return b.call("As", reflect.ValueOf(&target).Elem())[0].Bool()
}

func (b errorBox) Is(target error) bool {
	if _, ok := b.t.method("Is", "func(error) bool"); !ok {
		return false
	}
	return b.call("Is", reflect.ValueOf(&target).Elem())[0].Bool()
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

// typeName is what %T prints.
func typeName(x any) string {
	if b, ok := unbox(x); ok {
		return b.t.name
	}
	return fmt.Sprintf("%T", x)
}
