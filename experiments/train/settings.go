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
	Model string `json:"model,omitempty" placeholder:"NAME" help:"Net, as resnet20: see lab model list."`
	Data  string `json:"data,omitempty" placeholder:"NAME|DIR" help:"Data set, as mnist (see lab data list), or a folder of pictures with a sub-folder for each class."`

	Epochs *int     `json:"epochs,omitempty" placeholder:"N" help:"Passes over the training pictures. Default: 10."`
	Batch  *int     `json:"batch,omitempty" placeholder:"N" help:"Pictures a step. Default: 128, less for few pictures or large ones."`
	Rate   *float64 `json:"lr,omitempty" name:"lr" placeholder:"X" help:"Learning rate. Default: in proportion to the batch, 0.1 for 128."`

	Schedule  *string  `json:"schedule,omitempty" placeholder:"NAME" help:"How the rate falls: steps (to a tenth at 1/2 and again at 3/4), cosine or constant. Default: steps."`
	WarmUp    *float64 `json:"warmup,omitempty" name:"warmup" placeholder:"EPOCHS" help:"The rate rises to its full height over so many epochs. Default: up to 1 for nets of 100 layers and more, else 0."`
	Optimiser *string  `json:"optimiser,omitempty" placeholder:"NAME" help:"sgd (with momentum 0.9), adam or adamw. Default: sgd."`

	WeightDecay    *float64 `json:"weight_decay,omitempty" placeholder:"X" help:"Pulls weights towards zero. Default: 1e-4."`
	LabelSmoothing *float64 `json:"label_smoothing,omitempty" placeholder:"X" help:"Share of the wish that goes to all classes alike. Default: 0."`
	Clip           *float64 `json:"clip,omitempty" placeholder:"NORM" help:"Shorten a longer gradient to this norm; 0 for never. Default: 0."`

	Augment    *string  `json:"augment,omitempty" placeholder:"LIST" help:"Change pictures at random: none, or some of crop,flip,jitter. Default: crop,flip for colour, none for grey."`
	Size       *int     `json:"size,omitempty" placeholder:"PIXELS" help:"Edge that pictures are brought to. Default: their own; for a folder, that of the net in its paper."`
	Validation *float64 `json:"validation,omitempty" placeholder:"SHARE" help:"Share of the training pictures that are kept apart to choose the best epoch by. Default: a tenth, 5,000 at most."`
	Patience   *int     `json:"patience,omitempty" placeholder:"EPOCHS" help:"End early after so many epochs without a better one; 0 for never. Default: 0."`

	Seed   *uint64 `json:"seed,omitempty" placeholder:"N" help:"Seed of all that is random. Default: 1."`
	From   string  `json:"from,omitempty" placeholder:"WEIGHTS" help:"Start from these weights, a file or the folder of a run."`
	Freeze string  `json:"freeze,omitempty" placeholder:"LAYER" help:"Keep the weights up to and including this layer, as layer2."`
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
		{"--size", s.Size, run.Whole(8)},
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
