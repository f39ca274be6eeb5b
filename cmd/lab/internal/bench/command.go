// Package bench is the command lab bench: how fast this machine computes nets.
package bench

import (
	"context"
	"io"
	"os"
	"time"

	"reslab/cmd/lab/internal/terminal"
)

// Command is lab bench.
type Command struct {
	Ladder bool          `help:"Climb from the naive convolution to the fast one, step by step." xor:"what"`
	Nets   bool          `help:"Time whole nets only, not their layers." xor:"what"`
	JSON   bool          `name:"json" help:"Print one JSON value."`
	Each   time.Duration `help:"How long to time each thing." default:"200ms"`
	Out    string        `help:"Write bench.json, bench.md and roofline.svg into this folder, or ladder.md." type:"path" placeholder:"DIR"`
}

// Help is shown by --help.
func (Command) Help() string {
	return "The peak of this machine's arithmetic comes first; then whole nets on all cores, and the convolutions of ResNet-20 and ResNet-50 on one.\n\n" +
		"RESLAB_KERNEL=generic|avx2|avx512|neon forces one kind of kernel, RESLAB_CONV=direct does without Winograd.\n\n" +
		"Examples:\n  lab bench\n  lab bench --ladder\n  lab bench --nets --json\n  lab bench --out docs/bench"
}

// Run measures and prints.
func (c Command) Run(ctx context.Context, out io.Writer) error {
	switch {
	case c.Each <= 0:
		return terminal.Usage("--each must be a time above zero, as 200ms, not %s", c.Each)
	case c.Out != "" && c.Nets:
		return terminal.Usage("--out keeps the layers too: leave out --nets")
	case c.Ladder:
		return c.climb(ctx, out)
	}
	found, err := c.measure(ctx)
	if err != nil {
		return err
	}
	if c.Out != "" {
		if err := found.write(c.Out); err != nil {
			return err
		}
	}
	if c.JSON {
		return terminal.WriteJSON(out, found)
	}
	return found.print(out)
}

// measure shows how far it is.
func (c Command) measure(ctx context.Context) (*Result, error) {
	bar := terminal.NewBar(os.Stderr)
	defer bar.Close()
	return measure(ctx, !c.Nets, c.Each, bar.Set)
}
