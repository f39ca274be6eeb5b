package export

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/notebook/browsertest"
	"reslab/cmd/lab/internal/notebook/document"
)

// shown is a notebook with one of everything, and what its cells showed.
func shown(t *testing.T) (*document.Document, map[string]Result) {
	t.Helper()
	d, err := document.Parse([]byte("# Title & more\n\nText $x^2$ ![p](p.png)\n\n<!-- lab: {\"exercise\": \"half\"} -->\n```go\nx < 1\n```\n\n<details>\n<summary>Hint 1</summary>\n\nThink.\n\n</details>\n\n<!-- lab: {\"include\": \"nn/conv.go#Conv2D\"} -->\n```go\ntype T struct{}\n```\n\n```go\npanic(1)\n```\n\n```go\nold()\n```\n```output\nprinted before\n```\n"))
	if err != nil {
		t.Fatal(err)
	}
	cells := d.Cells()
	return d, map[string]Result{
		cells[0].ID: {Outputs: []Output{
			{Stream: "stdout", Text: "one\ntwo </script><!--\n"}, {Stream: "notice", Text: "said\n"},
			{Kind: kernel.SVG, Data: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4"/></svg>`, Text: "a drawing\n"},
			{Kind: kernel.PNG, Data: base64.StdEncoding.EncodeToString(dot), Text: "a picture\n"},
			{Kind: kernel.HTML, Data: "<p>piece</p><script>parent.broken = 1</script>", Text: "a piece\n"},
			{Kind: kernel.Text, Text: "7\n", Result: true},
		}},
		cells[1].ID: {Error: "cell 2:1:1: panic: 1\n  panic(1)\n  ^"},
	}
}

// dot is a picture of one pixel.
var dot, _ = base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")

func TestJupyter(t *testing.T) {
	d, results := shown(t)
	text, err := Jupyter(d, results)
	if err != nil {
		t.Fatal(err)
	}
	var n struct {
		Cells []struct {
			Type    string `json:"cell_type"`
			ID      string
			Source  []string
			Count   *int             `json:"execution_count"`
			Outputs []map[string]any `json:"outputs"`
		}
	}
	if err := json.Unmarshal(text, &n); err != nil {
		t.Fatal(err)
	}
	if len(n.Cells) != 6 || n.Cells[1].Type != "code" || *n.Cells[1].Count != 1 || len(n.Cells[1].Outputs) != 6 || n.Cells[1].Outputs[5]["output_type"] != "execute_result" {
		t.Errorf("the cells are %s", text)
	}
	if got := strings.Join(n.Cells[2].Source, ""); got != "<details>\n<summary>Hint 1</summary>\n\nThink.\n\n</details>" {
		t.Errorf("the hints are %q", got)
	}
	if got := strings.Join(n.Cells[3].Source, ""); got != "From `nn/conv.go`, `Conv2D`:\n\n```go\ntype T struct{}\n```" {
		t.Errorf("the quote is %q", got)
	}
	if n.Cells[5].Count != nil || n.Cells[5].Outputs[0]["output_type"] != "stream" {
		t.Errorf("a cell that did not run is %+v", n.Cells[5])
	}
	valid(t, text)
}

// valid asks Debian's python3-nbformat whether a notebook is as it has to be.
func valid(t *testing.T, notebook []byte) {
	t.Helper()
	python := "/usr/bin/python3"
	if exec.Command(python, "-c", "import nbformat").Run() != nil {
		t.Skip("python3-nbformat is not here")
	}
	const check = "import sys, nbformat\nn = nbformat.reads(sys.stdin.read(), as_version=nbformat.NO_CONVERT)\nassert (n.nbformat, n.nbformat_minor) == (4, 5)\nnbformat.validate(n)\n"
	run := exec.Command(python, "-W", "error", "-c", check)
	run.Stdin = bytes.NewReader(notebook)
	if out, err := run.CombinedOutput(); err != nil {
		t.Errorf("the notebook is not valid: %v\n%s", err, out)
	}
}

var address = regexp.MustCompile(`(?:src|href|action)="(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import`)

func TestHTML(t *testing.T) {
	d, results := shown(t)
	page, err := HTML(d, results, fstest.MapFS{"p.png": {Data: dot}})
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	for _, part := range []string{
		"<title>Title &amp; more</title>", "<math>", `src="data:image/png;base64,`, `x &lt; <span class="m">1</span>`, "two &lt;/script&gt;&lt;!--", "<summary>Hint 1</summary>",
		"nn/conv.go, Conv2D", "cell 2:1:1: panic: 1", "printed before", `"imports":{"lab/built.js":"data:text/javascript;base64,`,
	} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in the file", part)
		}
	}
	if strings.Contains(text, "<script>parent") {
		t.Error("what a cell showed is part of the page")
	}
	if m := address.FindString(text); m != "" {
		t.Errorf("the file asks another host: %s", m)
	}
	if scripts := strings.Count(text, "<script"); scripts != strings.Count(text, "</script>") {
		t.Errorf("%d scripts begin and %d end", scripts, strings.Count(text, "</script>"))
	}
}

