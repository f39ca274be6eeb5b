package export

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const projectRoot = "../../../../.."

// The source of every package of ours is built in, to the last file.
func TestSourcesAreComplete(t *testing.T) {
	checked := 0
	for root := range roots {
		err := filepath.WalkDir(filepath.Join(projectRoot, root), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() {
				if _, other := os.Stat(filepath.Join(path, "go.mod")); entry.Name() == "testdata" || other == nil { // another module
					return filepath.SkipDir
				}
				return nil
			}
			if extension := filepath.Ext(path); extension != ".go" && extension != ".s" || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			want, err := os.ReadFile(path)
			if err != nil || strings.Contains(string(want), "\nvar Source embed.FS") {
				return err
			}
			name, err := filepath.Rel(projectRoot, path)
			if err != nil {
				return err
			}
			name = filepath.ToSlash(name)
			files := map[string][]byte{}
			if _, err := addPackage(files, name[:strings.LastIndexByte(name, '/')]); err != nil {
				t.Errorf("%v: name its folder in %s/source.go", err, root)
			} else if string(files[name]) != string(want) {
				t.Errorf("%s is not built in: name it in %s/source.go", name, root)
			}
			checked++
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if checked < 50 {
		t.Errorf("only %d files were looked at", checked)
	}
}
