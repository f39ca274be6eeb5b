// Package experiment is the command lab experiment.
package experiment

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"time"

	"reslab/cmd/lab/internal/terminal"
	"reslab/experiments"
	"reslab/experiments/run"
)

// Command is lab experiment.
type Command struct {
	List List `cmd:"" help:"List the experiments with their settings."`
	Run  Run  `cmd:"" help:"Run an experiment and write its report."`
}

// List is lab experiment list.
type List struct{}

// Help is shown by --help.
func (List) Help() string { return "Example:\n  lab experiment list" }

// Run lists the experiments.
func (List) Run(out io.Writer) error {
	for _, e := range experiments.All() {
		e.Describe(out)
	}
	return nil
}

// Run is lab experiment run.
type Run struct {
	Name   string         `arg:"" help:"Name of the experiment, as gradients."`
	Set    []string       `help:"Change a setting; may be given again." placeholder:"KEY=VALUE" sep:"none"`
	Preset string         `help:"Start from a named choice of settings." placeholder:"NAME"`
	Budget *time.Duration `help:"End in about this time, as 2m or 30s." placeholder:"TIME"`
	Seed   uint64         `help:"Seed of all that is random." default:"1"`
	Out    string         `help:"Folder to write; it must not be there yet. Default: the next of runs/NAME-1, runs/NAME-2, ..." placeholder:"DIR"`
	JSON   bool           `name:"json" help:"Print the result as one JSON value."`
}

// Help is shown by --help.
func (Run) Help() string {
	return "Examples:\n" +
		"  lab experiment run gradients --budget 2m\n" +
		"  lab experiment run gradients --preset quick --out first-run\n" +
		"  lab experiment run gradients --set activation=tanh --set batchnorm=false --set steps=0"
}

// Run runs the experiment.
func (r Run) Run(ctx context.Context, out io.Writer) error {
	e, err := experiments.Find(r.Name)
	if err != nil {
		return terminal.Usage("%v", err)
	}
	preset, err := e.Preset(r.Preset)
	if err != nil {
		return usage(err)
	}
	values, err := e.Parse(preset, r.Set)
	if err != nil {
		return usage(err)
	}
	var budget time.Duration
	if r.Budget != nil {
		if budget = *r.Budget; budget <= 0 {
			return terminal.Usage("--budget %v: give a time above zero, as 2m", budget)
		}
	}
	folder, err := run.OpenFolder(run.FolderConfig{Path: r.Out, Name: r.Name})
	if err != nil {
		return err
	}
	defer folder.Close()
	bar := terminal.NewBar(os.Stderr)
	defer bar.Close()
	result, stopped := e.Run(ctx, &run.Job{Values: values, Seed: r.Seed, Budget: budget, Folder: folder, Progress: func(s run.Step) {
		bar.Set(s.Done, s.Total, s.Note)
	}})
	bar.Close()
	if result == nil {
		return usage(stopped)
	}
	if err := r.tell(out, result, folder.Path()); err != nil {
		return err
	}
	if stopped != nil {
		return fmt.Errorf("stopped early; what was measured until then is in %s", folder.Path())
	}
	return nil
}

// usage marks an error that is a mistake on the command line.
func usage(err error) error {
	if errors.As(err, new(*run.SettingError)) {
		return terminal.Usage("%v", err)
	}
	return err
}

// tell prints the result: as JSON, or in sentences with the way to the report.
func (r Run) tell(out io.Writer, result *run.Result, folder string) error {
	if r.JSON {
		figures := maps.Clone(result.Figures)
		figures["out"] = folder
		return terminal.WriteJSON(out, figures)
	}
	_, err := fmt.Fprintf(out, "%s\nReport: %s\n", result.Summary, filepath.Join(folder, "report.html"))
	return err
}
