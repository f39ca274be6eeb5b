package repl

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCommands(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("more.go", []byte("z := x * 10\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ input, says string }{
		{":help", ":doc NAME"},
		{":help :plot", ":plot EXPRESSION\n  draw numbers as a curve"},
		{":help quit", ":quit\n  leave"},
		{":help nn.NewConv2D", "func nn.NewConv2D(cfg nn.ConvConfig) *nn.Conv2D"},
		{":doc nn.NewConv2D", "func nn.NewConv2D(cfg nn.ConvConfig) *nn.Conv2D"},
		{":doc nn.Conv2D.Forward", "Forward computes y from x"},
		{":doc strings.Cut", "Cut slices s around"},
		{"x := 4\n:type float64(x) * 2.5", "float64"},
		{"x := 4\n:vars", "x  int  4"},
		{":vars", "There are no variables yet"},
		{":plot []float64{1, 2}", "2 numbers"},
		{":show nn.FromSlice([]float32{7}, 1, 1, 1, 1)", "7"},
		{":time 1 + 1", "2\n"},
		{"x := 4\n:load more.go\nz", "40"},
		{"x := 4\ny := 5\n:undo\n:vars", "Taken back: y := 5\nx  int  4"},
		{"x := 4\n:reset\n:vars", "There are no variables yet"},
		{"x := 4\n:source", "4"},
		{":lesson", "02"},
		{":lesson convolution", "onvolution"},
	} {
		out, errOut, err := pipe(t, c.input+"\n", Options{})
		if err != nil || !strings.Contains(out, c.says) {
			t.Errorf("%q gives %q, %q, %v; want %q", c.input, out, errOut, err, c.says)
		}
	}
}

func TestWrongCommands(t *testing.T) {
	for input, want := range map[string]string{
		":what":          ":what is no command; :help lists them",
		":":              ": is no command",
		":s":             ":s may be :show, :set, :source, :save: type one letter more",
		":doc":           ":doc needs something to work on: :doc NAME",
		":doc nosuch":    "nothing is known of nosuch",
		":type nosuch":   "undefined: nosuch",
		":load nosuch":   "nosuch",
		":undo":          "there is nothing to take back",
		":edit":          ":edit needs a terminal",
		":lesson 99":     "99",
		":plot \"text\"": "lab.Plot draws",
	} {
		if _, _, err := pipe(t, input+"\n", Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v; want %q", input, err, want)
		}
	}
}

func TestSave(t *testing.T) {
	file := filepath.Join(t.TempDir(), "session.go")
	if _, _, err := pipe(t, "x := 4\nfunc f() int {\n\treturn x\n}\nnope()\n", Options{}); err == nil {
		t.Error("a mistake passes")
	}
	if _, _, err := pipe(t, "x := 4\nfunc f() int {\n\treturn x\n}\n:save "+file+"\n", Options{}); err != nil {
		t.Fatal(err)
	}
	if out, _, err := pipe(t, "f()\n", Options{File: file}); err != nil || out != "4\n" {
		t.Errorf("the saved session gives %q, %v", out, err)
	}
	if _, _, err := pipe(t, ":save "+file+"\n", Options{}); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("a file is written over: %v", err)
	}
}
