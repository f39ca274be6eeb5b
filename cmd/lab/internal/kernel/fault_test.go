package kernel_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"reslab/cmd/lab/internal/kernel"
)

var (
	update = flag.Bool("update", false, "write docs/reliability.md anew")
	soak   = flag.Int("soak", 0, "how many faults TestSoak brings about")
)

// A fault is a way in which a cell, or the system, ends or floods a kernel.
type fault struct {
	name   string
	source string
	stop   bool // Interrupt is called once the cell is on its way

	// What the learner reads: the error's sentence, or the first note if the
	// cell succeeds. "..." stands for anything.
	says string
	or   string // reads this on other systems
	sees string // sees, where there is no sentence

	restarts bool // the process is lost, and with it what is not cheap
	kill     bool // the child is killed from outside between cells
}

const (
	stopped   = "context canceled"
	hugeModel = "net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 602, Skip: true, Channels: 3, Width: 4})\nnn.Init(net, 1, nn.HeFanIn)\nx := nn.NewTensor(128, 32, 32, 3)\n"
)

// faults are all that the kernel is built to bear.
var faults = []fault{
	{name: "a loop without end", source: "for {}", stop: true, says: stopped},
	{name: "a loop of nn calls", source: "conv := nn.NewConv2D(nn.ConvConfig{In: 3, Out: 8, Kernel: 3})\nfor { conv.Forward(nn.NewTensor(1, 16, 16, 3), false) }", stop: true, says: stopped},
	{name: "one long pass through a deep net", source: hugeModel + "net.Forward(x, true)", stop: true, says: stopped},
	{name: "a training", source: "net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Channels: 1})\nnn.Init(net, 1, nn.HeFanIn)\nbatch := func(step int) (*nn.Tensor, []int) { return nn.NewTensor(4, 28, 28, 1), []int{0, 1, 2, 3} }\ntraining := nn.Training{Model: net, Batches: batch, Optimiser: nn.NewSGD(nn.SGDConfig{}), Rate: nn.Constant(0.1), Steps: 1e9}\ntraining.Run(context.Background())", stop: true, says: stopped},
	{name: "a long sleep", source: "time.Sleep(time.Hour)", stop: true, says: stopped},
	{name: "a channel that nobody sends to", source: "<-make(chan int)", stop: true, says: stopped},
	{name: "a select without cases", source: "select {}", stop: true, says: stopped},
	{name: "a mutex locked twice", source: "var mu sync.Mutex\nmu.Lock()\nmu.Lock()", stop: true, restarts: true, says: "The cell did not stop when told to, so its process was ended."},
	{name: "a recursion without end", source: "func f(n int) int { return f(n+1) + 1 }\nf(0)", restarts: true, says: "A function called itself without end, until the stack was full."},
	{name: "os.Exit", source: "os.Exit(3)", restarts: true, says: "The code called os.Exit(3)."},
	{name: "two goroutines writing one map", source: "m := map[int]int{}\nfor range 4 { go func() { for { m[1]++ } }() }\nfor { m[2]++ }", restarts: true, says: "Two goroutines used one map at the same time, and one of them wrote: guard it with a sync.Mutex."},
	{name: "100 GB at once", source: "b := make([]byte, 100<<30)\nfor i := 0; i < len(b); i += 4096 { b[i] = 1 }", restarts: true, says: "The code asked for more memory than this computer has.", or: "The code held ... of memory, more than it may."},
	{name: "memory that grows and grows", source: "var all [][]byte\nfor { all = append(all, make([]byte, 1<<20)) }", restarts: true, says: "The code held ... of memory, more than it may."},
	{name: "a panic in a goroutine", source: "go func() { panic(\"lost\") }()\ntime.Sleep(time.Hour)", says: "cell:...: in a goroutine: panic: lost"},
	{name: "a panic in a function that a timer calls", source: "time.AfterFunc(0, func() { panic(\"lost\") })\ntime.Sleep(time.Hour)", restarts: true, says: "A function that compiled code called later panicked."},
	{name: "unlocking what is not locked", source: "var mu sync.Mutex\nmu.Unlock()", restarts: true, says: "Go ended the kernel: sync: unlock of unlocked mutex."},
	{name: "a process killed by the system", kill: true, restarts: true, says: "The system ended the kernel (...): memory may have run out. The kernel was started again..."},
	{name: "100 MB printed in a loop", source: "line := strings.Repeat(\"x\", 1<<16-1)\nfor range 1600 { fmt.Println(line) }", sees: "its beginning and its end, with a notice"},
	{name: "printing without end", source: "for { fmt.Println(\"more\") }", stop: true, says: stopped},
	{name: "a million numbers shown", source: "make([]float32, 1e6)", sees: "the first and the last of them, with a notice"},
	{name: "a thousand displays", source: "for i := range 1000 { lab.Show(i) }", sees: "the first 500, with a notice"},
	{name: "ten thousand goroutines that wait", source: "wait := make(chan int)\nfor range 10_000 { go func() { <-wait }() }", sees: "nothing"},
	{name: "standard output closed", source: "os.Stdout.Close()", says: "os.Stdout or os.Stderr was closed: what cells print there is lost until the kernel starts again."},
	{name: "asking for input", source: "var n int\nfmt.Scan(&n)", says: "A cell has no input, os.Stdin is empty: put what you would type into a variable."},
	{name: "a file outside of the working folder", source: "_, err := os.ReadFile(\"../secret\")\nif err != nil { panic(err) }", says: "cell:...: panic: open ../secret: cells reach only files below the working folder; with --unrestricted they reach all"},
}

