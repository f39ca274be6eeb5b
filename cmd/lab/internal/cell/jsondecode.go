package cell

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// unmarshal is json.Unmarshal for a target that may point to a learner's type.
func unmarshal(data []byte, target any) error {
	b, ok := unbox(target)
	if !ok {
		return json.Unmarshal(data, target)
	}
	if !json.Valid(data) {
		return json.Unmarshal(data, new(any)) // it says what is wrong
	}
	v := reflect.ValueOf(b.v)
	switch {
	case b.t.kind != reflect.Pointer:
		return fmt.Errorf("json: Unmarshal(non-pointer %s)", b.t.name)
	case v.IsNil():
		return fmt.Errorf("json: Unmarshal(nil %s)", b.t.name)
	}
	var r jsonReader
	if err := r.value(b.t.elem, v, data); err != nil {
		return err
	}
	return r.misfit
}

// A jsonReader reads one value. As encoding/json does, it goes on behind a value
// of the wrong type, and tells of the first such one in the end; what its
// methods return is an error that ends the reading.
type jsonReader struct {
	misfit error
	within string   // the struct whose field is being read
	fields []string // on the way to what is being read
}

// value reads into what p, a pointer, points to: by the type t where that is the
// learner's, by encoding/json elsewhere.
func (r *jsonReader) value(t *rtype, p reflect.Value, data []byte) error {
	data = bytes.TrimSpace(data)
	isNull := string(data) == "null"
	switch {
	case t.kind == reflect.Interface:
		return r.dynamic(t, p, data)
	case t.plain:
		return r.compiled(p, data)
	case t.kind == reflect.Pointer:
		return r.pointer(t, p, data)
	case t.hasPointerMethod("UnmarshalJSON", unmarshals):
		return r.method(t, p, "UnmarshalJSON", data)
	case isNull && t.kind != reflect.Slice && t.kind != reflect.Map:
		return nil
	case t.hasPointerMethod("UnmarshalText", unmarshals) && !isNull:
		return r.text(t, p, data)
	}
	switch t.kind {
	case reflect.Struct:
		return r.object(t, p.Elem(), data)
	case reflect.Slice, reflect.Array:
		return r.array(t, p.Elem(), data)
	case reflect.Map:
		return r.mapping(t, p.Elem(), data)
	case reflect.Func, reflect.Chan, reflect.Complex64, reflect.Complex128:
		r.unfit(described(data), t, p.Type().Elem())
		return nil
	}
	return r.scalar(t, p, data)
}

const unmarshals = "func([]uint8) error"

// compiled leaves a value to encoding/json.
func (r *jsonReader) compiled(p reflect.Value, data []byte) error {
	err := json.Unmarshal(data, p.Interface())
	if errors.As(err, new(*json.UnmarshalTypeError)) {
		r.note(err)
		return nil
	}
	return err
}

// scalar reads a number, a string or a bool of a learner's type.
func (r *jsonReader) scalar(t *rtype, p reflect.Value, data []byte) error {
	err := json.Unmarshal(data, p.Interface())
	var misfit *json.UnmarshalTypeError
	if errors.As(err, &misfit) {
		r.unfit(misfit.Value, t, misfit.Type)
		return nil
	}
	return err
}

// dynamic reads into an interface: into what a pointer in it points to, else as
// encoding/json reads into any.
func (r *jsonReader) dynamic(t *rtype, p reflect.Value, data []byte) error {
	isNull := string(data) == "null"
	if held := p.Elem(); !isNull && !held.IsNil() {
		if b, ok := unbox(held.Interface()); ok && b.t.kind == reflect.Pointer && !reflect.ValueOf(b.v).IsNil() {
			return r.value(b.t.elem, reflect.ValueOf(b.v), data)
		}
	}
	if len(t.methods) > 0 && !isNull {
		r.unfit(described(data), t, p.Type().Elem())
		return nil
	}
	return r.compiled(p, data)
}

func (r *jsonReader) pointer(t *rtype, p reflect.Value, data []byte) error {
	v := p.Elem()
	if string(data) == "null" {
		v.SetZero()
		return nil
	}
	if v.IsNil() {
		v.Set(reflect.New(v.Type().Elem()))
	}
	return r.value(t.elem, v, data)
}

