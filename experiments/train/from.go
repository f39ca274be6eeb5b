package train

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"reslab/experiments/run"
	"reslab/nn"
	"reslab/nn/weights"
)

// WeightsAt is the file of weights that a path, or the name of a run, means: the
// file itself, or that of the run's best epoch.
func WeightsAt(path string) (string, error) {
	path = run.Find(path)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", run.WrongSetting("there is no %s; name a file of weights, or the folder of a training%s", path, run.Known(weightsFile))
	case err != nil || !info.IsDir():
		return path, nil // who opens it says what is wrong
	}
	folder := os.DirFS(path)
	if _, err := fs.Stat(folder, weightsFile); err == nil {
		return filepath.Join(path, weightsFile), nil
	}
	switch reason := whyStopped(folder); {
	case reason != "":
		return "", fmt.Errorf("the training in %s has no weights that are of use: %s", path, reason)
	case isTraining(folder):
		return "", fmt.Errorf("the training in %[1]s has not ended its first epoch, so it has no weights yet: go on with it by lab train --resume --out %[1]s", path)
	}
	if inside := run.In(path, weightsFile); len(inside) > 0 {
		return "", fmt.Errorf("%s is not the folder of a training; name one of those in it: %s", path, run.Commas(inside))
	}
	return "", fmt.Errorf("there are no weights in %s: a training keeps its own as %s there%s", path, weightsFile, run.Known(weightsFile))
}

// isTraining tells the folder of a training from that of an experiment, and of
// anything else.
func isTraining(folder fs.FS) bool {
	var s Settings
	config, err := fs.ReadFile(folder, "config.json")
	return err == nil && json.Unmarshal(config, &s) == nil && s.Data != ""
}

// whyStopped is what a training says that came to no good end; empty for any other.
func whyStopped(folder fs.FS) string {
	var r Result
	content, err := fs.ReadFile(folder, "result.json")
	if err != nil || json.Unmarshal(content, &r) != nil || r.Reason == wasStopped {
		return ""
	}
	return r.Reason
}

// metadataOf returns what weights say of themselves.
func metadataOf(path string) (*weights.Metadata, error) {
	file, err := openWeights(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return &file.Metadata, nil
}

func openWeights(path string) (*weights.File, error) {
	path, err := WeightsAt(path)
	if err != nil {
		return nil, err
	}
	return weights.Open(path)
}

// startFrom loads weights of an earlier training. Where that had other classes,
// the last layer starts anew.
func (c *course) startFrom(path string) error {
	file, err := openWeights(path)
	if err != nil {
		return err
	}
	defer file.Close()
	left, err := file.LoadBody(c.model)
	if err != nil {
		return err
	}
	c.say("starting from the weights in %s", path)
	if len(left) > 0 {
		c.say("they know %d classes, and there are %d here: the last layer starts anew", len(file.Metadata.Classes), c.net.classes)
	}
	return nil
}

// freeze keeps the weights up to the layer that the settings name.
func (c *course) freeze() error {
	at := c.settings.Freeze
	if at == "" {
		return nil
	}
	var stages []string
	known := false
	nn.Walk(c.model, func(path string, _ nn.Layer) {
		known = known || path == at
		if path != "" && !strings.Contains(path, ".") {
			stages = append(stages, path)
		}
	})
	switch {
	case !known:
		return run.WrongSetting("--freeze: %s has no layer %q; its layers are %s, and those in them, as layer1.0.conv1", c.net.Name, at, strings.Join(slices.Compact(stages), ", "))
	case at == stages[len(stages)-1]:
		return run.WrongSetting("--freeze %s leaves nothing to learn; name an earlier layer, as %s", at, stages[max(0, len(stages)-2)])
	}
	c.say("the layers up to %s, their batch norms too, stay as they are", at)
	return nn.Freeze(c.model, at)
}
