package lesson

import (
	"strings"
	"testing"
)

func TestSolved(t *testing.T) {
	l := &Lesson{}
	var err error
	if l.solutions, err = functions([]byte(halfSolution + "\nfunc (t thing) third() {}\n")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ cell, want string }{
		{
			"import \"fmt\"\n\n// half is wrong.\nfunc half(n int) int {\n\tif n > 0 {\n\t\treturn 0\n\t}\n\treturn 1 // }\n}\n\nfmt.Println(half(4))\n",
			"import \"fmt\"\n\n// half is wrong.\nfunc half(n int) int {\n\treturn n / 2\n}\n\nfmt.Println(half(4))\n",
		},
		{ // the function is last, and another comes first
			"func other(x interface{ M() }) { half(1) }; f := func() {}\nfunc half(n int) int { return 0 }",
			"func other(x interface{ M() }) { half(1) }; f := func() {}\nfunc half(n int) int {\n\treturn n / 2\n}",
		},
		{ // a loop with semicolons in its header
			"for i := 0; i < 3; i++ {\n\thalf(i)\n}\nfunc half(n int) int {\n\treturn 0\n}\nhalf(2)",
			"for i := 0; i < 3; i++ {\n\thalf(i)\n}\nfunc half(n int) int {\n\treturn n / 2\n}\nhalf(2)",
		},
		{ // a method, and one of another type
			"type thing struct{ n int }\nfunc (t *thing) third() int { return 0 }\nfunc (t other) third() {}\nfunc (t thing) half() {}",
			"type thing struct{ n int }\nfunc (t thing) third() {}\nfunc (t other) third() {}\nfunc (t thing) half() {}",
		},
	} {
		got, err := l.Solved(Cell{Source: c.cell})
		if err != nil || got != c.want {
			t.Errorf("got %q, %v\nwant %q", got, err, c.want)
		}
	}
	if _, err := l.Solved(Cell{Source: "half := func() {}\nhalf()", Exercise: "half"}); err == nil || !strings.Contains(err.Error(), "no function of the exercise half") {
		t.Errorf("a cell without the function: %v", err)
	}
}
