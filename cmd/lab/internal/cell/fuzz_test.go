package cell

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// FuzzPlan gives any text to all stages before the interpreter runs: no panic,
// and every mistake comes with a place in the text.
func FuzzPlan(f *testing.F) {
	for _, seed := range []string{
		"", "1+1", "x := 3; func f() int { return x }; f()", "import \"fmt\"\nfmt.Println(1)", "type T struct{ *T }", "package main\nfunc main() {}",
		"package", "func", "func (", "for i := range 3 {", "if x := 1; x > 0 {}", "L: for { break L }", "`", "'", "/*", "x.", "import (", "goto x", "}", "(((",
		"func f[T any](x T) T { return f(x) }\nf(1)", "type F func() F\nvar f F", "var _ = func() { recover() }", "const (a = iota; b)\nb", "a, b := 1", "x := nil",
		"type A[T any] struct{ a *A[[]T] }\nvar a A[int]", "defer func() {}()", "switch x := any(1).(type) {}", "fmt.Println(\xff)", "é := 1\né", "var x = x", "func init() {}", "type int string\nvar y int", "return", "break", "_ = 1", "_",
		"min(1, 2.5)", "<-make(chan int)", "go println()", "select {}", "nn.Layer(nil)", "[...]int{1,2}[:]", "struct{}{}", "func() {}", "\"a\" + 1", "1 << 1000", "import \"C\"", "func A()", "import . \"fmt\"",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := session(t)
		src := &source{name: "cell", text: text}
		watchdog := time.AfterFunc(10*time.Second, func() { panic(fmt.Sprintf("%q takes more than ten seconds", text)) })
		defer watchdog.Stop()
		_, err := s.plan(src)
		if err == nil {
			return
		}
		var e *Error
		if !errors.As(s.explain(src, err), &e) {
			t.Fatalf("%q gives an error of another kind: %v", text, err)
		}
		if e.Line > strings.Count(text, "\n")+1 || e.Message == "" || e.Cell == "" {
			t.Errorf("%q gives %+v", text, e)
		}
		e.Underlined()
	})
}

// FuzzSplit cuts any text into pieces that lie in it, one after the other.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"", "a; b", "func f() {}\nx := 1", "for i := 0; i < 3; i++ {\n}\ny", "L:\nfor {}", "import \"a\"; 1", "}}}", "'", "func (a) b("} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, p := range split(text) {
			if p.from < at || p.to < p.from || p.to > len(text) {
				t.Fatalf("%q has the piece %d to %d after %d", text, p.from, p.to, at)
			}
			at = p.to
		}
		Incomplete(text)
	})
}

// FuzzServices asks everything about any text: no panic, and words lie in it.
func FuzzServices(f *testing.F) {
	for _, seed := range []string{"", "nn.", "x := nn.NewTensor(1)\nx.", "import \"ma", "func f() { x.", "P{", "f(1, ", "\"a", "package main\nfunc main() { fmt.", "type T struct { ", "a.b.c.", "for _, x := range xs { x.", "[]int{1}.", "é.", "nn.Walk(nil, func(p string, l nn.Layer) { l."} {
		f.Add(seed, uint(len(seed)))
	}
	s, err := New(Config{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string, at uint) {
		offset := int(at % uint(len(text)+1))
		if c := s.Complete(text, offset); c.From < 0 || c.From > offset || c.To < offset || c.To > len(text) {
			t.Errorf("%q completes [%d:%d] at %d", text, c.From, c.To, offset)
		}
		s.Inspect(text, offset)
		s.Call(text, offset)
		s.Uses(text)
	})
}
