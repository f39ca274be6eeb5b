package cell

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"reslab/nn"
)

func TestValues(t *testing.T) {
	expect(t, "1 + 1", "2")
	expect(t, "x := 3\nfmt.Println(\"hi\")\nx * 2", "hi\n6")
	expect(t, "type Day int\nfunc (d Day) String() string { return \"Mon\" }\n[]Day{0}", "[Mon]")
	expect(t, "len(\"abc\")", "3")
	expect(t, "strconv.Atoi(\"5\")", "5 <nil>")
	expect(t, "fmt.Println(1)", "1")
	expect(t, "x := 1", "")
	expect(t, "func f() {}\nf()", "")
	expect(t, "// nothing", "")
	expect(t, "", "")
	expect(t, "nn.FromSlice([]float32{1, 2}, 2)", "tensor [2]\n  1  2")
}

func TestAnyIsTheValueItself(t *testing.T) {
	s := session(t)
	for src, want := range map[string]any{"1 + 1": 2, "[]float32{1}[0]": float32(1), "\"a\" + \"b\"": "ab"} {
		if r := eval(t, s, src); r.Any != want {
			t.Errorf("%s gives %v, not %v", src, r.Any, want)
		}
	}
	if _, ok := eval(t, s, "nn.NewTensor(2)").Any.(*nn.Tensor); !ok {
		t.Error("a tensor does not come out as itself")
	}
	if r := eval(t, s, "type T struct{ x int }\nT{1}"); r.Any != nil || r.Value != "{1}" {
		t.Errorf("a value of a type of the cell comes out as %v", r.Any)
	}
}

func TestMixedCells(t *testing.T) {
	expect(t, "a := 2\nimport \"strings\"\nfunc twice() int { return a * 2 }\nb := twice()\ntype T struct{ n int }\nfunc (t T) N() int { return t.n + b }\nT{a}.N() + len(strings.Repeat(\"x\", 3))", "9")
	expect(t, "func f() string { return strings.ToUpper(\"a\") }\nimport \"strings\"\nfunc g() string { return f() }\nimport \"strconv\"\ng() + strconv.Itoa(1)", "A1") // files, joined
	expect(t, "x := 1; func f() int { return x }; var g = f; g() + f()", "2")
	expect(t, "func odd(n int) bool { return n != 0 && even(n-1) }\nz := 7\nfunc even(n int) bool { return n == 0 || odd(n-1) }\nodd(z)", "true")
}

func TestRedefinition(t *testing.T) {
	// a function: its callers call the new one
	expect(t, "func f() int { return 1 }\nfunc g() int { return f() * 10 }\nfunc h() int { return g() + 1 }\n---\nfunc f() int { return 2 }\n---\nh()", "21")
	// a variable, with its type and with another
	expect(t, "x := 1\nfunc f() any { return x }\n---\nx := 5\n---\nf()\n---\nx := \"text\"\n---\nf()", "5\ntext")
	// a type gets a field; the functions that use it go on
	expect(t, "type P struct{ a int }\nfunc (p P) Sum() int { return p.a }\nfunc mk() P { return P{a: 1} }\n---\ntype P struct{ a, b int }\n---\nfmt.Printf(\"%+v %d\\n\", mk(), mk().Sum())", "{a:1 b:0} 1")
	// a method: what holds the type in an interface, too
	expect(t, "type P struct{}\nfunc (P) String() string { return \"old\" }\np := P{}\nvar i any = p\nfunc f(s fmt.Stringer) string { return s.String() }\n---\nfunc (P) String() string { return \"new\" }\n---\nfmt.Println(p, i, f(p), p.String())", "new new new new")
	// the same type once more: its variables stay
	expect(t, "type P struct{ a int }\np := P{3}\n---\ntype P struct{ a int }\n---\np.a", "3")
	// a method added later
	expect(t, "type P struct{ a int }\np := &P{3}\n---\nfunc (p *P) String() string { return \"P3\" }\n---\nfmt.Println(p)", "P3")
	// a constant of a group: the others stay
	expect(t, "const (\n\ta = iota\n\tb\n\tc\n)\n---\nconst b = 10\n---\na + b + c", "12")
	// a generic function
	expect(t, "func id[T any](x T) T { return x }\nfunc f() int { return id(1) }\n---\nfunc id[T any](x T) T { var z T; return z }\n---\nf()", "0")
	// a variable that a closure or a pointer holds: they keep the old one, functions see the new one
	expect(t, "x := 1\nf := func() int { return x }\np := &x\nfunc g() int { return x }\n---\nx := 5\n---\nfmt.Println(f(), *p, g(), x)\nx = 6\nfmt.Println(f(), g(), x)", "1 1 5 5\n1 6 6")
	expect(t, "n := 1\nfunc counter() func() int { return func() int { n++; return n } }\nc := counter()\nc()\n---\nn := 10\nd := counter()\nfmt.Println(c(), d(), n)", "2\n3 11 11")
	// a name changes its kind
	expect(t, "f := 3\n---\nfunc f() int { return 4 }\n---\nf()\n---\ntype f int\n---\nf(5)", "4\n5")
}

