package claims

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"reslab/cmd/lab/internal/kernel/kerneltest"
	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/terminal"
	"reslab/experiments/gradients"
	"reslab/experiments/run"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

func find(t *testing.T, id string) Claim {
	t.Helper()
	c, err := Find(id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// doctored is a claim with another figure in the place of its last.
func doctored(c Claim, figure string) Claim {
	c.ID = "doctored"
	c.Figures = append([]Figure(nil), c.Figures...)
	c.Figures[len(c.Figures)-1].Text = figure
	return c
}

func quiet(int, int, string) {}

// A cell that is run again says whether the page is right.
func TestMeasureAgain(t *testing.T) {
	true1 := find(t, "residual")
	wrong := doctored(true1, "steps until the plain pair stands where the other one began: 34")
	var seen []string
	told, err := measureAll(t.Context(), []Claim{true1, wrong}, quiet, func(o outcome) { seen = append(seen, o.ID) })
	if err != nil || len(told) != 2 || strings.Join(seen, " ") != "residual doctored" {
		t.Fatalf("told of %v, %v", seen, err)
	}
	if told[0].state() != holds || told[1].state() != fails {
		t.Errorf("the true one %s, the wrong one %s", told[0].state(), told[1].state())
	}
	if err := summary(told, 2, nil); err == nil || err.Error() != "what was measured does not hold here for 1 of 2 claims (doctored)" {
		t.Errorf("got %v", err)
	}
	v := view{columns: 78}
	v.again(told[1])
	for _, want := range []string{"began: 34\n", "began: 134\n", "The page says:", "Measured now, lesson 11, cell 3:", "does not hold here"} {
		if !strings.Contains(v.out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, v.out.String())
		}
	}
}

// Ctrl-C: what was measured until then is told.
func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	told, err := measureAll(ctx, []Claim{find(t, "residual"), find(t, "overfitting")}, quiet, func(outcome) { stop() })
	if !errors.Is(err, context.Canceled) || len(told) != 1 || told[0].state() != holds {
		t.Fatalf("%v, %v", told, err)
	}
	if err := summary(told, 2, err); err == nil || err.Error() != "stopped when 1 of 2 claims were measured" {
		t.Errorf("got %v", err)
	}
}

// A figure behind a cell that broke is not called wrong: nobody knows.
func TestBrokenCell(t *testing.T) {
	c := find(t, "residual")
	l := c.Figures[0].Source.(*lessonCell).lesson
	m := newMeter([]Claim{c}, quiet)
	m.lessons[l] = lesson.RunReport{Cells: []lesson.CellReport{{N: 1, OK: true}, {N: 2, Broke: true, Error: "cell 2:1:1: no room\nat all"}, {N: 3}}}
	figures, err := m.measure(t.Context(), c)
	o := outcome{c, figures}
	if err != nil || o.state() != unknown || figures[0].Err.Error() != "lesson 11 ends in an error: cell 2:1:1: no room" {
		t.Errorf("%v, %v, %v", o.state(), figures, err)
	}
	if err := summary([]outcome{o}, 1, nil); err == nil || !strings.Contains(err.Error(), "could not be measured again") {
		t.Errorf("got %v", err)
	}
}

// An experiment that is run again is judged by what it says itself.
func TestRunAgain(t *testing.T) {
	r := &experimentRun{experiment: &gradients.Experiment, about: []string{"In plain nets with sigmoid and without batch norm the gradient truly vanishes"},
		given: run.Values{"depths": "14", "data": "noise", "size": "8", "batch": "4", "steps": "0"}}
	said, err := r.repeat(t.Context(), run.Quiet)
	if err != nil {
		t.Fatal(err)
	}
	again := r.compare(said, "plain-14-sigmoid-nobn: 42")
	if again.Err != nil || !again.Holds || !strings.HasPrefix(again.Text, "plain-14-sigmoid-nobn: ") {
		t.Errorf("got %+v", again)
	}
	r.about = []string{"They explode: with depth they grow by orders of magnitude"}
	if again = r.compare(said, ""); again.Err == nil {
		t.Errorf("one depth says nothing about depth, and yet: %+v", again)
	}
}

