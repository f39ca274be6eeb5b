// Package bench is the command lab bench: how fast this machine computes nets.
package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"reslab/cmd/lab/internal/terminal"
	"reslab/nn"
	"reslab/nn/ladder"
)

// Command is lab bench.
type Command struct {
	Ladder bool          `help:"Climb from the naive convolution to the fast one, step by step."`
	JSON   bool          `name:"json" help:"Print one JSON value."`
	Each   time.Duration `help:"How long to time each thing." default:"200ms"`
	Out    string        `help:"A folder for bench.json, bench.md and roofline.svg." type:"path" placeholder:"DIR"`
}

// Help is shown by --help.
func (Command) Help() string {
	return "Examples:\n  lab bench\n  lab bench --ladder\n  lab bench --out docs/bench\n" +
		"RESLAB_KERNEL=generic|avx2|avx512 forces one kind of kernel."
}

// Run measures and prints.
func (c Command) Run(ctx context.Context, out io.Writer) error {
	if c.Each <= 0 {
		return terminal.Usage("--each must be a time above zero, as 200ms, not %s", c.Each)
	}
	if c.Ladder {
		return c.climb(ctx, out)
	}
	bar := terminal.NewBar(os.Stderr)
	defer bar.Close()
	found, err := measure(ctx, c.Each, bar.Set)
	if err != nil {
		return err
	}
	bar.Close()
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

// Machine says what was measured on.
type Machine struct {
	CPU     string  `json:"cpu"`
	Kernel  string  `json:"kernel"` // the kernels in use: generic, avx2, avx512, neon
	Go      string  `json:"go"`
	System  string  `json:"system"`
	Threads int     `json:"threads"`
	Peak1   float64 `json:"peak_gflops_1"` // what one core multiplies and adds at most, two operations each
	Peak    float64 `json:"peak_gflops"`   // all of them
	Bytes   float64 `json:"memory_gb_per_s"`
}

func thisMachine() Machine {
	threads := runtime.GOMAXPROCS(0)
	return Machine{
		CPU: processor(), Kernel: nn.KernelName(), Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Threads: threads,
		Peak1: ladder.Peak(1), Peak: ladder.Peak(threads), Bytes: ladder.Bandwidth(threads) / 1e9,
	}
}

func (m Machine) String() string {
	return fmt.Sprintf("%s, %d threads, %s kernels, %s, %s\nat most %.0f GFLOP/s on one core, %.0f on all; memory %.1f GB/s",
		m.CPU, m.Threads, m.Kernel, m.System, m.Go, m.Peak1, m.Peak, m.Bytes)
}
