package cell

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

// The order in which package fmt prints the keys of a map.

// sortedKeys returns the keys of a map in the order in which fmt prints them.
func sortedKeys(v reflect.Value) []reflect.Value {
	keys := v.MapKeys()
	slices.SortStableFunc(keys, compareKeys)
	return keys
}

func compareKeys(a, b reflect.Value) int {
	a, b = bare(a), bare(b)
	if a.Kind() != b.Kind() {
		return int(a.Kind()) - int(b.Kind())
	}
	switch {
	case a.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	case a.CanFloat():
		return cmp.Compare(a.Float(), b.Float())
	case a.Kind() == reflect.String:
		return strings.Compare(a.String(), b.String())
	case a.Kind() == reflect.Bool && a.Bool() != b.Bool():
		if b.Bool() {
			return -1
		}
		return 1
	case a.Kind() == reflect.Struct, a.Kind() == reflect.Array:
		return compareParts(a, b)
	}
	return 0
}

func compareParts(a, b reflect.Value) int {
	var part func(reflect.Value, int) reflect.Value
	var n int
	if a.Kind() == reflect.Struct {
		part, n = reflect.Value.Field, a.NumField()
	} else {
		part, n = reflect.Value.Index, a.Len()
	}
	for i := range n {
		if c := compareKeys(part(a, i), part(b, i)); c != 0 {
			return c
		}
	}
	return 0
}

// bare returns the value inside interfaces and boxes.
func bare(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
	}
	if v.IsValid() && v.CanInterface() {
		if b, ok := unbox(v.Interface()); ok {
			return reflect.ValueOf(b.v)
		}
	}
	return v
}
