package cell

import (
	"bytes"
	"encoding/json"
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
	var out bytes.Buffer
	if err := writeJSON(&out, b.t, reflect.ValueOf(b.v)); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func writeJSON(out *bytes.Buffer, t *rtype, v reflect.Value) error {
	for t.kind == reflect.Interface && v.IsValid() && v.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
	}
	if t.kind == reflect.Interface || t.plain || !v.IsValid() {
		return encodeJSON(out, v)
	}
	if done, err := writeByMethod(out, t, v); done {
		return err
	}
	switch t.kind {
	case reflect.Struct:
		return writeObject(out, t, v)
	case reflect.Pointer:
		if v.IsNil() {
			out.WriteString("null")
			return nil
		}
		return writeJSON(out, t.elem, v.Elem())
	case reflect.Slice, reflect.Array:
		return writeArray(out, t, v)
	case reflect.Map:
		return writeMap(out, t, v)
	}
	return encodeJSON(out, v)
}

// encodeJSON writes what encoding/json knows, and boxes, which know themselves.
func encodeJSON(out *bytes.Buffer, v reflect.Value) error {
	if !v.IsValid() {
		out.WriteString("null")
		return nil
	}
	data, err := json.Marshal(v.Interface())
	out.Write(data)
	return err
}

// writeByMethod writes with the learner's MarshalJSON or MarshalText, if there is one.
func writeByMethod(out *bytes.Buffer, t *rtype, v reflect.Value) (done bool, err error) {
	for _, name := range []string{"MarshalJSON", "MarshalText"} {
		if _, ok := t.method(name, "func() ([]uint8, error)"); !ok {
			continue
		}
		if t.kind == reflect.Pointer && v.IsNil() {
			out.WriteString("null")
			return true, nil
		}
		results := box{t, v.Interface()}.call(name)
		if err, ok := results[1].Interface().(error); ok && err != nil {
			return true, err
		}
		data := results[0].Bytes()
		if name == "MarshalText" {
			data, err = json.Marshal(string(data))
		}
		out.Write(data)
		return true, err
	}
	return false, nil
}

func writeArray(out *bytes.Buffer, t *rtype, v reflect.Value) error {
	if v.Kind() == reflect.Slice && (v.IsNil() || t.elem.kind == reflect.Uint8 && len(t.elem.methods) == 0) {
		return encodeJSON(out, v)
	}
	out.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := writeJSON(out, t.elem, v.Index(i)); err != nil {
			return err
		}
	}
	out.WriteByte(']')
	return nil
}

