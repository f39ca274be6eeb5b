package labtest

import (
	"strings"
	"testing"

	"reslab/lessons/lab"
)

const page = "# What people think\n\n## 07 Things\n\n### Half of 4 is 4\n\nWords.\n\n" +
	"- The cell `halves` shows otherwise. It prints `2`.\n" +
	"- The wrong answer to `half`: the division is forgotten.\n" +
	"- The check says: Half of 4 is not 4.\n"

func TestParseMisconceptions(t *testing.T) {
	all, err := parseMisconceptions(page)
	want := Misconception{"07", "Half of 4 is 4", "halves", "2", "half", "the division is forgotten", "Half of 4 is not 4."}
	if err != nil || len(all) != 1 || all[0] != want {
		t.Errorf("got %+v, %v", all, err)
	}
	for _, part := range []string{"## 07 Things", "- The cell", "- The wrong", "- The check"} {
		if _, err := parseMisconceptions(strings.Replace(page, part, "", 1)); err == nil || !strings.Contains(err.Error(), "Half of 4 is 4") {
			t.Errorf("a page without %q: %v", part, err)
		}
	}
}

func TestJudge(t *testing.T) {
	lab.Register("half", func(yours func(int) int) string {
		if yours(4) != 2 {
			return "Half of 4 is not that."
		}
		return ""
	})
	if v := judge("half", func(n int) int { return n / 2 }); !v.Passed() || v.Exercise != "half" {
		t.Errorf("a right answer: %v", v)
	}
	if v := judge("half", func(n int) int { return n }); v.Counterexample != "Half of 4 is not that." {
		t.Errorf("a wrong answer: %v", v)
	}
}

func TestWrongIsFoundByName(t *testing.T) {
	m := Misconception{Exercise: "half", Mistake: "no division"}
	exercises := []Exercise{{Name: "third"}, {Name: "half", Wrong: map[string]Wrong{"no division": {Says: "x"}}}}
	if w, ok := m.wrong(exercises); !ok || w.Says != "x" {
		t.Errorf("got %v, %v", w, ok)
	}
	if _, ok := m.wrong(exercises[:1]); ok {
		t.Error("it finds a wrong answer where there is none")
	}
}
