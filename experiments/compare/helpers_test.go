package compare

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/experiments/run"
)

// story is what a run folder of a test holds.
type story struct {
	config, result string // no result: the run was killed
	metrics        []run.Metric
	gradients      []run.Gradient
}

// made writes the folders of runs below runs/ in an empty folder, which becomes the
// working folder, and returns their names: a, b, c, ...
func made(t *testing.T, stories ...story) (names []string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for i, s := range stories {
		name := string(rune('a' + i))
		path := filepath.Join("runs", name)
		f, err := run.OpenFolder(run.FolderConfig{Path: path, Name: "test", Config: json.RawMessage(s.config)})
		must(t, err)
		if s.metrics != nil {
			must(t, f.Metrics(s.metrics...))
		}
		if s.gradients != nil {
			must(t, f.Gradients(s.gradients...))
		}
		must(t, f.Finish(json.RawMessage(or(s.result, "{}"))))
		f.Close()
		if s.result == "" {
			must(t, os.Remove(filepath.Join(path, "result.json")))
		}
		names = append(names, name)
	}
	return names
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// compared compares runs made of stories.
func compared(t *testing.T, stories ...story) *Comparison {
	t.Helper()
	c, err := Runs(made(t, stories...))
	must(t, err)
	return c
}

// training is a run of two epochs of two steps that ends at a test accuracy; more are
// settings in JSON that it has beside net, data and epochs.
func training(net, more string, accuracy float64) story {
	row := func(step, epoch int, split string, loss, accuracy float64) run.Metric {
		return run.Metric{Net: net, Step: step, Epoch: epoch, Split: split, Loss: loss, Accuracy: accuracy}
	}
	model := strings.NewReplacer("residual-", "resnet", "plain-", "plain").Replace(net)
	return story{
		config: `{"model": "` + model + `", "data": "spring", "epochs": 2` + more + `}`,
		result: `{"stopped": false, "params": 1000, "seconds": 12.4}`,
		metrics: []run.Metric{
			row(0, 0, "train", 2.5, 0.1), row(1, 0, "train", 2.1, 0.2), row(2, 1, "validation", 2, 0.5),
			row(2, 1, "train", 1.5, 0.5), row(3, 1, "train", 1.1, 0.6), row(4, 2, "validation", 1.2, 0.5),
			row(4, 2, "test", 1, accuracy),
		},
	}
}

// measured is a run of the experiment gradients, without training: nets with the
// gradient of the first layer over that of the last.
func measured(more string, ratios map[string]float64, order ...string) story {
	s := story{config: `{"experiment": "gradients", "settings": {` + more + `}, "seed": 1}`, result: `{"stopped": false}`}
	for _, net := range order {
		for i, norm := range []float64{ratios[net], 3, 1, 7} { // behind the last convolution stands the fc
			s.gradients = append(s.gradients, run.Gradient{Net: net, Index: i + 1, WeightGradNorm: norm, WeightNorm: float64(4 - i)})
		}
		s.metrics = append(s.metrics, run.Metric{Net: net, Split: "train", Loss: 2})
	}
	return s
}
