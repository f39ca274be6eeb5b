package symbols

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/symbols/guarded"
)

// TestGenerated regenerates the tables and the types and compares them with
// what stands here: after a change of an exported name they must be made anew.
func TestGenerated(t *testing.T) {
	if testing.Short() {
		t.Skip("loads every package")
	}
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command here")
	}
	dir := t.TempDir()
	if output, err := exec.Command(goCommand, "run", "./gen", "-out", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	here, there := generated(t, "."), generated(t, dir)
	for name, data := range there {
		if !bytes.Equal(here[name], data) {
			t.Errorf("%s is out of date: run go generate ./cmd/lab/internal/symbols", name)
		}
		delete(here, name)
	}
	for name := range here {
		t.Errorf("%s is no longer generated: run go generate ./cmd/lab/internal/symbols", name)
	}
}

func generated(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, pattern := range []string{"z_*.go", "*.gz"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files[filepath.Base(name)] = data
		}
	}
	return files
}

func TestTypes(t *testing.T) {
	for _, unrestricted := range []bool{false, true} {
		packages, err := Types(unrestricted)
		if err != nil {
			t.Fatal(err)
		}
		for path, values := range Values(unrestricted) {
			p := packages[path]
			if p == nil {
				t.Errorf("no types of %s", path)
				continue
			}
			for name := range values {
				if p.Scope().Lookup(name) == nil {
					t.Errorf("%s.%s has a value and no type", path, name)
				}
			}
		}
		if p := packages["reslab/nn"]; p == nil || p.Scope().Lookup("NewSequential") == nil {
			t.Error("reslab/nn is not offered")
		}
	}
}

func TestWhatIsNotOffered(t *testing.T) {
	safe := Values(false)
	for _, path := range []string{"os/exec", "net", "net/http", "syscall", "unsafe", "plugin"} {
		if safe[path] != nil {
			t.Errorf("%s is offered to every session", path)
		}
	}
	if names := safe["reflect"]; len(names) != 1 || !names["DeepEqual"].IsValid() {
		t.Errorf("of reflect, %v is offered", names)
	}
	for _, name := range []string{"Chdir", "Symlink", "StartProcess", "OpenRoot", "NewFile", "CreateTemp", "Setenv"} {
		if safe["os"][name].IsValid() {
			t.Errorf("os.%s is offered to every session", name)
		}
		if !Values(true)["os"][name].IsValid() {
			t.Errorf("os.%s is not offered to an unrestricted session", name)
		}
	}
}

func TestNoPathOfThisMachine(t *testing.T) {
	for _, file := range [][]byte{safeTypes, allTypes} {
		list, err := unpack(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			for _, word := range []string{".go", "/usr/", "/home/", "/root/", "/tmp/", `:\`} {
				if strings.Contains(string(e.Data), word) {
					t.Errorf("the types of %s contain %q", e.Path, word)
				}
			}
		}
	}
}

func TestWrapper(t *testing.T) {
	if w := Wrapper("reslab/nn.Layer"); w == nil || w.NumField() != 4 {
		t.Errorf("the wrapper of nn.Layer is %v", w)
	}
	if w := Wrapper("reslab/nn.Tensor"); w != nil {
		t.Errorf("a struct has the wrapper %v", w)
	}
}

func TestBrokenTypesAreRefused(t *testing.T) {
	for _, file := range [][]byte{nil, safeTypes[:len(safeTypes)/2], []byte("no gzip")} {
		if _, err := read(file); err == nil {
			t.Errorf("%d broken bytes are read", len(file))
		}
	}
}

// What stands in for a function is of its type, and for a function that is there.
func TestGuardedFunctionsFit(t *testing.T) {
	for _, functions := range []map[string]map[string]any{guarded.Values(), guarded.Files()} {
		for path, byName := range functions {
			for name, f := range byName {
				own := safe[path][name]
				if !own.IsValid() || own.Type() != reflect.TypeOf(f) {
					t.Errorf("%s.%s is a %T, and what it stands for %v", path, name, f, own)
				}
			}
		}
	}
}

func TestDoc(t *testing.T) {
	for _, c := range []struct{ path, name, says string }{
		{"reslab/nn", "", "Package nn"},
		{"reslab/nn", "Conv2D", "Conv2D slides a window"},
		{"reslab/nn", "Conv2D.Forward", "Forward computes"},
		{"reslab/nn", "ConvConfig.Stride", "default 1"},
		{"reslab/nn", "Layer.Backward", "Backward returns"},
		{"math", "Sqrt", "Sqrt returns the square root"},
		{"strings", "Cut", "Cut slices s"},
	} {
		if got := Doc(c.path, c.name); !strings.HasPrefix(got, c.says) {
			t.Errorf("the comment of %s in %s begins %.40q, want %q", c.name, c.path, got, c.says)
		}
	}
	if got := Doc("reslab/nn", "NoSuchName"); got != "" {
		t.Errorf("a name that is not there has the comment %q", got)
	}
}
