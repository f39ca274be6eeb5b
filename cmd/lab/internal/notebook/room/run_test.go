package room

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"reslab/cmd/lab/internal/notebook/pagetest"
)

func TestStale(t *testing.T) {
	r, p := enter(t, "x := 1", "y := x + 1", "fmt.Println(y)", "x := 10", "fmt.Println(x)")
	c := p.Cells()
	p.Say("run-all", nil)
	p.WaitState(c[4], done)
	if got := staleCells(look(t, r)); got != nil {
		t.Fatalf("after run all there are stale cells: %v", got)
	}
	p.Edit(c[0], "x := 2", 1)
	if s := p.WaitState(c[0], done); !s.Stale {
		t.Error("a cell whose text has changed is not stale")
	}
	p.Edit(c[0], "x := 1", 2)
	if s := p.WaitState(c[0], done); s.Stale {
		t.Error("a cell whose text is what ran is stale")
	}
	p.Edit(c[0], "x := 2", 3)
	p.Run(c[0])
	p.WaitFor("the third cell is stale", func(m pagetest.Message) bool { return m.T == "state" && m.Cell == c[2] && m.Stale })
	// The fourth cell has an x of its own: it and the fifth show what they shall.
	if got := staleCells(look(t, r)); !slices.Equal(got, c[1:3]) {
		t.Errorf("stale are %v, not %v", got, c[1:3])
	}
	p.Say("run-stale", nil)
	p.WaitState(c[2], done)
	now := look(t, r)
	if got := staleCells(now); got != nil || now.Printed(c[2]) != "3\n" {
		t.Errorf("after run stale %v are stale, the third cell prints %q", got, now.Printed(c[2]))
	}
	if stateOf(now, c[3]).Order != 4 {
		t.Error("run stale ran a cell that was up to date")
	}
	p.Run(c[4]) // the first cell has written over the x of the fourth, which runs again first
	p.WaitState(c[4], done)
	if got := look(t, r).Printed(c[4]); got != "10\n" {
		t.Errorf("the fifth cell prints %q", got)
	}
}

// What becomes stale while stale cells run is run, too.
func TestRunStaleGoesOn(t *testing.T) {
	r, p := enter(t, "x := 1", "y := 2 * x", "z := 2 * y", "fmt.Println(z)")
	c := p.Cells()
	p.Say("run-all", nil)
	p.WaitState(c[3], done)
	p.Edit(c[0], "x := 3", 1)
	p.Say("run-stale", nil)
	p.WaitFor("12", func(m pagetest.Message) bool { return m.T == "stream" && m.Text == "12\n" })
	p.WaitState(c[3], done)
	if got := staleCells(look(t, r)); got != nil {
		t.Errorf("stale: %v", got)
	}
}

// Two cells at once: cells above and below one; what fails holds back only what needs it.
func TestRunAboveAndFailures(t *testing.T) {
	r, p := enter(t, "x := 1", "y := x.f", "z := y + 1", "fmt.Println(x)", "fmt.Println(2)")
	c := p.Cells()
	p.Say("run-above", pagetest.Fields{"id": c[4]})
	p.WaitState(c[3], done)
	now := look(t, r)
	for i, want := range []string{done, failed, idle, done, idle} {
		if got := stateOf(now, c[i]); got.State != want {
			t.Errorf("cell %d is %s, not %s", i+1, got.State, want)
		}
	}
	if notes := stateOf(now, c[2]).Notes; len(notes) != 1 || !strings.Contains(notes[0], "cell 2") {
		t.Errorf("the third cell says %q", notes)
	}
}

func TestStop(t *testing.T) {
	r, p := enter(t, "x := 1", "fmt.Println(x)\nfor {}", "fmt.Println(3)")
	c := p.Cells()
	p.Say("run-all", nil)
	p.Wait("stream")
	if got := stateOf(look(t, r), c[2]).State; got != queued {
		t.Errorf("the third cell is %s", got)
	}
	p.Say("stop", nil)
	p.WaitState(c[1], stopped)
	now := look(t, r)
	if got := stateOf(now, c[2]).State; got != idle || now.Printed(c[1]) != "1\n" {
		t.Errorf("the third cell is %s, the second shows %q", got, now.Printed(c[1]))
	}
	p.Run(c[0]) // the kernel lives on
	p.WaitState(c[0], done)
}

func TestRestart(t *testing.T) {
	r, p := enter(t, "x := 1", "fmt.Println(x)\nfor {}", "x")
	c := p.Cells()
	p.Run(c[0], c[1], c[2])
	p.Wait("stream")
	p.Say("restart", nil)
	p.WaitFor("the kernel starts", func(m pagetest.Message) bool { return m.T == "kernel" && m.State == starting })
	p.WaitFor("the kernel is idle", func(m pagetest.Message) bool { return m.T == "kernel" && m.State == idle })
	p.Run(c[2])
	if s := p.WaitState(c[2], failed); !strings.Contains(s.Error.Message, "undefined: x") {
		t.Errorf("after a restart x gives %+v", s.Error)
	}
	now := look(t, r)
	if got := staleCells(now); !slices.Equal(got, c[:1]) || stateOf(now, c[1]).State != stopped {
		t.Errorf("stale are %v, the second cell is %s", got, stateOf(now, c[1]).State)
	}
	if now.Printed(c[1]) != "1\n" {
		t.Error("what the second cell showed is gone")
	}
}

