// Command lab is the learner's way into the kit: lessons, experiments, data
// sets and models, each a command. `lab --help` lists them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"reslab/cmd/lab/internal/bench"
	"reslab/cmd/lab/internal/claims"
	"reslab/cmd/lab/internal/classify"
	"reslab/cmd/lab/internal/dataset"
	"reslab/cmd/lab/internal/doctor"
	"reslab/cmd/lab/internal/experiment"
	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/model"
	"reslab/cmd/lab/internal/notebook"
	"reslab/cmd/lab/internal/notebook/export"
	"reslab/cmd/lab/internal/recognise"
	"reslab/cmd/lab/internal/repl"
	"reslab/cmd/lab/internal/terminal"
	"reslab/cmd/lab/internal/train"
)

// commands are what lab can do, in the order a learner needs them.
type commands struct {
	Notebook   notebook.Command   `cmd:"" help:"Open the lessons and your notebooks in the browser."`
	Lesson     lessonCommands     `cmd:"" help:"Read and run the lessons."`
	Experiment experiment.Command `cmd:"" help:"Train nets side by side and measure them."`
	Claims     claims.Command     `cmd:"" help:"Hold the popular story of residual nets against what was measured."`
	Repl       repl.Command       `cmd:"" help:"Explore in Go, line by line."`
	Model      model.Command      `cmd:"" help:"Look at the nets of the papers."`
	Data       dataset.Command    `cmd:"" help:"Get and look at data sets."`
	Train      train.Train        `cmd:"" help:"Train a net on pictures, and tell how it went."`
	Eval       train.Eval         `cmd:"" help:"Say how well trained weights do on pictures."`
	Classify   classify.Command   `cmd:"" help:"Say what is on a picture."`
	Recognise  recognise.Command  `cmd:"" help:"Open a page that names what is in front of it: photos, the camera, drawn digits."`
	Bench      bench.Command      `cmd:"" help:"Measure how fast this machine computes nets."`
	Doctor     doctor.Command     `cmd:"" help:"Say what is installed, what is missing, and how to get it."`
	Version    versionCommand     `cmd:"" help:"Print the version."`
	Kernel     kernel.Command     `cmd:"" hidden:""`
}

// lessonCommands are those of package lesson, and one that needs the notebook's
// packages, which stand above it.
type lessonCommands struct {
	lesson.Command
	Export export.Command `cmd:"" help:"Make a Go program, a Jupyter notebook or one HTML file of a lesson or a notebook."`
}

type versionCommand struct{}

func (versionCommand) Run(out io.Writer) error {
	_, err := fmt.Fprintln(out, doctor.Version())
	return err
}

// Help is shown by lab version --help.
func (versionCommand) Help() string { return "Example:\n  lab version" }

func main() { os.Exit(lab(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// lab runs one command line and returns the exit status: 0 done, 1 it failed,
// 2 wrong usage.
func lab(args []string, in io.Reader, out, errOut io.Writer) (status int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the second Ctrl-C ends what did not listen to the first
	var c commands
	exited := -1
	parser, err := kong.New(&c, append(options(out, errOut),
		kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.BindTo(in, (*io.Reader)(nil)),
		kong.BindTo(out, (*io.Writer)(nil)),
	)...)
	if err != nil {
		panic(err) // the structs above are wrong
	}
	if len(args) == 0 {
		args = []string{"notebook"}
	}
	command, err := parser.Parse(joined(args))
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintln(errOut, wrongUse(err))
		return 2
	}
	if err := command.Run(); err != nil {
		return fail(ctx, err, errOut)
	}
	return 0
}

// options say what lab is and how its help looks.
func options(out, errOut io.Writer) []kong.Option {
	return []kong.Option{
		kong.Name("lab"),
		kong.Description("Learn how residual networks work: from the first pixel to a thousand layers, in Go."),
		kong.Writers(out, errOut),
		kong.UsageOnError(),
		kong.TypeMapper(reflect.TypeFor[time.Duration](), kong.MapperFunc(duration)),
		kong.Vars{"notebook_addr": notebook.DefaultAddr, "recognise_addr": recognise.DefaultAddr},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, Tree: true, WrapUpperBound: 100}),
	}
}

// fail says in one sentence why a command failed.
func fail(ctx context.Context, err error, errOut io.Writer) (status int) {
	if ctx.Err() != nil && strings.Contains(err.Error(), context.Canceled.Error()) { // nobody said it better
		err = errors.New("stopped")
	}
	fmt.Fprintf(errOut, "lab: %v\n", terminal.WithCommand(err))
	if terminal.IsUsage(err) {
		return 2
	}
	return 1
}
