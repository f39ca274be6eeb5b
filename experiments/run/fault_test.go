package run

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/nn"
	"reslab/nn/weights"
)

// TestVanished takes away, from a run at work, a table or the whole folder: the
// next checkpoint says so, and the run begins again.
func TestVanished(t *testing.T) {
	want, _ := undisturbed(t)
	for name, remove := range map[string]func(folder string) error{
		"metrics.csv": func(folder string) error { return os.Remove(filepath.Join(folder, "metrics.csv")) },
		"the folder":  os.RemoveAll,
		"a table that came back": func(folder string) error {
			must(t, os.Rename(filepath.Join(folder, "metrics.csv"), filepath.Join(folder, "old")))
			must(t, os.WriteFile(filepath.Join(folder, "metrics.csv"), nil, 0o666))
			return os.Remove(filepath.Join(folder, "old"))
		},
	} {
		folder := filepath.Join(t.TempDir(), "run")
		f := open(t, folder, true)
		must(t, f.Metrics(Metric{Net: "it"}))
		if err := remove(folder); err != nil {
			t.Skipf("this system does not remove open files: %v", err)
		}
		err := f.Checkpoint(weights.Checkpoint{Step: 2, Nets: []weights.Net{{Name: "it", Model: nn.NewLinear(1, 1)}}})
		if err == nil || !strings.Contains(err.Error(), "metrics.csv has vanished") {
			t.Errorf("%s: got %v", name, err)
		}
		f.Close()
		must(t, child(context.Background(), folder))
		sameFiles(t, want, filesOf(t, folder))
	}
}

// TestRowsThatVanishedAfterwards: a checkpoint that counts on rows that are not
// there any more is not used.
func TestRowsThatVanishedAfterwards(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "run")
	f := open(t, folder, false)
	nets := []weights.Net{{Model: nn.NewLinear(1, 1)}}
	for step := 1; step <= 2; step++ {
		must(t, f.Metrics(Metric{Net: "it", Step: step}))
		must(t, f.Checkpoint(weights.Checkpoint{Step: step, Nets: nets, Extra: step}))
	}
	f.Close()
	table := filepath.Join(folder, "metrics.csv")
	for want := 2; want >= 0; want-- {
		f := open(t, folder, true)
		extra := 0
		step, err := f.Restore(nets, &extra)
		if err != nil || step != want || extra != want {
			t.Errorf("went on from step %d with %d, want %d: %v", step, extra, want, err)
		}
		f.Close()
		if info, err := os.Stat(table); err == nil {
			must(t, os.Truncate(table, info.Size()-1))
		} else if want > 0 {
			t.Errorf("at step %d: %v", want, err)
		}
	}
}

func TestTwoAtWorkInOneFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "run")
	f := open(t, folder, false)
	must(t, f.Metrics(Metric{Net: "it"}))
	before := content(t, folder, "metrics.csv")
	if _, err := OpenFolder(FolderConfig{Path: folder, Config: config, Resume: true}); err == nil || !strings.Contains(err.Error(), "another process is at work") {
		t.Errorf("a second one got %v", err)
	}
	if content(t, folder, "metrics.csv") != before {
		t.Error("the second one touched the rows of the first")
	}
	must(t, f.Finish(nil))
	f.Close()
	open(t, folder, true)
}

func TestDamagedCheckpointsAreNamed(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "run")
	f := open(t, folder, false)
	must(t, f.Checkpoint(weights.Checkpoint{Step: 1}))
	f.Close()
	must(t, os.WriteFile(filepath.Join(folder, checkpointFolder, "step-000000001.safetensors"), []byte("torn"), 0o666))
	_, err := OpenFolder(FolderConfig{Path: folder, Config: config, Resume: true})
	if err == nil || !strings.Contains(err.Error(), "step-000000001.safetensors is no whole file of weights") || !strings.Contains(err.Error(), "remove the folder") {
		t.Errorf("got %v", err)
	}
}
