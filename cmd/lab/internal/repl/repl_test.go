package repl

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/kernel/kerneltest"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

// pipe runs input as from a pipe.
func pipe(t *testing.T, input string, opt Options) (out, errOut string, err error) {
	t.Helper()
	var o, e bytes.Buffer
	err = Run(context.Background(), strings.NewReader(input), &o, &e, opt)
	return o.String(), e.String(), err
}

func TestPipe(t *testing.T) {
	for input, want := range map[string]string{
		"1+1\n": "2\n",
		"1+1":   "2\n",
		"x := 3\nfunc f(n int) int {\n\treturn n * x\n}\n\nf(2)\nfmt.Println(\"hi\")\n": "6\nhi\n",
		"x := []int{1,\n\t2}\nlen(x)\n": "2\n",
		"// a comment\npackage main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"program\")\n}\n": "program\n",
		"for i := range 2 {\n\tfmt.Println(i)\n}\r\n7\r\n":                                               "0\n1\n7\n",
		":quit\n1+1\n":                        "",
		"":                                    "",
		"nn.FromSlice([]float32{1, 2}, 1, 2)": "tensor [1 2]\n  1  2\n",
		example:                               "[1 6 6 4]\n",
	} {
		out, errOut, err := pipe(t, input, Options{})
		if err != nil || out != want || errOut != "" {
			t.Errorf("%q gives %q, %q, %v; not %q", input, out, errOut, err, want)
		}
	}
}

func TestPipeStopsAtTheFirstMistake(t *testing.T) {
	out, _, err := pipe(t, "1+1\nx +\n1\n2+2\n", Options{})
	var e *kernel.Error
	if !errors.As(err, &e) || out != "2\n" {
		t.Fatalf("got %q, %v", out, err)
	}
	if want := "input 2:1:1: undefined: x\n    x +\n    ^"; err.Error() != want {
		t.Errorf("got\n%s\nnot\n%s", err, want)
	}
	if _, _, err = pipe(t, "func f() {\n", Options{}); err == nil {
		t.Error("an input without its end is no mistake")
	}
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	program := write("p.go", "package main\n\nfunc twice(n int) int { return 2 * n }\n\nfunc main() {\n\tprintln(twice(2))\n}\n")
	out, _, err := pipe(t, "twice(5)\n", Options{File: program})
	if err != nil || out != "4\n10\n" {
		t.Errorf("got %q, %v", out, err)
	}
	_, _, err = pipe(t, "", Options{File: write("bad.go", "x := 1\ny := x + z\n")})
	if err == nil || !strings.HasPrefix(err.Error(), "bad.go:2:10: undefined: z\n") {
		t.Errorf("got %v", err)
	}
	if _, _, err = pipe(t, "", Options{File: filepath.Join(dir, "none.go")}); err == nil || !strings.Contains(err.Error(), "none.go") {
		t.Errorf("got %v", err)
	}
}

func TestUnrestricted(t *testing.T) {
	const input = "import \"os/exec\"\nexec.ErrNotFound != nil\n"
	if _, _, err := pipe(t, input, Options{}); err == nil {
		t.Error("os/exec is offered")
	}
	if out, _, err := pipe(t, input, Options{Unrestricted: true}); err != nil || out != "true\n" {
		t.Errorf("got %q, %v", out, err)
	}
}

// typist is a repl as on a terminal, driven line by line.
type typist struct {
	lines      chan line
	interrupts chan os.Signal
	out        bytes.Buffer
	done       chan error
}

func startTyping(t *testing.T) *typist {
	t.Helper()
	term := &typist{lines: make(chan line), interrupts: make(chan os.Signal), done: make(chan error, 1)}
	client, err := kernel.Start(context.Background(), kernel.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	r := &repl{kernel: client, out: &term.out, errOut: &term.out, interactive: true, signals: term.interrupts}
	go func() { term.done <- r.loop(context.Background(), term.lines) }()
	return term
}

func (term *typist) finish(t *testing.T) string {
	t.Helper()
	select {
	case err := <-term.done:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it does not leave")
	}
	_, screen, _ := strings.Cut(term.out.String(), example+"\n")
	return screen
}

func TestTerminal(t *testing.T) {
	term := startTyping(t)
	for _, text := range []string{"x := 2", "func f() int {", "\treturn x", "}", "f() + y", "f()", ":what", ":help"} {
		term.lines <- line{text: text}
	}
	close(term.lines)
	want := "> > . . > input 3:1:7: undefined: y\n    f() + y\n          ^\n> 2\n> :what is no command; :help lists them.\n> " + help + "\n> \n"
	if screen := term.finish(t); screen != want {
		t.Errorf("the screen shows\n%s\nnot\n%s", screen, want)
	}
}

func TestCtrlC(t *testing.T) {
	term := startTyping(t)
	enter := func(text string) {
		term.lines <- line{text: text}
		time.Sleep(100 * time.Millisecond) // until it is evaluated, or well on the way
	}
	interrupt := func() { term.interrupts <- os.Interrupt }
	enter("func f() {")
	interrupt() // drops what is typed
	enter("1 + 1")
	enter("for {}")
	interrupt() // stops what runs
	time.Sleep(100 * time.Millisecond)
	enter("2 + 2")
	interrupt() // at the empty prompt: asks
	enter("3 + 3")
	interrupt()
	interrupt() // and leaves
	want := "> . \n> 2\n> Stopped.\n> 4\n> \nCtrl-C once more, or Ctrl-D, leaves.\n> 6\n> \nCtrl-C once more, or Ctrl-D, leaves.\n> \n"
	if screen := term.finish(t); screen != want {
		t.Errorf("the screen shows\n%q\nnot\n%q", screen, want)
	}
}

func TestReadErrorIsReturned(t *testing.T) {
	broken := io.MultiReader(strings.NewReader("1+1\n"), errReader{})
	var out bytes.Buffer
	err := Run(context.Background(), broken, &out, io.Discard, Options{})
	if !errors.Is(err, os.ErrClosed) || out.String() != "2\n" {
		t.Errorf("got %q, %v", out.String(), err)
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, os.ErrClosed }
