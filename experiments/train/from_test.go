package train

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWeightsByName: the name of a run is enough, and of two that are called so the
// nearer one is meant. Who errs hears which trainings have weights.
func TestWeightsByName(t *testing.T) {
	t.Chdir(t.TempDir())
	place := func(folder string) string {
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, weightsFile)
		if err := os.WriteFile(file, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		return file
	}
	far, near := place(filepath.Join("runs", "train-1")), filepath.Join("train-1", weightsFile)
	for _, name := range []string{"train-1", filepath.Join("runs", "train-1"), filepath.Join("train-1", weightsFile)} {
		if got, err := WeightsAt(name); err != nil || got != far {
			t.Errorf("%s means %s, %v; want %s", name, got, err, far)
		}
	}
	place("train-1")
	if got, err := WeightsAt("train-1"); err != nil || got != near {
		t.Errorf("train-1 means %s, %v; want the nearer %s", got, err, near)
	}
	place(filepath.Join("runs", "mine"))
	want := "there is no other; name a file of weights, or the folder of a training; there are " + filepath.Join("runs", "mine") + ", " + filepath.Join("runs", "train-1")
	if _, err := WeightsAt("other"); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestWeightsAt: a file is meant itself, the folder of a training means its best epoch, and any other folder is told what it is.
func TestWeightsAt(t *testing.T) {
	runs := t.TempDir()
	second := filepath.Join(runs, "train-2")
	empty := filepath.Join(runs, "gradients-1")
	for _, folder := range []string{second, empty} {
		if err := os.Mkdir(folder, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(second, weightsFile)
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, second} {
		if got, err := WeightsAt(path); err != nil || got != file {
			t.Errorf("%s means %s, %v; want %s", path, got, err, file)
		}
	}
	begun := filepath.Join(t.TempDir(), "begun")
	if err := os.Mkdir(begun, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(begun, "config.json"), []byte(`{"model": "resnet20", "data": "noise"}`), 0o666); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		begun:                        "has not ended its first epoch, so it has no weights yet: go on with it by lab train --resume --out " + begun,
		runs:                         "not the folder of a training; name one of those in it: " + second,
		empty:                        "there are no weights in " + empty,
		filepath.Join(runs, "train"): "there is no " + filepath.Join(runs, "train") + "; name a file of weights, or",
	} {
		if got, err := WeightsAt(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s means %q, %v; want %q", path, got, err, want)
		}
	}
}
