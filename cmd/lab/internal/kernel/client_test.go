package kernel_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"reslab/cmd/lab/internal/kernel"
)

// TestHelperParent is no test: it is a parent that is killed by the next one.
func TestHelperParent(t *testing.T) {
	if os.Getenv("KERNEL_TEST_PARENT") == "" {
		t.Skip("only as a process of TestNoOrphan")
	}
	c := start(t, kernel.Options{})
	execute(t, c, "x := 1")
	fmt.Println("child", c.PID())
	execute(t, c, "for {}")
}

// A child ends with its parent, even if that is killed and the child is busy.
func TestNoOrphan(t *testing.T) {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("processes are looked at through /proc")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	parent := exec.Command(self, "-test.run", "^TestHelperParent$", "-test.v")
	parent.Env = append(os.Environ(), "KERNEL_TEST_PARENT=1")
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	child := 0
	for lines := bufio.NewScanner(out); child == 0 && lines.Scan(); {
		_, _ = fmt.Sscanf(lines.Text(), "child %d", &child) // other lines have none
	}
	if child == 0 || !lives(child) {
		t.Fatalf("there is no child, or it does not live: %d", child)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait() // it was killed
	for began := time.Now(); lives(child); time.Sleep(5 * time.Millisecond) {
		if time.Since(began) > 20*time.Second {
			t.Fatal("the child outlives its parent")
		}
	}
}

// lives tells whether a process is there and not dead.
func lives(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(stat), ") ")
	return err == nil && !strings.HasPrefix(rest, "Z")
}

