package recognise

import (
	"context"
	"fmt"
	"io"
	"os"

	"reslab/cmd/lab/internal/local"
	"reslab/experiments/train"
)

// DefaultAddr is where lab recognise listens unless told otherwise.
const DefaultAddr = "127.0.0.1:8889"

// Command is lab recognise.
type Command struct {
	Weights   string `required:"" placeholder:"FILE|RUN" help:"Weights: a safetensors file, of lab train or a published ResNet for ImageNet; or a run: its folder, or its name in runs/."`
	Labels    string `placeholder:"FILE" help:"Names of the classes, where the weights do not have them: one a line, or the JSON that is published beside weights."`
	Addr      string `help:"Where to listen; default: ${recognise_addr}, or the next port that is free." placeholder:"HOST:PORT"`
	NoBrowser bool   `help:"Open no browser: print the address, which has a token, as the first line."`
}

// Help is shown by --help.
func (Command) Help() string {
	return "A page in the browser, on this machine alone: drop a photo, use the camera or, for a net that reads digits, draw. " +
		"The net says what it takes it for, and which places speak for that. No picture leaves this machine. Ctrl-C ends.\n\n" +
		"Examples:\n  lab recognise --weights runs/train-1\n  lab recognise --weights resnet50.safetensors --labels imagenet.txt\n  lab recognise --weights runs/train-1 --addr 127.0.0.1:9000 --no-browser"
}

// Run serves until it is told to stop.
func (c Command) Run(ctx context.Context, out io.Writer) error {
	net, err := train.OpenClassifier(c.Weights, c.Labels, true)
	if err != nil {
		return err
	}
	listener, err := local.Listen(c.Addr, DefaultAddr)
	if err != nil {
		return err
	}
	s := New(net, c.Weights, listener.Addr(), local.HostOf(c.Addr))
	if warning := local.Exposed(listener.Addr(), "may ask this net"); warning != "" {
		fmt.Fprintln(os.Stderr, warning)
	}
	fmt.Fprintln(out, s.Address())
	if !c.NoBrowser {
		go local.Show(s.Address())
	}
	return s.Serve(ctx, listener)
}
