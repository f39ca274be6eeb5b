package run

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFolderAppearsWhole(t *testing.T) {
	t.Chdir(t.TempDir())
	f, err := Create("", "sample")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Write("a.txt", []byte("whole")); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(f.Path()); err == nil {
		t.Fatal("the folder is there before the run has finished")
	}
	if err := f.Finish(); err != nil {
		t.Fatal(err)
	}
	f.Discard() // must not touch a finished folder
	content, err := os.ReadFile(filepath.Join("runs", "sample-1", "a.txt"))
	if err != nil || string(content) != "whole" {
		t.Fatalf("got %q, %v", content, err)
	}
	if second, err := Create("", "sample"); err != nil || second.Path() != filepath.Join("runs", "sample-2") {
		t.Errorf("the next folder is %v, %v", second, err)
	}
}

func TestTwoRunsAtOnceTakeTwoNames(t *testing.T) {
	t.Chdir(t.TempDir())
	f, err := Create("", "sample")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Write("a.txt", []byte("mine")); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join("runs", "sample-1") // meanwhile somebody else finishes
	if err := os.MkdirAll(other, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, "b.txt"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := f.Finish(); err != nil {
		t.Fatal(err)
	}
	if f.Path() != filepath.Join("runs", "sample-2") {
		t.Errorf("the run went to %s", f.Path())
	}
}

func TestDiscardLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	f, err := Create(filepath.Join(dir, "runs", "out"), "sample")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Write("a.txt", []byte("half")); err != nil {
		t.Fatal(err)
	}
	f.Discard()
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestCreateRefuses(t *testing.T) {
	dir := t.TempDir()
	if _, err := Create(dir, "sample"); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("an existing folder gave %v", err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := Create(filepath.Join(file, "out"), "sample")
	if err == nil || !strings.Contains(err.Error(), "choose another place with --out") {
		t.Errorf("a folder below a file gave %v", err)
	}
}
