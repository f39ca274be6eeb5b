package lesson

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"reslab/cmd/lab/internal/kernel/kerneltest"
	"reslab/lessons/lab"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

// A learner waits for a lesson's cells for a minute in all, on two cores.
const (
	most  = time.Minute
	cores = 2
)

// TestLessons runs every cell of every lesson: outputs are as the lesson says,
// stubs fail their checks, solutions pass them.
func TestLessons(t *testing.T) {
	if testing.Short() {
		t.Skip("the lessons train nets, which takes a minute, and under the race detector very much longer")
	}
	if len(List()) == 0 {
		t.Fatal("there are no lessons")
	}
	t.Setenv("GOMAXPROCS", "1") // of the kernels: beside other tests, the slower of two cores would hold up every layer
	for _, l := range embedded() {
		t.Run(l.ID+"-"+l.Slug, func(t *testing.T) {
			var lines bytes.Buffer
			report, err := Run(context.Background(), l, &lines)
			if err != nil {
				t.Fatal(err)
			}
			if !report.OK || len(report.Cells) != l.Info.Cells {
				t.Errorf("%d of %d cells ran\n%s", len(report.Cells), l.Info.Cells, &lines)
			}
			for _, c := range report.Cells {
				if !c.OK {
					t.Errorf("lesson.md:%d: %s", c.Line, c.Error)
				}
			}
			if report.Worked > cores*most {
				t.Errorf("the lesson computes for %v on one core, more than a learner waits", report.Worked)
			}
		})
	}
}

func init() {
	lab.Register("half", func(yours func(int) int) string {
		if got := yours(4); got != 2 {
			return fmt.Sprintf("Half of 4 is not %d.", got)
		}
		return ""
	})
}

// halfLesson is a lesson that is right; each of the faults below breaks it.
const halfLesson = `# Half

<!-- lab: {"minutes": 1} -->

'''go
import (
	"fmt"

	"reslab/lessons/lab"
)
'''

<!-- lab: {"exercise": "half"} -->

'''go
func half(n int) int {
	return n // your turn
}

lab.Check("half", half)
'''

'''output
half: not yet. Half of 4 is not 4.
'''

'''go
fmt.Println("half of 10 is", half(10))
'''

'''output
half of 10 is 5
'''

<!-- lab: {"expect": "error"} -->

'''go
half("ten")
'''

'''output
...string...
'''
`

func runText(t *testing.T, lesson, solution string) (RunReport, string) {
	t.Helper()
	l, err := Read(folder(lesson, solution), "07-things")
	if err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	report, err := Run(context.Background(), l, &lines)
	if err != nil {
		t.Fatal(err)
	}
	return report, lines.String()
}

func TestRun(t *testing.T) {
	report, lines := runText(t, halfLesson, halfSolution)
	if !report.OK || len(report.Cells) != 4 || report.ID != "07" {
		t.Errorf("report %+v\n%s", report, lines)
	}
	if want := "  ok    cell  2, line  15  exercise half\n"; !strings.Contains(lines, want) {
		t.Errorf("no line %q in\n%s", want, lines)
	}
}

func TestRunFindsFaults(t *testing.T) {
	for fault, c := range map[string]struct {
		old, new string // in the lesson or the solution
		cell     int
		want     string
	}{
		"another output":         {"half of 10 is 5", "half of 10 is 6", 3, "it prints\n    half of 10 is 5\nand should print\n    half of 10 is 6"},
		"an output not told":     {"'''output\nhalf of 10 is 5\n'''\n", "", 3, "and should print"},
		"a cell that breaks":     {"fmt.Println(\"half", "fmt.Printn(\"half", 3, "Printn"},
		"a stub that passes":     {"return n // your turn", "return n / 2", 2, "and should print"},
		"a quiet stub passes":    {"return n // your turn\n}\n\nlab.Check(\"half\", half)\n'''\n\n'''output\nhalf: not yet. Half of 4 is not 4.", "return n / 2\n}\n\nlab.Check(\"half\", half)\n'''\n\n'''output\nhalf: right.", 2, "the stub of half passes its check"},
		"a solution that fails":  {"return n / 2", "return n / 3", 2, "the solution fails its check: half: not yet. Half of 4 is not 1."},
		"a solution that breaks": {"return n / 2", "return m / 2", 2, "the solution of half"},
		"no solution":            {"func half(n int) int {\n\treturn n / 2", "func third(n int) int {\n\treturn n / 3", 2, "solution.go has no function of the exercise half"},
		"no check":               {"lab.Check(\"half\", half)\n'''\n\n'''output\nhalf: not yet. Half of 4 is not 4.\n'''", "'''", 2, `the cell must call lab.Check("half", ...) once`},
		"no error":               {"half(\"ten\")", "half(10)", 4, "it should end in an error, and does not"},
	} {
		t.Run(fault, func(t *testing.T) {
			lesson, solution := strings.Replace(halfLesson, c.old, c.new, 1), strings.Replace(halfSolution, c.old, c.new, 1)
			if lesson == halfLesson && solution == halfSolution {
				t.Fatal("the fault is not in")
			}
			report, lines := runText(t, lesson, solution)
			if report.OK {
				t.Fatalf("all is well\n%s", lines)
			}
			got := report.Cells[c.cell-1]
			if got.OK || !strings.Contains(got.Error, c.want) {
				t.Errorf("cell %d says %q, want %q", c.cell, got.Error, c.want)
			}
			if !strings.Contains(lines, "FAIL") {
				t.Errorf("no FAIL in\n%s", lines)
			}
		})
	}
}

