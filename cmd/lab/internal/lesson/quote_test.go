package lesson

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestDeclaration(t *testing.T) {
	root := fstest.MapFS{"nn/a.go": {Data: []byte(`package nn

// A is a type.
type A struct {
	n int // a number
}

// Two constants.
const (
	One = 1
	Two = 2
)

func (a *A) Go() {}

// Go goes. A comment inside is kept.
func Go() {
	// here
}
`)}}
	for of, want := range map[string]string{
		"nn/a.go#A":    "// A is a type.\ntype A struct {\n\tn int // a number\n}\n",
		"nn/a.go#Two":  "// Two constants.\nconst (\n\tOne = 1\n\tTwo = 2\n)\n",
		"nn/a.go#A.Go": "func (a *A) Go() {}\n",
		"nn/a.go#Go":   "// Go goes. A comment inside is kept.\nfunc Go() {\n\t// here\n}\n",
	} {
		if got, err := declaration(root, of); err != nil || got != want {
			t.Errorf("%s: %q, %v", of, got, err)
		}
	}
	for of, want := range map[string]string{
		"nn/a.go#B": "the file declares no B",
		"nn/b.go#A": "quote nn/b.go#A",
		"nn/a.go":   "a quote is named as",
	} {
		if _, err := declaration(root, of); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", of, err, want)
		}
	}
}

// What a lesson quotes is what the source says. If not, run go generate.
func TestQuotesAreTheSource(t *testing.T) {
	quotes := 0
	for _, l := range embedded() {
		quotes += len(l.Quotes)
		filled, err := l.Refill(os.DirFS("../../../.."))
		if err != nil {
			t.Fatal(err)
		}
		if string(filled) != string(l.Source) {
			t.Errorf("lesson %s quotes what the source does not say any more: run go generate ./cmd/lab/internal/lesson", l.ID)
		}
	}
	if quotes == 0 {
		t.Error("no lesson quotes anything")
	}
}

func TestRefillAndReprint(t *testing.T) {
	l, err := Read(folder(everything, halfSolution), "07-things")
	if err != nil {
		t.Fatal(err)
	}
	root := fstest.MapFS{"nn/conv.go": {Data: []byte("package nn\n\ntype Conv2D int\n")}}
	filled, err := l.Refill(root)
	want := strings.Replace(string(l.Source), "#Conv2D\"} -->\n\n```go\n```", "#Conv2D\"} -->\n\n```go\ntype Conv2D int\n```", 1)
	if err != nil || string(filled) != want {
		t.Errorf("got %v\n%s", err, filled)
	}
	printed := l.Reprint(RunReport{Cells: []CellReport{{N: 1, Printed: "no block"}, {N: 2, OK: true, Printed: "right already"}, {N: 3, Printed: "yes\n"}}})
	if want := strings.Replace(string(l.Source), "```output\nno\n", "```output\nyes\n", 1); string(printed) != want {
		t.Errorf("got\n%s", printed)
	}
}
