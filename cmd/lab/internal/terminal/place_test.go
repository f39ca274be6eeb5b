package terminal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPlaceFor(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for place, want := range map[string]string{
		"":                                   "",
		"new.html":                           "",
		file:                                 "",
		filepath.Join(dir, "new"):            "",
		filepath.Join(dir, "nosuch", "a.md"): "there is no folder " + filepath.Join(dir, "nosuch") + " to write a.md into",
		filepath.Join(file, "a.md"):          "there is no folder " + file,
		dir:                                  "is a folder",
	} {
		err := PlaceFor(place)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", place, err, want)
		}
	}
}
