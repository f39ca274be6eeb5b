package run

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/nn"
	"reslab/nn/weights"
)

type sampleConfig struct {
	Rate   float64           `json:"rate"`
	Values map[string]string `json:"values"`
	Seed   uint64            `json:"seed"`
}

var config = sampleConfig{Rate: 0.1, Values: map[string]string{"depth": "8"}, Seed: 1 << 63}

func open(t *testing.T, path string, resume bool) *Folder {
	t.Helper()
	f, err := OpenFolder(FolderConfig{Path: path, Name: "sample", Config: config, Resume: resume})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

func content(t *testing.T, parts ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFoldersAreNumbered(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, want := range []string{"sample-1", "sample-2"} {
		f := open(t, "", false)
		if f.Path() != filepath.Join("runs", want) {
			t.Fatalf("got %s, want %s", f.Path(), want)
		}
		must(t, f.Finish(map[string]int{"steps": 1}))
		f.Close()
	}
	f := open(t, "", true)
	if f.Path() != filepath.Join("runs", "sample-2") || !f.Resumed() || !f.Finished() {
		t.Errorf("resumed %s, finished %v", f.Path(), f.Finished())
	}
}

func TestARunThatFailsLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	f := open(t, filepath.Join(dir, "runs", "out"), false)
	must(t, f.Write("a.txt", []byte("half")))
	must(t, f.Metrics(Metric{Net: "plain-8"}))
	f.Close()
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestFilesOfOthersStay: a run that wrote its first weights beside the folder's
// own files, and failed then, can be gone on with.
func TestFilesOfOthersStay(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	f := open(t, dir, false)
	must(t, weights.Save(filepath.Join(dir, "model.safetensors"), nn.NewLinear(1, 1), weights.Metadata{}))
	f.Close()
	if f = open(t, dir, true); !f.Resumed() {
		t.Error("the run is lost")
	}
	if step, err := f.Restore(nil, nil); step != 0 || err != nil {
		t.Errorf("begins at step %d: %v", step, err)
	}
}

// TestResume stops a run behind its last checkpoint and goes on with it.
func TestResume(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	net := nn.NewLinear(2, 2)
	nets := []weights.Net{{Name: "a", Model: net}}
	f := open(t, dir, false)
	must(t, f.Metrics(Metric{Net: "a", Step: 0, Loss: 2.5}))
	net.Weight.Value.Data[3] = 7
	must(t, f.Checkpoint(weights.Checkpoint{Step: 1, Nets: nets, Extra: "mine"}))
	whole := content(t, dir, "metrics.csv")
	must(t, f.Metrics(Metric{Net: "a", Step: 1}))
	must(t, f.Gradients(Gradient{Net: "a"}))
	net.Weight.Value.Data[3] = 8
	f.Close()

	f = open(t, dir, true)
	var extra string
	step, err := f.Restore(nets, &extra)
	if err != nil || step != 1 || extra != "mine" || net.Weight.Value.Data[3] != 7 {
		t.Fatalf("restored step %d, %q, %v, %v", step, extra, net.Weight.Value.Data, err)
	}
	if got := content(t, dir, "metrics.csv"); got != whole {
		t.Errorf("the table is\n%s, at the checkpoint it was\n%s", got, whole)
	}
	if _, err := os.Stat(filepath.Join(dir, "gradients.csv")); err == nil {
		t.Error("a table of which the checkpoint knows nothing is still there")
	}
	must(t, f.Metrics(Metric{Net: "a", Step: 1}))
	if got := strings.Count(content(t, dir, "metrics.csv"), "\n"); got != 3 {
		t.Errorf("the table has %d lines", got)
	}
}

// TestStopped: who ends a run before it has done anything hears what there is.
func TestStopped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run")
	f := open(t, path, false)
	if err := f.Stopped(context.Canceled); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "nothing was kept; the same command begins again") {
		t.Errorf("a run that begins: %v", err)
	}
	other := errors.New("no disk")
	if err := f.Stopped(other); err != other {
		t.Errorf("another error became %v", err)
	}
	must(t, f.Checkpoint(weights.Checkpoint{Step: 1}))
	f.Close()
	if err := open(t, path, true).Stopped(context.Canceled); !strings.Contains(err.Error(), "go on with --resume --out "+path) {
		t.Errorf("a run that goes on: %v", err)
	}
}

func TestOpenFolderRefuses(t *testing.T) {
	dir := t.TempDir()
	done := filepath.Join(dir, "done")
	f := open(t, done, false)
	must(t, f.Finish(nil))
	f.Close()
	other := config
	other.Rate, other.Values, other.Seed = 0.2, map[string]string{"depth": "14"}, 1<<63+1
	foreign := filepath.Join(dir, "foreign")
	must(t, os.MkdirAll(filepath.Join(foreign, "photos"), 0o777))
	file := filepath.Join(dir, "file")
	must(t, os.WriteFile(file, nil, 0o666))
	for want, cfg := range map[string]FolderConfig{
		"holds no run itself; name one of those in it with --out: " + done: {Path: dir, Config: config, Resume: true},
		"go on with it by --resume":                                        {Path: done, Config: config},
		`was begun with rate 0.1, not 0.2, seed 9223372036854775808, not 9223372036854775809, values.depth "8", not "14"; go on`: {Path: done, Config: other, Resume: true},
		`was begun with no preset, not "x"; go on`:                                            {Path: done, Config: map[string]string{"preset": "x"}, Resume: true},
		"there is no run in " + foreign + " to go on with; name the folder of one with --out": {Path: foreign, Config: config, Resume: true},
		"choose another place with --out":                                                     {Path: filepath.Join(file, "out"), Config: config},
	} {
		if _, err := OpenFolder(cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