func TestBrokenUsersAreNotedAndComeBack(t *testing.T) {
	got, err := play(t, "x := 1\nfunc f() int { return x }", "x := \"s\"", "x := 7", "f()")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got, "note: f of an earlier cell does not compile any more (cell 1:2: cannot use x") || !strings.HasSuffix(got, "\n7\n") {
		t.Errorf("got %s", got)
	}
}

func TestVariablesOfAChangedTypeAreGone(t *testing.T) {
	_, err := play(t, "type P struct{ a int }\np := P{1}", "type P struct{ b int }", "p")
	mustSay(t, err, "cell 3:1:1: undefined: p; p is gone since its type was declared again: define it anew")
}

func TestImports(t *testing.T) {
	expect(t, "import (\n\t\"math\"\n\t\"os\"\n)\nmath.Sqrt(4)\n---\nimport \"math\"\nimport s \"strings\"\n---\ns.ToUpper(\"a\") + fmt.Sprint(math.Pi > 3)", "2\nAtrue")
	expect(t, "rand.Intn(1)\n---\nrand.IntN(1)", "0\n0")
	// a variable named like a package
	expect(t, "func f() float64 { return math.Sqrt(9) }\n---\nmath := 3\nmath + 1\n---\nf()", "4\n3")
	for src, want := range map[string]string{
		"import \"nonsense\"":               "cell 1:1:8: package nonsense is not among those that a cell can import",
		"import \"unsafe\"":                 "cell 1:1:8: package unsafe cannot be used in a cell: it goes around the types",
		"import \"os/exec\"":                "cell 1:1:8: package os/exec is not among those that a cell can import",
		"import . \"fmt\"":                  "cell 1:1:8: an import with a dot is not supported here: import the package by its name",
		"os.Chdir(\"x\")":                   "os.Chdir cannot be used in a cell",
		"var p atomic.Pointer[int]\n_ = &p": "the generic type",
	} {
		_, err := play(t, src)
		mustSay(t, err, want)
	}
}

func TestUnrestricted(t *testing.T) {
	s, err := New(Config{Unrestricted: true})
	if err != nil {
		t.Fatal(err)
	}
	if r := eval(t, s, "import \"os/exec\"\nexec.Command(\"x\").Args"); r.Value != "[x]" {
		t.Errorf("got %s", r.Value)
	}
	if r := eval(t, s, "os.Remove(\"/no/such/file\") != nil"); r.Value != "true" {
		t.Errorf("got %s", r.Value)
	}
}

