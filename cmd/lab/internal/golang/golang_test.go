package golang

import (
	"fmt"
	"testing"
)

func TestTokens(t *testing.T) {
	const source = "func f(n int) { // one\n\treturn len(\"a\") + 0x1f }"
	got := ""
	for _, k := range Tokens(source) {
		got += fmt.Sprintf("%d:%s ", k.Kind, source[k.From:k.To])
	}
	if want := `1:func 5:int 4:// one 1:return 6:len 2:"a" 3:0x1f `; got != want {
		t.Errorf("the tokens are %s, not %s", got, want)
	}
}

func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"`a\r\nb", "/* a\r */ x", "\"", "func \x00", "//\r"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		at := 0
		for _, k := range Tokens(source) {
			if k.From < at || k.To <= k.From || k.To > len(source) {
				t.Fatalf("token %v behind %d in %q", k, at, source)
			}
			at = k.To
		}
	})
}
