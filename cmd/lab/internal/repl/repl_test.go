package repl

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/kernel/kerneltest"
)

// TestMain makes the test binary a repl on its terminal, too.
func TestMain(m *testing.M) {
	if os.Getenv(onTerminal) != "" && len(os.Args) == 1 { // not the kernel below it
		if err := Run(context.Background(), os.Stdin, os.Stdout, os.Stdout, Options{Interactive: true}); err != nil {
			fmt.Println("it failed:", err)
		}
		return
	}
	kerneltest.Main(m)
}

// onTerminal is the variable that says so.
const onTerminal = "RESLAB_TEST_REPL"

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
	if want := "input 2:1:1: undefined: x\n    x +\n    ^\nIs x spelled as "; !strings.HasPrefix(err.Error(), want) {
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
