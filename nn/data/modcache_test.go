package data

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestModuleCache(t *testing.T) {
	home, config := t.TempDir(), filepath.Join(t.TempDir(), "env")
	t.Setenv("HOME", home)        // Unix
	t.Setenv("USERPROFILE", home) // Windows
	t.Setenv("GOMODCACHE", "")
	t.Setenv("GOPATH", "")
	t.Setenv("GOENV", config)
	a, b, c := filepath.Join(home, "a"), filepath.Join(home, "b"), filepath.Join(home, "c")

	// Each setting beats those before it.
	check := func(what, want string) {
		t.Helper()
		if got := moduleCache(); got != want {
			t.Errorf("%s: %s, want %s", what, got, want)
		}
	}
	check("no setting", filepath.Join(home, "go", "pkg", "mod"))
	settings := func(lines ...string) {
		write(t, filepath.Dir(config), "env", []byte(strings.Join(lines, "\n")))
	}
	list := a + string(os.PathListSeparator) + b
	settings("# written by go env -w", "GOPATH="+list)
	check("GOPATH in the file", filepath.Join(a, "pkg", "mod"))
	t.Setenv("GOPATH", b)
	check("GOPATH in the environment", filepath.Join(b, "pkg", "mod"))
	settings("GOPATH="+list, "GOMODCACHE="+c)
	check("GOMODCACHE in the file", c)
	t.Setenv("GOMODCACHE", a)
	check("GOMODCACHE in the environment", a)
	t.Setenv("GOMODCACHE", "")
	t.Setenv("GOENV", "off")
	check("no file wanted", filepath.Join(b, "pkg", "mod"))
}

func TestModuleFolders(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("GOMODCACHE", cache)
	parent := filepath.Join(cache, "example.org", "!big")
	if got, want := moduleFolders("example.org/Big/Mod", "data"), []string{filepath.Join(parent, "!mod@*", "data")}; !slices.Equal(got, want) {
		t.Errorf("of a module that is not there: %v, want %v", got, want)
	}
	for _, name := range []string{"!mod@v1.0.0", "!mod@v1.2.0", "!model@v1.0.0"} {
		if err := os.MkdirAll(filepath.Join(parent, name, "data"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{filepath.Join(parent, "!mod@v1.2.0", "data"), filepath.Join(parent, "!mod@v1.0.0", "data")}
	if got := moduleFolders("example.org/Big/Mod", "data"); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
