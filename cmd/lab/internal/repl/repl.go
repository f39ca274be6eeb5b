package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/terminal"
)

// Options say how Run behaves.
type Options struct {
	File         string // a Go file to run first; "" for none
	Unrestricted bool   // offer the standard library that reaches outside, too
	Interactive  bool   // in is the terminal: edit lines, and go on after an error
}

// Run evaluates opt.File and then what it reads from in, until its end. Values
// and what the code prints go to out. On a terminal mistakes are told on errOut
// and the reading goes on; otherwise Run returns the first one, unprinted.
func Run(ctx context.Context, in io.Reader, out, errOut io.Writer, opt Options) error {
	client, err := kernel.Start(ctx, kernel.Options{Unrestricted: opt.Unrestricted})
	if err != nil {
		return err
	}
	defer client.Close()
	r := &repl{kernel: client, out: out, errOut: errOut, interactive: opt.Interactive}
	if opt.Interactive {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
		defer signal.Stop(signals)
		r.signals = signals
		ctx = context.WithoutCancel(ctx) // Ctrl-C ends an input, not the program
		if r.style = terminal.StyleOf(out); !terminal.Dumb() {
			r.screen = newScreen(out)
		}
	}
	if opt.File != "" {
		if err := r.runFile(ctx, opt.File); err != nil {
			return err
		}
	}
	switch {
	case !opt.Interactive:
		err = r.pipe(ctx, in)
	case terminal.Dumb():
		err = r.plain(ctx, in)
	default:
		err = r.console(ctx)
	}
	if errors.Is(err, errLeave) {
		return nil
	}
	return err
}

type repl struct {
	kernel      *kernel.Client
	out, errOut io.Writer
	interactive bool
	screen      *screen          // nil if not interactive, or if nothing there can be drawn again
	style       terminal.Style   // plain if not interactive
	signals     <-chan os.Signal // Ctrl-C, or the order to leave; nil if not interactive: then none ever comes
	inputs      int              // how many were evaluated, for their names
	last        string           // the last input that was Go

	controls []control // that inputs have shown, the first one first
	running  struct{ name, source string }
	hinted   bool // how to move one was said
}

// errLeave is what :quit, and a signal to leave, make of an input.
var errLeave = errors.New("told to leave")

func (r *repl) runFile(ctx context.Context, file string) error {
	src, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return terminal.Usage("there is no file %s to run", file)
	}
	if err != nil {
		return fmt.Errorf("reading the file to run: %w", err)
	}
	return r.evaluate(ctx, filepath.Base(file), string(src))
}

// next takes one input: a command, or Go.
func (r *repl) next(ctx context.Context, input string) error {
	if name, rest, ok := cutCommand(input); ok {
		return r.told(r.command(ctx, name, rest))
	}
	r.inputs++
	r.last = input
	return r.evaluate(ctx, fmt.Sprintf("input %d", r.inputs), input)
}

// evaluate runs one input and prints its value. On a terminal it tells of a
// mistake itself and returns nil.
func (r *repl) evaluate(ctx context.Context, name, input string) error {
	_, err := r.eval(ctx, name, input)
	return r.told(err)
}

// told tells of a mistake on a terminal, where all goes on.
func (r *repl) told(err error) error {
	switch {
	case err == nil || errors.Is(err, errLeave):
		return err
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(r.errOut, stopped(err))
		return nil
	case r.interactive:
		fmt.Fprintln(r.errOut, terminal.Sentences(describe(err), terminal.Width(r.errOut)))
		return nil
	}
	return &mistake{err}
}

// eval evaluates an input until it ends or a signal stops it, and prints what
// it shows and gives.
func (r *repl) eval(ctx context.Context, name, input string) (kernel.Result, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done, heard := make(chan struct{}), make(chan os.Signal, 1)
	go func() {
		defer close(heard)
		select {
		case signal := <-r.signals:
			heard <- signal
			stop()
		case <-done:
		}
	}()
	r.running.name, r.running.source = name, input
	accept := append(r.screen.accepts(), kernel.Control)
	result, err := r.kernel.Execute(ctx, kernel.Cell{Name: name, Source: input, Accept: accept}, r.see)
	close(done)
	r.screen.settle()
	r.hint()
	if signal, ok := <-heard; ok && signal != os.Interrupt {
		err = errLeave
	}
	for _, note := range result.Notes {
		fmt.Fprintln(r.errOut, "Note:", note)
	}
	return result, err
}

// see prints what an evaluation prints and shows.
func (r *repl) see(e kernel.Event) {
	if d, ok := e.(kernel.Display); ok {
		r.notes(d)
	}
	if r.screen.see(e) {
		return
	}
	switch e := e.(type) {
	case kernel.Stream:
		to := r.out
		if e.Name != "stdout" {
			to = r.errOut
		}
		r.screen.clear()
		fmt.Fprint(to, e.Text)
	case kernel.Display:
		if !e.Update {
			fmt.Fprint(r.out, line(e.Text))
		}
	}
}

// line ends the text with a newline, once.
func line(text string) string {
	if text == "" || text[len(text)-1] == '\n' {
		return text
	}
	return text + "\n"
}

// stopped says that an evaluation was stopped, and what that cost.
func stopped(err error) string {
	var restarted *kernel.Restarted
	if errors.As(err, &restarted) {
		return "Stopped. " + restarted.Error()
	}
	return "Stopped."
}

// A mistake is an error in the input, told with the line it is in.
type mistake struct{ err error }

func (m *mistake) Error() string { return describe(m.err) }
func (m *mistake) Unwrap() error { return m.err }

func describe(err error) string {
	var e *kernel.Error
	if errors.As(err, &e) {
		return strings.TrimSuffix(line(e.Excerpt)+e.Advice, "\n")
	}
	return err.Error()
}
