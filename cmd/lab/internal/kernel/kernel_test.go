package kernel

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// TestMain makes the test binary its own child.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "kernel" {
		if err := Serve(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func start(t testing.TB, opt Options) *Client {
	t.Helper()
	c, err := Start(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// execute runs source and returns what it prints and shows, as text.
func execute(t testing.TB, c *Client, source string) (string, Result, error) {
	t.Helper()
	var shown strings.Builder
	result, err := c.Execute(context.Background(), Cell{Name: "cell", Source: source}, func(e Event) {
		switch e := e.(type) {
		case Stream:
			shown.WriteString(e.Text)
		case Display:
			shown.WriteString(e.Text)
		}
	})
	return shown.String(), result, err
}

func TestExecute(t *testing.T) {
	c := start(t, Options{})
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
	c := start(t, Options{})
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
	c := start(t, Options{})
	execute(t, c, "x := 3")
	execute(t, c, "time.Sleep(600 * time.Millisecond)\nslow := 4")
	_, _, err := execute(t, c, "func f(n int) int { return f(n+1) + 1 }\nf(0)")
	var restarted *Restarted
	if !errors.As(err, &restarted) || restarted.Replayed != 1 || len(restarted.Gone) != 1 {
		t.Fatalf("got %#v", err)
	}
	t.Log(err)
	if got, _, err := execute(t, c, "x"); got != "3\n" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}
