package claims

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"

	"reslab/experiments"
	"reslab/experiments/run"
)

// recorded is a run whose result is kept in docs.
type recorded struct {
	settings   run.Values
	statements []statement
}

// statement is something that the result of an experiment says.
type statement struct {
	about  string // which of the experiment's statements it is, or which net it is about
	figure string // what was measured
	held   bool
	exact  bool // the experiment does not judge it: only the same figure is the same
}

// result is what this package reads of the result.json of an experiment.
type result struct {
	Nets []struct {
		Net      string
		First    *float64 `json:"first_loss"`
		Final    *float64 `json:"final_loss"`
		Accuracy *float64 `json:"test_accuracy"`
	}
	Findings []struct {
		Statement, Measured string
		Held                bool
	}
}

// statements returns all that a result says.
func (r result) statements() (all []statement) {
	for _, f := range r.Findings {
		all = append(all, statement{f.Statement, f.Measured, f.Held, false})
	}
	for _, n := range r.Nets {
		if n.First != nil && n.Final != nil && n.Accuracy != nil {
			all = append(all, statement{n.Net, fmt.Sprintf("%s: loss %.2f at first, %.2f at the end; right on %.0f %% of new pictures", n.Net, *n.First, *n.Final, 100**n.Accuracy), true, true})
		}
	}
	return all
}

// readResults reads every run below a folder.
func readResults(files fs.FS) (all []recorded, err error) {
	configs, err := fs.Glob(files, "*/*/config.json")
	if err != nil {
		return nil, err
	}
	for _, file := range configs {
		var config struct {
			Experiment string
			Settings   run.Values
			Seed       uint64
		}
		var r result
		if err := readJSON(files, file, &config); err != nil {
			return nil, err
		}
		if err := readJSON(files, path.Join(path.Dir(file), "result.json"), &r); err != nil {
			return nil, err
		}
		if config.Seed == 1 { // the one that a command without --seed has
			all = append(all, recorded{config.Settings, r.statements()})
		}
	}
	return all, nil
}

func readJSON(files fs.FS, file string, into any) error {
	content, err := fs.ReadFile(files, file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// runThatMeasured finds the run of a command, and holds the figure against what it
// wrote.
func (r *reader) runThatMeasured(name string, flags []string, figure string) (*experimentRun, error) {
	e, err := experiments.Find(name)
	if err != nil {
		return nil, err
	}
	source := &experimentRun{experiment: e, flags: flags}
	var preset run.Values
	var given []string
	for i := 0; i+1 < len(flags); i += 2 {
		switch flags[i] {
		case "--set":
			given = append(given, flags[i+1])
		case "--preset":
			if preset, err = e.Preset(flags[i+1]); err != nil {
				return nil, err
			}
		default:
			return nil, fmt.Errorf("a command of this page has --preset and --set alone, and not %s", flags[i])
		}
	}
	if source.given, err = e.Given(preset, given); err != nil {
		return nil, err
	}
	settings, err := e.Parse(preset, given)
	if err != nil {
		return nil, err
	}
	for _, kept := range r.recorded {
		if !maps.Equal(kept.settings, settings) {
			continue
		}
		for _, s := range kept.statements {
			if s.figure == figure && s.held {
				source.about = append(source.about, s.about)
			}
		}
	}
	if source.about == nil {
		return nil, fmt.Errorf("no result of this command that is kept in docs says %q", figure)
	}
	return source, nil
}
