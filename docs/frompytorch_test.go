package docs

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What from-pytorch.md calls ours is there under that name.
func TestFromPyTorchNamesExist(t *testing.T) {
	page := readPage(t, "from-pytorch.md")
	exported := map[string]map[string]bool{}
	for name, folder := range map[string]string{"nn": "nn", "data": "nn/data", "weights": "nn/weights", "gradcheck": "nn/gradcheck"} {
		exported[name] = exportedNames(t, filepath.Join("..", folder))
	}
	names := regexp.MustCompile(`\b(nn|data|weights|gradcheck)\.([A-Z]\w*)`)
	checked := 0
	for _, line := range strings.Split(page, "\n") {
		if cells := strings.Split(line, "|"); len(cells) > 3 {
			line = cells[2] // the first column is PyTorch's
		} else {
			line = strings.ReplaceAll(line, "`torch.nn`", "")
		}
		for _, found := range names.FindAllStringSubmatch(line, -1) {
			checked++
			if !exported[found[1]][found[2]] {
				t.Errorf("there is no %s.%s", found[1], found[2])
			}
		}
	}
	if checked < 40 {
		t.Errorf("only %d names were looked up", checked)
	}
}

// The whole program at its end compiles. Checking what it imports from source
// takes seconds.
func TestFromPyTorchProgramCompiles(t *testing.T) {
	if testing.Short() {
		t.Skip("checks packages from source")
	}
	page := readPage(t, "from-pytorch.md")
	_, program, _ := strings.Cut(page, "## A whole program")
	_, program, _ = strings.Cut(program, "```go\n")
	program, _, found := strings.Cut(program, "```")
	if !found {
		t.Fatal("the page has no program")
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "program.go", program, 0)
	if err != nil {
		t.Fatal(err)
	}
	check := types.Config{Importer: importer.ForCompiler(files, "source", nil)}
	if _, err := check.Check("main", files, []*ast.File{file}, nil); err != nil {
		t.Error(err)
	}
}

func readPage(t *testing.T, name string) string {
	t.Helper()
	page, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// exportedNames returns what a package declares for others, methods left out.
func exportedNames(t *testing.T, folder string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	sources, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range sources {
		file, err := parser.ParseFile(token.NewFileSet(), source, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					names[d.Name.Name] = true
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						names[spec.Name.Name] = true
					case *ast.ValueSpec:
						for _, name := range spec.Names {
							names[name.Name] = true
						}
					}
				}
			}
		}
	}
	return names
}
