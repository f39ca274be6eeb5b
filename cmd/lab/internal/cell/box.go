package cell

import (
	"fmt"
	"reflect"
)

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

// typeName is what %T prints.
func typeName(x any) string {
	if b, ok := unbox(x); ok {
		return b.t.name
	}
	return fmt.Sprintf("%T", x)
}
