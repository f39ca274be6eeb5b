package cell

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// MarshalJSON writes a boxed value as package encoding/json writes a value of
// its type: exported fields under their own names or those of their tags,
// embedded structs' fields among the others, MarshalJSON and MarshalText of the
// learner's. Everything without a type of the learner's is left to encoding/json.
func (b box) MarshalJSON() ([]byte, error) {
	w := jsonWriter{open: map[any]bool{}}
	if err := w.value(b.t, reflect.ValueOf(b.v)); err != nil {
		return nil, err
	}
	return w.out.Bytes(), nil
}

// marshal and marshalIndent are those of encoding/json, without its remark that
// a box went wrong.
func marshal(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	return data, unboxedError(err)
}

func marshalIndent(v any, prefix, indent string) ([]byte, error) {
	data, err := json.MarshalIndent(v, prefix, indent)
	return data, unboxedError(err)
}

func unboxedError(err error) error {
	var of *json.MarshalerError
	if errors.As(err, &of) && of.Type.Implements(reflect.TypeFor[boxed]()) {
		return of.Err
	}
	return err
}

// A jsonWriter writes one boxed value.
type jsonWriter struct {
	out  bytes.Buffer
	open map[any]bool // the pointers, maps and slices that are being written
}

func (w *jsonWriter) value(t *rtype, v reflect.Value) error {
	if t.kind == reflect.Interface {
		return w.dynamic(v)
	}
	if t.plain || !v.IsValid() {
		return w.compiled(v)
	}
	if done, err := w.method(t, v); done {
		return err
	}
	switch t.kind {
	case reflect.Struct:
		return w.object(t, v)
	case reflect.Pointer:
		return w.once(t, v, func() error { return w.value(t.elem, v.Elem()) })
	case reflect.Slice:
		if t.elem.kind == reflect.Uint8 && !t.elem.writesJSON() {
			return w.compiled(v)
		}
		return w.once(t, v, func() error { return w.array(t, v) })
	case reflect.Array:
		return w.array(t, v)
	case reflect.Map:
		return w.once(t, v, func() error { return w.mapping(t, v) })
	case reflect.Func, reflect.Chan, reflect.Complex64, reflect.Complex128:
		return fmt.Errorf("json: unsupported type: %s", t.name)
	}
	return w.compiled(v)
}

// dynamic writes what an interface holds.
func (w *jsonWriter) dynamic(v reflect.Value) error {
	for v.IsValid() && v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.IsValid() {
		if b, ok := unbox(v.Interface()); ok {
			return w.value(b.t, reflect.ValueOf(b.v))
		}
	}
	return w.compiled(v)
}

// compiled writes what encoding/json knows. It leaves <, > and & as they are:
// whoever asked for the box escapes them, if at all.
func (w *jsonWriter) compiled(v reflect.Value) error {
	if !v.IsValid() {
		w.out.WriteString("null")
		return nil
	}
	if v.CanAddr() { // MarshalJSON may want a pointer
		v = v.Addr()
	}
	encoder := json.NewEncoder(&w.out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v.Interface())
	w.out.Truncate(len(bytes.TrimSuffix(w.out.Bytes(), []byte("\n"))))
	return unboxedError(err)
}

// once writes what a pointer, a map or a slice leads to, null for nil, unless it
// leads back to itself.
func (w *jsonWriter) once(t *rtype, v reflect.Value, write func() error) error {
	if v.IsNil() {
		w.out.WriteString("null")
		return nil
	}
	length := 0
	if v.Kind() == reflect.Slice {
		length = v.Len()
	}
	place := struct {
		t       *rtype
		address uintptr
		length  int
	}{t, v.Pointer(), length}
	if w.open[place] && (length > 0 || v.Kind() != reflect.Slice) {
		return fmt.Errorf("json: unsupported value: encountered a cycle via %s", t.name)
	}
	w.open[place] = true
	defer delete(w.open, place)
	return write()
}

// jsonMethods are what a type can be written with, the best first.
var jsonMethods = []string{"MarshalJSON", "MarshalText"}

// writesJSON tells whether values of type t, where they stand in memory, are
// written by a method.
func (t *rtype) writesJSON() bool {
	return slices.ContainsFunc(jsonMethods, func(name string) bool {
		_, ok := t.method(name, marshals)
		return ok || t.hasPointerMethod(name, marshals)
	})
}

const marshals = "func() ([]uint8, error)"

