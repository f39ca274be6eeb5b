package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFillQuotes(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	lesson := "# T\n\n<!-- lab: {\"minutes\": 1} -->\n\n<!-- lab: {\"include\": \"nn/a.go#A\"} -->\n\n```go\nold\n```\n\nThe end.\n"
	write("nn/a.go", "package nn\n\n// A is new.\ntype A int\n")
	write("lessons/01-t/lesson.md", lesson)
	write("lessons/01-t/solution.go", "package t\n")
	if err := fill(root, false); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(root, "lessons", "01-t", "lesson.md"))
	if want := strings.Replace(lesson, "old\n", "// A is new.\ntype A int\n", 1); err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	write("nn/a.go", "package nn\n")
	if err := fill(root, false); err == nil || !strings.Contains(err.Error(), "the file declares no A") {
		t.Errorf("a quote of nothing: %v", err)
	}
	if err := fill("", false); err == nil {
		t.Error("no folder was asked for")
	}
}