func TestCompilersMessages(t *testing.T) {
	for src, want := range map[string]string{
		"x := 1\ny := x + \"a\"":                "cell 1:2:6: invalid operation: x + \"a\" (mismatched types int and untyped string)",
		"undefinedName + 1":                     "cell 1:1:1: undefined: undefinedName",
		"nn.NoSuchThing()":                      "cell 1:1:4: undefined: nn.NoSuchThing",
		"func f() int {\n}":                     "cell 1:2:1: missing return",
		"func f() {\n\tx := 1\n}":               "cell 1:2:2: declared and not used: x",
		"for i := range 3 {\n\tx := i\n}":       "cell 1:2:2: declared and not used: x",
		"x := 1\nif x == 1 {":                   "cell 1:2:12: expected '}', found 'EOF'",
		"x := (1 + ":                            "cell 1:1:",
		"var x int = \"a\"":                     "cell 1:1:13: cannot use \"a\" (untyped string constant) as int value in variable declaration",
		"nn.NewTensor(\"a\")":                   "cell 1:1:14: cannot use \"a\" (untyped string constant) as int value in argument to nn.NewTensor",
		"1 << 70":                               "cell 1:1:1: ",
		"type T struct{}\nvar l nn.Layer = T{}": "cell 1:2:18: cannot use T{} (value of struct type T) as nn.Layer value in variable declaration: T does not implement nn.Layer (missing method Backward)",
	} {
		_, err := play(t, src)
		mustSay(t, err, want)
	}
}

func TestUnderlined(t *testing.T) {
	_, err := play(t, "a := 1\n\tb := a + missing")
	var e *Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	if want := "cell 1:2:11: undefined: missing\n    \tb := a + missing\n    \t         ^^^^^^^"; e.Underlined() != want {
		t.Errorf("got\n%s\nnot\n%s", e.Underlined(), want)
	}
}

func TestPanicsNameTheStatement(t *testing.T) {
	for cells, want := range map[string]string{
		"xs := []int{1}\nfmt.Print()\nxs[3]":                                "cell 1:3:1: runtime error: index out of range",
		"func f(n int) int {\n\tx := n\n\treturn 1 / x\n}\n---\nf(1)\nf(0)": "cell 1:3:2: runtime error: integer divide by zero",
		"panic(\"no\")":                 "cell 1:1:1: panic: no",
		"x := nn.NewTensor(2)\nx.At(5)": "cell 1:2:1: nn: Tensor: index [5] is outside the shape [2]",
		"func f() int { return 1 }\nvar xs []int\ny := f() + xs[f()]":                                                 "cell 1:3:1: ",
		"for i := 0; []int{1, 2}[i] < 5; i++ {\n\tfmt.Print()\n}":                                                     "cell 1:1:1: runtime error: index out of range",
		"var p *struct{ x int }\np.x":                                                                                 "cell 1:2:1: runtime error: invalid memory address or nil pointer dereference",
		"type E struct{}\nfunc (E) Error() string { return \"my error\" }\npanic(E{})":                                "cell 1:3:1: panic: my error",
		"c := make(chan int)\ngo func() {\n\tdefer close(c)\n\tpanic(\"there\")\n}()\n<-c\ntime.Sleep(5*time.Second)": "in a goroutine: panic: there",
		"var m map[string]int\nm[\"a\"] = 1":                                                                          "cell 1:2:1: ",
	} {
		_, err := play(t, strings.Split(cells, "\n---\n")...)
		mustSay(t, err, want)
	}
}

func TestMistakeOfNNIsReachable(t *testing.T) {
	_, err := play(t, "nn.NewTensor(0)")
	var m *nn.Mistake
	if !errors.As(err, &m) {
		t.Errorf("%v is not an nn.Mistake", err)
	}
}

func TestPanickedErrorIsReachable(t *testing.T) {
	for _, src := range []string{"panic(io.EOF)", "err := io.EOF\nif err != nil { panic(err) }", "func() { panic(fmt.Errorf(\"reading: %w\", io.EOF)) }()"} {
		if _, err := play(t, src); !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v is not io.EOF", src, err)
		}
	}
}

