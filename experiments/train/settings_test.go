package train

import (
	"context"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"reslab/experiments/run"
)

// chosen are settings as the recipe completes them.
func chosen(t *testing.T, s Settings, pictures int, colour bool) Settings {
	t.Helper()
	net, err := find(s.Model)
	if err != nil {
		t.Fatal(err)
	}
	s.complete(net, pictures, colour)
	return s
}

// TestRecipeIsThatOfThePaper: on CIFAR-10 with the paper's 182 epochs.
func TestRecipeIsThatOfThePaper(t *testing.T) {
	s := chosen(t, Settings{Model: "resnet110", Epochs: new(182)}, 50000, true)
	if *s.Batch != 128 || *s.Rate != 0.1 || *s.WeightDecay != 1e-4 || *s.Augment != "crop,flip" || held(50000, *s.Validation) != 5000 {
		t.Errorf("batch %d, rate %g, decay %g, augment %s, validation %g", *s.Batch, *s.Rate, *s.WeightDecay, *s.Augment, *s.Validation)
	}
	stepsPerEpoch := 45000 / 128
	rate := s.schedule(stepsPerEpoch)
	for step, want := range map[int]float64{1000: 0.1, 31000: 0.1, 33000: 0.01, 49000: 0.001} {
		if got := rate(step); math.Abs(got-want) > 1e-12 {
			t.Errorf("at step %d the rate is %g, want %g", step, got, want)
		}
	}
	if first := rate(0); first > 0.001 {
		t.Errorf("110 layers begin with the rate %g, without a warm-up", first)
	}
	if steps := *s.WarmUp * float64(stepsPerEpoch); math.Abs(steps-float64(stepsPerEpoch)) > 1 {
		t.Errorf("the warm-up takes %g steps", steps)
	}
}

func TestRecipeFits(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings Settings
		pictures int
		colour   bool
		fits     func(s Settings) bool
	}{
		{"digits are not flipped", Settings{Model: "resnet20"}, 60000, false, func(s Settings) bool { return *s.Augment == "none" && *s.WarmUp == 0 }},
		{"half the batch, half the rate", Settings{Model: "resnet20", Batch: new(64)}, 60000, false, func(s Settings) bool { return *s.Rate == 0.05 }},
		{"few pictures, small batches", Settings{Model: "resnet20"}, 200, true, func(s Settings) bool { return *s.Batch == 8 }},
		{"a handful of pictures, two steps", Settings{Model: "resnet20"}, 12, true, func(s Settings) bool { return *s.Batch == 4 }},
		{"large pictures, small batches", Settings{Model: "resnet50"}, 60000, true, func(s Settings) bool { return *s.Batch == 32 }},
		{"trained weights need a tenth", Settings{Model: "resnet20", From: "x"}, 60000, false, func(s Settings) bool { return math.Abs(*s.Rate-0.01) < 1e-12 }},
		{"Adam needs a hundredth", Settings{Model: "resnet20", Optimiser: new("adam")}, 60000, false, func(s Settings) bool { return *s.Rate == 0.001 }},
		{"a share is a share", Settings{Model: "resnet20"}, 1000, false, func(s Settings) bool { return *s.Validation == 0.1 }},
		{"what is given stays", Settings{Model: "resnet110", WarmUp: new(0.0), Augment: new("jitter"), Validation: new(0.0)}, 1000, true,
			func(s Settings) bool { return *s.WarmUp == 0 && *s.Augment == "jitter" && *s.Validation == 0 }},
	} {
		if s := chosen(t, c.settings, c.pictures, c.colour); !c.fits(s) {
			t.Errorf("%s: got %s", c.name, s.command(&Settings{}))
		}
	}
}

func TestWrongSettingsAreOneSentence(t *testing.T) {
	for _, c := range []struct {
		settings Settings
		want     string
	}{
		{Settings{Epochs: new(0)}, "--epochs must be a whole number of at least 1, got 0"},
		{Settings{Batch: new(1)}, "--batch must be"},
		{Settings{Rate: new(0.0)}, "--lr must be a number above 0, got 0"},
		{Settings{Rate: new(math.NaN())}, "--lr must be a number above 0"},
		{Settings{Schedule: new("stairs")}, "--schedule must be one of steps, cosine, constant"},
		{Settings{Optimiser: new("sdg")}, "--optimiser must be one of sgd, adam, adamw"},
		{Settings{Augment: new("flips")}, "--augment must be none, or some of crop,flip,jitter"},
		{Settings{Augment: new("none,flip")}, "--augment must be none, or some of"},
		{Settings{Validation: new(1.5)}, "--validation must be a number from 0 to 0.9"},
		{Settings{Patience: new(-1)}, "--patience must be"},
		{Settings{LabelSmoothing: new(1.0)}, "--label-smoothing must be"},
		{Settings{Clip: new(-1.0)}, "--clip must be"},
	} {
		err := c.settings.check()
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

func TestCommandNamesWhatDiffers(t *testing.T) {
	recipe := chosen(t, Settings{Model: "resnet20"}, 1000, false)
	recipe.Model, recipe.Data = "", ""
	s := Settings{Model: "resnet20", Data: "my pictures", Epochs: new(3), WeightDecay: new(0.0), Strict: true}
	s = chosen(t, s, 1000, false)
	if got, want := s.command(&recipe), "lab train --model resnet20 --data 'my pictures' --epochs 3 --weight-decay 0 --strict"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestSizeIsBounded: a slip of the finger must not ask for all memory.
func TestSizeIsBounded(t *testing.T) {
	for size, right := range map[int]bool{7: false, 8: true, 224: true, 1024: true, 1025: false, 100000: false} {
		if err := (&Settings{Size: &size}).check(); (err == nil) != right || err != nil && !strings.Contains(err.Error(), "--size must be a whole number from 8 to 1024") {
			t.Errorf("%d: got %v", size, err)
		}
	}
}

// TestRunOfAnotherKind: the folder of an experiment is not gone on with.
func TestRunOfAnotherKind(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run")
	f, err := run.OpenFolder(run.FolderConfig{Path: path, Config: map[string]string{"experiment": "gradients"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Finish(map[string]bool{"stopped": false}); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if result, err := Run(context.Background(), Job{Out: path, Resume: true}); result != nil || err == nil || !strings.Contains(err.Error(), "is no training") {
		t.Errorf("got %v, %v", result, err)
	}
}
