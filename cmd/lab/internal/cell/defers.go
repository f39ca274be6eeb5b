package cell

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
)

// defers are the deferred calls of one call of a function. The interpreter
// evaluates their arguments late and holds a lock while they run, so that a
// function with defer statements runs its body here.
type defers struct {
	m     *machine
	calls []func()

	panics bool
	value  any
	trace  []string
}

// Push defers f.
func (d *defers) Push(f func()) { d.calls = append(d.calls, f) }

// Do runs body and then what it deferred, the last first.
func (d *defers) Do(body func()) {
	d.guard(body)
	for len(d.calls) > 0 {
		last := d.calls[len(d.calls)-1]
		d.calls = d.calls[:len(d.calls)-1]
		d.guard(last)
	}
	if d.panics {
		d.m.trace.put(d.trace)
		panic(d.value)
	}
}

func (d *defers) guard(f func()) {
	defer func() {
		if r := recover(); r != nil {
			d.panics, d.value, d.trace = true, plainValue(r), d.m.trace.take()
		}
	}()
	f()
}

// Recover is the builtin recover in a deferred call of d; d is nil where the
// function was not called by a defer statement.
func (d *defers) Recover() any {
	if d == nil || !d.panics {
		return nil
	}
	d.panics = false
	if p, ok := d.value.(panicValue); ok {
		return plainValue(p.v)
	}
	if err := asRuntimeError(d.value); err != nil {
		return err
	}
	return d.value
}

// plainValue takes a value out of the reflect.Value in which the interpreter may
// hand over what is in an interface.
func plainValue(v any) any {
	if r, ok := v.(reflect.Value); ok && r.IsValid() {
		return plainValue(r.Interface())
	}
	return v
}

// A panicValue is what the learner's code panicked with.
type panicValue struct{ v any }

func (p panicValue) Error() string { return fmt.Sprint(p.v) }

// panicking returns what to panic with for panic(v).
func panicking(v any) any {
	if v == nil {
		return &runtime.PanicNilError{}
	}
	return panicValue{v}
}

// A runtimeError is a run-time error as Go words it.
type runtimeError struct{ message string }

var _ runtime.Error = (*runtimeError)(nil)

func (e *runtimeError) Error() string {
	if strings.HasPrefix(e.message, "interface conversion") {
		return e.message
	}
	return "runtime error: " + e.message
}

func (e *runtimeError) RuntimeError() {}

// asRuntimeError turns what the interpreter, or Go itself, panics with at a
// run-time error into one worded as Go's; nil for any other value.
func asRuntimeError(v any) error {
	switch v := v.(type) {
	case runtime.Error:
		return v
	case *reflect.ValueError: // what a nil dereference becomes in the interpreter
		return &runtimeError{"invalid memory address or nil pointer dereference"}
	case string:
		return &runtimeError{rephrase(v)}
	}
	return nil
}

// rephrase turns the interpreter's words for a run-time error into Go's.
func rephrase(words string) string {
	words = strings.TrimPrefix(words, "runtime error: ")
	switch {
	case strings.Contains(words, "index out of range"):
		return "index out of range"
	case strings.Contains(words, "slice bounds") || strings.Contains(words, "slice index out of bounds"):
		return "slice bounds out of range"
	case strings.Contains(words, "nil map"):
		return "assignment to entry in nil map"
	case strings.Contains(words, "call of nil function"), strings.Contains(words, "Method on nil interface value"),
		strings.Contains(words, "Call using zero Value argument"): // an argument behind a nil pointer
		return "invalid memory address or nil pointer dereference"
	case strings.Contains(words, "MakeSlice: negative"):
		return "makeslice: len out of range"
	case strings.HasPrefix(words, "reflect: cannot convert slice"):
		words = strings.Replace(strings.TrimPrefix(words, "reflect: "), "to pointer to array", "to array", 1)
		return strings.Replace(words, "to array with", "to array or pointer to array with", 1)
	}
	return words
}
