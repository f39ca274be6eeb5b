package cell

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
)

// Bounds.
//
//	before: y := xs[i+1]
//	after:  h_1 := i + 1; if h_1 < 0 || h_1 >= len(xs) { lab.Index(h_1, len(xs)) }; y := xs[h_1]
//
// The interpreter notices an index out of range, but not which: so a check with
// Go's own message stands before the statement. There is none where a loop
// keeps the index in range, as in for i := range xs { xs[i] }, and none where it
// would run before a call that comes first: then the message lacks the numbers.

// A reach is the part of a statement in which checks may be written before it.
type reach struct {
	calls []ast.Node // what is called in it
}

// reaching lowers f, part of the statement that is being written: an index in n
// may be checked before it.
func (l *lowerer) reaching(n ast.Node, f func()) {
	outer := l.fn.reach
	defer func() { l.fn.reach = outer }()
	l.fn.reach = &reach{l.callsIn(n)}
	f()
}

// callsIn returns the calls and receives in n that can do something, but for
// those in function literals.
func (l *lowerer) callsIn(n ast.Node) []ast.Node {
	var calls []ast.Node
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				calls = append(calls, n)
			}
		case *ast.CallExpr:
			if tv := l.c.info.Types[n.Fun]; !tv.IsType() && !tv.IsBuiltin() {
				calls = append(calls, n)
			}
		}
		return true
	})
	return calls
}

// inReach tells whether a check for e may be written before the statement: every
// call in it is one that e is part of, and so comes later, or one that is part of e.
func (l *lowerer) inReach(e ast.Node) bool {
	if l.fn.reach == nil {
		return false
	}
	for _, c := range l.fn.reach.calls {
		if !(c.Pos() <= e.Pos() && e.End() <= c.End()) && !(e.Pos() <= c.Pos() && c.End() <= e.End()) {
			return false
		}
	}
	return true
}

// index lowers x[i], and f[T].
func (l *lowerer) index(e *ast.IndexExpr) string {
	if _, ok := l.c.info.TypeOf(e.X).(*types.Signature); ok {
		return l.instantiated(e.X)
	}
	x := l.arrayOf(e.X)
	if m, ok := under(l.typeOf(e.X)).(*types.Map); ok {
		return x + "[" + l.mapKey(e.Index, m) + "]"
	}
	i := l.expr(e.Index)
	if l.keptInRange(e) || !l.inReach(e) {
		return x + "[" + i + "]"
	}
	x, i = l.heldArray(x, e.X), l.heldIndex(i, e.Index)
	l.line("%s", l.checkOf(e, x, i))
	return x + "[" + i + "]"
}

// mapKey lowers the key of a map.
func (l *lowerer) mapKey(e ast.Expr, m *types.Map) string {
	text := l.lowerTo(e, m.Key())
	if isInterface(m.Key()) && !compiledInterface(m.Key()) {
		return "lab.Key(" + text + ")"
	}
	return text
}

// checkOf returns the check that i is in range of x, "" if the compiler has made it.
func (l *lowerer) checkOf(e *ast.IndexExpr, x, i string) string {
	length, isArray := l.lengthOf(e.X, x)
	switch v := l.c.info.Types[e.Index].Value; {
	case v == nil:
		return fmt.Sprintf("if %s < 0 || %[1]s >= %s { lab.Index(%[1]s, %[2]s) }", i, length)
	case isArray:
		return ""
	}
	return fmt.Sprintf("if %s >= %s { lab.Index(%[1]s, %[2]s) }", i, length)
}

// lengthOf returns the length of what is indexed; that of an array is known.
func (l *lowerer) lengthOf(e ast.Expr, x string) (length string, isArray bool) {
	t := under(l.typeOf(e))
	if p, ok := t.(*types.Pointer); ok {
		t = under(p.Elem())
	}
	if a, ok := t.(*types.Array); ok {
		return fmt.Sprint(a.Len()), true
	}
	return "len(" + x + ")", false
}

// repeatable are texts that may be evaluated twice: names, fields, pointers
// followed; called are calls and conversions.
var (
	repeatable = regexp.MustCompile(`^[\w.()*]+$`)
	called     = regexp.MustCompile(`[\w)]\(`)
)

func isRepeatable(text string) bool { return repeatable.MatchString(text) && !called.MatchString(text) }

// heldArray makes what is indexed something that may be evaluated twice. Arrays
// need not be: their length is known.
func (l *lowerer) heldArray(x string, e ast.Expr) string {
	if _, isArray := l.lengthOf(e, x); isArray || isRepeatable(x) {
		return x
	}
	return l.held(x)
}

