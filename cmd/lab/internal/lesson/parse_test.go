package lesson

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/yuin/goldmark/ast"

	"reslab/cmd/lab/internal/markup"
)

// page is a lesson with one of everything; ' stands for a backquote.
const everything = `# Small *things*

<!-- lab: {"minutes": 5} -->

Text.

'''go
x := 1
'''

Between.

<!-- lab: {"exercise": "half", "kind": "alone", "tol": 0.001} -->

'''go
func half(n int) int {
	return n // your turn
}

lab.Check("half", half)
'''

'''output
half: not yet. ...
'''

<!-- lab: {"include": "nn/conv.go#Conv2D"} -->

'''go
'''

<!-- lab: {"expect": "error"} -->
'''go
panic("no")
'''
'''output
no
'''

<details>
<summary>Hint 1: think</summary>

Half of it.

'''text
no cell
'''

</details>
`

const halfSolution = `package things

// half returns half of n.
func half(n int) int {
	return n / 2
}
`

func quoted(s string) string { return strings.ReplaceAll(s, "'''", "```") }

// folder returns a folder with one lesson.
func folder(lesson, solution string) fstest.MapFS {
	return fstest.MapFS{
		"07-things/lesson.md":   {Data: []byte(quoted(lesson))},
		"07-things/solution.go": {Data: []byte(solution)},
	}
}

func TestRead(t *testing.T) {
	l, err := Read(folder(everything, halfSolution), "07-things")
	if err != nil {
		t.Fatal(err)
	}
	if want := (Info{ID: "07", Slug: "things", Title: "Small things", Minutes: 5, Cells: 3, Exercises: 1}); l.Info != want {
		t.Errorf("info %+v, want %+v", l.Info, want)
	}
	lines := strings.Split(string(l.Source), "\n")
	for i, want := range []Cell{
		{N: 1, Source: "x := 1\n"},
		{N: 2, Source: "func half(n int) int {\n\treturn n // your turn\n}\n\nlab.Check(\"half\", half)\n", Output: "half: not yet. ...\n", Exercise: "half", Kind: "alone", Tol: 0.001},
		{N: 3, Source: "panic(\"no\")\n", Output: "no\n", Fails: true},
	} {
		got := l.Cells[i]
		if lines[got.Line-1] != "```go" || string(l.Source[got.Start:got.End]) != want.Source {
			t.Errorf("cell %d is not at line %d, bytes %d to %d", want.N, got.Line, got.Start, got.End)
		}
		got.Block, got.output = Block{}, nil
		if got != want {
			t.Errorf("cell %+v, want %+v", got, want)
		}
	}
	if len(l.Quotes) != 1 || l.Quotes[0].Of != "nn/conv.go#Conv2D" || l.Quotes[0].Start != l.Quotes[0].End {
		t.Errorf("quotes %+v", l.Quotes)
	}
}

func TestReadRefuses(t *testing.T) {
	const top = "# T\n\n<!-- lab: {\"minutes\": 5} -->\n\n"
	for _, c := range []struct{ lesson, want string }{
		{"", "it has no title"},
		{"# T\n\ntext\n", "it does not say how long it takes"},
		{top + "'''output\n1\n'''\n", "line 5: an output block must stand right after its cell"},
		{top + "'''go\nx\n'''\n\ntext\n\n'''output\n1\n'''\n", "line 11: an output block"},
		{top + "<!-- lab: {\"exercise\": \"x\"} -->\n\ntext\n", "line 7: the lab comment above must stand right before a fenced block"},
		{top + "<!-- lab: {\"exercise\": \"x\"} -->\n", "the last lab comment has no block below it"},
		{top + "<!-- lab: {\"exercise\": \"x\"} -->\n\n'''text\n'''\n", "belongs to a go block"},
		{top + "<!-- lab: {\"exercice\": \"x\"} -->\n", `unknown field "exercice"`},
		{top + "<!-- lab: {\"tol\": 1} -->\n\n<!-- lab: {\"tol\": 2} -->\n", "two lab comments for one block"},
		{top + "<!-- lab: {\"expect\": \"panic\"} -->\n", `expect can be "error" and nothing else`},
		{top + "<!-- lab: {\"tol\": 1} --> text\n", "a lab comment must stand alone"},
		{top + "- item\n\n  '''go\n  x\n  '''\n", "must not stand inside a list or a quotation"},
	} {
		_, err := Read(folder(c.lesson, halfSolution), "07-things")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want %q", c.lesson, err, c.want)
		}
	}
	if _, err := Read(folder(everything, "package"), "07-things"); err == nil || !strings.Contains(err.Error(), "the solutions of lesson 07-things") {
		t.Errorf("a broken solution.go: %v", err)
	}
	if _, err := Read(folder(everything, halfSolution), "08-none"); err == nil {
		t.Error("a lesson that is not there was read")
	}
	if _, err := Read(folder(everything, halfSolution), "things"); err == nil || !strings.Contains(err.Error(), "named as 02-convolution") {
		t.Errorf("a wrong folder name: %v", err)
	}
}

// FuzzParse wants no panic, and cells that are where they say.
func FuzzParse(f *testing.F) {
	f.Add(quoted(everything))
	f.Add("# T\n\n<!-- lab: {\"minutes\": 1} -->\n\n```go")
	f.Add("# T\r\n\r\n<!-- lab: {\"minutes\": 1} -->\r\n\r\n````go\r\nx\r\n````\r\n")
	f.Add("```\n```\n\n> ```go\n")
	f.Fuzz(func(t *testing.T, source string) {
		l, err := parse([]byte(source))
		if err != nil {
			return
		}
		for _, c := range l.Cells {
			if c.Line < 1 || c.Start > c.End || c.End > len(source) {
				t.Fatalf("cell %+v in %d bytes", c, len(source))
			}
		}
		if err := Show(&strings.Builder{}, l); err != nil {
			t.Fatal(err)
		}
	})
}

func TestPlain(t *testing.T) {
	source := []byte("A *very* **bold** `a*b` [link](https://example.org) 2\\*3 <b>x</b>\nnext")
	if got := Plain(markup.Parse(source).FirstChild().(*ast.Paragraph), source); got != "A very bold `a*b` link (https://example.org) 2*3 x\nnext" {
		t.Errorf("got %q", got)
	}
}
