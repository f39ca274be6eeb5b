package train

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
