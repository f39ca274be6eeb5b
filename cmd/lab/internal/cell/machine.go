package cell

import (
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// A machine is what lowered code calls, under the name lab: what the
// interpreter cannot do by itself, done by compiled code.
type machine struct {
	out   io.Writer
	types []*rtype // by id; 0 stands for no type
	byKey map[string]*rtype

	shown  Result     // what the cell's last expression gave
	peeked []string   // the values of variables, printed
	trace  trace      // where a panic came from
	mu     sync.Mutex // guards crash
	crash  func(any)  // told of a panic in a goroutine, nil between cells
	late   []any      // panics in goroutines between cells: the next cell hears of them

	cell   atomic.Pointer[execution] // the one that runs
	marked sync.Map                  // function to mark, where the race detector is on
}

func newMachine(out io.Writer) *machine {
	return &machine{out: out, types: []*rtype{{}}, byKey: map[string]*rtype{}}
}

// labPath is where lowered code imports the machine from, and packagePrefix
// stands before the path of every package: the interpreter treats some paths of
// the standard library in ways of its own.
const (
	labPath       = "cell/lab"
	packagePrefix = "offered/"
)

// exports are the symbols that the interpreter offers to lowered code.
func (m *machine) exports(offered map[string]map[string]reflect.Value) map[string]map[string]reflect.Value {
	all := map[string]map[string]reflect.Value{}
	for path, values := range offered {
		all[packagePrefix+path+"/"+baseName(path)] = m.overridden(path, values)
	}
	all[labPath+"/lab"] = map[string]reflect.Value{
		"Any":       reflect.ValueOf(func(v any) any { return v }),
		"Box":       reflect.ValueOf(func(id int, v any) any { return newBox(m.types[id], v) }),
		"Error":     reflect.ValueOf(func(id int, v any) error { return newBox(m.types[id], v).(errorBox) }),
		"ID":        reflect.ValueOf(typeID),
		"Get":       reflect.ValueOf(func(id int, x, p any) bool { return get(m.types[id], x, p) }),
		"Must":      reflect.ValueOf(m.must),
		"Case":      reflect.ValueOf(m.choose),
		"Equal":     reflect.ValueOf(equal),
		"Key":       reflect.ValueOf(hashable),
		"Normal":    reflect.ValueOf(normal),
		"Method":    reflect.ValueOf(compiledMethod),
		"NotNil":    reflect.ValueOf(notNil),
		"SetType":   reflect.ValueOf(func(id int, p any) { m.types[id].reflect = reflect.TypeOf(p).Elem() }),
		"SetMethod": reflect.ValueOf(m.setMethod),
		"Defers":    reflect.ValueOf((*defers)(nil)),
		"NewDefers": reflect.ValueOf(func() *defers { return &defers{m: m} }),
		"Panic":     reflect.ValueOf(panicking),
		"Mark":      reflect.ValueOf(func(function string, n int) { m.marked.Store(function, n) }),
		"Run":       reflect.ValueOf(m.run),
		"Go":        reflect.ValueOf(m.spawn),
		"Clear":     reflect.ValueOf(func(v any) { reflect.ValueOf(v).Clear() }),
		"Runes":     reflect.ValueOf(runes),
		"Print":     reflect.ValueOf(m.print),
		"Show":      reflect.ValueOf(m.show),
		"IterationOver": reflect.ValueOf(func() any {
			return &runtimeError{"range function continued iteration after function for loop body returned false"}
		}),
		"Index":  reflect.ValueOf(indexPanic),
		"Slice":  reflect.ValueOf(slicePanic),
		"Slice3": reflect.ValueOf(slice3Panic),
		"Peek":   reflect.ValueOf(m.peek),
	}
	return all
}

// baseName is the name under which the interpreter files a package.
func baseName(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// typeOf returns the type with this key, and whether it is new.
func (m *machine) typeOf(key string) (t *rtype, isNew bool) {
	if t := m.byKey[key]; t != nil {
		return t, false
	}
	t = &rtype{id: len(m.types), methods: map[string]rmethod{}}
	m.types = append(m.types, t)
	m.byKey[key] = t
	return t, true
}

// typeID returns the id of a boxed value's type, -1 for any other value.
func typeID(x any) int {
	if b, ok := unbox(x); ok {
		return b.t.id
	}
	return -1
}

func (m *machine) setMethod(id int, name string, f any) {
	method := m.types[id].methods[name]
	method.call = reflect.ValueOf(f)
	m.types[id].methods[name] = method
}

// notNil panics, as a method value does, if the interface is nil.
func notNil(x any) {
	if x == nil {
		panic(&runtimeError{"invalid memory address or nil pointer dereference"})
	}
}

// compiledMethod stores in *p, a func that takes x and the arguments, the
// method of a value of a compiled type.
func compiledMethod(x any, name string, p any) {
	notNil(x)
	method, to := reflect.ValueOf(x).MethodByName(name), reflect.ValueOf(p).Elem()
	to.Set(reflect.MakeFunc(to.Type(), func(args []reflect.Value) []reflect.Value {
		if method.Type().IsVariadic() {
			return method.CallSlice(args[1:])
		}
		return method.Call(args[1:])
	}))
}

// runes returns the runes of a string, and at which bytes they begin.
func runes(s string) (at []int, all []rune) {
	for i, r := range s {
		at, all = append(at, i), append(all, r)
	}
	return at, all
}

// print is the builtin println, or print.
func (m *machine) print(newline bool, args ...any) {
	words := make([]string, len(args))
	for i, a := range args {
		words[i] = printWord(a)
	}
	if newline {
		fmt.Fprintln(m.out, strings.Join(words, " "))
		return
	}
	fmt.Fprint(m.out, strings.Join(words, ""))
}

// printWord writes a value as println does: no methods, addresses as they are.
func printWord(a any) string {
	if a == nil {
		return "(0x0,0x0)"
	}
	v := reflect.ValueOf(contents(a))
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits())
	case reflect.Slice:
		return fmt.Sprintf("[%d/%d]%#x", v.Len(), v.Cap(), v.Pointer())
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return fmt.Sprintf("%#x", v.Pointer())
	}
	return fmt.Sprint(v.Interface())
}

// show keeps the value of a cell's last expression.
func (m *machine) show(values ...any) {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = fmt.Sprint(v)
	}
	m.shown = Result{HasValue: true, Value: strings.Join(words, " ")}
	if len(values) == 1 {
		if _, ok := unbox(values[0]); !ok {
			m.shown.Any = values[0]
		}
	}
}
