package document

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reslab/cmd/lab/internal/lesson"
)

// text makes Markdown of a string in which ' stands for a backquote.
func md(s string) []byte { return []byte(strings.ReplaceAll(s, "'", "`")) }

func parsed(t testing.TB, markdown string) *Document {
	t.Helper()
	d, err := Parse(md(markdown))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// shape writes the kinds and texts of a document's blocks.
func shape(d *Document) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		b.WriteString(string(block.Kind) + " " + block.Source)
		if block.Output != "" {
			b.WriteString(" > " + block.Output)
		}
		b.WriteString("|")
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for name, c := range map[string]struct{ markdown, want string }{
		"empty":               {"", ""},
		"blank":               {"\n \n\t\n", ""},
		"prose":               {"\n\n  hello  \n\n", "prose   hello  |"},
		"a code block first":  {"\n    1  1\n", "prose     1  1|"},
		"cell":                {"'''go\nx := 1\n'''\n", "cell x := 1|"},
		"empty cell":          {"'''go\n'''", "cell |"},
		"no end":              {"a\n'''go\nx\n\n", "prose a|cell x\n|"},
		"cell with output":    {"'''go\nx\n'''\n\n'''output\n1\n2\n'''\nafter", "cell x > 1\n2\n|prose after|"},
		"second output":       {"'''go\nx\n'''\n'''output\n1\n'''\n'''output\n2\n'''\n", "cell x > 1\n|prose ```output\n2\n```|"},
		"output below prose":  {"'''go\nx\n'''\nhm\n'''output\n1\n'''\n", "cell x|prose hm\n```output\n1\n```|"},
		"other languages":     {"'''python\nx\n'''\n'''\ny\n'''\n", "prose ```python\nx\n```\n```\ny\n```|"},
		"headings split":      {"# A\none\n\ntwo\n## B\nthree\n\nC\n===\n", "prose # A\none\n\ntwo|prose ## B\nthree|prose C\n===|"},
		"headings in a list":  {"- # A\n- b\n", "prose - # A\n- b|"},
		"cell in a list":      {"- a\n  '''go\n  x\n  '''\n", "prose - a\n  ```go\n  x\n  ```|"},
		"tildes":              {"~~~go\nx\n'''\ny\n~~~\n", "cell x\n```\ny|"},
		"indented fence":      {"  '''go\n  x\n   y\n  '''\n", "cell x\n y|"},
		"details hide cells":  {"<details>\n\n'''go\nx\n'''\n\n</details>\n", "prose <details>\n\n```go\nx\n```\n\n</details>|"},
		"details without end": {"<details>\n\n'''go\nx\n'''\n", "prose <details>|cell x|"},
		"details in details":  {"<details>\n\n<details>\n\n</details>\n\n'''go\nx\n'''\n\n</details>\nend\n", "prose <details>\n\n<details>\n\n</details>\n\n```go\nx\n```\n\n</details>\nend|"},
		"quote":               {"<!-- lab: {\"include\": \"nn/conv.go#Conv2D\"} -->\n'''go\nx\n'''\n", "quote x|"},
		"no lab comment":      {"<!-- lab: nothing -->\n\n'''go\nx\n'''\n", "prose <!-- lab: nothing -->|cell x|"},
		"comment of prose":    {"<!-- lab: {\"tol\": 1} -->\n\nhm\n", "prose <!-- lab: {\"tol\": 1} -->\n\nhm|"},
		"info":                {"'''go title=\"a\"\nx\n'''\n'''gox\ny\n'''\n", "cell x|prose ```gox\ny\n```|"},
	} {
		d := parsed(t, c.markdown)
		if got := shape(d); got != c.want {
			t.Errorf("%s: the blocks are %q, not %q", name, got, c.want)
		}
		if got := d.Markdown(); !bytes.Equal(got, md(c.markdown)) {
			t.Errorf("%s: written again it is %q", name, got)
		}
	}
}

const exercised = `# T

<!-- lab: {"exercise": "half", "kind": "alone", "tol": 0.5} -->

'''go
half()
'''

'''output
half: not yet. ...
'''

<details>
<summary>Hint 1: *think*</summary>

Half of it.

'''go
no.cell()
'''

</details>

<details>
<summary>When it is right</summary>

n / 2

</details>

After.

<details>
<summary>Not of the exercise</summary>

x

</details>
`