func writeMap(out *bytes.Buffer, t *rtype, v reflect.Value) error {
	if v.IsNil() {
		out.WriteString("null")
		return nil
	}
	type entry struct {
		key   string
		value reflect.Value
	}
	var entries []entry
	for iter := v.MapRange(); iter.Next(); {
		key, err := keyText(t.key, iter.Key())
		if err != nil {
			return err
		}
		entries = append(entries, entry{key, iter.Value()})
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	out.WriteByte('{')
	for i, e := range entries {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := writeField(out, e.key, t.elem, e.value); err != nil {
			return err
		}
	}
	out.WriteByte('}')
	return nil
}

// keyText returns the key of a map as the name of a field.
func keyText(t *rtype, v reflect.Value) (string, error) {
	if v.Kind() == reflect.String {
		return v.String(), nil
	}
	if _, ok := t.method("MarshalText", "func() ([]uint8, error)"); ok {
		results := box{t, v.Interface()}.call("MarshalText")
		err, _ := results[1].Interface().(error)
		return string(results[0].Bytes()), err
	}
	if v.CanInt() || v.CanUint() {
		return fmt.Sprint(v.Interface()), nil
	}
	return "", fmt.Errorf("json: unsupported type: map with keys of the type %s", t.name)
}

func writeField(out *bytes.Buffer, name string, t *rtype, v reflect.Value) error {
	if err := encodeJSON(out, reflect.ValueOf(name)); err != nil {
		return err
	}
	out.WriteByte(':')
	return writeJSON(out, t, v)
}

func writeObject(out *bytes.Buffer, t *rtype, v reflect.Value) error {
	out.WriteByte('{')
	first := true
	for _, f := range jsonFields(t) {
		value, ok := fieldByPath(v, f.path)
		if !ok || f.omitEmpty && isEmptyJSON(value) || f.omitZero && value.IsZero() {
			continue
		}
		if !first {
			out.WriteByte(',')
		}
		first = false
		if f.quoted {
			var inner bytes.Buffer
			if err := writeJSON(&inner, f.typ, value); err != nil {
				return err
			}
			if err := writeField(out, f.name, &rtype{plain: true}, reflect.ValueOf(inner.String())); err != nil {
				return err
			}
			continue
		}
		if err := writeField(out, f.name, f.typ, value); err != nil {
			return err
		}
	}
	out.WriteByte('}')
	return nil
}

func isEmptyJSON(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// fieldByPath follows the indices of fields through embedded structs and
// pointers to them; false where one is nil.
func fieldByPath(v reflect.Value, path []int) (reflect.Value, bool) {
	for _, i := range path {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return v, false
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v, true
}

// A jsonField is a field as JSON sees it.
type jsonField struct {
	name                        string
	tagged                      bool
	path                        []int
	typ                         *rtype
	omitEmpty, omitZero, quoted bool
}

// jsonFields returns the fields of a struct by the rules of encoding/json: of
// those with one name the shallowest counts, a tagged one before others, and
// none if that leaves several.
func jsonFields(t *rtype) []jsonField {
	var all []jsonField
	collectJSON(t, nil, map[*rtype]bool{}, &all)
	var kept []jsonField
	for i, f := range all {
		if !slices.ContainsFunc(all, func(g jsonField) bool { return g.name == f.name && g.hides(f) }) &&
			!slices.ContainsFunc(all[:i], func(g jsonField) bool { return g.name == f.name && g.equals(f) }) &&
			!slices.ContainsFunc(all[i+1:], func(g jsonField) bool { return g.name == f.name && g.equals(f) }) {
			kept = append(kept, f)
		}
	}
	slices.SortStableFunc(kept, func(a, b jsonField) int { return slices.Compare(a.path, b.path) })
	return kept
}

func (f jsonField) hides(g jsonField) bool {
	return len(f.path) < len(g.path) || len(f.path) == len(g.path) && f.tagged && !g.tagged
}

func (f jsonField) equals(g jsonField) bool {
	return len(f.path) == len(g.path) && f.tagged == g.tagged
}

func collectJSON(t *rtype, path []int, visited map[*rtype]bool, all *[]jsonField) {
	if visited[t] {
		return
	}
	visited[t] = true
	defer delete(visited, t)
	for i, f := range t.fields {
		tag := reflect.StructTag(f.tag).Get("json")
		name, options, _ := strings.Cut(tag, ",")
		at := append(slices.Clone(path), i)
		inner := f.typ
		if inner.kind == reflect.Pointer && inner.elem != nil {
			inner = inner.elem
		}
		switch {
		case tag == "-" || !f.exported && !(f.embedded && inner.kind == reflect.Struct):
		case f.embedded && name == "" && inner.kind == reflect.Struct && !inner.plain:
			collectJSON(inner, at, visited, all)
		case f.exported:
			field := jsonField{name: name, tagged: name != "", path: at, typ: f.typ}
			if name == "" {
				field.name = f.name
			}
			for option := range strings.SplitSeq(options, ",") {
				field.omitEmpty = field.omitEmpty || option == "omitempty"
				field.omitZero = field.omitZero || option == "omitzero"
				field.quoted = field.quoted || option == "string"
			}
			*all = append(*all, field)
		}
	}
}
