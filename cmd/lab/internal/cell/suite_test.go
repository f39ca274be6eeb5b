package cell

import (
	"bytes"
	"context"
	"errors"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// shortened are programs that would take minutes in any interpreter: with this
// text replaced, divmod.go divides thousands of pairs of numbers, not millions.
var shortened = map[string][2]string{
	"divmod.go": {"gen2(2, 64, 1, 64, checkdiv1)", "gen2(1, 64, 1, 16, checkdiv1)"},
}

// TestGoSuite runs every single-file program of Go's own test suite that imports
// only what cells may: it behaves as Go, or is refused with a sentence.
func TestGoSuite(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip("runs for half a minute")
	}
	files := suiteFiles(t)
	behave, refused := 0, 0
	for _, file := range files {
		name := filepath.Base(filepath.Dir(file)) + "/" + filepath.Base(file)
		switch output, err := runSuiteFile(t, file); {
		case errors.As(err, new(*refusedError)):
			refused++
			t.Logf("refused: %s: %v", name, err)
		case err == nil && matches(file, output):
			behave++
		default:
			t.Errorf("%s: %v\n%.300s", name, err, output)
		}
	}
	t.Logf("%d programs: %d behave, %d are refused", len(files), behave, refused)
	if share := float64(behave) / float64(len(files)); share < 0.9 {
		t.Errorf("%.0f %% behave; it was 92 %%", 100*share)
	}
}

func suiteFiles(t *testing.T) []string {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skip("no go command here")
	}
	var files []string
	for _, pattern := range []string{"test/*.go", "test/typeparam/*.go"} {
		found, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(root)), filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range found {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.HasPrefix(src, []byte("// run\n")) && importsOnlyOffered(string(src)) {
				files = append(files, file)
			}
		}
	}
	if len(files) == 0 {
		t.Skip("this Go comes without its test suite")
	}
	return files
}

// importsOnlyOffered leaves out what a program may do with its process, too.
func importsOnlyOffered(src string) bool {
	file, err := parser.ParseFile(token.NewFileSet(), "", src, parser.ImportsOnly)
	if err != nil {
		return false
	}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || !slices.Contains([]string{"fmt", "errors", "strings", "strconv", "math", "sort", "sync", "time", "bytes", "unicode"}, path) {
			return false
		}
	}
	return true
}

// A refusedError is an error before anything has run.
type refusedError struct{ error }

func runSuiteFile(t *testing.T, file string) (string, error) {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if change, ok := shortened[filepath.Base(file)]; ok {
		short := bytes.ReplaceAll(src, []byte(change[0]), []byte(change[1]))
		if bytes.Equal(short, src) {
			t.Fatalf("%s has changed", file)
		}
		src = short
	}
	var out bytes.Buffer
	s, err := New(Config{Stdout: &out})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.plan(&source{name: "program", text: string(src)}); err != nil {
		return "", &refusedError{s.explain(&source{name: "program", text: string(src)}, err)}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err = s.Eval(ctx, "program", string(src))
	return out.String(), err
}

// matches compares with the .out file beside a program; one without must be silent on bugs.
func matches(file, output string) bool {
	want, err := os.ReadFile(strings.TrimSuffix(file, ".go") + ".out")
	if err != nil {
		return !strings.Contains(output, "BUG")
	}
	return strings.TrimSpace(output) == strings.TrimSpace(string(want))
}
