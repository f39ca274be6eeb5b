package lesson

import (
	"strings"
	"testing"

	"reslab/cmd/lab/internal/terminal"
)

// shownAs returns how a piece of a lesson reads.
func shownAs(t *testing.T, markdown string, v View) string {
	t.Helper()
	l, err := Read(folder("# T\n\n<!-- lab: {\"minutes\": 1} -->\n\n"+markdown, halfSolution), "07-things")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := v.Show(&b, l); err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(b.String(), "T\n=\n\n")
}

func TestShowFormulas(t *testing.T) {
	v := View{Width: 80}
	for markdown, want := range map[string]string{
		"The sum $x_1*y_2 + x_2*y_1$ is *one*.": "The sum x₁*y₂ + x₂*y₁ is *one*.\n",
		"It costs $5 and $6, or $ 7 $.":         "It costs $5 and $6, or $ 7 $.\n",
		"Then $x_1 =\n0$, and $x_2\n= 1$.":      "Then x₁ = 0, and x₂ = 1.\n",
		"It costs $5 and\n$6.":                  "It costs $5 and $6.\n",
		"It costs $5,\nor *more*.":              "It costs $5, or *more*.\n",
		"$$y = x$$":                             "y = x\n",
		"`$x$` stays, \\$x$ too":                "`$x$` stays, $x$ too\n",
		"no end: $x":                            "no end: $x\n",
		"Then\n$$\ny =\n x_1\n$$\nholds.":       "Then\n\n    y = x₁\n\nholds.\n",
		"$$\nno end":                            "$$ no end\n",
	} {
		if got := shownAs(t, markdown, v); got != want {
			t.Errorf("%s is shown as %q, not %q", markdown, got, want)
		}
	}
}

const table = `| layer | size | what it does |
|---|---:|:-:|
| conv1 | 7 | looks at a large window, to begin with, and finds edges |
| pool  | 3 | keeps the **largest** |
`

func TestShowTables(t *testing.T) {
	want := `layer  size                       what it does
─────  ────  ───────────────────────────────────────────────────────
conv1     7  looks at a large window, to begin with, and finds edges
pool      3                   keeps the **largest**
`
	if got := shownAs(t, table, View{Width: 80}); got != want {
		t.Errorf("got\n%s", got)
	}
	for line := range strings.Lines(shownAs(t, table, View{Width: 42})) {
		if terminal.Columns(strings.TrimRight(line, "\n")) > 40 {
			t.Errorf("a line is too long: %s", line)
		}
	}
}

func TestShowInColours(t *testing.T) {
	got := shownAs(t, "Some *new words* and `x := 1`.\n\n'''go\nvar x = 1 // one\n'''\n", View{Width: 80, Style: terminal.Coloured})
	for _, part := range []string{"\x1b[3mnew\x1b[0m \x1b[3mwords\x1b[0m", "\x1b[36m:=\x1b[0m", "\x1b[35mvar\x1b[0m x = \x1b[36m1\x1b[0m \x1b[90m//\x1b[0m \x1b[90mone\x1b[0m"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is missing in %q", part, got)
		}
	}
}

func TestUnfold(t *testing.T) {
	const hint = "<details>\n<summary>Hint 1: look</summary>\n\nClosely.\n\n</details>\n\nOn.\n"
	if got, want := shownAs(t, hint, View{Width: 80}), "  ▸ Hint 1: look\n\nOn.\n\nWhat is folded (▸): "+terminal.Program(".")+" lesson show 07 --unfold\n"; got != want {
		t.Errorf("folded: %q", got)
	}
	if got, want := shownAs(t, hint, View{Width: 80, Unfold: true}), "  ▸ Hint 1: look\n\n    Closely.\n\nOn.\n"; got != want {
		t.Errorf("unfolded: %q", got)
	}
}
