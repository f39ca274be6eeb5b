package train

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/nn"
)

// tiny are the settings of a training that takes half a second: on a folder of
// pictures of chance, in two classes.
func tiny(t *testing.T) Settings {
	t.Helper()
	dir, random := t.TempDir(), nn.NewRandom(3)
	for i := range 48 {
		img := image.NewGray(image.Rect(0, 0, 8, 8))
		for p := range img.Pix {
			img.Pix[p] = uint8(random.Intn(256))
		}
		class := filepath.Join(dir, [2]string{"heads", "tails"}[i%2])
		if err := os.MkdirAll(class, 0o777); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(class, fmt.Sprintf("%02d.png", i)), b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return Settings{Model: "resnet20", Data: dir, Size: new(8), Batch: new(8), Epochs: new(2), Validation: new(0.2)}
}

func read(t *testing.T, path ...string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestOnePictureOfEachClass: there is nothing to keep apart, and it trains.
func TestOnePictureOfEachClass(t *testing.T) {
	settings := tiny(t)
	for class, first := range map[string]int{"heads": 0, "tails": 1} {
		for i := first + 2; i < 48; i += 2 {
			if err := os.Remove(filepath.Join(settings.Data, class, fmt.Sprintf("%02d.png", i))); err != nil {
				t.Fatal(err)
			}
		}
	}
	settings.Batch = nil
	var said []string
	doing := ""
	result, err := Run(context.Background(), Job{Settings: settings, Out: filepath.Join(t.TempDir(), "run"), Say: func(line string) { said = append(said, line) }, Doing: func(what string) { doing += what + "; " }})
	if doing != "looking at the pictures; drawing the report; " {
		t.Errorf("it did %s", doing)
	}
	if err != nil || result.Top1 != nil || result.Epochs != 2 {
		t.Fatalf("got %+v, %v", result, err)
	}
	for _, want := range []string{"no picture is kept apart for test", "no picture is kept apart for validation"} {
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("%q says nothing of %q", said, want)
		}
	}
}

// TestStoppedTrainingGoesOn: a training that is stopped, at any step and more than
// once, ends with the same bytes as one that is not.
func TestStoppedTrainingGoesOn(t *testing.T) {
	settings := tiny(t)
	whole, parts := filepath.Join(t.TempDir(), "whole"), filepath.Join(t.TempDir(), "parts")
	result, err := Run(context.Background(), Job{Settings: settings, Out: whole})
	if err != nil {
		t.Fatal(err)
	}
	random := nn.NewRandom(uint64(os.Getpid()))
	for stops := 0; ; stops++ {
		ctx, cancel := context.WithCancel(context.Background())
		at := 1 + random.Intn(4)
		if testing.Short() && stops > 0 {
			at = -1 // never
		}
		again, err := Run(ctx, Job{Settings: settings, Out: parts, Resume: true, Progress: func(p Progress) {
			if p.Done == at {
				cancel()
			}
		}})
		cancel()
		var stopped *Stopped
		switch {
		case err == nil && again.Summary == result.Summary:
			if stops == 0 {
				t.Error("the training was never stopped")
			}
			for _, name := range []string{"config.json", "metrics.csv", "gradients.csv", weightsFile} {
				if !bytes.Equal(read(t, whole, name), read(t, parts, name)) {
					t.Errorf("%s differs after %d stops", name, stops)
				}
			}
			return
		case !errors.As(err, &stopped):
			t.Fatalf("after %d stops: %v, %v", stops, again, err)
		case !again.Stopped || !strings.Contains(err.Error(), "everything is kept in "+parts):
			t.Errorf("stopped with %+v and %q", again, err)
		}
	}
}

// TestNoEpochOfUse: the first step throws the weights so far that the pictures kept
// apart have no loss. Such a net is never the best, the training says so with what
// to try, and does so again when it is gone on with.
func TestNoEpochOfUse(t *testing.T) {
	settings, out := tiny(t), filepath.Join(t.TempDir(), "run")
	settings.Epochs, settings.Batch, settings.Rate = new(1), new(28), new(1e15)
	var said []string
	job := Job{Settings: settings, Out: out, Say: func(line string) { said = append(said, line) }}
	for range 2 {
		result, err := Run(context.Background(), job)
		if !errors.As(err, new(*Useless)) || !strings.Contains(err.Error(), "the training diverges, try an --lr smaller than 1e+15") {
			t.Fatalf("got %v", err)
		}
		if result == nil || result.BestEpoch != 0 || result.Steps != 1 || !result.Stopped || result.Reason != err.Error() || !strings.Contains(result.Summary, "after 1 epoch of 1") {
			t.Errorf("got %+v", result)
		}
		job.Settings, job.Resume = Settings{}, true
	}
	told := strings.Join(said, "\n")
	if !strings.Contains(told, "validation loss NaN") || !strings.Contains(told, "%: the training diverges, try an --lr smaller than 1e+15, or a --warmup") || strings.Contains(told, "best") {
		t.Errorf("it said %s", told)
	}
	if _, err := WeightsAt(out); err == nil || !strings.Contains(err.Error(), "has no weights that are of use: after no epoch") {
		t.Errorf("its weights: %v", err)
	}
}

// TestChangedFolderIsRefused: the batches would be others.
func TestChangedFolderIsRefused(t *testing.T) {
	settings, out := tiny(t), filepath.Join(t.TempDir(), "run")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := Run(ctx, Job{Settings: settings, Out: out, Progress: func(Progress) { cancel() }})
	if !errors.As(err, new(*Stopped)) {
		t.Fatal(err)
	}
	for i := range 10 {
		if err := os.Remove(filepath.Join(settings.Data, "heads", fmt.Sprintf("%02d.png", 2*i))); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Run(context.Background(), Job{Out: out, Resume: true}); err == nil || !strings.Contains(err.Error(), "has changed") {
		t.Errorf("got %v", err)
	}
}

func TestStopBeforeTheFirstStepLeavesNothing(t *testing.T) {
	out := filepath.Join(t.TempDir(), "run")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if result, err := Run(ctx, Job{Settings: tiny(t), Out: out}); result != nil || !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "nothing was kept") {
		t.Errorf("got %v, %v", result, err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("the folder of a run without a step is there")
	}
}

// TestPatienceEndsEarly: what is left to chance cannot be learned, so that sooner
// or later an epoch is no better than the best.
func TestPatienceEndsEarly(t *testing.T) {
	if testing.Short() {
		t.Skip("trains for a while")
	}
	s := tiny(t)
	s.Epochs, s.Patience = new(20), new(1)
	result, err := Run(context.Background(), Job{Settings: s, Out: filepath.Join(t.TempDir(), "run")})
	if err != nil {
		t.Fatal(err)
	}
	if result.Stopped || result.Epochs != result.BestEpoch+1 {
		t.Errorf("ended after epoch %d, the best was %d, stopped %v", result.Epochs, result.BestEpoch, result.Stopped)
	}
}

func TestWithoutValidationTheLastEpochIsKept(t *testing.T) {
	if testing.Short() {
		t.Skip("trains for a while")
	}
	s := tiny(t)
	s.Validation, s.Epochs = new(0.0), new(2)
	result, err := Run(context.Background(), Job{Settings: s, Out: filepath.Join(t.TempDir(), "run")})
	if err != nil || result.BestEpoch != 2 || result.Validation != nil || result.Top1 == nil {
		t.Errorf("got %+v, %v", result, err)
	}
}
