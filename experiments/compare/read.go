package compare

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"reslab/experiments/run"
)

// Run is a run as its folder tells it.
type Run struct {
	Path     string            `json:"run"`
	Name     string            `json:"name"`  // short, and no other run's
	State    string            `json:"state"` // finished, stopped, or unfinished: at work, or killed
	Reason   string            `json:"reason,omitempty"`
	Steps    int               `json:"steps"` // taken
	Settings map[string]string `json:"settings"`

	kind      string
	keys      []string // of Settings, in the order of config.json
	auto      []string // keys that were left to the run to choose
	metrics   []run.Metric
	gradients []run.Gradient
	result    result
}

// result is what result.json has and the tables have not.
type result struct {
	Stopped bool     `json:"stopped"`
	Reason  string   `json:"reason"`
	Top5    *float64 `json:"top5"`
	Params  *float64 `json:"params"`
	Seconds *float64 `json:"seconds"`
}

const configFile = "config.json"

// kindTrain is the kind of a training.
const kindTrain = "train"

// The states of a run.
const (
	finished   = "finished"
	stopped    = "stopped"
	unfinished = "unfinished"
)

// read reads the folder of a run.
func read(name string) (*Run, error) {
	path, err := find(name)
	if err != nil {
		return nil, err
	}
	r := &Run{Path: path, State: unfinished}
	if err := r.readConfig(); err != nil {
		return nil, err
	}
	if err := r.readResult(); err != nil {
		return nil, err
	}
	r.metrics, err = run.ReadMetrics(path)
	if err == nil {
		r.gradients, err = run.ReadGradients(path)
	}
	if err != nil { // a run that was killed may have torn its last row
		return nil, fmt.Errorf("%w; leave this run out, or mend it by --resume", err)
	}
	if len(r.metrics) == 0 && len(r.gradients) == 0 {
		if r.State != unfinished {
			return nil, fmt.Errorf("%s lacks the run's metrics.csv and gradients.csv, which are compared; name the folder that the run wrote, whole", path)
		}
		return nil, fmt.Errorf("the run in %s has measured nothing yet; go on with it by --resume, or leave it out", path)
	}
	r.Steps = r.stepsTaken()
	return r, nil
}

// find returns the folder of a run.
func find(name string) (string, error) {
	path := run.Find(name)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", run.WrongSetting("there is no run %s%s", name, run.Known(configFile))
	case err != nil:
		return "", fmt.Errorf("cannot read the run %s: %w", path, err)
	case !info.IsDir():
		return "", fmt.Errorf("%s is a file; name the folder of a run", path)
	}
	if _, err := os.Stat(filepath.Join(path, configFile)); err == nil {
		return path, nil
	}
	if inside := run.In(path, configFile); len(inside) > 0 {
		return "", fmt.Errorf("%s holds no run itself; name one of those in it: %s", path, run.Commas(inside))
	}
	return "", fmt.Errorf("%s holds no run: there is no %s in it; name the folder that a run has written%s", path, configFile, run.Known(configFile))
}

// readConfig reads the settings. Those of an experiment stand in an object of their
// own, as somebody asked for them; beside it stands what "auto" came to.
func (r *Run) readConfig() error {
	pairs, err := r.object(configFile)
	if err != nil {
		return err
	}
	r.kind, r.Settings = kindTrain, map[string]string{}
	var beside []pair
	for _, p := range pairs {
		switch p.key {
		case "experiment":
			r.kind = p.text()
		case "settings":
			asked, err := ordered(p.value)
			if err != nil {
				return r.damaged(configFile, err)
			}
			for _, s := range asked {
				r.set(s.key, s.text())
				if s.text() == "auto" {
					r.auto = append(r.auto, s.key)
				}
			}
		default:
			beside = append(beside, p)
		}
	}
	for _, p := range beside {
		key := p.key
		if r.kind != kindTrain {
			key = strings.ReplaceAll(key, "_", "")
		}
		if r.kind == kindTrain || key == seedKey || slices.Contains(r.keys, key) {
			r.set(key, p.text())
		}
	}
	if r.kind == kindTrain && r.Settings["data"] == "" {
		return fmt.Errorf("the run in %s is neither an experiment nor a training; leave it out", r.Path)
	}
	return nil
}

func (r *Run) set(key, value string) {
	if !slices.Contains(r.keys, key) {
		r.keys = append(r.keys, key)
	}
	r.Settings[key] = value
}

// readResult reads how the run ended, if it has.
func (r *Run) readResult() error {
	content, err := os.ReadFile(filepath.Join(r.Path, "result.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(content, &r.result)
	}
	if err != nil {
		return r.damaged("result.json", err)
	}
	r.State, r.Reason = finished, r.result.Reason
	if r.result.Stopped {
		r.State = stopped
	}
	return nil
}

func (r *Run) damaged(file string, err error) error {
	return fmt.Errorf("%s in %s is damaged: %w; leave this run out, or run it again", file, r.Path, err)
}

// A pair is a key of a JSON object with its value.
type pair struct {
	key   string
	value json.RawMessage
}

// text is a string without its quotes, and anything else as it stands: all digits
// of a seed.
func (p pair) text() string {
	var s string
	if json.Unmarshal(p.value, &s) == nil {
		return s
	}
	return string(p.value)
}

func (r *Run) object(file string) ([]pair, error) {
	content, err := os.ReadFile(filepath.Join(r.Path, file))
	if err != nil {
		return nil, fmt.Errorf("cannot read the settings of the run: %w", err)
	}
	pairs, err := ordered(content)
	if err != nil {
		return nil, r.damaged(file, err)
	}
	return pairs, nil
}

// ordered reads a JSON object in the order in which it was written.
func ordered(content []byte) (pairs []pair, err error) {
	if !json.Valid(content) || !bytes.HasPrefix(bytes.TrimSpace(content), []byte("{")) {
		return nil, errors.New("it is no JSON object")
	}
	d := json.NewDecoder(bytes.NewReader(content))
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		p := pair{key: key.(string)}
		if err := d.Decode(&p.value); err != nil {
			return nil, err
		}
		pairs = append(pairs, p)
	}
	return pairs, nil
}

// stepsTaken counts the steps. A net that is examined after its last step leaves a
// row there, too.
func (r *Run) stepsTaken() (steps int) {
	for _, m := range r.metrics {
		if m.Split == splitTrain {
			steps = max(steps, m.Step+1)
		}
	}
	if planned, err := strconv.Atoi(r.Settings["steps"]); err == nil {
		steps = min(steps, planned)
	}
	return steps
}
