// Package experiment is the command lab experiment.
package experiment

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"strings"
	"time"

	"reslab/cmd/lab/internal/terminal"
	"reslab/experiments"
	"reslab/experiments/run"
)

// Command is lab experiment.
type Command struct {
	List    List    `cmd:"" help:"List the experiments with their settings."`
	Run     Run     `cmd:"" help:"Run an experiment and write its report."`
	Compare Compare `cmd:"" help:"Compare runs: what differs, and what became of it."`
}

// List is lab experiment list.
type List struct{}

// Help is shown by --help.
func (List) Help() string { return "Example:\n  lab experiment list" }

// Run lists the experiments.
func (List) Run(out io.Writer) error {
	var text strings.Builder
	for _, e := range experiments.All() {
		e.Describe(&text)
	}
	return terminal.WriteSentences(out, text.String())
}

// Run is lab experiment run.
type Run struct {
	Name   string         `arg:"" help:"Name of the experiment, as gradients."`
	Set    []string       `help:"Change a setting; may be given again." placeholder:"KEY=VALUE" sep:"none"`
	Preset string         `help:"Start from a named choice of settings." placeholder:"NAME"`
	Budget *time.Duration `help:"End in about this time, as 2m or 30s." placeholder:"TIME"`
	Seed   *uint64        `help:"Seed of all that is random (1)." placeholder:"N"`
	Out    string         `help:"Folder of the run (the next of runs/NAME-1, runs/NAME-2, ...)." placeholder:"DIR"`
	Resume bool           `help:"Go on with the run in --out, or with the last one. If there is none, what is asked for begins."`
	JSON   bool           `name:"json" help:"Print the result as one JSON value."`
}

// Help is shown by --help.
func (Run) Help() string {
	return "Examples:\n" +
		"  lab experiment run gradients --budget 2m\n" +
		"  lab experiment run gradients --preset quick --out first-run\n" +
		"  lab experiment run gradients --set activation=tanh --set batchnorm=false --set steps=0\n" +
		"  lab experiment run gradients --resume --out first-run"
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
	request := run.Request{Seed: r.Seed}
	if request.Settings, err = e.Given(preset, r.Set); err != nil {
		return usage(err)
	}
	if r.Budget != nil {
		if *r.Budget <= 0 {
			return terminal.Usage("--budget %v: give a time above zero, as 2m", *r.Budget)
		}
		request.Budget = r.Budget.String()
	}
	job, err := e.Open(request, r.Out, r.Resume)
	if err != nil {
		return usage(err)
	}
	defer job.Folder.Close()
	if r.Resume && !job.Folder.Resumed() {
		fmt.Fprintf(os.Stderr, "There is no run in %s to go on with: it begins.\n", job.Folder.Path())
	}
	if job.Folder.Finished() {
		return r.finished(out, job.Folder)
	}
	bar := terminal.NewBar(os.Stderr)
	defer bar.Close()
	job.Progress = func(s run.Step) { bar.Set(s.Done, s.Total, s.Note) }
	result, stopped := e.Run(ctx, job)
	bar.Close()
	if result == nil {
		return usage(stopped)
	}
	if err := r.tell(out, result, job.Folder.Path()); err != nil {
		return err
	}
	if stopped != nil {
		return fmt.Errorf("stopped early; what was measured until then is in %[2]s, go on with: %[3]s experiment run %[1]s --resume --out %[2]s", r.Name, terminal.ShellWord(job.Folder.Path()), terminal.Program("."))
	}
	return nil
}

// finished tells what a run found that is at its end already.
func (r Run) finished(out io.Writer, folder *run.Folder) error {
	result := &run.Result{Summary: "This run is finished."}
	if err := folder.Result(&result.Figures); err != nil {
		return err
	}
	return r.tell(out, result, folder.Path())
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
	return terminal.Outcome(out, result.Summary, folder)
}