// method reads with a method of the learner's.
func (r *jsonReader) method(t *rtype, p reflect.Value, name string, data []byte) error {
	err, _ := box{t.pointer, p.Interface()}.call(name, reflect.ValueOf(data))[0].Interface().(error)
	return err
}

// text reads with UnmarshalText, which takes strings alone.
func (r *jsonReader) text(t *rtype, p reflect.Value, data []byte) error {
	var text string
	if json.Unmarshal(data, &text) != nil {
		r.unfit(described(data), t, p.Type().Elem())
		return nil
	}
	return r.method(t, p, "UnmarshalText", []byte(text))
}

// members calls f with the members of an object, in their order.
func members(data []byte, f func(name string, value []byte) error) error {
	in := json.NewDecoder(bytes.NewReader(data))
	if _, err := in.Token(); err != nil {
		return err
	}
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := in.Decode(&value); err != nil {
			return err
		}
		if err := f(name.(string), value); err != nil {
			return err
		}
	}
	return nil
}

func (r *jsonReader) object(t *rtype, v reflect.Value, data []byte) error {
	if data[0] != '{' {
		r.unfit(described(data), t, v.Type())
		return nil
	}
	fields := jsonFields(t)
	return members(data, func(name string, value []byte) error {
		f, ok := findField(fields, name)
		if !ok {
			return nil
		}
		within, depth := r.within, len(r.fields)
		defer func() { r.within, r.fields = within, r.fields[:depth] }()
		place, err := r.place(t, v, f)
		if err != nil {
			r.note(err)
			return nil
		}
		r.within, r.fields = t.name[strings.LastIndexByte(t.name, '.')+1:], append(r.fields, f.name)
		if f.quoted {
			return r.quoted(f, place, value)
		}
		return r.value(f.typ, place, value)
	})
}

// quoted reads a field with the option string.
func (r *jsonReader) quoted(f jsonField, p reflect.Value, data []byte) error {
	var inner string
	switch {
	case string(data) == "null":
		return r.value(f.typ, p, data)
	case json.Unmarshal(data, &inner) != nil:
		r.note(fmt.Errorf("json: invalid use of ,string struct tag, trying to unmarshal unquoted value into %s", f.typ.name))
		return nil
	}
	kind := f.typ.pointee().kind
	if !json.Valid([]byte(inner)) || inner != "null" && (described([]byte(inner)) == "string") != (kind == reflect.String) {
		r.note(fmt.Errorf("json: invalid use of ,string struct tag, trying to unmarshal %q into %s", inner, f.typ.pointee().name))
		return nil
	}
	return r.value(f.typ, p, []byte(inner))
}

func (r *jsonReader) array(t *rtype, v reflect.Value, data []byte) error {
	isSlice, isNull := v.Kind() == reflect.Slice, string(data) == "null"
	switch {
	case isNull, isSlice && data[0] == '"' && t.elem.kind == reflect.Uint8:
		return r.scalar(t, v.Addr(), data)
	case data[0] != '[':
		r.unfit(described(data), t, v.Type())
		return nil
	}
	var values []json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		return err
	}
	if isSlice {
		v.Set(reflect.MakeSlice(v.Type(), len(values), len(values)))
	}
	for i := range v.Len() {
		if i >= len(values) {
			v.Index(i).SetZero()
			continue
		}
		if err := r.value(t.elem, v.Index(i).Addr(), values[i]); err != nil {
			return err
		}
	}
	return nil
}

func (r *jsonReader) mapping(t *rtype, v reflect.Value, data []byte) error {
	if string(data) == "null" {
		v.SetZero()
		return nil
	}
	if data[0] != '{' || !t.key.readsAsKey() {
		r.unfit(described(data), t, v.Type())
		return nil
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	return members(data, func(name string, value []byte) error {
		depth := len(r.fields)
		defer func() { r.fields = r.fields[:depth] }()
		elem := reflect.New(v.Type().Elem())
		if err := r.value(t.elem, elem, value); err != nil {
			return err
		}
		key := reflect.New(v.Type().Key())
		if fits, err := r.key(t.key, key, name); err != nil || !fits {
			return err
		}
		v.SetMapIndex(key.Elem(), elem.Elem())
		return nil
	})
}
