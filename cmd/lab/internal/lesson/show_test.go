package lesson

import (
	"regexp"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/terminal"
)

func TestShow(t *testing.T) {
	l, err := Read(folder(everything+"\n## Lists\n\n1. one\n2. two\n   and more\n\nText with *one* and **two** stars:\n\n    plain code\n\n> said\n", halfSolution), "07-things")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := Show(&b, l); err != nil {
		t.Fatal(err)
	}
	want := `Small things
============

Text.

cell 1:

    x := 1

Between.

cell 2, exercise half:

    func half(n int) int {
        return n // your turn
    }

    lab.Check("half", half)

  > half: not yet. ...

nn/conv.go:



cell 3:

    panic("no")

  > no

  ▸ Hint 1: think

Lists
-----

1. one
2. two and more

Text with *one* and **two** stars:

    plain code

> said

What is folded (▸): ` + terminal.Program(".") + ` lesson show 07 --unfold
`
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
}

// The embedded lessons read well on a terminal: no HTML, and no line of text
// wider than the terminal.
func TestShowLessons(t *testing.T) {
	html := regexp.MustCompile(`<!--|</?(details|summary)`)
	for _, l := range embedded() {
		var b strings.Builder
		if err := Show(&b, l); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if html.MatchString(line) {
				t.Errorf("lesson %s shows HTML: %s", l.ID, line)
			}
			if !strings.HasPrefix(line, "  ") && terminal.Columns(line) > 79 {
				t.Errorf("lesson %s shows a long line: %s", l.ID, line)
			}
		}
		if !strings.Contains(b.String(), l.Title) {
			t.Errorf("lesson %s does not show its title", l.ID)
		}
	}
}

// What a check says is broken between words; a table that a cell prints is not,
// and a cell that prints nothing has no mark.
func TestShowOutputs(t *testing.T) {
	said := "half: not yet. " + strings.Repeat("Half of 4 is not 4. ", 6) + "Think."
	table := "layer 1   " + strings.Repeat("0.123 ", 20) + "  end"
	l, err := Read(folder(strings.Replace(everything, "half: not yet. ...", said+"\n"+table, 1)+"\n```go\ny := 2\n```\n\n```output\n```\n", halfSolution), "07-things")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := Show(&b, l); err != nil {
		t.Fatal(err)
	}
	reply, rest, found := strings.Cut(b.String(), "  > "+table+"\n")
	if !found {
		t.Fatalf("the table is not whole:\n%s", &b)
	}
	_, reply, _ = strings.Cut(reply, "  > half")
	lines := strings.Split(strings.TrimSuffix("  > half"+reply, "\n"), "\n")
	for i, line := range lines {
		words, marked := strings.CutPrefix(line, "  > ")
		if !marked || len(line) > 80 {
			t.Errorf("a line of the reply is %q", line)
		}
		lines[i] = words
	}
	if got := strings.Join(lines, " "); got != said || len(lines) < 2 {
		t.Errorf("the reply reads %q", got)
	}
	if strings.Contains(rest, ">\n") || strings.Contains(rest, "> \n") {
		t.Errorf("nothing printed has a mark:\n%s", rest)
	}
}
