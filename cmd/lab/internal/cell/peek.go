package cell

import (
	"context"
	"fmt"
	"go/types"
	"reflect"
	"strings"
	"unicode/utf8"
)

// A Variable is a variable of the session, for a list of them.
type Variable struct {
	Name  string
	Type  string // as learners write it: "[]float32", "*nn.Tensor", "Day"
	Value string // printed as fmt.Println would, on one line, cut where it is long
}

// Variables returns the session's variables in the order in which they were
// defined. Printing them may call the learner's String methods: ctx ends that.
func (s *Session) Variables(ctx context.Context) ([]Variable, error) {
	p := &planner{s: s, cell: &parsed{}, group: &group{}, st: s.state.clone()}
	p.c = s.check(unit{live: p.st.decls(), imports: importDecl(nil)})
	var all []Variable
	var vars []types.Object
	for _, d := range p.st.decls() {
		if o := p.c.pkg.Scope().Lookup(d.names[0]); d.isVar() && o != nil {
			all = append(all, Variable{Name: o.Name(), Type: types.TypeString(o.Type(), packageNames)})
			vars = append(vars, o)
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	if err := s.peek(ctx, p, vars); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].Value = s.machine.peeked[i]
	}
	return all, nil
}

// peek has lowered code hand the values of variables to the machine.
//
//	before: x Day, y int
//	after:  func peek_9() { lab.Peek(func() any { return lab.Box(7, x_1) }); lab.Peek(func() any { return y_2 }) }
//
// The same variables are peeked at by the same code.
func (s *Session) peek(ctx context.Context, p *planner, vars []types.Object) error {
	var names []string
	for _, o := range vars {
		names = append(names, p.st.live[o.Name()].lowered)
	}
	if key := strings.Join(names, " "); s.peeks == nil || s.peeks.key != key {
		plan, err := p.lowerPeeks(vars)
		if err != nil {
			return err
		}
		s.peeks = &peeks{key, plan}
	}
	s.machine.peeked = nil
	return s.interpret(ctx, s.peeks.plan.runs)
}

// peeks are the code that prints these variables.
type peeks struct {
	key  string
	plan *plan
}

func (p *planner) lowerPeeks(vars []types.Object) (*plan, error) {
	p.s.pending = nil
	l := p.lowerer()
	out := &plan{source: &source{}, state: p.st}
	out.function = l.fresh("peek")
	body := l.capture(func() {
		for _, o := range vars {
			l.line("lab.Peek(func() interface{} { return %s })", l.convert(l.name(o), o.Type(), anyType))
		}
	})
	l.drain()
	if err := p.compile(out, program(l, out.function, body)); err != nil {
		return nil, err
	}
	return out, p.s.begin(out)
}

// peek prints a variable, on one line and not all of it where it is long.
func (m *machine) peek(value func() any) {
	defer func() {
		if r := recover(); r != nil {
			message, _ := panicMessage(r)
			m.peeked = append(m.peeked, "(printing it fails: "+message+")")
		}
	}()
	m.peeked = append(m.peeked, oneLine(briefly(value())))
}

// How much of a variable is shown.
const (
	briefElements = 12
	briefRunes    = 80
)

// briefly prints a value; of a long slice or array only the first elements, so
// that a million of them cost nothing.
func briefly(v any) string {
	b, inBox := unbox(v)
	content, methods := reflect.ValueOf(v), 0
	if inBox {
		content, methods = reflect.ValueOf(b.v), len(b.t.methods)
	} else if content.IsValid() {
		methods = content.NumMethod()
	}
	if !content.IsValid() || methods > 0 || content.Kind() != reflect.Slice || content.Len() <= briefElements {
		return fmt.Sprint(v)
	}
	var head any = content.Slice(0, briefElements).Interface()
	if inBox {
		head = newBox(b.t, head)
	}
	return strings.TrimSuffix(fmt.Sprint(head), "]") + fmt.Sprintf(" ...] (%d elements)", content.Len())
}

// oneLine cuts a text to what fits on a line.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > briefRunes {
		text = string([]rune(text)[:briefRunes-1]) + "…"
	}
	return text
}
