package cell

import (
	"fmt"
	"reflect"
	"strconv"
)

// Keys of maps, which are the names of members in JSON: written by keyText, read
// by key.

// keyText returns a key of a map of type t as the name of a member.
func keyText(t *rtype, v reflect.Value) (string, error) {
	if v.Kind() == reflect.String {
		return v.String(), nil
	}
	if _, ok := t.key.method("MarshalText", marshals); ok {
		if v.Kind() == reflect.Pointer && v.IsNil() {
			return "", nil
		}
		results := box{t.key, v.Interface()}.call("MarshalText")
		err, _ := results[1].Interface().(error)
		return string(results[0].Bytes()), err
	}
	if text, ok := v.Interface().(interface{ MarshalText() ([]byte, error) }); ok && t.key.plain {
		data, err := text.MarshalText()
		return string(data), err
	}
	switch {
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10), nil
	case v.CanUint():
		return strconv.FormatUint(v.Uint(), 10), nil
	}
	return "", fmt.Errorf("json: unsupported type: %s", t.name)
}

// readsAsKey tells whether the name of a member can be read as a value of type t.
func (t *rtype) readsAsKey() bool {
	return t.hasPointerMethod("UnmarshalText", unmarshals) || t.kind == reflect.String || t.kind >= reflect.Int && t.kind <= reflect.Uintptr ||
		t.plain && reflect.PointerTo(t.reflect).Implements(reflect.TypeFor[interface{ UnmarshalText([]byte) error }]())
}

// key reads the name of a member into what p points to; fits is false where it
// is no value of the type.
func (r *jsonReader) key(t *rtype, p reflect.Value, name string) (fits bool, err error) {
	if t.hasPointerMethod("UnmarshalText", unmarshals) {
		return true, r.method(t, p, "UnmarshalText", []byte(name))
	}
	if text, ok := p.Interface().(interface{ UnmarshalText([]byte) error }); ok {
		return true, text.UnmarshalText([]byte(name))
	}
	v := p.Elem()
	switch {
	case v.Kind() == reflect.String:
		v.SetString(name)
		return true, nil
	case v.CanInt():
		if n, err := strconv.ParseInt(name, 10, 64); err == nil && !v.OverflowInt(n) {
			v.SetInt(n)
			return true, nil
		}
	case v.CanUint():
		if n, err := strconv.ParseUint(name, 10, 64); err == nil && !v.OverflowUint(n) {
			v.SetUint(n)
			return true, nil
		}
	}
	r.unfit("number "+name, t, v.Type())
	return false, nil
}
