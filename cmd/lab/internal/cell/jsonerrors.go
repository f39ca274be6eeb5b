package cell

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
)

// What does not fit, in the words of encoding/json.

// A typeError is a json.UnmarshalTypeError with the name of the learner's type.
type typeError struct {
	*json.UnmarshalTypeError
	name string
}

func (e *typeError) Error() string {
	text := "json: cannot unmarshal " + e.Value + " into Go "
	if e.Struct == "" && e.Field == "" {
		return text + "value of type " + e.name
	}
	return text + "struct field " + e.Struct + "." + e.Field + " of type " + e.name
}

func (e *typeError) Unwrap() error { return e.UnmarshalTypeError }

// unfit notes that a value, described in words, does not fit type t.
func (r *jsonReader) unfit(value string, t *rtype, v reflect.Type) {
	r.note(&typeError{&json.UnmarshalTypeError{Value: value, Type: v}, t.name})
}

// note keeps err if it is the first, with the field at which it was met.
func (r *jsonReader) note(err error) {
	if r.misfit != nil {
		return
	}
	r.misfit = err
	var at *json.UnmarshalTypeError
	if errors.As(err, &at) && r.within != "" {
		if at.Struct == "" {
			at.Struct = r.within
		}
		fields := r.fields
		if at.Field != "" {
			fields = append(slices.Clone(fields), at.Field)
		}
		at.Field = strings.Join(fields, ".")
	}
}

// described names a JSON value as encoding/json does in its errors.
func described(data []byte) string {
	switch data[0] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "bool"
	}
	return "number"
}
