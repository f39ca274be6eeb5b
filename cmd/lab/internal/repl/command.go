package repl

import (
	"context"
	"io"
	"os"

	"reslab/cmd/lab/internal/terminal"
)

// Command is lab repl.
type Command struct {
	File         string `arg:"" optional:"" help:"A Go file to run first." placeholder:"FILE.go"`
	Unrestricted bool   `help:"Offer the whole standard library, with files and the network."`
}

// Help is shown by --help.
func (Command) Help() string {
	return "What is piped in is run input by input, without a prompt.\n\nExamples:\n  lab repl\n  lab repl my-layer.go\n  echo '1 + 2' | lab repl"
}

// Run reads, runs and prints until the input ends.
func (c Command) Run(ctx context.Context, in io.Reader, out io.Writer) error {
	return Run(ctx, in, out, os.Stderr, Options{File: c.File, Unrestricted: c.Unrestricted, Interactive: terminal.IsInput(in)})
}