func TestExercise(t *testing.T) {
	d := parsed(t, exercised)
	if len(d.Blocks) != 3 || !strings.HasPrefix(d.Blocks[2].Source, "After.\n\n<details>") || d.Title != "T" {
		t.Fatalf("the blocks are %q", shape(d))
	}
	b := d.Blocks[1]
	e := b.Exercise
	if e == nil || e.Name != "half" || e.Kind != "alone" || b.Tol != 0.5 || b.N != 1 || b.Output != "half: not yet. ...\n" {
		t.Fatalf("the exercise is %+v of %+v", e, b)
	}
	if len(e.Hints) != 1 || e.Hints[0].Title != "Hint 1: *think*" || e.Hints[0].Markdown != "Half of it.\n\n```go\nno.cell()\n```" {
		t.Errorf("the hints are %+v", e.Hints)
	}
	if len(e.After) != 1 || e.After[0].Title != "When it is right" || e.After[0].Markdown != "n / 2" {
		t.Errorf("what comes after is %+v", e.After)
	}
	if err := d.Edit(b.ID, "other()"); err != nil {
		t.Fatal(err)
	}
	if want := strings.ReplaceAll(string(md(exercised)), "half()", "other()"); string(d.Markdown()) != want {
		t.Errorf("edited it is\n%s", d.Markdown())
	}
}

// All lessons, and the pages of the project, are read and written to the byte.
func TestRoundTripOfLessons(t *testing.T) {
	for _, info := range lesson.List() {
		l, err := lesson.Find(info.ID)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Parse(l.Source)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(d.Markdown(), l.Source) {
			t.Errorf("lesson %s is not what it was", l.ID)
		}
		if len(d.Cells()) != info.Cells {
			t.Errorf("lesson %s has %d cells, and not %d", l.ID, len(d.Cells()), info.Cells)
		}
	}
	readme, err := os.ReadFile("../../../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if d, err := Parse(readme); err != nil || !bytes.Equal(d.Markdown(), readme) {
		t.Errorf("the README is not what it was: %v", err)
	}
}

func TestOddFiles(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"binary": {"a\x00b", "it is no text"},
		"latin":  {"caf\xe9", "not in UTF-8"},
		"huge":   {strings.Repeat("x", MostBytes+1), "split it"},
	} {
		if _, err := Parse([]byte(c.file)); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: the sentence is %v", name, err)
		}
	}
	windows := "\uFEFF# T\r\n\r\n```go\r\nx\r\ny\r\n```\r\n\r\n```output\r\n1\r\n```\r\n\r\nend"
	d, err := Parse([]byte(windows))
	if err != nil || string(d.Markdown()) != windows || d.Title != "T" {
		t.Fatalf("a file of Windows becomes %q, %v", d.Markdown(), err)
	}
	if got := shape(d); got != "prose # T|cell x\ny > 1\n|prose end|" {
		t.Errorf("its blocks are %q", got)
	}
	if err := d.Edit(d.Blocks[1].ID, "x\nz"); err != nil {
		t.Fatal(err)
	}
	if want := strings.Replace(windows, "y\r", "z\r", 1); string(d.Markdown()) != want {
		t.Errorf("edited it is %q", d.Markdown())
	}
}

func TestEdits(t *testing.T) {
	d := parsed(t, "# T\ntext\n'''go\na\n'''\nend")
	title, a, end := d.Blocks[0].ID, d.Blocks[1].ID, d.Blocks[2].ID
	b, err := d.Insert(a, Cell, "b\r\n'''\n``` x")
	if err != nil {
		t.Fatal(err)
	}
	b.Output = "one\n```\ntwo\n"
	want := "# T\ntext\n'''go\na\n'''\n\n''''go\nb\n'''\n''' x\n''''\n\n''''output\none\n'''\ntwo\n''''\n\nend"
	want = strings.ReplaceAll(want, "'''\n''' x", "'''\n``` x")
	if got := string(d.Markdown()); got != strings.Replace(string(md(want)), "b\n```\n", "b\n'''\n", 1) {
		t.Errorf("with a new cell it is\n%s", got)
	}
	if err := d.Move(end, ""); err != nil {
		t.Fatal(err)
	}
	if err := d.Delete(a); err != nil {
		t.Fatal(err)
	}
	if d.Find(b.ID).N != 1 {
		t.Error("cells are not numbered anew")
	}
	if got := string(d.Markdown()); !strings.HasPrefix(got, "end\n\n# T\ntext\n\n````go\n") {
		t.Errorf("moved and deleted it is\n%s", got)
	}
	for _, want := range []Change{{Inserted, nil, title}, {Moved, nil, b.ID}, {Deleted, nil, ""}} {
		c := d.Undo()
		if c == nil || c.Kind != want.Kind || c.After != want.After {
			t.Errorf("undone is %+v, not %+v", c, want)
		}
	}
	if c := d.Undo(); c != nil {
		t.Errorf("there is more to undo: %+v", c)
	}
	if got := string(d.Markdown()); got != "# T\ntext\n```go\na\n```\nend" {
		t.Errorf("undone it is %q", got)
	}
	for _, err := range []error{d.Edit("b99", ""), d.Delete(""), d.Move(a, a), d.Move(a, "b99"), d.Move("b99", a)} {
		if err == nil {
			t.Error("a block that is not there, and no error")
		}
	}
	if _, err := d.Insert("b99", Cell, ""); err == nil {
		t.Error("inserted below nothing")
	}
	if _, err := d.Insert("", Quote, ""); err == nil {
		t.Error("inserted a quote")
	}
}