// A kernel that dies costs what it held, and the room says so.
func TestKernelDies(t *testing.T) {
	r, p := enter(t, "x := 1", "time.Sleep(600 * time.Millisecond)\ny := 2", "os.Exit(3)", "x")
	c := p.Cells()
	p.Run(c...)
	if s := p.WaitState(c[2], failed); !strings.Contains(s.Error.Message, "os.Exit(3)") || !strings.Contains(s.Error.Message, "gone: y") {
		t.Errorf("it says %q", s.Error.Message)
	}
	p.WaitState(c[3], done)
	if got := staleCells(look(t, r)); !slices.Equal(got, c[1:2]) {
		t.Errorf("stale are %v", got)
	}
}

func TestProgressHasTimeLeft(t *testing.T) {
	r, p := enter(t, "for i := range 21 {\n\tlab.Progress(i, 20, \"work\")\n\ttime.Sleep(20 * time.Millisecond)\n}")
	c := p.Cells()
	p.Run(c[0])
	p.WaitFor("time left", func(m pagetest.Message) bool { return m.T == "progress" && m.Left > 0 && m.Total == 20 })
	s := p.WaitState(c[0], done)
	if s.Seconds < 0.4 {
		t.Errorf("it took %g seconds", s.Seconds)
	}
	if out := look(t, r).Outputs[c[0]]; len(out) != 0 {
		t.Errorf("progress is kept when the work is done: %v", out)
	}
}

// An hour of a live chart is kept as one display.
func TestUpdatesDoNotPileUp(t *testing.T) {
	r, p := enter(t, "live := lab.NewLive()\nfor i := range 12 {\n\tlive.Show(i)\n\ttime.Sleep(120 * time.Millisecond)\n}")
	c := p.Cells()
	p.Run(c[0])
	updates := 0
	for _, m := range p.Until("the end", func(m pagetest.Message) bool { return m.T == "state" && m.State == done }) {
		if m.T == "display" && m.Update {
			updates++
		}
	}
	out := look(t, r).Outputs[c[0]]
	if updates < 3 || len(out) != 1 || out[0].Text != "11\n" || out[0].Update {
		t.Errorf("%d updates; kept is %+v", updates, out)
	}
}

func TestAsk(t *testing.T) {
	_, p := enter(t, "learningRate := 0.1")
	c := p.Cells()
	p.Run(c[0])
	p.WaitState(c[0], done)
	p.Say("complete", pagetest.Fields{"ask": 1, "source": "learn", "offset": 5})
	if m := p.Wait("answer"); m.Ask != 1 || !strings.Contains(string(m.Body), "learningRate") {
		t.Errorf("got %+v", m)
	}
	p.Say("inspect", pagetest.Fields{"ask": 2, "source": "learningRate", "offset": 99})
	if m := p.Wait("answer"); m.Ask != 2 || !strings.Contains(string(m.Body), "float64") {
		t.Errorf("got %s", m.Body)
	}
}

// Cells reach files of the working folder.
func TestWorkingFolder(t *testing.T) {
	dir := t.TempDir()
	r := openRoom(t, dir, pagetest.Notebook(`os.WriteFile("made.txt", []byte("x"), 0o666)`))
	p := join(t, r, "a")
	p.Run(p.Cells()...)
	p.WaitState(p.Cells()[0], done)
	if _, err := os.Stat(filepath.Join(dir, "made.txt")); err != nil {
		t.Error(err)
	}
}

// The kernel of a notebook that nobody looks at is ended; what was shown stays.
func TestRest(t *testing.T) {
	r, p := enter(t, "x := 1\nx")
	c := p.Cells()
	p.Run(c[0])
	p.WaitState(c[0], done)
	r.Rest(0)
	p.Run(c[0])
	if s := p.WaitState(c[0], done); s.Order != 2 {
		t.Errorf("a room with a page has lost its kernel: %+v", s)
	}
	for _, tab := range slices.Clone(r.pages) {
		tab.Leave()
	}
	r.Rest(time.Hour)
	if r.engine.client == nil {
		t.Error("it rests too early")
	}
	r.Rest(0)
	if r.engine.client != nil {
		t.Error("the kernel goes on")
	}
	p = join(t, r, "b")
	if got := p.Snapshot.Printed(c[0]); got != "1\n" || !stateOf(p.Snapshot, c[0]).Stale {
		t.Errorf("it shows %q", got)
	}
	p.Run(c[0])
	p.WaitState(c[0], done)
}

// What cells print in several kernels at once comes to the right room.
func TestRoomsAtOnce(t *testing.T) {
	var pages []*pagetest.Page
	for i := range 5 {
		_, p := enter(t, fmt.Sprintf("x := %d", i), "time.Sleep(50 * time.Millisecond)\nfmt.Println(x)")
		p.Say("run-all", nil)
		pages = append(pages, p)
	}
	for i, p := range pages {
		if m := p.Wait("stream"); m.Text != fmt.Sprintf("%d\n", i) {
			t.Errorf("notebook %d prints %q", i, m.Text)
		}
	}
}