func TestWhatRanBeforeAPanicStays(t *testing.T) {
	s := session(t)
	if _, err := s.Eval(context.Background(), "cell 1", "a := 1\nb := []int{}[a]\nc := 3"); err == nil {
		t.Fatal("no panic")
	}
	if r := eval(t, s, "a"); r.Value != "1" {
		t.Errorf("a is %s", r.Value)
	}
	for _, name := range []string{"b", "c"} {
		_, err := s.Eval(context.Background(), "cell 2", name)
		mustSay(t, err, "undefined: "+name+"; the cell that defines "+name+" stopped before it did")
	}
}

func TestACellThatDoesNotCompileChangesNothing(t *testing.T) {
	s := session(t)
	eval(t, s, "x := 1\nfunc f() int { return x }")
	if _, err := s.Eval(context.Background(), "cell 2", "func f() int { return 2 }\nx := \"a\"\ny := nothing"); err == nil {
		t.Fatal("no error")
	}
	if r := eval(t, s, "f() + x"); r.Value != "2" {
		t.Errorf("got %s", r.Value)
	}
}

func TestCancel(t *testing.T) {
	for _, src := range []string{"for {}", "n := 0\nfor { n++ }", "c := make(chan int)\n<-c", "time.Sleep(time.Hour)", "select {}"} {
		s := session(t)
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		start := time.Now()
		_, err := s.Eval(ctx, "cell 1", src)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 5*time.Second {
			t.Errorf("%s: %v after %v", src, err, time.Since(start))
		}
		if raceDetector && strings.HasPrefix(src, "time") {
			continue // a call of compiled code that does not end; the interpreter grows its frame beside it
		}
		if r := eval(t, s, "1 + 1"); r.Value != "2" {
			t.Errorf("after %s: %s", src, r.Value)
		}
	}
}

func TestLayersOfTheLearners(t *testing.T) {
	expect(t, `type Double struct{ calls int }
func (d *Double) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	d.calls++
	y := x.Clone()
	for i := range y.Data {
		y.Data[i] *= 2
	}
	return y
}
func (d *Double) Backward(dy *nn.Tensor) *nn.Tensor { return d.Forward(dy, true) }
func (d *Double) Params() []*nn.Param { return nil }
mine := &Double{}
net := nn.NewSequential().Add("mine", mine).Add("relu", nn.NewReLU())
x := nn.FromSlice([]float32{1, -2}, 1, 2)
net.Forward(x, true)
---
net.Backward(x).Data
---
mine.calls
---
layers := []nn.Layer{mine, nn.NewReLU()}
_, ok := layers[0].(*Double)
_, no := layers[1].(*Double)
fmt.Println(ok, no, layers[0] == nn.Layer(mine))
res := nn.NewResidual(mine, nil, true)
res.Forward(x, false).Data
---
found := 0
nn.Walk(net, func(path string, l nn.Layer) {
	switch l.(type) {
	case *Double:
		found++
	}
})
found`, "tensor [1 2]\n  2  0\n[2 0]\n2\ntrue false true\n[3 -6]\n1")
}

func TestRefusals(t *testing.T) {
	for src, want := range map[string]string{
		"type F func() F\nvar f F\n_ = f":                                                                "the type F refers to itself",
		"type A struct{ b *B }\ntype B struct{ a *A }\na := &A{}\na.b = &B{a}":                           "refer to each other",
		"h := func() { recover() }\ndefer h()":                                                           "recover works here only in a function that is written in the defer statement",
		"func f() any {\n\ttype T int\n\treturn T(1)\n}\nfunc g() []int {\n\treturn nil\n}\nx := f()\nx": "",
		"m := map[nn.Layer]int{}\nm":                                                                     "a map with keys of the type reslab/nn.Layer is not supported",
	} {
		_, err := play(t, src)
		if want == "" && err == nil {
			continue
		}
		mustSay(t, err, want)
	}
}

func TestIncomplete(t *testing.T) {
	for _, src := range []string{"func f() {", "x := (1 +", "x := 1 +", "fmt.Println(", "`raw", "/* open", "a.", "x :=", "if x {\n\ty()", "[]int{1,"} {
		if !Incomplete(src) {
			t.Errorf("%q is taken for complete", src)
		}
	}
	for _, src := range []string{"", "x := 1", "f()", "x++", "}", ")", "\"open", "func f() {}", "// comment", "x := 'a", "f(xs...)", "if {}"} {
		if Incomplete(src) {
			t.Errorf("%q is taken for incomplete", src)
		}
	}
}

