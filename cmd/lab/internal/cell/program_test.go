package cell

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPrograms runs each program of testdata/programs, one a recipe, and
// compares what it prints with what the Go compiler's program printed.
func TestPrograms(t *testing.T) {
	for _, file := range programs(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		t.Run(name, func(t *testing.T) {
			want, err := os.ReadFile(strings.TrimSuffix(file, ".go") + ".out")
			if err != nil {
				t.Fatal(err)
			}
			if got := runProgram(t, file); got != string(want) {
				t.Errorf("it prints\n%s\nnot\n%s", got, want)
			}
		})
	}
}

func programs(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "programs", "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	return files
}

func runProgram(t *testing.T, file string) string {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	s, err := New(Config{Stdout: &out})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Eval(context.Background(), filepath.Base(file), string(src)); err != nil {
		var e *Error
		if errors.As(err, &e) {
			t.Fatalf("%s\nprinted before: %s", e.Underlined(), out.String())
		}
		t.Fatal(err)
	}
	return out.String()
}

// TestProgramsAgainstGo compiles all programs as packages of one program and
// holds the .out files against what they print. With UPDATE=1 it writes them.
func TestProgramsAgainstGo(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a program")
	}
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command here")
	}
	dir := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module programs\n\ngo "+strings.TrimPrefix(goVersion, "go")+"\n")
	var imports, calls strings.Builder
	const separator = "\x00"
	files := programs(t)
	for i, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(src), "package main", fmt.Sprintf("package p%d", i), 1)
		write(fmt.Sprintf("p%d/p.go", i), strings.Replace(text, "func main()", "func Main()", 1))
		fmt.Fprintf(&imports, "import \"programs/p%d\"\n", i)
		fmt.Fprintf(&calls, "\tp%d.Main()\n\tprint1(%q)\n", i, separator)
	}
	write("main.go", "package main\n\nimport \"os\"\n"+imports.String()+"\nfunc print1(s string) { os.Stdout.WriteString(s) }\n\nfunc main() {\n"+calls.String()+"}\n")
	command := exec.Command(goCommand, "run", ".")
	command.Dir = dir
	var stderr bytes.Buffer
	command.Stderr = &stderr
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	for i, part := range strings.Split(strings.TrimSuffix(string(output), separator), separator) {
		part = strings.ReplaceAll(part, fmt.Sprintf("p%d.", i), "main.")
		expected := strings.TrimSuffix(files[i], ".go") + ".out"
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(expected, []byte(part), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(expected)
		if err != nil {
			t.Fatal(err)
		}
		if part != string(want) {
			t.Errorf("%s: the Go compiler's program prints\n%s\nnot\n%s", files[i], part, want)
		}
	}
}
