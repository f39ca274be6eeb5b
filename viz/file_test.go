package viz

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFilesAreWrittenWhole(t *testing.T) {
	dir := t.TempDir()
	svg := filepath.Join(dir, "a.svg")
	for range 2 { // the second time over the first
		if err := WriteSVG(svg, gradients()); err != nil {
			t.Fatal(err)
		}
	}
	if err := WritePNG(filepath.Join(dir, "a.png"), gradients()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(svg)
	if err != nil || !strings.HasSuffix(string(data), "</svg>\n") {
		t.Errorf("the SVG ends with %q, error %v", data[max(0, len(data)-10):], err)
	}
	want(t, dir, "a.png", "a.svg")
}

func TestFailedWritesLeaveNothing(t *testing.T) {
	dir := t.TempDir()
	if err := WritePNG(filepath.Join(dir, "no", "a.png"), gradients()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("writing into a folder that does not exist: %v", err)
	}
	occupied := filepath.Join(dir, "folder")
	if err := os.Mkdir(occupied, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := NewReport("r").Write(occupied); err == nil || !strings.Contains(err.Error(), "writing "+occupied) {
		t.Errorf("writing over a folder: %v", err)
	}
	if err := WriteSVG(filepath.Join(dir, "b.svg"), NewFigure("no curves")); err == nil {
		t.Error("a figure without curves was written")
	}
	want(t, dir, "folder")
}

// want checks the names in a folder.
func want(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(names, " ") {
		t.Errorf("the folder holds %q, want %q", got, names)
	}
}