// heldIndex makes an index an int that may be evaluated twice.
func (l *lowerer) heldIndex(i string, e ast.Expr) string {
	if v := l.c.info.Types[e].Value; v != nil {
		return constant.ToInt(v).ExactString()
	}
	if b, ok := under(l.typeOf(e)).(*types.Basic); !ok || b.Kind() != types.Int {
		return l.held("int(" + i + ")")
	}
	if isRepeatable(i) {
		return i
	}
	return l.held(i)
}

// slice lowers x[low:high:max].
func (l *lowerer) slice(e *ast.SliceExpr) string {
	x := l.arrayOf(e.X)
	parts := []ast.Expr{e.Low, e.High, e.Max}
	var text [3]string
	for i, part := range parts {
		if part != nil {
			text[i] = l.expr(part)
		}
	}
	if (e.Low != nil || e.High != nil) && l.inReach(e) {
		x = l.heldArray(x, e.X)
		for i, part := range parts {
			if part != nil {
				text[i] = l.heldIndex(text[i], part)
			}
		}
		l.checkSlice(e, x, text)
	}
	sliced := x + "[" + text[0] + ":" + text[1]
	if e.Max != nil {
		sliced += ":" + text[2]
	}
	return sliced + "]"
}

// checkSlice writes the check of a slice expression.
func (l *lowerer) checkSlice(e *ast.SliceExpr, x string, text [3]string) {
	low, high, limit, capacity := text[0], text[1], text[2], "cap("+x+")"
	length, isArray := l.lengthOf(e.X, x)
	kind := "capacity"
	if b, ok := under(l.typeOf(e.X)).(*types.Basic); isArray || ok && b.Info()&types.IsString != 0 {
		kind, capacity = "length", length
	}
	if low == "" {
		low = "0"
	}
	if high == "" {
		high = length
	}
	if limit == "" {
		l.line("if %s < 0 || %s < %[1]s || %[2]s > %s { lab.Slice(%[1]s, %[2]s, %[3]s, %q) }", low, high, capacity, kind)
		return
	}
	l.line("if %s < 0 || %s < %[1]s || %s < %[2]s || %[3]s > %s { lab.Slice3(%[1]s, %[2]s, %[3]s, %[4]s, %q) }", low, high, limit, capacity, kind)
}

// shortCircuit lowers && and ||. Checks for the right operand run only where the
// left one leaves it to decide.
//
//	before: j > 0 && xs[j-1] > x
//	after:  c_1 := j > 0; if c_1 { check; c_1 = xs[h_2] > x }; c_1
func (l *lowerer) shortCircuit(e *ast.BinaryExpr) string {
	left, right := l.expr(e.X), ""
	checks := l.capture(func() { right = l.expr(e.Y) })
	if checks == "" {
		return "(" + left + " " + e.Op.String() + " " + right + ")"
	}
	c, not := l.fresh("c"), ""
	if e.Op == token.LOR {
		not = "!"
	}
	l.line("var %s bool = %s\nif %s%s {\n%s%s = %s\n}", c, left, not, c, checks, c, right)
	return c
}

// indexPanic and its kin are the panics for what is out of range, as Go words them.
func indexPanic(i, length int) {
	if i < 0 {
		panic(&runtimeError{fmt.Sprintf("index out of range [%d]", i)})
	}
	panic(&runtimeError{fmt.Sprintf("index out of range [%d] with length %d", i, length)})
}

func slicePanic(low, high, limit int, kind string) {
	switch {
	case high < 0:
		panic(&runtimeError{fmt.Sprintf("slice bounds out of range [:%d]", high)})
	case high > limit:
		panic(&runtimeError{fmt.Sprintf("slice bounds out of range [:%d] with %s %d", high, kind, limit)})
	case low < 0:
		panic(&runtimeError{fmt.Sprintf("slice bounds out of range [%d:]", low)})
	}
	panic(&runtimeError{fmt.Sprintf("slice bounds out of range [%d:%d]", low, high)})
}

func slice3Panic(low, high, limit, capacity int, kind string) {
	switch {
	case limit < 0:
		panic(&runtimeError{fmt.Sprintf("slice bounds out of range [::%d]", limit)})
	case limit > capacity:
		panic(&runtimeError{fmt.Sprintf("slice bounds out of range [::%d] with %s %d", limit, kind, capacity)})
	case high < 0:
		panic(&runtimeError{fmt.Sprintf("slice bounds out of range [:%d:]", high)})
	case high > limit:
		panic(&runtimeError{fmt.Sprintf("slice bounds out of range [:%d:%d]", high, limit)})
	case low < 0:
		panic(&runtimeError{fmt.Sprintf("slice bounds out of range [%d::]", low)})
	}
	panic(&runtimeError{fmt.Sprintf("slice bounds out of range [%d:%d:]", low, high)})
}
