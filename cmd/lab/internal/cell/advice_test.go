package cell

import (
	"errors"
	"strings"
	"testing"
)

// TestAdvice makes each slip and looks for what to do about it.
func TestAdvice(t *testing.T) {
	for cells, want := range map[string]string{
		"func f() {\n\tx := 1\n}":             "Use x, or take it out",
		"func f() int {\n}":                   "must end in a return",
		"y + 1":                               "Is y spelled",
		"learningRate := 1\n---\nlerningRate": "Did you mean learningRate?",
		"if n := 1; n {\n}":                   "Compare with something",
		"a := (1 +":                           "is missing before this place",
		"xs := []int{1}\nn := 3\nxs[1:n]":     "b at most the length",
		"nn.NewConv(1)":                       "Package nn has no NewConv",
		"a, b := 1, float32(2)\na * b":        "write float32(...) or int(...)",
		"a := 1\nvar b float32 = a\nb":        "write float32(...) around it",
		"var n int = \"a\"\nn":                "strconv.Atoi",
		"x := 1\nx + 1.5":                     "cannot hold a fraction",
		"type T struct{}\nfunc (*T) M() {}\nvar i interface{ M() } = T{}\ni":               "put & before the value",
		"type T struct{}\nvar s fmt.Stringer = T{}\ns":                                     "Declare the method String",
		"type T struct{}\nfunc (T) String() int { return 0 }\nvar s fmt.Stringer = T{}\ns": "with other parameters or results",
		"func f() {\n\tx := 1\n\tx := 2\n\t_ = x\n}":                                       "assign with = instead of :=",
		"x := 1\nif x = 2 {\n}":                                "== compares",
		"a := strconv.Atoi(\"1\")\na":                          "The call gives 2 values",
		"a, b := 1\nb":                                         "as many values on the right",
		"strings.Repeat(\"a\")":                                "what strings.Repeat takes",
		"math.Sqrt(1, 2)":                                      "what math.Sqrt takes",
		"x := nn.NewTensor(1)\nx.data":                         "Did you mean Data?",
		"func z[T any]() (x T) { return }\nz()":                "z[int](...)",
		"x := 1\nx\nx + 1":                                     "A statement must do something",
		"type P struct{ x int }\nm := map[int]P{}\nm[1].x = 2": "put it back",
		"n := 1\n!n":                                           "compare a number with 0",
		"var n int = nil\nn":                                   "can be nil",
		"xs := []int{1}\nxs[1]":                                "the last of 1 elements",
		"var xs []int\nxs[0]":                                  "It is empty",
		"var t *nn.Tensor\nt.Shape":                            "Something here is nil",
		"var m map[int]int\nm[1] = 2":                          "Make the map first",
		"a := 0\n1 / a":                                        "Check the divisor",
	} {
		_, err := play(t, strings.Split(cells, "\n---\n")...)
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.Advice, want) || strings.Contains(e.Advice, "%!") {
			t.Errorf("%s\ngives %v, not the advice %q", cells, err, want)
			if e != nil {
				t.Logf("it is %q", e.Advice)
			}
			continue
		}
	}
}
