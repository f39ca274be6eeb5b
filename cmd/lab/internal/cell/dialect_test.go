package cell

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write docs/dialect.md")

// dialectPage is the table that TestDialect makes.
var dialectPage = filepath.Join("..", "..", "..", "..", "docs", "dialect.md")

// A feature is a small program of testdata/dialect, written as a cell.
type feature struct {
	name, text string
	here       outcome // as a cell
	there      outcome // compiled by Go
}

// An outcome is what a program does.
type outcome struct {
	printed string
	panic   string // what it panics with, "" if it does not
	refused string // why it does not run at all
}

// A chapter is a file of testdata/dialect.
type chapter struct {
	title    string
	features []*feature
}

func readChapters(t *testing.T) []chapter {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "dialect", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no features: %v", err)
	}
	var all []chapter
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := chapter{title: strings.TrimSpace(string(archive.Comment))}
		for _, f := range archive.Files {
			c.features = append(c.features, &feature{name: f.Name, text: string(f.Data)})
		}
		all = append(all, c)
	}
	return all
}

// TestDialect runs every feature as a cell, compiles the same text with the Go
// compiler, and compares: a cell does what the program does, or is refused with
// a sentence. docs/dialect.md is made of it; -update writes it.
func TestDialect(t *testing.T) {
	chapters := readChapters(t)
	var all []*feature
	for _, c := range chapters {
		all = append(all, c.features...)
	}
	if testing.Short() || raceDetector {
		var sample []*feature
		for i := 0; i < len(all); i += 12 {
			sample = append(sample, all[i])
		}
		all = sample
	}
	for _, f := range all {
		f.here = runCell(t, f.text)
	}
	compileFeatures(t, all)
	for _, f := range all {
		if !f.agrees() {
			t.Errorf("%s\n%s\nhere:\n%s\nin Go:\n%s", f.name, f.text, f.here, f.there)
		}
	}
	if testing.Short() || raceDetector || t.Failed() {
		return
	}
	page := dialect(chapters)
	if *update {
		if err := os.WriteFile(dialectPage, page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if there, err := os.ReadFile(dialectPage); err != nil || !bytes.Equal(there, page) {
		t.Errorf("docs/dialect.md is out of date (%v): go test ./cmd/lab/internal/cell -run TestDialect -update", err)
	}
}

// agrees tells whether a cell does what Go does, or is refused. What Go refuses
// must be refused.
func (f *feature) agrees() bool {
	switch {
	case f.there.refused != "":
		return f.here.refused != ""
	case f.here.refused != "":
		return !strings.Contains(f.here.refused, "the interpreter")
	}
	return f.here == f.there
}

func (o outcome) String() string {
	if o.refused != "" {
		return "refused: " + o.refused
	}
	if o.panic != "" {
		return o.printed + o.panic
	}
	return o.printed
}

// runCell runs a text as a cell of a fresh session.
func runCell(t *testing.T, text string) outcome {
	t.Helper()
	var out bytes.Buffer
	s, err := New(Config{Stdout: &out})
	if err != nil {
		t.Fatal(err)
	}
	src := &source{name: "cell", text: text}
	plans, err := s.plan(src)
	if err != nil {
		var e *Error
		if !errors.As(s.explain(src, err), &e) || e.Line == 0 {
			t.Errorf("%s\nis refused without a place: %v", text, err)
			return outcome{refused: err.Error()}
		}
		return outcome{refused: e.Message}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err = s.run(ctx, plans)
	o := outcome{printed: out.String()}
	var e *Error
	switch {
	case errors.As(err, &e):
		o.panic = e.Message
	case err != nil:
		o.panic = err.Error()
	}
	return o
}

// compileFeatures fills in what the features do in Go: those that compile as
// packages of one program, those that do not by what the compiler says.
func compileFeatures(t *testing.T, all []*feature) {
	t.Helper()
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command here")
	}
	s := session(t)
	b := &batch{t: t, dir: t.TempDir(), overlay: map[string]string{}}
	for i, f := range all {
		b.add(i, s.asPackage(fmt.Sprintf("p%d", i), f.text))
	}
	messages := b.compilerErrors(goCommand, len(all))
	var compiled []int
	for i, f := range all {
		if f.there.refused = messages[i]; messages[i] == "" {
			compiled = append(compiled, i)
		}
	}
	for i, o := range b.run(goCommand, compiled) {
		all[i].there = o
	}
}

// asPackage turns a cell into a package of Go with a function Main.
func (s *Session) asPackage(name, text string) string {
	p, err := parse(s.fset, &source{text: text})
	if err != nil {
		return "package " + name + "\n\nfunc Main() {\n" + text + "\n}\n"
	}
	declared := map[string]bool{}
	var nodes []ast.Node
	var decls, main bytes.Buffer
	cut := func(n ast.Node) string {
		f := s.fset.File(n.Pos())
		return text[f.Offset(n.Pos())-bytesBefore : f.Offset(n.End())-bytesBefore]
	}
	for _, d := range p.decls {
		nodes = append(nodes, d)
		for _, n := range declaredNames(d) {
			declared[n] = true
		}
		fmt.Fprintf(&decls, "%s\n\n", cut(d))
	}
	for _, st := range p.statements {
		nodes = append(nodes, st)
		fmt.Fprintf(&main, "%s\n", cut(st))
		for _, id := range definedBy(st) {
			if declared[id.Name] = true; id.Name != "_" {
				fmt.Fprintf(&main, "_ = %s\n", id.Name)
			}
		}
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "package %s\n\n", name)
	_ = format.Node(&b, token.NewFileSet(), importsFor(newState(), s.known, nodes, declared))
	fmt.Fprintf(&b, "\n\n%s\nfunc Main() {\n%s}\n", decls.String(), main.String())
	return b.String()
}

// A batch is packages that exist in an overlay of this module only.
type batch struct {
	t       *testing.T
	dir     string
	overlay map[string]string
}

// batchPath is where the packages seem to stand.
const batchPath = "reslab/cmd/lab/internal/cell/zz_features"

func (b *batch) add(i int, text string) { b.write(fmt.Sprintf("p%d", i), text) }

func (b *batch) write(folder, text string) {
	b.t.Helper()
	file := filepath.Join(b.dir, folder+".go")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		b.t.Fatal(err)
	}
	here, err := filepath.Abs("zz_features")
	if err != nil {
		b.t.Fatal(err)
	}
	b.overlay[filepath.Join(here, folder, "p.go")] = file
}

func (b *batch) command(goCommand string, args ...string) (stdout, stderr string) {
	b.t.Helper()
	list, err := json.Marshal(map[string]any{"Replace": b.overlay})
	if err != nil {
		b.t.Fatal(err)
	}
	file := filepath.Join(b.dir, "overlay.json")
	if err := os.WriteFile(file, list, 0o644); err != nil {
		b.t.Fatal(err)
	}
	command := exec.Command(goCommand, append([]string{args[0], "-overlay", file}, args[1:]...)...)
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	_ = command.Run() // a failure is told on stderr
	return out.String(), errs.String()
}

// compilerErrors returns the first message on each package that does not compile.
func (b *batch) compilerErrors(goCommand string, n int) map[int]string {
	args := []string{"build", "-gcflags=-e"}
	for i := range n {
		args = append(args, fmt.Sprintf("%s/p%d", batchPath, i))
	}
	_, stderr := b.command(goCommand, args...)
	messages := map[int]string{}
	for _, found := range regexp.MustCompile(`(?m)\bp(\d+)(?:\.go|[/\\]p\.go):\d+:\d+: (.*)$`).FindAllStringSubmatch(stderr, -1) {
		var i int
		fmt.Sscan(found[1], &i)
		if messages[i] == "" {
			messages[i] = found[2]
		}
	}
	return messages
}

// run runs the packages one after the other in one program.
func (b *batch) run(goCommand string, numbers []int) map[int]outcome {
	b.t.Helper()
	var imports, calls strings.Builder
	for _, i := range numbers {
		fmt.Fprintf(&imports, "import %q\n", fmt.Sprintf("%s/p%d", batchPath, i))
		fmt.Fprintf(&calls, "\trun(%d, p%[1]d.Main)\n", i)
	}
	b.write("run", "package main\n\nimport (\n\t\"fmt\"\n\t\"runtime\"\n\n\t\"reslab/nn\"\n)\n\n"+imports.String()+`
func run(i int, f func()) {
	fmt.Printf("\x00%d\x00", i)
	defer func() {
		switch r := recover().(type) {
		case nil:
		case runtime.Error:
			fmt.Print("\x01", r.Error())
		case *nn.Mistake:
			fmt.Print("\x01", r.Error())
		case error:
			fmt.Print("\x01panic: ", r.Error())
		default:
			fmt.Print("\x01panic: ", r)
		}
	}()
	f()
}

func main() {
`+calls.String()+"}\n")
	stdout, stderr := b.command(goCommand, "run", batchPath+"/run")
	parts := strings.Split(stdout, "\x00")
	outcomes := map[int]outcome{}
	for k := 1; k+1 < len(parts); k += 2 {
		var i int
		fmt.Sscan(parts[k], &i)
		name := regexp.MustCompile(`(?:` + regexp.QuoteMeta(batchPath) + `/)?\bp` + fmt.Sprint(i) + `\.`)
		printed, panicked, _ := strings.Cut(name.ReplaceAllString(parts[k+1], "main."), "\x01")
		outcomes[i] = outcome{printed: printed, panic: panicked}
	}
	if len(outcomes) != len(numbers) {
		b.t.Fatalf("the Go program stopped after %d of %d features:\n%s", len(outcomes), len(numbers), stderr)
	}
	return outcomes
}

// dialect writes the page.
func dialect(chapters []chapter) []byte {
	var b bytes.Buffer
	total, same := 0, 0
	var table bytes.Buffer
	for _, c := range chapters {
		fmt.Fprintf(&table, "\n## %s\n\n| Feature | In a cell |\n|---|---|\n", c.title)
		for _, f := range c.features {
			total++
			if f.here == f.there || f.there.refused != "" {
				same++
			}
			fmt.Fprintf(&table, "| %s | %s |\n", cellText(f.name), f.verdict())
		}
	}
	fmt.Fprintf(&b, `# Go in cells

Cells are Go. This page lists what was tried: each row is a small program, run as a cell
and compiled by the Go compiler, and the two were compared: what they print, what they
panic with, whether they compile. The programs stand in
`+"`cmd/lab/internal/cell/testdata/dialect`"+`; a test makes this page and fails when a cell does
something else than Go, or is refused without a sentence that says why.

**%d of %d** features are as in Go; the others are refused, as the row says, before anything runs.

A cell also has what a program has not:

- Imports, declarations and statements stand in any order, and an import may be left out.
- The value of a last expression is shown.
- A variable at the top of a cell need not be used; a later cell may do that.
- A name may be declared again. Functions typed earlier use the new function, type or
  variable; a closure or a pointer that already exists keeps the variable it was made with.
- A variable whose type is declared anew is gone, because its value has the old type.
- A whole program with `+"`package main` and `func main`"+` runs as it is.
`, same, total)
	b.Write(table.Bytes())
	return b.Bytes()
}

// verdict says what happens to a feature in a cell.
func (f *feature) verdict() string {
	switch {
	case f.there.refused != "" && f.here.refused == f.there.refused:
		return "refused as by Go: " + cellText(f.here.refused)
	case f.there.refused != "":
		return "refused as by Go, in other words: " + cellText(f.here.refused)
	case f.here.refused != "":
		return "**refused**: " + cellText(f.here.refused)
	}
	return "as in Go"
}

// cellText makes a text fit into a table of Markdown.
func cellText(s string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ", "<", "&lt;", "*", "\\*", "_", "\\_", "[", "\\[").Replace(s)
}

// TestFeatureNamesAreUnique keeps the page readable.
func TestFeatureNamesAreUnique(t *testing.T) {
	var names []string
	for _, c := range readChapters(t) {
		for _, f := range c.features {
			names = append(names, f.name)
		}
	}
	slices.Sort(names)
	for i := 1; i < len(names); i++ {
		if names[i] == names[i-1] {
			t.Errorf("%q stands twice", names[i])
		}
	}
}
