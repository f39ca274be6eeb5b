package cell

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"sort"
	"strings"
)

// overridden returns the values of a package with those replaced that print to
// the program's own output, or look at a value by reflection and must see what
// is in the box.
func (m *machine) overridden(path string, values map[string]reflect.Value) map[string]reflect.Value {
	own := m.overrides()[path]
	if own == nil {
		return values
	}
	all := map[string]reflect.Value{}
	for name, v := range values {
		all[name] = v
	}
	for name, f := range own {
		if all[name].IsValid() {
			all[name] = reflect.ValueOf(f)
		}
	}
	if path == "os" && m.out != io.Writer(os.Stdout) { // not in a process of the cells' own
		stdout := io.Writer(stdFile{m.out})
		all["Stdout"], all["Stderr"] = reflect.ValueOf(&stdout).Elem(), reflect.ValueOf(&stdout).Elem()
	}
	return all
}

func (m *machine) overrides() map[string]map[string]any {
	return map[string]map[string]any{
		"fmt": {
			"Print":   func(a ...any) (int, error) { return fmt.Fprint(m.out, a...) },
			"Println": func(a ...any) (int, error) { return fmt.Fprintln(m.out, a...) },
			"Printf": func(format string, a ...any) (int, error) {
				format, a = spellTypes(format, a)
				return fmt.Fprintf(m.out, format, a...)
			},
			"Fprintf": func(w io.Writer, format string, a ...any) (int, error) {
				format, a = spellTypes(format, a)
				return fmt.Fprintf(w, format, a...)
			},
			"Sprintf": func(format string, a ...any) string {
				format, a = spellTypes(format, a)
				return fmt.Sprintf(format, a...)
			},
			"Appendf": func(b []byte, format string, a ...any) []byte {
				format, a = spellTypes(format, a)
				return fmt.Appendf(b, format, a...)
			},
			"Errorf": func(format string, a ...any) error {
				format, a = spellTypes(format, a)
				return fmt.Errorf(format, a...)
			},
		},
		"errors": {"As": errorsAs},
		"sort": {
			"Slice":         func(x any, less func(i, j int) bool) { sort.Slice(contents(x), less) },
			"SliceStable":   func(x any, less func(i, j int) bool) { sort.SliceStable(contents(x), less) },
			"SliceIsSorted": func(x any, less func(i, j int) bool) bool { return sort.SliceIsSorted(contents(x), less) },
		},
		"os": {},
	}
}

// stdFile stands for os.Stdout and os.Stderr in a cell.
type stdFile struct{ io.Writer }

func (f stdFile) WriteString(s string) (int, error) { return io.WriteString(f.Writer, s) }

// contents returns what is in the box, if x is one.
func contents(x any) any {
	if b, ok := unbox(x); ok {
		return b.v
	}
	return x
}

// errorsAs is errors.As for a target that may point to a learner's type.
func errorsAs(err error, target any) bool {
	b, ok := unbox(target)
	if !ok {
		return errors.As(err, target)
	}
	if b.t.kind != reflect.Pointer || reflect.ValueOf(b.v).IsNil() {
		panic("errors: target must be a non-nil pointer")
	}
	return findError(err, b.t.elem, b.v)
}

func findError(err error, t *rtype, p any) bool {
	for ; err != nil; err = errors.Unwrap(err) {
		if get(t, err, p) {
			return true
		}
		if many, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range many.Unwrap() {
				if findError(e, t, p) {
					return true
				}
			}
			return false
		}
	}
	return false
}

// spellTypes answers each %T that meets a boxed value, as fmt would print the
// name of the box: the verb becomes %s and its argument the name of the type.
func spellTypes(format string, args []any) (string, []any) {
	if !strings.Contains(format, "T") {
		return format, args
	}
	spelled, copied := []byte(format), append([]any(nil), args...)
	next := 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.*", format[i]) >= 0; i++ {
			if format[i] == '*' {
				next++
			}
		}
		if i == len(format) || format[i] == '%' {
			continue
		}
		if format[i] == '[' {
			return numbered(format, args)
		}
		if format[i] == 'T' && next < len(args) {
			if _, ok := unbox(args[next]); ok {
				spelled[i], copied[next] = 's', typeName(args[next])
			}
		}
		next++
	}
	return string(spelled), copied
}

// numbered refuses %[1]T for boxed values: the same argument may be printed
// another way elsewhere in the format.
func numbered(format string, args []any) (string, []any) {
	for _, a := range args {
		if _, ok := unbox(a); ok && strings.Contains(format, "]T") {
			panic(panicValue{"%[1]T does not work for a type that is declared in a cell: use %T"})
		}
	}
	return format, args
}
