package export

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/kernel/kerneltest"
	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/notebook/document"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

// compiled returns what the program of a notebook prints, compiled by the real
// compiler outside of this project and without a network.
func compiled(t *testing.T, d *document.Document) (printed string, f *Folder) {
	t.Helper()
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command here")
	}
	f, err = Go(d)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "program")
	if err := f.Write(dir); err != nil {
		t.Fatal(err)
	}
	if err := f.Write(dir); err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("written over a folder: %v", err)
	}
	run := exec.Command(goCommand, "run", ".")
	run.Dir = dir
	run.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly -trimpath", "GOWORK=off")
	var stderr bytes.Buffer
	run.Stderr = &stderr
	out, err := run.Output()
	if err != nil {
		t.Fatalf("go run . : %v\n%s", err, &stderr)
	}
	return string(out), f
}

// inKernel returns what the cells of a notebook print in a kernel.
func inKernel(t *testing.T, d *document.Document) string {
	t.Helper()
	results, err := Run(context.Background(), d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, c := range d.Cells() {
		for _, o := range results[c.ID].Outputs {
			if o.Stream != "notice" {
				b.WriteString(o.Text)
			}
		}
	}
	return b.String()
}

const tricky = "# Tricky\n\n" +
	"```go\nx := 1\n// twice doubles.\nfunc twice(n int) int { return 2 * n } // of n\ny := twice(x)\ny\n```\n" +
	"```go\nx := \"text\" // another type\nvar a, b = 1, 2.5\nvar (\n\tc int\n\td []string = []string{\"d\"}\n)\nfmt.Println(x, a, b, c, d)\n```\n" +
	"```go\nfunc area() int { return side * side }\nside := 3\narea()\n```\n" +
	"```go\nside := 5\nfmt.Println(area())\nside = 6\narea()\n```\n" +
	"```go\nfunc greet() string { return \"one\" }\nfunc call() string { return greet() }\ncall()\n```\n" +
	"```go\nfunc greet() string { return \"two\" }\ncall() + greet()\n```\n" +
	"```go\ntype point struct{ X, Y int }\nfunc (p point) String() string { return fmt.Sprint(\"point \", p.X) }\np := point{1, 2}\np\n```\n" +
	"```go\ntype point struct{ X, Y, Z int }\nfunc (p point) String() string { return fmt.Sprint(\"other \", p.Z) }\nq := point{1, 2, 3}\nfmt.Println(q)\n```\n" +
	"```go\nimport r \"math/rand\"\n\nsource := r.New(r.NewSource(1))\nsource.Intn(10)\n```\n" +
	"```go\nfmt := 7 // the name of a package\nfmt + 1\n```\n" +
	"```go\nimport \"strings\"\nimport \"fmt\"\n\ndata := strings.Fields(\"a b\")\ndata[0], data[1] = data[1], data[0]\ndata\n```\n" +
	"```go\nfunc first[T any](list []T) T { return list[0] }\nfirst(data)\n```\n" +
	"```go\nconst k = 4\nfor i := range k {\n\tx := i // of its own\n\tdefer fmt.Println(\"deferred\", x)\n}\n```\n" +
	"```go\nx = x + \"!\"\nlen(x)\n```\n" +
	"```go\nstrings.Cut(\"a=b\", \"=\")\n```\n" +
	"```go\nt := nn.NewTensor(1, 2, 2, 1)\nt\n```\n" +
	"```go\npoints := map[string]*point{\"a\": {1, 2, 3}}\npoints[\"a\"].Z\n```\n" +
	"```go\nc = 8\nvar c int\nc\n```\n"

func TestTrickyProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a program")
	}
	d, err := document.Parse([]byte(tricky))
	if err != nil {
		t.Fatal(err)
	}
	want := inKernel(t, d)
	got, f := compiled(t, d)
	if got != want {
		t.Errorf("the program prints\n%s\nand the cells\n%s", got, want)
		for _, name := range []string{"cell01.go", "cell02.go", "cell03.go", "cell06.go", "cell08.go"} {
			t.Logf("%s", f.Files[name])
		}
	}
	if len(f.LeftOut) > 0 {
		t.Errorf("left out: %v", f.LeftOut)
	}
}

// What does not compile is left out and said; what is meant to fail, fails.
func TestBrokenProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a program")
	}
	d, err := document.Parse([]byte("# B\n\n```go\nx := y\n```\n\n```go\nprintln(\n```\n\n<!-- lab: {\"expect\": \"error\"} -->\n```go\nvar list []int\nlist[3]\n```\n\n<!-- lab: {\"expect\": \"error\"} -->\n```go\n1 + \"a\"\n```\n\n```go\n\"end\"\n```\n"))
	if err != nil {
		t.Fatal(err)
	}
	got, f := compiled(t, d)
	if want := "end\n"; got != want {
		t.Errorf("the program prints %q", got)
	}
	if len(f.LeftOut) != 2 || !strings.Contains(f.LeftOut[0], "Cell 1 is not in the program: line 1: undefined: y.") {
		t.Errorf("left out: %q", f.LeftOut)
	}
	if text := string(f.Files["cell01.go"]); !strings.Contains(text, "// Cell 1 is left out, because it does not compile: undefined: y.\n//\n//\tx := y\n") {
		t.Errorf("the file of the broken cell is\n%s", text)
	}
}

// Every lesson is a program, with every cell in it; the first two are compiled,
// and print what their cells print.
func TestLessonPrograms(t *testing.T) {
	for i, info := range lesson.List() {
		t.Run(info.ID, func(t *testing.T) {
			l, err := lesson.Find(info.ID)
			if err != nil {
				t.Fatal(err)
			}
			d, err := document.FromLesson(l)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range d.Cells() { // cells may build on exercises
				if c.Exercise != nil {
					c.Source = c.Exercise.Solution
				}
			}
			f, err := Go(d)
			if err != nil {
				t.Fatal(err)
			}
			if len(f.LeftOut) > 0 {
				t.Errorf("left out: %q", f.LeftOut)
			}
			if testing.Short() || i > 1 && os.Getenv("RESLAB_SOAK") == "" {
				return
			}
			got, _ := compiled(t, d)
			if want := inKernel(t, d); got != want {
				t.Errorf("the program prints\n%s\nand the cells\n%s", got, want)
			}
		})
	}
}
