package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPageIsMadeFromResults: nobody has typed a figure into docs/results.md.
func TestPageIsMadeFromResults(t *testing.T) {
	docs := filepath.Join("..", "..", "..", "docs")
	want, err := page(filepath.Join(docs, "results"))
	if err != nil {
		t.Fatal(err)
	}
	stored, err := os.ReadFile(filepath.Join(docs, "results.md"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(stored), "\r\n", "\n") != want {
		t.Error("docs/results.md differs from docs/results; write it anew with: go run ./experiments/train/results")
	}
}

func TestUnfinishedRunIsRefused(t *testing.T) {
	run, docs := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(run, "result.json"), []byte(`{"stopped": true}`), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := write(docs, []string{run}); err == nil || !strings.Contains(err.Error(), "--resume") {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(docs); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