// Cells that were expensive, wrote files or failed do not run again; what they
// declared is named.
func TestReplay(t *testing.T) {
	dir := t.TempDir()
	c := start(t, kernel.Options{Dir: dir})
	for _, source := range []string{
		"cheap := 1",
		"func double(n int) int { return 2 * n }",
		"time.Sleep(600 * time.Millisecond)\nslow := 2",
		"wrote := os.WriteFile(\"file\", []byte(\"x\"), 0o666)",
		"user := slow + 1", // cheap, but not without slow
		"last := double(cheap)",
	} {
		if _, _, err := execute(t, c, source); err != nil {
			t.Fatalf("%s: %v", source, err)
		}
	}
	execute(t, c, "broken +")
	if n := len(c.Source()); n != 6 {
		t.Errorf("the source has %d cells, want 6", n)
	}
	if err := os.Remove(dir + "/file"); err != nil {
		t.Fatal(err)
	}
	_, _, err := execute(t, c, "os.Exit(1)")
	var restarted *kernel.Restarted
	if !errors.As(err, &restarted) {
		t.Fatalf("got %v", err)
	}
	if want := "The code called os.Exit(1). The kernel was started again, and 3 cells ran again; gone: slow, user, wrote."; err.Error() != want {
		t.Errorf("it says %q, not %q", err, want)
	}
	if _, err := os.Stat(dir + "/file"); err == nil {
		t.Error("the file was written again")
	}
	if got, _, err := execute(t, c, "last"); got != "2\n" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestRestartIsEmpty(t *testing.T) {
	c := start(t, kernel.Options{})
	execute(t, c, "x := 1")
	done := make(chan error)
	running := make(chan bool, 1)
	go func() {
		_, err := c.Execute(context.Background(), kernel.Cell{Source: "fmt.Println(1)\nfor {}"}, func(kernel.Event) { running <- true })
		done <- err
	}()
	<-running
	if err := c.Restart(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err == nil {
		t.Error("the cell that ran has succeeded")
	}
	if _, _, err := execute(t, c, "x"); err == nil || !strings.Contains(err.Error(), "undefined: x") {
		t.Errorf("after Restart x gives %v", err)
	}
	if len(c.Source()) != 0 {
		t.Error("the source was kept")
	}
}

func TestClosed(t *testing.T) {
	descriptors := openDescriptors()
	c := start(t, kernel.Options{})
	done := make(chan error)
	running := make(chan bool, 1)
	go func() {
		_, err := c.Execute(context.Background(), kernel.Cell{Source: "fmt.Println(1)\nfor {}"}, func(kernel.Event) { running <- true })
		done <- err
	}()
	<-running
	if _, err := c.Variables(context.Background()); !errors.Is(err, kernel.ErrBusy) {
		t.Errorf("while a cell runs: %v", err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err == nil {
		t.Error("the cell that ran has succeeded")
	}
	if _, _, err := execute(t, c, "1"); !errors.Is(err, kernel.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	if err := c.Restart(context.Background()); !errors.Is(err, kernel.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	checkNothingIsLeft(t, descriptors)
}

func TestStartFails(t *testing.T) {
	for name, program := range map[string][]string{
		"no program":    {"/no/such/program"},
		"another one":   {os.Args[0], "-test.run", "^$"},
		"one that ends": {os.Args[0], "-test.nosuchflag"},
	} {
		c, err := kernel.Start(context.Background(), kernel.Options{Program: program})
		if err == nil {
			c.Close()
			t.Errorf("%s: it starts", name)
		} else if !strings.HasPrefix(err.Error(), "starting the kernel: ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: it says %q", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if c, err := kernel.Start(ctx, kernel.Options{}); err == nil {
		c.Close()
		t.Error("it starts though it was told not to")
	}
}

func TestQuestions(t *testing.T) {
	c, ctx := start(t, kernel.Options{}), context.Background()
	execute(t, c, "learningRate := 0.1\nnames := []string{\"a\"}")
	completions, err := c.Complete(ctx, "learn", 5)
	if err != nil || len(completions.List) == 0 || completions.List[0].Name != "learningRate" {
		t.Errorf("complete gives %+v, %v", completions, err)
	}
	inspection, err := c.Inspect(ctx, "nn.FromSlice(nil, ", 18)
	if err != nil || inspection.Call == nil || inspection.Call.Name != "FromSlice" || inspection.Argument != 1 {
		t.Errorf("inspect gives %+v, %v", inspection, err)
	}
	variables, err := c.Variables(ctx)
	if err != nil || len(variables) != 2 || variables[0].Name != "learningRate" || variables[0].Value != "0.1" || variables[1].Type != "[]string" {
		t.Errorf("variables gives %+v, %v", variables, err)
	}
	uses, err := c.Uses(ctx, "y := learningRate")
	if err != nil || !slices.Contains(uses.Reads, "learningRate") || !slices.Contains(uses.Writes, "y") {
		t.Errorf("uses gives %+v, %v", uses, err)
	}
}

func TestErrorHasItsPlace(t *testing.T) {
	c := start(t, kernel.Options{})
	_, _, err := execute(t, c, "x := 1\ny := x + missing")
	var e *kernel.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v", err)
	}
	if e.Cell != "cell" || e.Line != 2 || e.Column != 10 || e.Message != "undefined: missing" || e.Source != "y := x + missing" ||
		e.Excerpt != "cell:2:10: undefined: missing\n    y := x + missing\n             ^^^^^^^" ||
		e.Advice == "" {
		t.Errorf("got %+v", e)
	}
}

// shown runs a cell and returns what it displays.
func shown(t *testing.T, c *kernel.Client, source string, accept ...kernel.Kind) (displays []kernel.Display, steps []kernel.Progress) {
	t.Helper()
	_, err := c.Execute(context.Background(), kernel.Cell{Name: "cell", Source: source, Accept: accept}, func(e kernel.Event) {
		switch e := e.(type) {
		case kernel.Display:
			displays = append(displays, e)
		case kernel.Progress:
			steps = append(steps, e)
		}
	})
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return displays, steps
}

const curve = "y := make([]float64, 10_000)\nfor i := range y { y[i] = math.Sin(float64(i) / 100) }\nfig := viz.NewFigure(\"waves\").Axes(\"x\", \"y\").Line(\"sine\", viz.Plain, nil, y)\n"

func TestKinds(t *testing.T) {
	c := start(t, kernel.Options{})
	for _, k := range []struct {
		source string
		accept []kernel.Kind
		want   kernel.Kind
		begins string
	}{
		{curve + "fig", nil, kernel.Text, "figure"},
		{"fig", []kernel.Kind{kernel.PNG}, kernel.PNG, "iVBORw0KGgo"},
		{"fig", []kernel.Kind{kernel.SVG, kernel.PNG}, kernel.SVG, "<"},
		{"fig", []kernel.Kind{kernel.HTML, kernel.ECharts}, kernel.ECharts, `{"title":"waves"`},
		{"fig", []kernel.Kind{kernel.Letters}, kernel.Letters, ""},
		{"image.NewGray(image.Rect(0, 0, 20, 20))", []kernel.Kind{kernel.ECharts, kernel.PNG}, kernel.PNG, "iVBORw0KGgo"},
		{"nn.NewTensor(1, 28, 28, 1)", []kernel.Kind{kernel.ECharts, kernel.PNG}, kernel.PNG, "iVBORw0KGgo"},
		{"nn.NewTensor(1, 4, 4, 1)", []kernel.Kind{kernel.PNG}, kernel.Text, "tensor [1 4 4 1]"},
		{"viz.NewReport(\"r\").Heading(\"h\")", []kernel.Kind{kernel.HTML}, kernel.HTML, "<!doctype html>"},
		{"viz.NewFigure(\"empty\")", []kernel.Kind{kernel.PNG}, kernel.Text, "figure \"empty\", 0 curves\nit cannot be drawn"},
		{"&nn.Tensor{Shape: []int{1, 99, 99, 1}}", []kernel.Kind{kernel.PNG}, kernel.Text, ""},
	} {
		displays, _ := shown(t, c, k.source, k.accept...)
		if len(displays) != 1 || displays[0].Kind != k.want || !strings.HasPrefix(strings.ToLower(displays[0].Data), strings.ToLower(k.begins)) || displays[0].Text == "" || !displays[0].Result {
			t.Errorf("%s for %v gives %.200v", k.source, k.accept, displays)
		}
	}
}

// A curve of ten thousand points is thinned before it is sent. A chart comes with
// the same for a phone.
func TestLongCurvesAreThinned(t *testing.T) {
	c := start(t, kernel.Options{})
	displays, _ := shown(t, c, curve+"fig", kernel.ECharts)
	var chart struct {
		Width  int
		Option struct{ Series []struct{ Data []any } }
		Narrow struct {
			Width  int
			SVG    string
			Option struct{ Series []any }
		}
	}
	if err := json.Unmarshal([]byte(displays[0].Data), &chart); err != nil {
		t.Fatal(err)
	}
	if n := chart.Narrow; n.Width >= chart.Width || n.SVG == "" || len(n.Option.Series) != len(chart.Option.Series) {
		t.Errorf("the chart is %d wide, and %d for a phone, with %d curves", chart.Width, n.Width, len(n.Option.Series))
	}
	points := 0
	for _, s := range chart.Option.Series {
		points += len(s.Data)
	}
	if points == 0 || points > 2500 {
		t.Errorf("%d points are sent", points)
	}
}

// A display that changes in place sends its last state, and not all before.
func TestLiveAndProgress(t *testing.T) {
	c := start(t, kernel.Options{})
	displays, steps := shown(t, c, "live := lab.NewLive()\nfor i := range 5000 { live.Show(i); lab.Progress(i+1, 5000, \"step\") }")
	if len(displays) < 2 || len(displays) > 1000 || len(steps) < 2 || len(steps) > 1000 {
		t.Fatalf("%d displays and %d steps are sent", len(displays), len(steps))
	}
	first, last := displays[0], displays[len(displays)-1]
	if first.Update || !last.Update || last.ID != first.ID || last.Text != "4999\n" {
		t.Errorf("the first is %+v, the last %+v", first, last)
	}
	if s := steps[len(steps)-1]; s != (kernel.Progress{Done: 5000, Total: 5000, Label: "step"}) {
		t.Errorf("the last step is %+v", s)
	}
}

// Goroutines that go on print when the cell has ended.
func TestOutputAfterTheEnd(t *testing.T) {
	c := start(t, kernel.Options{})
	heard := make(chan string, 10)
	if _, err := c.Execute(context.Background(), kernel.Cell{Source: "go func() { time.Sleep(20 * time.Millisecond); fmt.Println(\"late\") }()"}, func(e kernel.Event) {
		if s, ok := e.(kernel.Stream); ok {
			heard <- s.Text
		}
	}); err != nil {
		t.Fatal(err)
	}
	if got := <-heard; got != "late\n" {
		t.Errorf("got %q", got)
	}
}

// The sentence about a death between cells comes with the next cell.
func TestDeathBetweenCells(t *testing.T) {
	c := start(t, kernel.Options{})
	execute(t, c, "x := 3")
	c.Kill()
	got, result, err := execute(t, c, "x")
	if got != "3\n" || err != nil || len(result.Notes) != 1 || !strings.Contains(result.Notes[0], "one cell ran again") {
		t.Errorf("got %q, %v, %v", got, result.Notes, err)
	}
}
