package guarded

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// outsideFolder is beside the working folder of these tests.
var outsideFolder string

func TestMain(m *testing.M) { os.Exit(run(m)) }

// run runs the tests in a folder of their own: this package keeps the one that
// it finds first.
func run(m *testing.M) int {
	temp, err := os.MkdirTemp("", "guarded")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(temp)
	if temp, err = filepath.EvalSymlinks(temp); err != nil {
		panic(err)
	}
	outsideFolder = filepath.Join(temp, "outside")
	inside := filepath.Join(temp, "inside")
	for _, folder := range []string{outsideFolder, inside} {
		if err := os.Mkdir(folder, 0o777); err != nil {
			panic(err)
		}
	}
	if err := os.WriteFile(filepath.Join(outsideFolder, "secret"), []byte("secret"), 0o666); err != nil {
		panic(err)
	}
	if err := os.Chdir(inside); err != nil {
		panic(err)
	}
	defer os.Chdir(temp)
	return m.Run()
}

func TestFilesBelowTheWorkingFolder(t *testing.T) {
	TakeWrote()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	must(mkdirAll("a/b", 0o777))
	must(mkdir("c", 0o777))
	must(writeFile("a/b/x", []byte("one"), 0o666))
	f, err := create("a/y")
	must(err)
	must(f.Close())
	must(rename("a/y", "c/y"))
	if !TakeWrote() || TakeWrote() {
		t.Error("it is not known that files were written, or not forgotten")
	}
	here, err := os.Getwd()
	must(err)
	for _, path := range []string{"a/b/x", "./a/../a/b/x", filepath.Join(here, "a", "b", "x")} {
		if data, err := readFile(path); string(data) != "one" || err != nil {
			t.Errorf("%s has %q, %v", path, data, err)
		}
		f, err := open(path)
		must(err)
		f.Close()
		_, err = stat(path)
		must(err)
		_, err = lstat(path)
		must(err)
	}
	if list, err := readDir("."); len(list) != 2 || err != nil {
		t.Errorf("the folder has %v, %v", list, err)
	}
	if list, err := glob("a/*/x"); len(list) != 1 || err != nil {
		t.Errorf("found %v, %v", list, err)
	}
	if data, err := fs.ReadFile(dirFS("a"), "b/x"); string(data) != "one" || err != nil {
		t.Errorf("the tree has %q, %v", data, err)
	}
	seen := 0
	must(walkDir("a", func(path string, _ fs.DirEntry, err error) error { seen++; return err }))
	must(walk("a", func(path string, _ fs.FileInfo, err error) error { seen++; return err }))
	if seen != 6 {
		t.Errorf("%d steps through the tree, want 6", seen)
	}
	must(vizWriteFile("c/page.html", []byte("page")))
	if TakeWrote(); !exists("c/page.html") {
		t.Error("the page is not there")
	}
	must(remove("c/y"))
	must(removeAll("a"))
	must(removeAll("c"))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func TestNoFilesOutside(t *testing.T) {
	if err := os.Symlink(outsideFolder, "link"); err == nil {
		defer os.Remove("link")
	}
	for _, path := range []string{"../outside/secret", filepath.Join(outsideFolder, "secret"), "link/secret", ".."} {
		calls := map[string]func() error{
			"Open":      func() error { _, err := open(path); return err },
			"Create":    func() error { _, err := create(path); return err },
			"ReadFile":  func() error { _, err := readFile(path); return err },
			"WriteFile": func() error { return writeFile(path, nil, 0o666) },
			"Stat":      func() error { _, err := stat(path); return err },
			"ReadDir":   func() error { _, err := readDir(path); return err },
			"Remove":    func() error { return remove(path) },
			"RemoveAll": func() error { return removeAll(path) },
			"Mkdir":     func() error { return mkdir(path, 0o777) },
			"Rename":    func() error { return rename(path, "mine") },
			"DirFS":     func() error { _, err := fs.ReadFile(dirFS(path), "."); return err },
		}
		if !strings.HasPrefix(path, "link") { // these do not follow links
			calls["Walk"] = func() error { return walk(path, func(_ string, _ fs.FileInfo, err error) error { return err }) }
			calls["WalkDir"] = func() error { return walkDir(path, func(_ string, _ fs.DirEntry, err error) error { return err }) }
			calls["Glob"] = func() error { _, err := glob(path + "/*"); return err }
			calls["viz.WriteFile"] = func() error { return vizWriteFile(path, nil) }
		}
		for name, call := range calls {
			if err := call(); err == nil {
				t.Errorf("%s of %s succeeds", name, path)
			}
		}
	}
	if data, err := os.ReadFile(filepath.Join(outsideFolder, "secret")); string(data) != "secret" || err != nil {
		t.Errorf("the file outside has %q, %v", data, err)
	}
	if _, err := readFile("../outside/secret"); !errors.Is(err, errOutside) || !strings.Contains(err.Error(), "below the working folder") {
		t.Errorf("it says %v", err)
	}
	if _, err := readFile("none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there gives %v", err)
	}
}

func TestInterruptWakes(t *testing.T) {
	ctx := background()
	woken := make(chan bool)
	go func() {
		sleep(time.Hour)
		woken <- true
	}()
	resume := Interrupt()
	<-woken          // asleep or on its way there
	sleep(time.Hour) // until resume, nobody falls asleep
	if ctx.Err() == nil || background().Err() == nil {
		t.Error("the contexts go on")
	}
	resume()
	if background().Err() != nil || todo().Err() != nil {
		t.Error("a context from after the interrupt has ended")
	}
	sleep(0)
	if s := fmtString(background()); s != "context.Background" {
		t.Errorf("it prints as %s", s)
	}
}

func fmtString(v interface{ Done() <-chan struct{} }) string {
	return v.(interface{ String() string }).String()
}

func TestInputIsRefused(t *testing.T) {
	var n int
	if _, err := scan(&n); !errors.Is(err, errNoInput) {
		t.Errorf("got %v", err)
	}
	if _, err := scanf("%d", &n); !errors.Is(err, errNoInput) {
		t.Errorf("got %v", err)
	}
	if !TakeAsked() || TakeAsked() {
		t.Error("it is not known that input was wanted, or not forgotten")
	}
}
