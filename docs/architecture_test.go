package docs

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// floors lists the folders from the ground up: a package may import those on
// lower floors, those in its own folder, and what notBeside allows.
var floors = []string{
	"nn/internal/kernel",
	"nn",
	"nn/gradcheck nn/data nn/weights nn/ladder",
	"experiments/run",
	"experiments/*",
	"experiments",
	"lessons docs",
	"cmd/lab",
}

// TestImportsPointDown reads the imports of every Go file.
func TestImportsPointDown(t *testing.T) {
	checked := 0
	forEachImport(t, func(file, from, to string, test bool) {
		to, ours := strings.CutPrefix(to, "reslab/")
		if !ours || test {
			return
		}
		checked++
		if !mayImport(from, to) {
			t.Errorf("%s: package %s must not import %s; see docs/architecture.md", file, from, to)
		}
	})
	if checked < 10 {
		t.Fatalf("only %d imports were read, so this test guards nothing", checked)
	}
}

func TestMayImport(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"nn", "nn/internal/kernel", true},
		{"nn", "nn/data", false},
		{"nn", "viz", false},
		{"nn/data", "nn", true},
		{"nn/data", "nn/weights", false},
		{"viz", "nn", false},
		{"viz", "viz/page", true},
		{"experiments/gradients", "viz", true},
		{"experiments/gradients", "experiments/run", true},
		{"experiments/gradients", "experiments/depth", false},
		{"experiments/run", "experiments/gradients", false},
		{"experiments", "experiments/gradients", true},
		{"lessons/lab", "experiments", true},
		{"lessons/lab", "cmd/lab/internal/cell", false},
		{"cmd/lab/internal/repl", "cmd/lab/internal/cell", true},
		{"experiments/gradients", "cmd/lab", false},
	} {
		if got := mayImport(c.from, c.to); got != c.want {
			t.Errorf("mayImport(%q, %q) is %v", c.from, c.to, got)
		}
	}
}

// houses are the packages of lab and those of the notebook, from the ground up: a
// package may import those on lower floors and what is below itself.
var houses = map[string][]string{
	"cmd/lab/internal/": {
		"golang markup symbols",
		"terminal cell",
		"progress kernel local",
		"lesson",
		"bench claims dataset doctor experiment model notebook repl train",
		"recognise",
	},
	"cmd/lab/internal/notebook/": {
		"document render page ink pagetest browsertest",
		"room",
		"export library first",
	},
}

func TestRoomsImportDown(t *testing.T) {
	checked := 0
	forEachImport(t, func(file, from, to string, test bool) {
		for house, floors := range houses {
			here, inside := strings.CutPrefix(from, house)
			there, ours := strings.CutPrefix(to, "reslab/"+house)
			if !inside || !ours || test {
				continue
			}
			here, _, _ = strings.Cut(here, "/")
			there, _, _ = strings.Cut(there, "/")
			checked++
			if here != there && floorOf(floors, there) >= floorOf(floors, here) {
				t.Errorf("%s: package %s must not import %s; see docs/architecture.md and docs/notebook.md", file, here, there)
			}
		}
	})
	if checked < 10 {
		t.Fatalf("only %d imports were read, so this test guards nothing", checked)
	}
}

// floorOf is the floor of a package of a house. One that is not on the list stands
// above all: nobody may import it.
func floorOf(floors []string, name string) int {
	for i, names := range floors {
		if slices.Contains(strings.Fields(names), name) {
			return i
		}
	}
	return len(floors)
}

// TestLibrariesHaveTheirReasons looks for each module that go.mod names as ours
// to need in the table of libraries.
func TestLibrariesHaveTheirReasons(t *testing.T) {
	text, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "## Choices of libraries")
	major := regexp.MustCompile(`/v[0-9]+$`)
	for _, need := range mod.Require {
		name := strings.TrimPrefix(major.ReplaceAllString(need.Mod.Path, ""), "github.com/")
		if !need.Indirect && !strings.Contains(table, name) {
			t.Errorf("docs/architecture.md does not say why we need %s", need.Mod.Path)
		}
	}
}

// TestInterpreterStaysInLab keeps heavy libraries where they are needed: a
// program that imports nn alone pulls in nothing but golang.org/x/sys.
func TestInterpreterStaysInLab(t *testing.T) {
	forEachImport(t, func(file, from, to string, test bool) {
		switch {
		case strings.HasPrefix(to, "github.com/traefik/yaegi") && !strings.HasPrefix(from, "cmd/lab"):
			t.Errorf("%s: only cmd/lab knows the interpreter", file)
		case floor(from) >= 0 && floor(from) <= 1 && strings.Contains(to, ".") && !strings.HasPrefix(to, "golang.org/x/sys") && !test:
			t.Errorf("%s: nn must need nothing but the standard library and golang.org/x/sys, not %s", file, to)
		}
	})
}

func mayImport(from, to string) bool {
	switch {
	case under(from, "viz"):
		return under(to, "viz")
	case under(to, "viz"):
		return floor(from) >= floor("experiments/run")
	case floor(from) == floor("nn/data") || floor(from) == floor("experiments/any"):
		return floor(to) < floor(from) || group(from) == group(to)
	}
	return floor(to) <= floor(from)
}

// floor returns the number of the floor, -1 for viz, which stands beside.
func floor(pkg string) int {
	best, longest := -1, -1
	for i, names := range floors {
		for name := range strings.FieldsSeq(names) {
			prefix := strings.TrimSuffix(name, "/*")
			inside := under(pkg, prefix) && (prefix == name || pkg != prefix)
			if rank := 2*len(prefix) + len(name) - len(prefix); inside && rank > longest {
				best, longest = i, rank
			}
		}
	}
	return best
}

// group is the folder two steps down, as nn/data or experiments/gradients.
func group(pkg string) string {
	parts := strings.Split(pkg, "/")
	return strings.Join(parts[:min(2, len(parts))], "/")
}

func under(pkg, folder string) bool { return pkg == folder || strings.HasPrefix(pkg, folder+"/") }

// forEachImport visits every import of the module; file and from are paths below
// its root.
func forEachImport(t *testing.T, visit func(file, from, to string, test bool)) {
	t.Helper()
	root := ".."
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && file != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "testdata" || ownModule(file)) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(file, ".go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			below := strings.TrimPrefix(filepath.ToSlash(file), "../")
			visit(below, path.Dir(below), to, strings.HasSuffix(file, "_test.go"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ownModule tells a folder with a go.mod of its own, as a generator's.
func ownModule(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "go.mod"))
	return err == nil
}
