package repl

import "testing"

func TestIndent(t *testing.T) {
	for text, want := range map[string]string{
		"f(1)": "", "func f() {": step, "func f() {\n if x {": step + step, "x := []int{1,\n{2}": step, "} {": step, "\"{\"": "",
	} {
		if got := indent(text); got != want {
			t.Errorf("behind %q the indentation is %q, not %q", text, got, want)
		}
	}
}