func TestCompare(t *testing.T) {
	r := &experimentRun{about: []string{"a", "b"}}
	for _, c := range []struct {
		said  []statement
		holds bool
	}{
		{[]statement{{"a", "1", true, false}, {"b", "1", true, false}}, true},
		{[]statement{{"b", "2", true, false}, {"a", "2", true, false}}, true}, // another figure, the same verdict
		{[]statement{{"a", "1", true, false}, {"b", "1", false, false}}, false},
		{[]statement{{"a", "1", true, false}, {"b", "2", true, true}}, false},
	} {
		if again := r.compare(c.said, "1"); again.Err != nil || again.Holds != c.holds {
			t.Errorf("%v: %+v", c.said, again)
		}
	}
}

func TestState(t *testing.T) {
	three := Claim{Figures: make([]Figure, 3)}
	good, bad, left, lost := Again{Holds: true}, Again{}, Again{Skipped: true}, Again{Err: errors.New("lost")}
	for _, c := range []struct {
		figures []Again
		want    state
	}{
		{[]Again{good, left, good}, holds},
		{[]Again{left, left, left}, skipped},
		{[]Again{good, bad, good}, fails},
		{[]Again{bad, left, lost}, unknown},
		{[]Again{good, good}, halfDone},
		{[]Again{bad, good}, fails},
	} {
		if got := (outcome{three, c.figures}).state(); got != c.want {
			t.Errorf("%+v: %s, want %s", c.figures, got, c.want)
		}
	}
}

// The names that others rely on.
func TestJSON(t *testing.T) {
	c := doctored(find(t, "vanishing"), "made up")
	figures := []Again{{Text: "now", Holds: true}, {Err: errors.New("lost")}, {Skipped: true}, {Text: "other"}}
	text, err := json.Marshal(forJSON([]Claim{c}, []outcome{{c, figures}}))
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]any
	if err := json.Unmarshal(text, &all); err != nil || len(all) != 1 {
		t.Fatal(err)
	}
	one := all[0]
	if one["id"] != "doctored" || one["number"] != 4.0 || one["verdict"] != "it depends" || one["state"] != "could not be measured again" || one["holds"] != nil {
		t.Errorf("got %v", one)
	}
	for _, name := range []string{"claim", "says", "paper"} {
		if text, _ := one[name].(string); text == "" || strings.Contains(text, "**") {
			t.Errorf("%s is %q", name, text)
		}
	}
	measured := one["measured"].([]any)
	first, third := measured[0].(map[string]any), measured[3].(map[string]any)
	if first["source"] != "lesson 10, cell 14" || first["command"] != "lab lesson run 10" || first["figure"] != c.Figures[0].Text || first["again"] != "now" || first["holds"] != true {
		t.Errorf("got %v", first)
	}
	if third["command"] != "lab experiment run gradients --preset start" || third["holds"] != false || third["again"] != "other" {
		t.Errorf("got %v", third)
	}
	if measured[1].(map[string]any)["error"] != "lost" || measured[2].(map[string]any)["holds"] != nil {
		t.Errorf("got %v", measured)
	}
}

// At 80 columns no line is broken by the terminal, and colours change no word.
func TestStory(t *testing.T) {
	plain, coloured := view{columns: 78}, view{columns: 78, style: terminal.Coloured}
	plain.story(All())
	coloured.story(All())
	for line := range strings.Lines(plain.out.String()) {
		if n := terminal.Columns(strings.TrimRight(line, "\n")); n > 80 && !strings.Contains(line, "experiment run") {
			t.Errorf("a line of %d columns: %s", n, line)
		}
	}
	words := func(text string) string { return strings.Join(strings.Fields(strings.ReplaceAll(text, "*", "")), " ") }
	if got := ansi.Strip(coloured.out.String()); words(got) != words(plain.out.String()) {
		t.Errorf("in colours it reads otherwise:\n%s", got)
	}
	for _, c := range All() {
		v := view{columns: 78}
		v.full(c)
		for _, part := range append([]string{c.ID, c.Verdict}, c.Figures[0].Source.Command()...) {
			if !strings.Contains(v.out.String(), part) {
				t.Errorf("%s in full lacks %q:\n%s", c.ID, part, v.out.String())
			}
		}
	}
}