// The value of a last expression is shown, as in a notebook.
func TestRunShowsValues(t *testing.T) {
	report, lines := runText(t, "# T\n\n<!-- lab: {\"minutes\": 1} -->\n\n'''go\nimport \"reslab/nn\"\n\n1 + 1\n'''\n\n'''output\n2\n'''\n\n'''go\nnn.FromSlice([]float32{1, 2}, 1, 1, 2, 1)\n'''\n\n'''output\ntensor [1 1 2 1]\n  1  2\n'''\n", halfSolution)
	if !report.OK {
		t.Error(lines)
	}
}

// A cell that ends its process fails alone: the cells below go on.
func TestRunSurvivesFaults(t *testing.T) {
	report, lines := runText(t, "# T\n\n<!-- lab: {\"minutes\": 1} -->\n\n'''go\nx := 1\n'''\n\n'''go\nfunc f(n int) int { return f(n) + 1 }\nf(x)\n'''\n\n'''go\nx + 1\n'''\n\n'''output\n2\n'''\n", halfSolution)
	if len(report.Cells) != 3 || report.Cells[1].OK || !report.Cells[2].OK || !strings.Contains(report.Cells[1].Error, "called itself without end") {
		t.Error(lines)
	}
}

func TestRunStops(t *testing.T) {
	l, err := Read(folder(halfLesson, halfSolution), "07-things")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, l, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that was stopped ends in %v", err)
	}
}

func TestFind(t *testing.T) {
	for _, id := range []string{"02", "2", "convolution", "02-convolution"} {
		if l, err := Find(id); err != nil || l.Slug != "convolution" {
			t.Errorf("Find(%q): %v", id, err)
		}
	}
	if _, err := Find("99"); err == nil || !strings.Contains(err.Error(), "02 convolution") {
		t.Errorf("Find(99): %v", err)
	}
}

// Every lesson has its line, in the width of a terminal.
func TestList(t *testing.T) {
	var out bytes.Buffer
	if err := (listCommand{}).Run(&out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != len(List())+1 {
		t.Fatalf("%d lines for %d lessons:\n%s", len(lines), len(List()), &out)
	}
	for i, line := range lines {
		if len(line) > 80 {
			t.Errorf("%d columns: %s", len(line), line)
		}
		if i > 0 && !strings.HasPrefix(line, List()[i-1].ID+"  "+List()[i-1].Title) {
			t.Errorf("line %d: %s", i, line)
		}
	}
}

// Checks of the command line rely on these names.
func TestJSON(t *testing.T) {
	var out bytes.Buffer
	if err := (listCommand{JSON: true}).Run(&out); err != nil {
		t.Fatal(err)
	}
	var list []map[string]any
	if err := json.Unmarshal(out.Bytes(), &list); err != nil || len(list) != len(List()) {
		t.Fatalf("%v in %s", err, &out)
	}
	for _, key := range []string{"id", "slug", "title", "minutes", "cells", "exercises"} {
		if _, ok := list[0][key]; !ok {
			t.Errorf("lesson list --json has no %q", key)
		}
	}
	out.Reset()
	if err := (runCommand{ID: "02", JSON: true}).Run(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	var report struct {
		ID      string
		OK      bool
		Seconds float64
		Cells   []struct {
			N, Line int
			OK      bool
			Error   *string
		}
	}
	decoder := json.NewDecoder(&out)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&report); err != nil {
		t.Fatal(err)
	}
	if report.ID != "02" || !report.OK || report.Seconds <= 0 || len(report.Cells) == 0 || report.Cells[0].N != 1 || report.Cells[0].Line == 0 || report.Cells[0].Error == nil {
		t.Errorf("report %+v", report)
	}
}

func TestFailureIsASentence(t *testing.T) {
	r := RunReport{ID: "07", Cells: []CellReport{{OK: true, Line: 3}, {Line: 9}, {Line: 12}}}
	if got := r.failure().Error(); got != "lesson 07: 2 of 3 cells failed, the first at line 9 of its lesson.md" {
		t.Errorf("got %q", got)
	}
}