func (t *rtype) hasPointerMethod(name, signature string) bool {
	if t.pointer == nil {
		return false
	}
	_, ok := t.pointer.method(name, signature)
	return ok
}

// method writes with the learner's MarshalJSON or MarshalText, if there is one:
// one on the pointer, too, where v stands in memory.
func (w *jsonWriter) method(t *rtype, v reflect.Value) (done bool, err error) {
	for _, name := range jsonMethods {
		on := box{t, nil}
		if v.CanAddr() && t.hasPointerMethod(name, marshals) {
			on = box{t.pointer, v.Addr().Interface()}
		} else if _, ok := t.method(name, marshals); ok {
			on.v = v.Interface()
		} else {
			continue
		}
		if t.kind == reflect.Pointer && v.IsNil() {
			w.out.WriteString("null")
			return true, nil
		}
		return true, w.called(t, on, name)
	}
	return false, nil
}

func (w *jsonWriter) called(t *rtype, on box, name string) error {
	results := on.call(name)
	err, _ := results[1].Interface().(error)
	data := results[0].Bytes()
	switch {
	case err != nil:
	case name == "MarshalText":
		return w.compiled(reflect.ValueOf(string(data)))
	default:
		err = json.Compact(&w.out, data)
	}
	if err != nil {
		return fmt.Errorf("json: error calling %s for type %s: %w", name, t.name, err)
	}
	return nil
}

func (w *jsonWriter) array(t *rtype, v reflect.Value) error {
	w.out.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			w.out.WriteByte(',')
		}
		if err := w.value(t.elem, v.Index(i)); err != nil {
			return err
		}
	}
	w.out.WriteByte(']')
	return nil
}

func (w *jsonWriter) mapping(t *rtype, v reflect.Value) error {
	type entry struct {
		key   string
		value reflect.Value
	}
	var entries []entry
	for iter := v.MapRange(); iter.Next(); {
		key, err := keyText(t, iter.Key())
		if err != nil {
			return err
		}
		entries = append(entries, entry{key, iter.Value()})
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	w.out.WriteByte('{')
	for i, e := range entries {
		if i > 0 {
			w.out.WriteByte(',')
		}
		if err := w.name(e.key); err != nil {
			return err
		}
		if err := w.value(t.elem, e.value); err != nil {
			return err
		}
	}
	w.out.WriteByte('}')
	return nil
}

// name begins a member of an object.
func (w *jsonWriter) name(name string) error {
	err := w.compiled(reflect.ValueOf(name))
	w.out.WriteByte(':')
	return err
}

func (w *jsonWriter) object(t *rtype, v reflect.Value) error {
	w.out.WriteByte('{')
	first := true
	for _, f := range jsonFields(t) {
		value, ok := fieldByPath(v, f.path)
		if !ok || f.omitEmpty && isEmptyJSON(value) || f.omitZero && isZeroJSON(f.typ, value) {
			continue
		}
		if !first {
			w.out.WriteByte(',')
		}
		first = false
		if err := w.field(f, value); err != nil {
			return err
		}
	}
	w.out.WriteByte('}')
	return nil
}

// field writes a field; with the option string, the value stands in a string.
func (w *jsonWriter) field(f jsonField, v reflect.Value) error {
	if err := w.name(f.name); err != nil {
		return err
	}
	from := w.out.Len()
	err := w.value(f.typ, v)
	if text := string(w.out.Bytes()[from:]); err == nil && f.quoted && text != "null" {
		w.out.Truncate(from)
		return w.compiled(reflect.ValueOf(text))
	}
	return err
}

// isEmptyJSON is the question of omitempty.
func isEmptyJSON(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// isZeroJSON is the question of omitzero: IsZero answers it, if there is one.
func isZeroJSON(t *rtype, v reflect.Value) bool {
	const asks = "func() bool"
	if v.Kind() == reflect.Pointer && v.IsNil() {
		return true
	}
	if _, ok := t.method("IsZero", asks); ok {
		return box{t, v.Interface()}.call("IsZero")[0].Bool()
	}
	if t.hasPointerMethod("IsZero", asks) {
		place := reflect.New(v.Type())
		place.Elem().Set(v)
		return box{t.pointer, place.Interface()}.call("IsZero")[0].Bool()
	}
	if z, ok := v.Interface().(interface{ IsZero() bool }); ok && t.plain {
		return z.IsZero()
	}
	return v.IsZero()
}
