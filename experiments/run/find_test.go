package run

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	t.Chdir(t.TempDir())
	both, far := filepath.Join(runs, "both"), filepath.Join(runs, "far")
	for _, folder := range []string{both, "both", far, filepath.Join(runs, "a", "b")} {
		must(t, os.MkdirAll(folder, 0o777))
	}
	absolute, err := filepath.Abs(far)
	must(t, err)
	for name, want := range map[string]string{
		"far":                      far,
		far:                        far,
		far + string("/"):          far,
		absolute:                   absolute,
		"both":                     "both",
		both:                       both,
		"nosuch":                   "nosuch",
		filepath.Join("a", "b"):    filepath.Join(runs, "a", "b"),
		filepath.Join("..", "far"): filepath.Join("..", "far"),
		"":                         ".",
	} {
		if got := Find(name); got != want {
			t.Errorf("Find(%q) is %q, want %q", name, got, want)
		}
	}
}

// TestOnlyAKnownRun: whoever names a run that is not there hears which ones can go
// on, and nothing begins.
func TestOnlyAKnownRun(t *testing.T) {
	t.Chdir(t.TempDir())
	refused := func(path, want string) {
		t.Helper()
		f, err := OpenFolder(FolderConfig{Path: path, Name: "sample", Config: config, Resume: true, Known: true})
		if err == nil {
			f.Close()
		}
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	refused("typo", "there is no run in typo to go on with; name the folder of one with --out")
	refused("", "there is no run in "+filepath.Join(runs, "sample-1")+" to go on with; name the folder of one with --out")
	for name, content := range map[string]string{
		"sample-1": `{"experiment": "sample"}`, "sample-2": `{"experiment": "sample"}`, "stopped": `{"experiment": "sample"}`,
		"gradients-1": `{"experiment": "gradients"}`, "train-1": `{"data": "mnist"}`,
	} {
		must(t, os.MkdirAll(filepath.Join(runs, name), 0o777))
		must(t, os.WriteFile(filepath.Join(runs, name, configFile), []byte(content), 0o666))
	}
	must(t, os.WriteFile(filepath.Join(runs, "sample-1", resultFile), []byte("{}"), 0o666))
	must(t, os.WriteFile(filepath.Join(runs, "stopped", resultFile), []byte(`{"stopped": true}`), 0o666))
	refused("typo", "there is no run in typo to go on with; name one that is not finished with --out: "+filepath.Join(runs, "sample-2")+", "+filepath.Join(runs, "stopped"))
	if exists("typo") {
		t.Error("a folder was made")
	}
	if path := (FolderConfig{Path: "stopped", Resume: true}).place(); path != filepath.Join(runs, "stopped") {
		t.Errorf("stopped means %s", path)
	}
	if path := (FolderConfig{Path: "stopped"}).place(); path != "stopped" {
		t.Errorf("a new run goes to %s", path)
	}
}

// TestCommas cuts what is too long for a sentence.
func TestCommas(t *testing.T) {
	if got := Commas(strings.Fields("a b")); got != "a, b" {
		t.Error(got)
	}
	if got := Commas(strings.Fields("a b c d e f g h i j k l m n")); got != "a, b, c, d, e, f, g, h, i, j, k, l and 2 more" {
		t.Error(got)
	}
}
