package cell

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

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
	collectJSON(t, nil, map[any]bool{}, &all)
	var kept []jsonField
	for i, f := range all {
		rival := func(g jsonField) bool { return g.name == f.name && g.equals(f) }
		if !slices.ContainsFunc(all, func(g jsonField) bool { return g.name == f.name && g.hides(f) }) &&
			!slices.ContainsFunc(all[:i], rival) && !slices.ContainsFunc(all[i+1:], rival) {
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

// collectJSON adds the fields of t, those of embedded structs in their place.
func collectJSON(t *rtype, path []int, visited map[any]bool, all *[]jsonField) {
	if visited[t.identity()] {
		return
	}
	visited[t.identity()] = true
	defer delete(visited, t.identity())
	for i, f := range t.parts() {
		tag := reflect.StructTag(f.tag).Get("json")
		name, options, _ := strings.Cut(tag, ",")
		at := append(slices.Clone(path), i)
		inner := f.typ.pointee()
		switch {
		case tag == "-" || !f.exported && !(f.embedded && inner.kind == reflect.Struct):
		case f.embedded && name == "" && inner.kind == reflect.Struct:
			collectJSON(inner, at, visited, all)
		case f.exported:
			field := jsonField{name: name, tagged: name != "", path: at, typ: f.typ}
			if name == "" {
				field.name = f.name
			}
			for option := range strings.SplitSeq(options, ",") {
				field.omitEmpty = field.omitEmpty || option == "omitempty"
				field.omitZero = field.omitZero || option == "omitzero"
				field.quoted = field.quoted || option == "string" && inner.isScalar() && !inner.writesJSON()
			}
			*all = append(*all, field)
		}
	}
}

// isScalar tells whether the option string has a meaning for a type.
func (t *rtype) isScalar() bool {
	return t.kind >= reflect.Bool && t.kind <= reflect.Float64 || t.kind == reflect.String
}

// identity tells types apart, compiled ones too, whose tables are made anew.
func (t *rtype) identity() any {
	if t.plain {
		return t.reflect
	}
	return t
}

// pointee returns what a pointer type points to, and any other type itself.
func (t *rtype) pointee() *rtype {
	switch {
	case t.kind != reflect.Pointer:
		return t
	case t.elem != nil:
		return t.elem
	}
	return compiledType(t.reflect.Elem())
}

// parts returns the fields of a struct type, a compiled one's by reflection.
func (t *rtype) parts() []rfield {
	if !t.plain {
		return t.fields
	}
	var fields []rfield
	for f := range t.reflect.Fields() {
		fields = append(fields, rfield{f.Name, f.IsExported(), f.Anonymous, string(f.Tag), compiledType(f.Type)})
	}
	return fields
}

func compiledType(t reflect.Type) *rtype {
	return &rtype{name: t.String(), kind: t.Kind(), plain: true, reflect: t}
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

// place returns a pointer to a field; it makes what embedded pointers lack, but
// for unexported types, and notes the embedded fields on the way.
func (r *jsonReader) place(t *rtype, v reflect.Value, f jsonField) (reflect.Value, error) {
	for n, i := range f.path {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() && !v.CanSet() {
				return v, fmt.Errorf("json: cannot set embedded pointer to unexported struct: %s", t.pointee().name)
			}
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v, t = v.Elem(), t.pointee()
		}
		part := t.parts()[i]
		v, t = v.Field(i), part.typ
		if n == len(f.path)-1 {
			break
		}
		if !part.exported && v.Kind() == reflect.Pointer && v.IsNil() {
			return v, fmt.Errorf("json: cannot set embedded pointer to unexported struct: %s", t.pointee().name)
		}
		r.fields = append(r.fields, part.name)
	}
	return v.Addr(), nil
}
