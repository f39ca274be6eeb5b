package lesson

import (
	"context"
	"fmt"
	"io"
	"strings"

	"reslab/cmd/lab/internal/progress"
	"reslab/cmd/lab/internal/terminal"
)

// Command is lab lesson.
type Command struct {
	List  listCommand  `cmd:"" help:"List the lessons."`
	Show  showCommand  `cmd:"" help:"Read a lesson here in the terminal."`
	Run   runCommand   `cmd:"" help:"Run all cells of a lesson and compare what they print."`
	Start startCommand `cmd:"" help:"Write the exercises of a lesson as Go files for your own editor."`
	Check checkCommand `cmd:"" help:"Tell whether your exercises are right."`
}

// listCommand is lab lesson list.
type listCommand struct {
	JSON bool `name:"json" help:"Print one JSON value."`
}

// Help is shown by --help.
func (listCommand) Help() string { return "Example:\n  lab lesson list" }

// Run lists the lessons, one a line.
func (c listCommand) Run(out io.Writer) error {
	if c.JSON {
		return terminal.WriteJSON(out, List())
	}
	return WriteList(out)
}

// WriteList writes a table of the lessons, with how many of their exercises the
// learner has solved. It fits a terminal of 80 columns.
func WriteList(out io.Writer) error {
	record, err := progress.Own().Read()
	if err != nil {
		record = &progress.Record{} // a list needs none; lab doctor says what is wrong
	}
	all := embedded()
	widest := 0
	for _, l := range all {
		widest = max(widest, len(l.Title))
	}
	table := fmt.Sprintf("    %-*s  minutes  solved\n", widest, "lesson")
	for _, l := range all {
		table += fmt.Sprintf("%s  %-*s  %7d  %d of %d\n", l.ID, widest, l.Title, l.Minutes, l.solved(record), l.Exercises)
	}
	_, err = io.WriteString(out, table)
	return err
}

// showCommand is lab lesson show.
type showCommand struct {
	ID     string `arg:"" help:"Number or name of the lesson, as 02 or convolution."`
	Unfold bool   `help:"Show hints and answers too."`
}

// Help is shown by --help.
func (showCommand) Help() string {
	return "On a terminal it opens in a pager: space goes on, b back, / searches, q ends.\n\n" +
		"Examples:\n  lab lesson show 02\n  lab lesson show 02 --unfold > lesson.txt"
}

// Run shows the lesson.
func (c showCommand) Run(in io.Reader, out io.Writer) error {
	l, err := Find(c.ID)
	if err != nil {
		return terminal.Usage("%v", err)
	}
	var page strings.Builder
	view := View{Width: terminal.Width(out), Style: terminal.StyleOf(out), Unfold: c.Unfold}
	if err := view.Show(&page, l); err != nil {
		return err
	}
	return terminal.Page(in, out, page.String())
}

// runCommand is lab lesson run.
type runCommand struct {
	ID   string `arg:"" help:"Number or name of the lesson, as 02 or convolution."`
	JSON bool   `name:"json" help:"Print one JSON value."`
}

// Help is shown by --help.
func (runCommand) Help() string {
	return "In an exercise the stub must fail its check and the solution must pass it.\n\n" +
		"Examples:\n  lab lesson run 02\n  lab lesson run 02 --json"
}

// Run runs the lesson.
func (c runCommand) Run(ctx context.Context, out io.Writer) error {
	l, err := Find(c.ID)
	if err != nil {
		return terminal.Usage("%v", err)
	}
	lines := out
	if c.JSON {
		lines = io.Discard
	}
	report, err := Run(ctx, l, lines)
	if err != nil {
		return err
	}
	if c.JSON {
		err = terminal.WriteJSON(out, report)
	} else if report.OK {
		_, err = fmt.Fprintf(out, "All %d cells are right, in %.1f s.\n", len(report.Cells), report.Seconds)
	}
	if err == nil && !report.OK {
		err = report.failure()
	}
	return err
}

// failure counts the cells that failed.
func (r RunReport) failure() error {
	wrong := 0
	first := 0
	for _, c := range r.Cells {
		if c.OK {
			continue
		}
		if wrong++; first == 0 {
			first = c.Line
		}
	}
	return fmt.Errorf("lesson %s: %d of %d cells failed, the first at line %d of its lesson.md", r.ID, wrong, len(r.Cells), first)
}
