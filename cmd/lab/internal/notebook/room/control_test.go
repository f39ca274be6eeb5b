package room

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/pagetest"
)

// A slider that moves runs its cell again and the cheap ones that read it; an
// expensive one and what reads that go stale.
func TestSlider(t *testing.T) {
	r, p := enter(t,
		`s := lab.Slider("s", 0, 10, 1)`,
		"double := 2 * s\nfmt.Println(double)",
		"time.Sleep(550 * time.Millisecond)\nslow := s",
		"fmt.Println(slow)",
		"fmt.Println(7)",
	)
	c := p.Cells()
	p.Say("run-all", nil)
	p.WaitState(c[4], done)
	p.Say("set", pagetest.Fields{"id": c[0], "name": "s", "value": 4})
	p.WaitFor("8", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == "8\n" })
	p.WaitState(c[1], done)
	now := look(t, r)
	if got := staleCells(now); !slices.Equal(got, c[2:4]) {
		t.Errorf("stale are %v, not %v", got, c[2:4])
	}
	if got := stateOf(now, c[4]).Order; got != 5 {
		t.Errorf("a cell that does not read the slider ran again: order %d", got)
	}
	if out := now.Outputs[c[0]]; len(out) != 1 || out[0].Kind != "control" || !strings.Contains(out[0].Data, `"value":4`) {
		t.Errorf("the slider's cell shows %+v", out)
	}
}

// While a run is at work newer values wait, and only the last one counts.
func TestLatestValueWins(t *testing.T) {
	r, p := enter(t, `s := lab.Slider("s", 0, 1000, 0)`, "time.Sleep(100 * time.Millisecond)\nfmt.Println(s)")
	c := p.Cells()
	p.Say("run-all", nil)
	p.WaitState(c[1], done)
	const last = 200
	for i := 1; i <= last; i++ {
		p.Say("set", pagetest.Fields{"id": c[0], "name": "s", "value": i})
	}
	seen := p.Until("the last value", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == fmt.Sprintf("%d\n", last) })
	runs := 0
	for _, m := range seen {
		if m.T == "stream" {
			runs++
		}
	}
	if runs > 3 {
		t.Errorf("%d values brought %d runs", last, runs)
	}
	p.WaitState(c[1], done)
	if got := look(t, r).Printed(c[1]); got != fmt.Sprintf("%d\n", last) {
		t.Errorf("it shows %q", got)
	}
}

// While a slider moves, what a cell shows stays until the new is there; a cell
// that shows nothing any more is empty at the end.
func TestNothingJumps(t *testing.T) {
	r, p := enter(t, `s := lab.Slider("s", 0, 10, 1)`, "if s < 5 {\n\tfmt.Println(s)\n}")
	c := p.Cells()
	p.Say("run-all", nil)
	p.WaitState(c[1], done)
	p.Say("set", pagetest.Fields{"id": c[0], "name": "s", "value": 9})
	if m := p.WaitFor("clear", func(m pagetest.Message) bool { return m.T == "clear" && m.Cell == c[1] }); !m.Keep {
		t.Error("the output goes before there is a new one")
	}
	if m := p.WaitFor("clear", func(m pagetest.Message) bool { return m.T == "clear" && m.Cell == c[1] }); m.Keep {
		t.Error("the old output stays though there is no new one")
	}
	p.WaitState(c[1], done)
	if got := look(t, r).Printed(c[1]); got != "" {
		t.Errorf("kept is %q", got)
	}
}

// A dial is heard while its cell runs, and runs nothing again.
func TestDial(t *testing.T) {
	_, p := enter(t, `d := lab.NewDial("rate", 0, 10, 1)`, "fmt.Println(\"waits\")\nfor d.Value() < 5 {\n\ttime.Sleep(time.Millisecond)\n}\nfmt.Println(d.Value())")
	c := p.Cells()
	p.Say("run-all", nil)
	p.WaitFor("it waits", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == "waits\n" })
	p.Say("set", pagetest.Fields{"id": c[0], "name": "rate", "value": 7})
	p.WaitFor("7", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == "7\n" })
	if s := p.WaitState(c[1], done); s.Order != 2 {
		t.Errorf("order %d: a dial ran something again", s.Order)
	}
}

