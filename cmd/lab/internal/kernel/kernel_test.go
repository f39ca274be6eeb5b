package kernel_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/kernel/kerneltest"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

func start(t testing.TB, opt kernel.Options) *kernel.Client {
	t.Helper()
	c, err := kernel.Start(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// execute runs source and returns what it prints and shows, as text.
func execute(t testing.TB, c *kernel.Client, source string) (string, kernel.Result, error) {
	t.Helper()
	var shown strings.Builder
	result, err := c.Execute(context.Background(), kernel.Cell{Name: "cell", Source: source}, func(e kernel.Event) {
		switch e := e.(type) {
		case kernel.Stream:
			shown.WriteString(e.Text)
		case kernel.Display:
			shown.WriteString(e.Text)
		}
	})
	return shown.String(), result, err
}

func TestExecute(t *testing.T) {
	c := start(t, kernel.Options{})
	for _, step := range []struct{ source, want, err string }{
		{"1 + 1", "2\n", ""},
		{"x := 20\nfmt.Println(x)\nprintln(\"built in\")\nx + 1", "20\nbuilt in\n21\n", ""},
		{"fmt.Fprintln(os.Stdout, 1); fmt.Println(2); os.Stdout.WriteString(\"3\\n\"); lab.Show(4); fmt.Println(5)", "1\n2\n3\n4\n5\n", ""},
		{"x + y", "", "cell:1:5: undefined: y"},
		{"fmt.Println(7); panic(\"no\")", "7\n", "panic: no"},
		{"x", "20\n", ""},
	} {
		got, _, err := execute(t, c, step.source)
		if got != step.want || err == nil != (step.err == "") || err != nil && !strings.Contains(err.Error(), step.err) {
			t.Errorf("%q gives %q, %v; not %q, %q", step.source, got, err, step.want, step.err)
		}
	}
}

func TestInterruptKeepsTheSession(t *testing.T) {
	c := start(t, kernel.Options{})
	execute(t, c, "x := 3")
	time.AfterFunc(200*time.Millisecond, c.Interrupt)
	if _, _, err := execute(t, c, "for {}"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got, _, err := execute(t, c, "x"); got != "3\n" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestDeathIsToldAndTheSessionGoesOn(t *testing.T) {
	c := start(t, kernel.Options{})
	execute(t, c, "x := 3")
	execute(t, c, "time.Sleep(600 * time.Millisecond)\nslow := 4")
	_, _, err := execute(t, c, "func f(n int) int { return f(n+1) + 1 }\nf(0)")
	var restarted *kernel.Restarted
	if !errors.As(err, &restarted) || restarted.Replayed != 1 || len(restarted.Gone) != 1 {
		t.Fatalf("got %#v", err)
	}
	t.Log(err)
	if got, _, err := execute(t, c, "x"); got != "3\n" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}