// The file opens from the disk, draws what the cells showed, and asks nobody.
func TestHTMLInBrowser(t *testing.T) {
	browser := browsertest.Start(t)
	d, err := document.Parse([]byte("# Drawn\n\n| a | b |\n|---|--:|\n| $x$ | 1 |\n\n```go\nx := nn.NewTensor(1, 12, 12, 1)\nlab.Show(x)\nlab.Plot([]float64{1, 4, 2})\nlab.Slider(\"s\", 0, 1, 0.5)\n```\n"))
	if err != nil {
		t.Fatal(err)
	}
	results, err := Run(context.Background(), d, Options{Accept: HTMLKinds()})
	if err != nil {
		t.Fatal(err)
	}
	text, err := HTML(d, results, nil)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "drawn.html")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	page := browser.Open(t, "file://"+file)
	page.Wait(`document.querySelector(".display.figure svg, .display.echarts svg")`)
	page.Wait(`document.querySelector(".display.tensor:not([hidden]) :is(table, canvas, svg)")`)
	page.Wait(`document.querySelector(".display.control[inert]")`)
	page.Shot("file")
	page.Dark(true)
	page.Shot("file-dark")
	page.Size(420, 900)
	page.Shot("file-narrow")
	if beyond := browsertest.Eval[int](page, `document.documentElement.scrollWidth - innerWidth`); beyond > 0 {
		t.Errorf("on a narrow screen the page is %d pixels too wide", beyond)
	}
	page.Print("file")
}

func TestCommand(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var out bytes.Buffer
	own := file("own.md", "```go\n1 + 1\n```\n")
	for problem, c := range map[string]Command{
		"say what to make of it": {ID: own},
		"there is no lesson":     {ID: "99", Go: "x"},
		"there is no notebook":   {ID: filepath.Join(dir, "none.md"), Go: "x"},
		"it is no text":          {ID: file("binary.md", "a\x00b"), Go: "x"},
		"there is no folder":     {ID: own, HTML: filepath.Join(dir, "nosuch", "x.html")},
		"not in UTF-8":           {ID: file("latin.md", "caf\xe9"), HTML: "x"},
	} {
		if err := c.Run(context.Background(), &out); err == nil || !strings.Contains(err.Error(), problem) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%+v says %v", c, err)
		}
	}
	c := Command{ID: own, Ipynb: filepath.Join(dir, "own.ipynb"), HTML: filepath.Join(dir, "own.html")}
	if err := c.Run(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	notebook, err := os.ReadFile(c.Ipynb)
	if err != nil || !strings.Contains(string(notebook), `"2"`) {
		t.Errorf("the notebook is %s, %v", notebook, err)
	}
	page, err := os.ReadFile(c.HTML)
	if err != nil || !strings.Contains(string(page), "<title>own</title>") {
		t.Errorf("the page has another title, %v", err)
	}
	if want := c.Ipynb + "\n" + c.HTML + "\n"; out.String() != want {
		t.Errorf("it says %q", &out)
	}
}

// What the go command says of our go.mod is what is built in.
func TestModules(t *testing.T) {
	if testing.Short() {
		t.Skip("asks the go command")
	}
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command here")
	}
	dir := t.TempDir()
	gen := exec.Command(goCommand, "run", "./gen", dir)
	if out, err := gen.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, have := range map[string][]byte{"gomod.txt": goMod, "gosum.txt": goSum} {
		if now, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(now, have) {
			t.Errorf("%s is old: run go generate ./cmd/lab/internal/notebook/export (%v)", name, err)
		}
	}
}
