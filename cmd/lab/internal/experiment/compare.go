package experiment

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"reslab/cmd/lab/internal/terminal"
	"reslab/experiments/compare"
)

// Compare is lab experiment compare.
type Compare struct {
	Runs []string `arg:"" name:"run" help:"Folders of runs, two or more; of one in runs/ the name is enough, as train-1."`
	Out  string   `placeholder:"DIR" help:"Write compare.html here, with the curves of all runs one over the other."`
	JSON bool     `name:"json" help:"Print one JSON value."`
}

// Help is shown by --help.
func (Compare) Help() string {
	return "Runs of one experiment, or trainings: which settings differ, and what became of it. A run that is not finished is compared by what it has.\n\n" +
		"Examples:\n" +
		"  lab experiment compare train-1 train-2\n" +
		"  lab experiment compare runs/gradients-1 runs/gradients-2 --out compared\n" +
		"  lab experiment compare train-1 train-2 train-3 --json"
}

// Run compares.
func (c Compare) Run(out io.Writer) error {
	comparison, err := compare.Runs(c.Runs)
	if err != nil {
		return usage(err)
	}
	if c.Out != "" {
		if err := comparison.Write(c.Out); err != nil {
			return err
		}
	}
	if c.JSON {
		return terminal.WriteJSON(out, struct {
			*compare.Comparison
			Out string `json:"out,omitempty"`
		}{comparison, c.Out})
	}
	shown := screen{terminal.StyleOf(out), terminal.Width(out)}.show(comparison)
	_, err = fmt.Fprint(out, shown, c.picture(), "\n")
	return err
}

// picture says where the curves are, or how to get them.
func (c Compare) picture() string {
	if c.Out != "" {
		return "Page: " + filepath.Join(c.Out, compare.Page)
	}
	var words []string
	for _, run := range c.Runs {
		words = append(words, terminal.ShellWord(run))
	}
	return fmt.Sprintf("The curves, one over the other:\n  %s experiment compare %s --out compared", terminal.Program("."), strings.Join(words, " "))
}