// Prose that leaves something open does not swallow the cells below it.
func TestOpenProse(t *testing.T) {
	for _, source := range []string{"```", "~~~~ text\nx", "text\n````\n```", "<!-- a", "<script>\nx", "<?php", "<![CDATA[ x", "- a\n  ```\n  b", "<pre>", "$$\nx", "> ```", "<style>"} {
		d := parsed(t, "one\n\n'''go\ncell\n'''\n")
		if err := d.Edit(d.Blocks[0].ID, source); err != nil {
			t.Fatal(err)
		}
		again, err := Parse(d.Markdown())
		if err != nil || len(again.Cells()) != 1 || again.Cells()[0].Source != "cell" {
			t.Errorf("%q swallows the cell: %q", source, shape(again))
		}
	}
}

// pieces are what the tests make Markdown of; the last three
// make other things of what stands between or behind them.
var pieces = []string{"# A\n", "text\n", "\n", "\r\n", "```go\n", "```\n", "```output\n", "x := 1\n", "<details>\n<summary>Hint 1</summary>\n\nthink\n\n</details>\n",
	"<!-- lab: {\"exercise\": \"half\"} -->\n", "<!-- lab: {\"include\": \"a#b\"} -->\n", "<!-- lab: {\"lesson\": \"02\", \"version\": \"x\"} -->\n", "- a\n", "    code\n", "$$\n", "---\n", "T\n===\n", "[^1]: note\n", "~~~go\n", "~~~\n", "> q\n", "<!--\n", "-->\n", "\t", " ", "|a|\n|-|\n", "  ```go\n", "<details>\n", "</details>\n", "\uFEFF"}

// Whatever is read is written to the byte; what is edited is read again as it was.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		markdown := []byte(strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces[:len(pieces)-3])).Draw(t, "pieces"), ""))
		d, err := Parse(markdown)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Markdown(); !bytes.Equal(got, markdown) {
			t.Fatalf("%q becomes %q", markdown, got)
		}
		cells := slices.Clone(d.Cells())
		for range rapid.IntRange(1, 4).Draw(t, "edits") {
			source := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"x", "\n", "```", "    y", "\t", "~~~\n"})).Draw(t, "source"), "")
			at := ""
			if len(d.Blocks) > 0 {
				at = rapid.SampledFrom(d.Blocks).Draw(t, "at").ID
			}
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				_, err = d.Insert(at, Cell, source)
			case 1:
				err = d.Delete(at)
			case 2:
				err = d.Move(at, "")
			case 3:
				if b := d.Find(at); b != nil && b.Kind == Cell {
					err = d.Edit(at, source)
				}
			}
			if err != nil && at != "" && !strings.Contains(err.Error(), "below itself") {
				t.Fatal(err)
			}
		}
		wanted := ""
		for _, c := range d.Cells() {
			wanted += c.Source + "|"
		}
		again, err := Parse(d.Markdown())
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, c := range again.Cells() {
			got += c.Source + "|"
		}
		if got != wanted {
			t.Fatalf("the cells are %q, and not %q, in %q", got, wanted, d.Markdown())
		}
		for d.Undo() != nil {
		}
		if now := d.Cells(); !slices.Equal(now, cells) {
			t.Fatalf("undone there are other cells than before")
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(md(exercised))
	for _, p := range pieces {
		f.Add([]byte(p + p))
	}
	f.Fuzz(func(t *testing.T, markdown []byte) {
		if len(markdown) > 1<<14 {
			return
		}
		d, err := Parse(markdown)
		if err != nil {
			return
		}
		if got := d.Markdown(); !bytes.Equal(got, markdown) {
			t.Errorf("%q becomes %q", markdown, got)
		}
	})
}

// Prose that the learner keeps apart stays so in the file.
func TestProseStaysApart(t *testing.T) {
	d := parsed(t, "one\n")
	two, err := d.Insert(d.Blocks[0].ID, Prose, "two")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Insert(two.ID, Prose, "## Three"); err != nil {
		t.Fatal(err)
	}
	const want = "one\n\n<!-- -->\n\ntwo\n\n## Three\n"
	if got := string(d.Markdown()); got != want {
		t.Errorf("three blocks are written as %q", got)
	}
	again := parsed(t, want)
	if got := shape(again); got != "prose one|prose two|prose ## Three|" {
		t.Errorf("and read as %q", got)
	}
	if err := again.Delete(again.Blocks[1].ID); err != nil {
		t.Fatal(err)
	}
	if got := string(again.Markdown()); got != "one\n\n## Three\n" {
		t.Errorf("without the second they are %q", got)
	}
}