func session(t *testing.T) *Session {
	t.Helper()
	var out bytes.Buffer
	s, err := New(Config{Stdout: &out})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func eval(t *testing.T, s *Session, src string) Result {
	t.Helper()
	r, err := s.Eval(context.Background(), "cell", src)
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return r
}

func mustSay(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got the error\n%v\nnot\n%s", err, want)
	}
}

func TestARefusedCellLeavesNoTrace(t *testing.T) {
	s := session(t)
	for range 2 {
		if _, err := s.Eval(context.Background(), "cell 1", "type T struct{ n int }\nx := T{int(math.Sqrt(4))}\nh := func() { recover() }\ndefer h()"); err == nil {
			t.Fatal("not refused")
		}
	}
	if r := eval(t, s, "type T struct{ n int }\nx := T{int(math.Sqrt(9))}\nx"); r.Value != "{3}" {
		t.Errorf("got %s", r.Value)
	}
}

// TestUnheardMethodsAreRefused: fmt, io and errors ask any value for these, and
// a learner's value could not answer.
func TestUnheardMethodsAreRefused(t *testing.T) {
	for _, method := range []string{
		"Format(s fmt.State, verb rune) {}",
		"Unwrap() []error { return nil }",
		"WriteTo(w io.Writer) (int64, error) { return 0, nil }",
	} {
		s := session(t)
		eval(t, s, "type T int")
		_, err := s.Eval(context.Background(), "cell 2", "func (T) "+method)
		mustSay(t, err, "do not see it here; give it another name")
	}
	s := session(t)
	if r := eval(t, s, "type F int\nfunc (F) Format(verb rune) string { return \"mine\" }\nF(1).Format('v')"); r.Value != "mine" {
		t.Errorf("a Format of another kind gave %q", r.Value)
	}
}

func TestPanicBetweenCellsIsHeard(t *testing.T) {
	s := session(t)
	eval(t, s, "go func() { time.Sleep(10 * time.Millisecond); panic(\"late\") }()")
	var err error
	for range 100 { // on a busy machine it may take its time
		time.Sleep(20 * time.Millisecond)
		if _, err = s.Eval(context.Background(), "cell 2", "1"); err != nil {
			break
		}
	}
	mustSay(t, err, "in a goroutine: panic: late")
	eval(t, s, "1")
}

func TestEmbeddedCompiledType(t *testing.T) {
	var out bytes.Buffer
	s, err := New(Config{Stdout: &out})
	if err != nil {
		t.Fatal(err)
	}
	eval(t, s, "type W struct{ bytes.Buffer }\nvar w W\nfmt.Fprintf(&w, \"hi %d\", 7)\nfmt.Print(w.String())")
	if out.String() != "hi 7" {
		t.Errorf("got %q", out.String())
	}
}

func TestCopyShowsNoCount(t *testing.T) {
	s := session(t)
	if r := eval(t, s, "a := []int{1}\ncopy(a, []int{2})"); r.HasValue {
		t.Errorf("shown: %s", r.Value)
	}
	if r := eval(t, s, "func copy(a, b int) int { return a + b }\ncopy(1, 2)"); r.Value != "3" {
		t.Errorf("a copy of the learner's shows %q", r.Value)
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(Config{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEval(b *testing.B) {
	s, err := New(Config{})
	if err != nil {
		b.Fatal(err)
	}
	for _, cell := range []string{"func f(n int) int {\n\tif n < 2 {\n\t\treturn n\n\t}\n\treturn f(n-1) + f(n-2)\n}", "x := 1"} {
		if _, err := s.Eval(b.Context(), "cell", cell); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if _, err := s.Eval(b.Context(), "cell", "f(3) + x"); err != nil {
			b.Fatal(err)
		}
	}
}
