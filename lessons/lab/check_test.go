package lab

import (
	"reflect"
	"testing"
)

// What the interpreter panics with is worded as Go words it.
func TestPanics(t *testing.T) {
	for want, f := range map[string]func(){
		"":   func() {},
		"no": func() { panic("no.") },
		"runtime error: invalid memory address or nil pointer dereference": func() { reflect.Value{}.Field(0) },
		"runtime error: slice bounds out of range":                         func() { reflect.ValueOf([]int{}).Slice(1, 2) },
	} {
		if got := Panics(f); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}
