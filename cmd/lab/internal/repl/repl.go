// Package repl reads Go, evaluates it and prints what it gives: from a terminal
// with a prompt, from a pipe without. Each input is a cell of one session.
package repl

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/kernel"
)

// Options say how Run behaves.
type Options struct {
	File         string // a Go file to run first; "" for none
	Unrestricted bool   // offer the standard library that reaches outside, too
	Interactive  bool   // in is a terminal: greet, prompt, and go on after an error
}

// example is what the greeting invites to type.
const example = "nn.NewConv2D(nn.ConvConfig{In: 1, Out: 4, Kernel: 3}).Forward(nn.NewTensor(1, 8, 8, 1), false).Shape"

const greeting = "Go, with nn, data and viz at hand. :help says more, Ctrl-D leaves. Try this:\n" + example

const help = `Type Go: an expression shows its value, := keeps one, func and type declare.
Known packages need no import. An open bracket asks for more lines.

  :help   this text
  :quit   leave (Ctrl-D does, too)
  Ctrl-C  stop what is being typed or evaluated`

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
	}
	if opt.File != "" {
		if err := r.runFile(ctx, opt.File); err != nil {
			return err
		}
	}
	if err := r.loop(ctx, readLines(in)); !errors.Is(err, errLeave) {
		return err
	}
	return nil
}

type repl struct {
	kernel      *kernel.Client
	out, errOut io.Writer
	interactive bool
	signals     <-chan os.Signal // Ctrl-C, or the order to leave; nil if not interactive: then none ever comes
	inputs      int              // how many were evaluated, for their names
}

func (r *repl) runFile(ctx context.Context, file string) error {
	src, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading the file to run first: %w", err)
	}
	return r.evaluate(ctx, filepath.Base(file), string(src))
}

// A line is a line of the input, or the error that ended it.
type line struct {
	text string
	err  error
}

// readLines reads in the background, so that an interrupt can be heard meanwhile.
func readLines(in io.Reader) <-chan line {
	lines := make(chan line)
	go func() {
		defer close(lines)
		reader := bufio.NewReader(in)
		for {
			text, err := reader.ReadString('\n')
			if text != "" {
				lines <- line{text: strings.TrimRight(text, "\r\n")}
			}
			if err != nil {
				if !errors.Is(err, io.EOF) {
					lines <- line{err: fmt.Errorf("reading the input: %w", err)}
				}
				return
			}
		}
	}()
	return lines
}

// loop collects lines until they make an input, and evaluates it.
func (r *repl) loop(ctx context.Context, lines <-chan line) error {
	r.tell(r.out, greeting)
	var pending []string
	leaving := false // one Ctrl-C at an empty prompt was heard
	for {
		r.prompt(len(pending) > 0)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case signal := <-r.signals:
			if signal != os.Interrupt || leaving && len(pending) == 0 {
				r.tell(r.out, "")
				return nil
			}
			leaving = len(pending) == 0
			r.tell(r.out, "")
			if leaving {
				r.tell(r.out, "Ctrl-C once more, or Ctrl-D, leaves.")
			}
			pending = nil
			continue
		case l, ok := <-lines:
			if l.err != nil {
				return l.err
			}
			if !ok {
				r.tell(r.out, "")
				return r.rest(ctx, pending)
			}
			leaving = false
			pending = append(pending, l.text)
		}
		if len(pending) == 1 && strings.HasPrefix(strings.TrimSpace(pending[0]), ":") {
			if r.command(strings.TrimSpace(pending[0])) {
				return nil
			}
			pending = nil
			continue
		}
		if r.wantsMore(pending) {
			continue
		}
		input := strings.Join(pending, "\n")
		pending = nil
		if err := r.next(ctx, input); err != nil {
			return err
		}
	}
}

// wantsMore tells whether lines do not make an input yet. A program, which
// begins with its package clause, is read to the end from a pipe.
func (r *repl) wantsMore(lines []string) bool {
	input := strings.Join(lines, "\n")
	return cell.Incomplete(input) || !r.interactive && isProgram(input)
}

// isProgram tells whether the first word of the input, comments apart, is package.
func isProgram(input string) bool {
	for text := range strings.Lines(input) {
		text = strings.TrimSpace(text)
		if text != "" && !strings.HasPrefix(text, "//") {
			return strings.HasPrefix(text, "package ")
		}
	}
	return true // only comments so far
}

// rest evaluates what stands before the end of the input.
func (r *repl) rest(ctx context.Context, pending []string) error {
	if len(pending) == 0 {
		return nil
	}
	return r.next(ctx, strings.Join(pending, "\n"))
}

func (r *repl) next(ctx context.Context, input string) error {
	r.inputs++
	return r.evaluate(ctx, fmt.Sprintf("input %d", r.inputs), input)
}

// evaluate runs one input and prints its value. On a terminal it tells of a
// mistake itself and returns nil.
func (r *repl) evaluate(ctx context.Context, name, input string) error {
	result, err := r.eval(ctx, name, input)
	for _, note := range result.Notes {
		fmt.Fprintln(r.errOut, "Note:", note)
	}
	switch {
	case err == nil && result.HasValue:
		fmt.Fprintln(r.out, result.Value)
		return nil
	case err == nil || ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errLeave):
		return err
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(r.errOut, stopped(err))
		return nil
	case r.interactive:
		fmt.Fprintln(r.errOut, describe(err))
		return nil
	}
	return &mistake{err}
}

// stopped says that an evaluation was stopped, and what that cost.
func stopped(err error) string {
	var restarted *kernel.Restarted
	if errors.As(err, &restarted) {
		return "Stopped. " + restarted.Error()
	}
	return "Stopped."
}

// see prints what an evaluation prints and shows. The value of its last
// expression is printed at the end.
func (r *repl) see(e kernel.Event) {
	switch e := e.(type) {
	case kernel.Stream:
		to := r.out
		if e.Name != "stdout" {
			to = r.errOut
		}
		fmt.Fprint(to, e.Text)
	case kernel.Display:
		if !e.Result {
			fmt.Fprint(r.out, e.Text)
		}
	}
}

// errLeave is what a signal to leave makes of an evaluation.
var errLeave = errors.New("told to leave")

// eval evaluates an input until it ends or a signal stops it.
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
	result, err := r.kernel.Execute(ctx, kernel.Cell{Name: name, Source: input}, r.see)
	close(done)
	if signal, ok := <-heard; ok && signal != os.Interrupt {
		err = errLeave
	}
	return result, err
}

// A mistake is an error in the input, told with the line it is in.
type mistake struct{ err error }

func (m *mistake) Error() string { return describe(m.err) }
func (m *mistake) Unwrap() error { return m.err }

func describe(err error) string {
	var e *kernel.Error
	if errors.As(err, &e) {
		return e.Excerpt
	}
	return err.Error()
}

// command runs a line that begins with a colon and tells whether to leave.
func (r *repl) command(name string) (leave bool) {
	switch name {
	case ":quit":
		return true
	case ":help":
		fmt.Fprintln(r.out, help)
	default:
		fmt.Fprintf(r.errOut, "%s is no command; :help lists them.\n", name)
	}
	return false
}

func (r *repl) prompt(more bool) {
	switch {
	case !r.interactive:
	case more:
		fmt.Fprint(r.out, ". ")
	default:
		fmt.Fprint(r.out, "> ")
	}
}

// tell prints a line that only a terminal is to see.
func (r *repl) tell(w io.Writer, text string) {
	if r.interactive {
		fmt.Fprintln(w, text)
	}
}
