package lesson

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"reslab/cmd/lab/internal/terminal"
)

// startCommand is lab lesson start.
type startCommand struct {
	ID  string `arg:"" help:"Number or name of the lesson, as 02 or convolution."`
	Dir string `arg:"" help:"Folder for the files; it is made if it is not there."`
}

// Help is shown by --help.
func (startCommand) Help() string {
	return "Each exercise becomes a file with its task and a beginning. Nothing of yours is ever written over.\n\n" +
		"Example:\n  lab lesson start 02 convolution"
}

// Run writes the files and says what to do with them.
func (c startCommand) Run(out io.Writer) error {
	l, err := Find(c.ID)
	if err != nil {
		return terminal.Usage("%v", err)
	}
	names, err := Start(l, c.Dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := fmt.Fprintln(out, filepath.Join(c.Dir, name)); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(out, "\nWork on them in your editor. Beside it, this checks whenever you save:\n  %s lesson check %s %s --watch\n", terminal.Program("."), l.ID, terminal.ShellWord(c.Dir))
	return err
}

// checkCommand is lab lesson check.
type checkCommand struct {
	ID        string `arg:"" help:"Number or name of the lesson, as 02 or convolution."`
	Dir       string `arg:"" optional:"" help:"Folder of your files, from lab lesson start; default: this one."`
	File      string `help:"Check this file alone." placeholder:"FILE"`
	Watch     bool   `help:"Check again whenever you save; Ctrl-C ends."`
	Hint      bool   `help:"Show a hint, and one more each time you ask."`
	Solutions bool   `help:"Show the solutions; without files of yours, check them (for teachers)."`
	JSON      bool   `name:"json" help:"Print one JSON value."`
}

// Help is shown by --help.
func (checkCommand) Help() string {
	return "The exit status is 0 if all is right. What you have solved is kept.\n\n" +
		"Examples:\n  lab lesson check 02 convolution --watch\n  lab lesson check 02 --file stops.go --json\n  lab lesson check 02 --solutions"
}

// Run checks once, or at every save.
func (c checkCommand) Run(ctx context.Context, out io.Writer) error {
	l, err := Find(c.ID)
	if err != nil {
		return terminal.Usage("%v", err)
	}
	switch {
	case c.File != "" && c.Dir != "":
		return terminal.Usage("give a folder or --file, not both")
	case c.Watch && c.JSON:
		return terminal.Usage("--watch is for people: leave out --json")
	case c.Watch && c.Hint:
		return terminal.Usage("ask for a hint in another terminal, without --watch")
	case c.Watch && c.theirs():
		return terminal.Usage("--watch needs files of yours: name their folder")
	case c.Watch:
		return c.watch(ctx, out, l)
	}
	report, err := c.once(ctx, l)
	if err != nil {
		return err
	}
	if c.JSON {
		err = terminal.WriteJSON(out, report)
	} else {
		err = c.tell(out, l, report)
	}
	if err == nil && !report.OK {
		err = report.failure()
	}
	return err
}

// theirs says whether the lesson's own solutions are checked.
func (c checkCommand) theirs() bool { return c.Solutions && c.File == "" && c.Dir == "" }

// once reads the files and checks them.
func (c checkCommand) once(ctx context.Context, l *Lesson) (CheckReport, error) {
	w, err := c.read(l)
	if err != nil {
		return CheckReport{}, err
	}
	return w.check(ctx)
}

func (c checkCommand) read(l *Lesson) (*work, error) {
	switch {
	case c.theirs():
		return solved(l), nil
	case c.File != "":
		return readFile(l, c.File)
	}
	return readFolder(l, c.folder())
}

// folder is where the files are.
func (c checkCommand) folder() string {
	switch {
	case c.File != "":
		return filepath.Dir(c.File)
	case c.Dir == "":
		return "."
	}
	return c.Dir
}

func (c checkCommand) tell(out io.Writer, l *Lesson, report CheckReport) error {
	t := newTeller(out, l)
	t.hint, t.solutions, t.again = c.Hint, c.Solutions, c.command(l)
	kept := t.tell(report, !c.theirs())
	if _, err := io.WriteString(out, t.text()); err != nil {
		return err
	}
	return kept
}

// command is what to type to check again.
func (c checkCommand) command(l *Lesson) string {
	words := terminal.Program(".") + " lesson check " + l.ID
	switch {
	case c.File != "":
		return words + " --file " + terminal.ShellWord(c.File)
	case c.Dir != "":
		return words + " " + terminal.ShellWord(c.Dir)
	}
	return words
}

// watch checks at every save, on a screen of its own where there is one.
func (c checkCommand) watch(ctx context.Context, out io.Writer, l *Lesson) error {
	if _, err := c.read(l); err != nil {
		return err
	}
	return watch(ctx, c.folder(), func(ctx context.Context) {
		report, err := c.once(ctx, l)
		if ctx.Err() != nil {
			return
		}
		if terminal.Is(out) {
			clearScreen(out)
		}
		if err == nil {
			err = c.tell(out, l, report)
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			fmt.Fprintf(out, "%v\n", err)
		}
		fmt.Fprintln(out, "\n  Waiting for you to save a file; Ctrl-C ends.")
	})
}
