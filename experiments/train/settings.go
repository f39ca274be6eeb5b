package train

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"reslab/experiments/run"
)

// Settings are the dials of a training. What is left out, nil or empty, is for
// the recipe to choose; config.json holds what was chosen. The tags beside json's
// are for the command line of lab train.
type Settings struct {
	Model string `json:"model,omitempty" placeholder:"NAME" help:"Net, of lab model list."`
	Data  string `json:"data,omitempty" placeholder:"NAME|DIR" help:"Data set, of lab data list, or folder with a sub-folder for each class."`

	Epochs *int     `json:"epochs,omitempty" placeholder:"N" help:"Passes over the training pictures (10)."`
	Batch  *int     `json:"batch,omitempty" placeholder:"N" help:"Pictures a step (128; fewer for few or large pictures)."`
	Rate   *float64 `json:"lr,omitempty" name:"lr" placeholder:"X" help:"Learning rate (0.1 for a batch of 128, else in proportion)."`

	Schedule  *string  `json:"schedule,omitempty" placeholder:"NAME" help:"steps (a tenth at 1/2, again at 3/4), cosine or constant."`
	WarmUp    *float64 `json:"warmup,omitempty" name:"warmup" placeholder:"EPOCHS" help:"The rate rises over so many epochs (0; 1 for deep nets)."`
	Optimiser *string  `json:"optimiser,omitempty" placeholder:"NAME" help:"sgd (momentum 0.9), adam or adamw."`

	WeightDecay    *float64 `json:"weight_decay,omitempty" placeholder:"X" help:"Pull of the weights towards zero (1e-4)."`
	LabelSmoothing *float64 `json:"label_smoothing,omitempty" placeholder:"X" help:"Share of the target spread over all classes (0)."`
	Clip           *float64 `json:"clip,omitempty" placeholder:"NORM" help:"Longest gradient; a longer one is shortened (0: any)."`

	Augment    *string  `json:"augment,omitempty" placeholder:"LIST" help:"none, or some of crop,flip,jitter (crop,flip for colour)."`
	Size       *int     `json:"size,omitempty" placeholder:"PIXELS" help:"Edge to bring pictures to (their own; of a folder, that of the paper)."`
	Validation *float64 `json:"validation,omitempty" placeholder:"SHARE" help:"Share kept apart to choose the best epoch by (0.1, at most 5,000 pictures)."`
	Patience   *int     `json:"patience,omitempty" placeholder:"EPOCHS" help:"Stop after so many epochs without a better one (0: never)."`

	Seed   *uint64 `json:"seed,omitempty" placeholder:"N" help:"Seed of all that is random (1)."`
	From   string  `json:"from,omitempty" placeholder:"WEIGHTS" help:"Start from these weights: a file, or a run: its folder, or its name in runs/."`
	Freeze string  `json:"freeze,omitempty" placeholder:"LAYER" help:"Keep the weights from the input up to this layer, as layer2."`
	Strict bool    `json:"strict,omitempty" help:"Refuse a broken picture instead of leaving it out."`
}

// check refuses what no training can be made of. A nil setting is left to the
// recipe.
func (s *Settings) check() error {
	for _, rule := range []struct {
		flag  string
		value any
		kind  run.Kind
	}{
		{"--epochs", s.Epochs, run.Whole(1)},
		{"--batch", s.Batch, run.Whole(2)},
		{"--lr", s.Rate, positive},
		{"--schedule", s.Schedule, run.Choice("steps", "cosine", "constant")},
		{"--warmup", s.WarmUp, run.Number(0, 1e6)},
		{"--optimiser", s.Optimiser, run.Choice("sgd", "adam", "adamw")},
		{"--weight-decay", s.WeightDecay, run.Number(0, 1)},
		{"--label-smoothing", s.LabelSmoothing, run.Number(0, 0.9)},
		{"--clip", s.Clip, run.Number(0, math.MaxFloat64)},
		{"--augment", s.Augment, augmentation},
		{"--size", s.Size, edge},
		{"--validation", s.Validation, run.Number(0, 0.9)},
		{"--patience", s.Patience, run.Whole(0)},
	} {
		value := reflect.ValueOf(rule.value)
		if value.IsNil() {
			continue
		}
		given := fmt.Sprint(value.Elem())
		if complaint := rule.kind(given); complaint != "" {
			return run.WrongSetting("%s %s, got %s", rule.flag, complaint, given)
		}
	}
	return nil
}

// edge is that of a picture. Larger ones would need more memory than there is.
func edge(value string) string {
	if run.Whole(8)(value) != "" || run.Number(8, 1024)(value) != "" {
		return "must be a whole number from 8 to 1024"
	}
	return ""
}

// positive is a number above zero.
func positive(value string) string {
	if complaint := run.Number(math.SmallestNonzeroFloat64, math.MaxFloat64)(value); complaint != "" {
		return "must be a number above 0"
	}
	return ""
}

// augmentation is none, or a list of changes.
func augmentation(value string) string {
	if value == "none" {
		return ""
	}
	if run.List(run.Choice("crop", "flip", "jitter"))(value) != "" {
		return "must be none, or some of crop,flip,jitter"
	}
	return ""
}

// augments tells whether a change is among those of Augment.
func (s *Settings) augments(change string) bool {
	return slices.Contains(strings.Split(*s.Augment, ","), change)
}
