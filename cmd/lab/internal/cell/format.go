package cell

import (
	"fmt"
	"io"
	"reflect"
	"strings"
)

// Format prints a boxed value as package fmt prints a value of its type: with
// its String or Error method, with the names of its fields, and so on inside.
//
// The rules are those of fmt: a method counts for %v, %s and %q and not in a
// field that is not exported; a pointer to a struct shows as &{...} at the top
// and as an address further in; a map is sorted by key.
func (b box) Format(f fmt.State, verb rune) {
	p := printer{out: f, verb: verb, format: fmt.FormatString(f, verb), plus: f.Flag('+'), sharp: f.Flag('#')}
	p.value(b.t, reflect.ValueOf(b.v), 0, true)
}

type printer struct {
	out         io.Writer
	verb        rune
	format      string // the whole directive, as "%-8v"
	plus, sharp bool
}

func (p *printer) print(s string) { io.WriteString(p.out, s) }

// value prints v of type t. Methods count where they can be reached.
func (p *printer) value(t *rtype, v reflect.Value, depth int, reachable bool) {
	if t.kind == reflect.Interface {
		p.dynamic(t, v, depth, reachable)
		return
	}
	if reachable && p.method(t, v) {
		return
	}
	if t.plain || !v.IsValid() {
		p.plain(v, depth, reachable)
		return
	}
	switch t.kind {
	case reflect.Struct:
		p.structure(t, v, depth, reachable)
	case reflect.Slice, reflect.Array:
		p.list(t, v, depth, reachable)
	case reflect.Map:
		p.mapping(t, v, depth, reachable)
	case reflect.Pointer:
		p.pointer(t, v, depth, reachable)
	case reflect.Func, reflect.Chan:
		p.address(t, v)
	default: // a number, a string or a bool of a named type
		p.basic(t, v)
	}
}

// basic leaves the work to fmt, but for the name of the type in what it says
// about a verb that does not fit.
func (p *printer) basic(t *rtype, v reflect.Value) {
	text := fmt.Sprintf(p.format, v.Interface())
	if value, ok := strings.CutPrefix(text, fmt.Sprintf("%%!%c(%s=", p.verb, v.Type())); ok {
		text = fmt.Sprintf("%%!%c(%s=%s", p.verb, t.name, value)
	}
	p.print(text)
}

// dynamic prints what an interface holds.
func (p *printer) dynamic(t *rtype, v reflect.Value, depth int, reachable bool) {
	for v.IsValid() && v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch {
	case !v.IsValid() && p.sharp:
		p.print(t.name + "(nil)")
		return
	case !v.IsValid():
		p.print("<nil>")
		return
	}
	if b, ok := unbox(v.Interface()); ok {
		p.value(b.t, reflect.ValueOf(b.v), depth, reachable)
		return
	}
	p.plain(v, depth, reachable)
}

// plain leaves the work to fmt. Further in than the top, v goes as the field of
// a struct, exported or not, whose own punctuation is cut off again.
func (p *printer) plain(v reflect.Value, depth int, reachable bool) {
	switch {
	case !v.IsValid():
		p.print("<nil>")
	case depth == 0:
		fmt.Fprintf(p.out, p.format, v.Interface())
	case reachable:
		p.field(struct{ F any }{v.Interface()})
	default:
		p.field(struct{ f any }{v.Interface()})
	}
}

func (p *printer) field(holder any) {
	text := fmt.Sprintf(p.format, holder)
	from := strings.IndexByte(text, '{') + 1
	if p.sharp { // struct { F interface {} }{F:...}
		from = strings.Index(text, "}{") + len("}{")
	}
	if p.plus || p.sharp {
		from += len("F:")
	}
	p.print(text[from : len(text)-1])
}

// method prints with the learner's Error or String, if that is what fmt would do.
func (p *printer) method(t *rtype, v reflect.Value) bool {
	if p.sharp && p.verb == 'v' {
		if _, ok := t.method("GoString", "func() string"); ok {
			p.print(newBoxCall(t, v, "GoString"))
			return true
		}
		return false
	}
	if !strings.ContainsRune("vsxXq", p.verb) {
		return false
	}
	for _, name := range []string{"Error", "String"} {
		if _, ok := t.method(name, "func() string"); ok {
			p.called(t, v, name)
			return true
		}
	}
	return false
}

