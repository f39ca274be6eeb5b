package claims

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"reslab/docs"
)

// The page can be read, which holds each figure against its source. Nothing on it
// takes minutes alone: each claim can be put to the test.
func TestPage(t *testing.T) {
	all, err := read(docs.Files)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("only %d claims were read", len(all))
	}
	word := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	section := regexp.MustCompile(`\((?:[A-Z][^()]* \d{4}|[^()]*section \d)[^()]*\)`)
	for i, c := range all {
		if c.Number != i+1 || !word.MatchString(c.ID) || c.Text == "" || c.Says == "" {
			t.Errorf("claim %d is not whole: %+v", i+1, c)
		}
		if !section.MatchString(c.Papers) {
			t.Errorf("%s: which paper says %q?", c.ID, c.Papers)
		}
		quick := 0
		for _, f := range c.Figures {
			if run, ok := f.Source.(*experimentRun); !ok || !run.minutes {
				quick++
			}
		}
		if quick == 0 {
			t.Errorf("%s: nothing of it can be measured again in seconds", c.ID)
		}
	}
}

// changed is the folder docs with something on the page replaced.
func changed(t *testing.T, old, new string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(docs.Files, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(docs.Files, file)
		files[file] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	before := string(files[page].Data)
	after := strings.Replace(before, old, new, 1)
	if after == before {
		t.Fatalf("the page has no %q", old)
	}
	files[page].Data = []byte(after)
	return files
}

// A page that says what was not measured is refused, and so is one on which
// something is missing.
func TestPageIsRefused(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"10^-36.7 of the last", "10^-3.7 of the last", "lesson 10 does not print"},
		{"Lesson 05 prints `full-size", "Lesson 99 prints `full-size", "there is no lesson 99"},
		{"plain-20-tanh-nobn: 0.24", "plain-20-tanh-nobn: 0.42", "no result of this command that is kept in docs says"},
		{"--set activation=tanh --set batchnorm=false", "--set activation=relu --set batchnorm=false", "no result of this command"},
		{"run gradients --preset thousand`", "run gradients --preset million`", `no preset "million"`},
		{"run gradients --preset thousand`", "run slopes --preset thousand`", `no experiment "slopes"`},
		{"run gradients --preset thousand`", "run gradients --seed 2`", "and not --seed"},
		{"- **Not so.** A net that overfits", "- A net that overfits", "no verdict"},
		{"- **The papers:** it is not overfitting", "- It is not overfitting", "what the papers say"},
		{`<!-- lab: {"claim": "overfitting"} -->`, "", "no name"},
		{`{"claim": "overfitting"}`, `{"claim": 3}`, "not right"},
		{`{"claim": "overfitting"}`, `{"claim": "vanishing"}`, "another claim has the name vanishing"},
		{"Lesson 10 prints `56 layers are worse", "Lesson 10 says `56 layers are worse", "neither of the form"},
		{"- Lesson 11 prints `steps until the plain pair stands where the other one began: 134`.", "", "nothing measured"},
	} {
		if _, err := read(changed(t, c.old, c.new)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q: %v, want %q", c.new, c.old, err, c.want)
		}
	}
}

func TestPointForms(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"**Not so.** It is not.", "Not so||It is not."},
		{"**It depends: on the weather, and on *you*.** Go out.", "It depends|on the weather, and on *you*|Go out."},
	} {
		var r reader
		if err := r.point(c.text); err != nil || fmt.Sprintf("%s|%s|%s", r.claim.Verdict, r.claim.Short, r.claim.Says) != c.want {
			t.Errorf("%s: %+v, %v", c.text, r.claim, err)
		}
	}
	if got := oneLine("a  b\n  c\n"); got != "a  b c" {
		t.Errorf("got %q", got)
	}
}

func TestFind(t *testing.T) {
	for _, id := range []string{"overfitting", "3"} {
		if c, err := Find(id); err != nil || c.ID != "overfitting" {
			t.Errorf("%s: %v, %v", id, c.ID, err)
		}
	}
	if _, err := Find("overfiting"); err == nil || !strings.Contains(err.Error(), "did you mean overfitting?") {
		t.Errorf("got %v", err)
	}
}