// abuse brings a fault about in a session that has cheap, and checks that the
// learner reads why, and that the session goes on. It returns what it cost.
func abuse(t *testing.T, c *kernel.Client, f fault) (took time.Duration) {
	t.Helper()
	const cheap = "kept := 7"
	if _, _, err := execute(t, c, cheap); err != nil {
		t.Errorf("%s: before it: %v", f.name, err)
	}
	before := c.PID()
	if f.kill {
		c.Kill()
	}
	received := 0
	if f.stop {
		timer := time.AfterFunc(100*time.Millisecond, c.Interrupt)
		defer timer.Stop()
	}
	began := time.Now()
	result, err := c.Execute(context.Background(), kernel.Cell{Name: "cell", Source: f.source}, func(e kernel.Event) {
		switch e := e.(type) {
		case kernel.Stream:
			received += len(e.Text)
		case kernel.Display:
			received += len(e.Data) + len(e.Text)
		}
	})
	took = time.Since(began)
	if says := sentence(result, err); !f.matches(says) {
		t.Errorf("%s: the learner reads %q, not %q", f.name, says, f.says)
	}
	if received > 2*kernel.MostOutput {
		t.Errorf("%s: %d bytes came through", f.name, received)
	}
	if restarted := c.PID() != before; restarted != f.restarts {
		t.Errorf("%s: the process was lost: %v", f.name, restarted)
	}
	if _, after, err := execute(t, c, "kept"); after.Value != "7" || err != nil {
		t.Errorf("%s: after it the session gives %q, %v", f.name, after.Value, err)
	}
	return took
}

// sentence is what the learner reads of a cell that has failed.
func sentence(r kernel.Result, err error) string {
	var restarted *kernel.Restarted
	switch {
	case errors.As(err, &restarted):
		return restarted.Why
	case err != nil:
		return err.Error()
	case len(r.Notes) > 0:
		return r.Notes[0]
	}
	return ""
}

// matches tells whether the learner reads what is expected.
func (f fault) matches(says string) bool {
	for _, want := range []string{f.says, f.or} {
		pattern := "^" + strings.ReplaceAll(regexp.QuoteMeta(want), `\.\.\.`, `.*`) + "$"
		if regexp.MustCompile(pattern).MatchString(says) && (want != "" || f.says == "") {
			return true
		}
	}
	return false
}

// limited are the options of the kernels that are abused: little memory, so
// that filling it does no harm.
var limited = kernel.Options{Memory: 1 << 30}

