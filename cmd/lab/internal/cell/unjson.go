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
	if b.t.kind != reflect.Pointer || v.IsNil() {
		return fmt.Errorf("json: Unmarshal(non-pointer %s)", b.t.name)
	}
	return readJSON(b.t.elem, v, data)
}

// readJSON reads a value into what p, a pointer, points to: by the type t where
// that is the learner's, by encoding/json elsewhere.
func readJSON(t *rtype, p reflect.Value, data []byte) error {
	if t.plain || t.kind == reflect.Interface {
		return json.Unmarshal(data, p.Interface())
	}
	if method, ok := t.pointerMethod("UnmarshalJSON"); ok {
		results := method.Call([]reflect.Value{reflect.ValueOf(newBox(t.pointer, p.Interface())), reflect.ValueOf(data)})
		err, _ := results[0].Interface().(error)
		return err
	}
	v, isNull := p.Elem(), string(bytes.TrimSpace(data)) == "null"
	switch t.kind {
	case reflect.Struct:
		if isNull {
			return nil
		}
		return readObject(t, v, data)
	case reflect.Pointer:
		if isNull {
			v.SetZero()
			return nil
		}
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return readJSON(t.elem, v, data)
	case reflect.Slice, reflect.Array:
		return readArray(t, v, data)
	case reflect.Map:
		return readMap(t, v, data)
	}
	return json.Unmarshal(data, p.Interface()) // a number, a string or a bool of a named type
}

// pointerMethod returns a method of *t that takes JSON.
func (t *rtype) pointerMethod(name string) (reflect.Value, bool) {
	if t.pointer == nil {
		return reflect.Value{}, false
	}
	return t.pointer.method(name, "func([]uint8) error")
}

func readObject(t *rtype, v reflect.Value, data []byte) error {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		return misfit(err, t)
	}
	fields := jsonFields(t)
	for name, value := range values {
		f, ok := findField(fields, name)
		if !ok {
			continue
		}
		if f.quoted {
			var inner string
			if err := json.Unmarshal(value, &inner); err != nil {
				return inField(err, t, f)
			}
			value = json.RawMessage(inner)
		}
		if err := readJSON(f.typ, madeField(v, f.path).Addr(), value); err != nil {
			return inField(err, t, f)
		}
	}
	return nil
}

// findField returns the field with a name, or with one that differs in case alone.
func findField(fields []jsonField, name string) (found jsonField, ok bool) {
	for _, f := range fields {
		if f.name == name {
			return f, true
		}
		if !ok && strings.EqualFold(f.name, name) {
			found, ok = f, true
		}
	}
	return found, ok
}

// madeField is fieldByPath; it makes what embedded pointers lack.
func madeField(v reflect.Value, path []int) reflect.Value {
	for _, i := range path {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}

// inField adds to an error in which field it is, as encoding/json does.
func inField(err error, t *rtype, f jsonField) error {
	var misfit *json.UnmarshalTypeError
	if errors.As(err, &misfit) {
		misfit.Struct = t.name[strings.LastIndexByte(t.name, '.')+1:]
		if misfit.Field == "" {
			misfit.Field = f.name
		} else {
			misfit.Field = f.name + "." + misfit.Field
		}
	}
	return err
}

// misfit gives an error the name of the learner's type.
func misfit(err error, t *rtype) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return fmt.Errorf("json: cannot unmarshal %s into Go value of type %s", wrong.Value, t.name)
	}
	return err
}

func readArray(t *rtype, v reflect.Value, data []byte) error {
	if t.elem.kind == reflect.Uint8 && t.kind == reflect.Slice {
		return json.Unmarshal(data, v.Addr().Interface())
	}
	var values []json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		return misfit(err, t)
	}
	if v.Kind() == reflect.Slice {
		v.SetZero()
		if values != nil {
			v.Set(reflect.MakeSlice(v.Type(), len(values), len(values)))
		}
	} else {
		v.SetZero()
	}
	for i := range min(len(values), v.Len()) {
		if err := readJSON(t.elem, v.Index(i).Addr(), values[i]); err != nil {
			return err
		}
	}
	return nil
}

func readMap(t *rtype, v reflect.Value, data []byte) error {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		return misfit(err, t)
	}
	if values == nil {
		v.SetZero()
		return nil
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	for name, value := range values {
		key := reflect.New(v.Type().Key())
		if key.Elem().Kind() == reflect.String {
			key.Elem().SetString(name)
		} else if err := json.Unmarshal([]byte(name), key.Interface()); err != nil {
			return err
		}
		elem := reflect.New(v.Type().Elem())
		if err := readJSON(t.elem, elem, value); err != nil {
			return err
		}
		v.SetMapIndex(key.Elem(), elem.Elem())
	}
	return nil
}
