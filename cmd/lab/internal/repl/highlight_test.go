package repl

import (
	"strings"
	"testing"
	"testing/quick"
)

func TestHighlight(t *testing.T) {
	got := highlight(`x := len("a") // n`)
	want := "x := " + universe + "len" + plain + "(" + literal + `"a"` + plain + ") " + comment + "// n" + plain
	if got != want {
		t.Errorf("got %q\nnot %q", got, want)
	}
}

// Colours must not change a letter, whatever is typed.
func TestHighlightKeepsTheText(t *testing.T) {
	strip := func(s string) string {
		for _, c := range []string{plain, keyword, literal, number, comment, universe} {
			s = strings.ReplaceAll(s, c, "")
		}
		return s
	}
	same := func(source string) bool {
		return strings.Contains(source, "\x1b") || strip(highlight(source)) == source
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
	for _, source := range []string{"", "`a\r\nb`", "/* a\r\n", "\"open", "x ++ ;; }", "a\x00b", "// \r\n"} {
		if !same(source) {
			t.Errorf("%q becomes %q", source, strip(highlight(source)))
		}
	}
}

func TestIndent(t *testing.T) {
	for text, want := range map[string]string{
		"f(1)": "", "func f() {": step, "func f() {\n if x {": step + step, "x := []int{1,\n{2}": step, "} {": step, "\"{\"": "",
	} {
		if got := indent(text); got != want {
			t.Errorf("behind %q the indentation is %q, not %q", text, got, want)
		}
	}
}