// What a control was moved to outlives the kernel.
func TestValuesOutliveTheKernel(t *testing.T) {
	_, p := enter(t, `s := lab.Slider("s", 0, 10, 1)`, "fmt.Println(s)")
	c := p.Cells()
	p.Say("run-all", nil)
	p.WaitState(c[1], done)
	p.Say("set", pagetest.Fields{"id": c[0], "name": "s", "value": 4})
	p.WaitFor("4", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == "4\n" })
	p.Say("restart", nil)
	p.Say("run-all", nil)
	p.WaitFor("4 again", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == "4\n" })
}

func TestSetIsChecked(t *testing.T) {
	_, p := enter(t, `s := lab.Slider("s", 0, 10, 1)`)
	c := p.Cells()
	p.Run(c[0])
	p.WaitState(c[0], done)
	for what, fields := range map[string]pagetest.Fields{
		"no such cell":    {"id": "b99", "name": "s", "value": 1},
		"no such control": {"id": c[0], "name": "t", "value": 1},
		"no value":        {"id": c[0], "name": "s"},
		"too much":        {"id": c[0], "name": "s", "value": strings.Repeat("x", 17<<20)},
	} {
		p.Say("set", fields)
		if m := p.WaitFor(what, func(m pagetest.Message) bool { return m.T == "problem" || m.T == "clear" }); m.T != "problem" {
			t.Errorf("%s: it was taken", what)
		}
	}
}

// Run all leaves what reads a prediction that was not committed; committing runs it.
func TestRunAllWaitsForBets(t *testing.T) {
	r, p := enter(t,
		`x := 4`,
		`bet := lab.Predict("edge", "Which?", []string{"0", "4"})`,
		"bet.Settle(fmt.Sprint(x))\nafter := x",
		"fmt.Println(after)",
		"fmt.Println(x)",
	)
	c := p.Cells()
	p.Say("run-all", nil)
	p.WaitState(c[4], done)
	now := look(t, r)
	for i, want := range []string{done, done, idle, idle, done} {
		if got := stateOf(now, c[i]).State; got != want {
			t.Errorf("cell %d is %s, not %s", i+1, got, want)
		}
	}
	if notes := stateOf(now, c[2]).Notes; len(notes) != 1 || !strings.Contains(notes[0], "cell 2") {
		t.Errorf("the cell that waits says %q", notes)
	}
	p.Say("set", pagetest.Fields{"id": c[1], "name": "edge", "value": map[string]any{"choice": "4", "confidence": 0.8}})
	p.WaitState(c[3], done)
	var settled struct{ Guess, Truth string }
	out := look(t, r).Outputs[c[2]]
	if len(out) != 1 || json.Unmarshal([]byte(out[0].Data), &settled) != nil || settled.Guess != "4" || settled.Truth != "4" {
		t.Errorf("the bet came to %+v", out)
	}
	p.Say("run-all", nil) // now it waits for nothing
	p.WaitFor("all", func(m pagetest.Message) bool { return m.T == "state" && m.Cell == c[4] && m.Order > 8 })
	if got := stateOf(look(t, r), c[2]).State; got != done {
		t.Errorf("with a bet the cell is %s", got)
	}
}

// The learner may look without a bet.
func TestRunWithoutBet(t *testing.T) {
	_, p := enter(t, `bet := lab.Predict("edge", "Which?", []string{"0", "4"})`, `bet.Settle("4")`)
	c := p.Cells()
	p.Say("run-all", nil)
	p.WaitFor("the second waits", func(m pagetest.Message) bool { return m.T == "state" && m.Cell == c[1] && len(m.Notes) == 1 })
	p.Run(c[1])
	p.WaitState(c[1], done)
}