// called prints what a method returns, or, as fmt does, what it panics with; a
// nil pointer whose method panics is just nil.
func (p *printer) called(t *rtype, v reflect.Value, method string) {
	defer func() {
		r := recover()
		switch {
		case r != nil && v.Kind() == reflect.Pointer && v.IsNil():
			p.print("<nil>")
		case r != nil:
			message, _ := panicMessage(plainValue(r))
			fmt.Fprintf(p.out, "%%!%c(PANIC=%s method: %s)", p.verb, method, strings.TrimPrefix(message, "panic: "))
		}
	}()
	fmt.Fprintf(p.out, p.format, newBoxCall(t, v, method))
}

func newBoxCall(t *rtype, v reflect.Value, method string) string {
	return box{t, v.Interface()}.call(method)[0].String()
}

func (p *printer) structure(t *rtype, v reflect.Value, depth int, reachable bool) {
	if p.sharp {
		p.print(t.name)
	}
	p.print("{")
	for i, f := range t.fields {
		p.separate(i)
		if p.plus || p.sharp {
			p.print(f.name + ":")
		}
		p.value(f.typ, v.Field(i), depth+1, reachable && f.exported)
	}
	p.print("}")
}

func (p *printer) separate(i int) {
	switch {
	case i > 0 && p.sharp:
		p.print(", ")
	case i > 0:
		p.print(" ")
	}
}

func (p *printer) list(t *rtype, v reflect.Value, depth int, reachable bool) {
	if p.text(t, v) {
		return
	}
	open, end := "[", "]"
	if p.sharp {
		open, end = t.name+"{", "}"
		if v.Kind() == reflect.Slice && v.IsNil() {
			p.print(t.name + "(nil)")
			return
		}
	}
	p.print(open)
	for i := range v.Len() {
		p.separate(i)
		p.value(t.elem, v.Index(i), depth+1, reachable)
	}
	p.print(end)
}

// text prints bytes as text, where fmt does.
func (p *printer) text(t *rtype, v reflect.Value) bool {
	if t.elem.kind != reflect.Uint8 || !strings.ContainsRune("sqxX", p.verb) || v.Kind() != reflect.Slice {
		return false
	}
	fmt.Fprintf(p.out, p.format, v.Bytes())
	return true
}

func (p *printer) mapping(t *rtype, v reflect.Value, depth int, reachable bool) {
	open, end := "map[", "]"
	if p.sharp {
		open, end = t.name+"{", "}"
		if v.IsNil() {
			p.print(t.name + "(nil)")
			return
		}
	}
	p.print(open)
	for i, key := range sortedKeys(v) {
		p.separate(i)
		p.value(t.key, key, depth+1, reachable)
		p.print(":")
		p.value(t.elem, v.MapIndex(key), depth+1, reachable)
	}
	p.print(end)
}

func (p *printer) pointer(t *rtype, v reflect.Value, depth int, reachable bool) {
	if v.IsNil() {
		p.address(t, v)
		return
	}
	switch t.elem.kind {
	case reflect.Struct, reflect.Slice, reflect.Array, reflect.Map:
		if depth == 0 {
			p.print("&")
			p.value(t.elem, v.Elem(), depth+1, reachable)
			return
		}
	}
	p.address(t, v)
}

// address prints a pointer, a func or a channel.
func (p *printer) address(t *rtype, v reflect.Value) {
	switch {
	case strings.ContainsRune("bodxX", p.verb):
		fmt.Fprintf(p.out, p.format, v.Pointer())
	case p.verb != 'v' && v.IsNil():
		p.print(fmt.Sprintf("%%!%c(%s=<nil>)", p.verb, t.name))
	case p.verb != 'v':
		p.print(fmt.Sprintf("%%!%c(%s=%#x)", p.verb, t.name, v.Pointer()))
	case v.IsNil() && p.sharp:
		p.print("(" + t.name + ")(nil)")
	case v.IsNil():
		fmt.Fprintf(p.out, p.format, (*int)(nil))
	case p.sharp:
		fmt.Fprintf(p.out, "(%s)(%#x)", t.name, v.Pointer())
	default:
		fmt.Fprintf(p.out, "%#x", v.Pointer())
	}
}