// TestFaults brings about each fault once, and compares the table of
// docs/reliability.md with what happened.
func TestFaults(t *testing.T) {
	descriptors := openDescriptors()
	c := start(t, limited)
	for _, f := range faults {
		abuse(t, c, f)
		if f.source == "os.Stdout.Close()" { // a fresh one for those that print
			if err := c.Restart(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
	c.Close()
	checkNothingIsLeft(t, descriptors)
	if !t.Failed() {
		compareTable(t)
	}
}

// TestSoak brings about as many faults as -soak says, and writes down the date
// and what it cost: see make soak.
func TestSoak(t *testing.T) {
	if *soak == 0 {
		t.Skip("run make soak")
	}
	descriptors := openDescriptors()
	c := start(t, limited)
	began := time.Now()
	var restarts int
	var longest time.Duration
	for i := range *soak {
		f := faults[i%len(faults)]
		took := abuse(t, c, f)
		if f.restarts {
			restarts++
		} else if f.stop {
			longest = max(longest, took-100*time.Millisecond)
		}
		if f.source == "os.Stdout.Close()" {
			if err := c.Restart(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
	c.Close()
	checkNothingIsLeft(t, descriptors)
	if t.Failed() {
		return
	}
	report := fmt.Sprintf("%s, %s/%s with %d cores: %d faults in %.0f minutes, %d of them cost the process and %d did not. Nothing of a session's source was lost, no process and no descriptor was left. "+
		"The longest that a cell took to stop without costing the process was %.2f s.\n",
		time.Now().Format("2 January 2006"), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), *soak, time.Since(began).Minutes(), restarts, *soak-restarts, longest.Seconds())
	t.Log(report)
	if *update {
		replaceSection(t, "soak", report)
	}
}

// page is where the figures are told.
var page = filepath.Join("..", "..", "..", "..", "docs", "reliability.md")

// compareTable compares the table of the page with the faults, or writes it.
func compareTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("\n| what a cell does | what the learner reads | the session |\n|---|---|---|\n")
	for _, f := range faults {
		says, session := strings.ReplaceAll(f.says, stopped, "Stopped."), "goes on"
		if f.or != "" {
			says += " Or: " + f.or
		}
		if says == "" {
			says = "(" + f.sees + ")"
		}
		if f.restarts {
			session = "starts again; cheap cells run again"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", f.name, strings.ReplaceAll(says, "|", `\|`), session)
	}
	b.WriteString("\n")
	if *update {
		replaceSection(t, "faults", b.String())
	}
	if got := section(t, "faults"); got != b.String() {
		t.Errorf("%s has another table: run go test ./cmd/lab/internal/kernel -run TestFaults -update", page)
	}
}

func section(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := bytes.Cut(text, []byte("<!-- "+name+" -->\n"))
	inside, _, ended := bytes.Cut(after, []byte("<!-- end -->"))
	if !found || !ended {
		t.Fatalf("%s has no section %s", page, name)
	}
	return string(inside)
}

func replaceSection(t *testing.T, name, with string) {
	t.Helper()
	old := section(t, name)
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	mark := "<!-- " + name + " -->\n"
	text = bytes.Replace(text, []byte(mark+old), []byte(mark+with), 1)
	if err := os.WriteFile(page, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// openDescriptors counts the descriptors of this process, 0 where they cannot
// be counted.
func openDescriptors() int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(list)
}

// checkNothingIsLeft fails the test if there are more descriptors than before,
// or a child, dead or alive.
func checkNothingIsLeft(t *testing.T, descriptors int) {
	t.Helper()
	if now := openDescriptors(); now > descriptors {
		t.Errorf("%d descriptors are open, %d were before", now, descriptors)
	}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range stats {
		stat, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(stat), ") ") // the state, the parent
		var state string
		var parent int
		if _, err := fmt.Sscan(rest, &state, &parent); err == nil && parent == os.Getpid() {
			t.Errorf("a child is left, in state %s", state)
		}
	}
}
