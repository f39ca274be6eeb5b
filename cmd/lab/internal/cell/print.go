package cell

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// overridden returns the values of a package with those replaced that print to
// the program's own output, or look at a value by reflection and must see what
// is in the box.
func (m *machine) overridden(path string, values map[string]reflect.Value) map[string]reflect.Value {
	own := m.overrides()[path]
	all := map[string]reflect.Value{}
	for name, v := range values {
		all[name] = withPlainSeqs(v)
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
			"Print":   func(a ...any) (int, error) { return m.out.Write(sprint(a)) },
			"Fprint":  func(w io.Writer, a ...any) (int, error) { return w.Write(sprint(a)) },
			"Sprint":  func(a ...any) string { return string(sprint(a)) },
			"Append":  func(b []byte, a ...any) []byte { return append(b, sprint(a)...) },
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
		"errors":        {"As": errorsAs},
		"encoding/json": {"Marshal": marshal, "MarshalIndent": marshalIndent, "Unmarshal": unmarshal},
		"sort": {
			"Slice":         func(x any, less func(i, j int) bool) { sort.Slice(contents(x), less) },
			"SliceStable":   func(x any, less func(i, j int) bool) { sort.SliceStable(contents(x), less) },
			"SliceIsSorted": func(x any, less func(i, j int) bool) bool { return sort.SliceIsSorted(contents(x), less) },
		},
		"os": {},
	}
}

// sprint is fmt.Sprint: a space stands between operands of which neither is a
// string, and a box may hold one.
func sprint(args []any) []byte {
	var text []byte
	afterString := true
	for _, a := range args {
		isString := reflect.ValueOf(contents(a)).Kind() == reflect.String
		if !afterString && !isString {
			text = append(text, ' ')
		}
		text = fmt.Append(text, a)
		afterString = isString
	}
	return text
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
// name of the box: the verb becomes %s, and its argument the name of the type,
// which is added behind the others. The argument of %p becomes what is in the
// box, as fmt asks no value for that.
//
//	before: "%[1]T %[1]v %v", day, 3
//	after:  "%[3]s %[1]v %[2]v", day, 3, "main.Day"
func spellTypes(format string, args []any) (string, []any) {
	if !slices.ContainsFunc(args, isBoxed) {
		return format, args
	}
	var out strings.Builder
	all := slices.Clone(args)
	next, at, numbered, reordered := 0, 0, false, false
	for _, d := range directive.FindAllStringSubmatchIndex(format, -1) {
		part := func(i int) string { return format[max(d[2*i], 0):max(d[2*i+1], 0)] }
		out.WriteString(format[at:d[0]])
		at = d[1]
		flags, number, verb := part(1), part(2), part(3)
		if verb == "%" {
			out.WriteString(format[d[0]:d[1]])
			continue
		}
		next += strings.Count(flags, "*")
		if number != "" {
			next, _ = strconv.Atoi(number[1 : len(number)-1])
			next--
			numbered, reordered = true, true
		}
		if next < len(args) && next >= 0 {
			if b, ok := unbox(args[next]); ok && (verb == "T" || verb == "p") {
				if all = append(all, b.v); verb == "T" {
					all[len(all)-1], verb = b.t.name, "s"
				}
				fmt.Fprintf(&out, "%%%s[%d]%s", flags, len(all), verb)
				next++
				numbered = true
				continue
			}
		}
		if numbered && !strings.Contains(flags, "*") {
			number = fmt.Sprintf("[%d]", next+1)
		}
		out.WriteString("%" + flags + number + verb)
		next++
	}
	out.WriteString(format[at:])
	if !reordered && next < len(args) && slices.ContainsFunc(args[next:], isBoxed) {
		out.WriteString(strings.ReplaceAll(extra(args[next:]), "%", "%%"))
		if !numbered {
			all = all[:next]
		}
	}
	return out.String(), all
}

func isBoxed(a any) bool { _, ok := unbox(a); return ok }

// extra is what fmt says about arguments that no directive asks for.
func extra(args []any) string {
	var list []string
	for _, a := range args {
		if a == nil {
			list = append(list, "<nil>")
			continue
		}
		list = append(list, fmt.Sprintf("%s=%v", typeName(a), a))
	}
	return "%!(EXTRA " + strings.Join(list, ", ") + ")"
}

// directive is a directive of fmt: flags, the number of its argument, the verb.
var directive = regexp.MustCompile(`%([-+# 0-9.*]*)(\[\d+\])?(.)`)
