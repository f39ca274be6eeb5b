// Package run is what all experiments have in common: their settings, their
// progress, and the folder that a run writes (docs/architecture.md, Run
// folders).
package run

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"
)

// Experiment is a question that a computer can answer by training nets.
type Experiment struct {
	Name     string
	About    string // the question, in a sentence
	Settings []Setting
	Presets  []Preset

	// Run answers it and writes the answer into the folder. When ctx ends it
	// stops with what it has, which may be a nil result, and ctx's error.
	Run func(ctx context.Context, job *Job) (*Result, error)
}

// Result is what a run found.
type Result struct {
	Figures map[string]any // result.json
	Summary string         // a few lines for a terminal
}

// Preset is a choice of settings with a name of its own.
type Preset struct {
	Name   string
	About  string
	Values Values
}

// Preset returns the values of a preset; those of the name "" are none.
func (e *Experiment) Preset(name string) (Values, error) {
	if name == "" {
		return nil, nil
	}
	var names []string
	for _, p := range e.Presets {
		if p.Name == name {
			return p.Values, nil
		}
		names = append(names, p.Name)
	}
	return nil, WrongSetting("the experiment %s has no preset %q; it has %s", e.Name, name, strings.Join(names, ", "))
}

// Job is one run of an experiment.
type Job struct {
	Values   Values
	Seed     uint64
	Budget   time.Duration // zero: no limit
	Folder   *Folder
	Progress Progress
}

// Progress hears how far a run has come. It may be called often.
type Progress func(p Step)

// Step is a piece of news from a run.
type Step struct {
	Done, Total int    // of the whole run, in units of its own
	Note        string // as "step 41, loss of residual-56 1.93"
}

// Quiet is the Progress that tells nobody.
func Quiet(Step) {}

// Describe writes the experiment's question and its settings.
func (e *Experiment) Describe(w io.Writer) {
	fmt.Fprintf(w, "%s: %s\n", e.Name, e.About)
	fmt.Fprintln(w, "  settings, for --set key=value:")
	for _, s := range e.Settings {
		fmt.Fprintf(w, "    %-12s %s (default %s)\n", s.Key, s.About, s.Default)
	}
	if len(e.Presets) > 0 {
		fmt.Fprintln(w, "  presets, for --preset name:")
	}
	for _, p := range e.Presets {
		fmt.Fprintf(w, "    %-12s %s\n", p.Name, p.About)
	}
}
