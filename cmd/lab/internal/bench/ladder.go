package bench

import (
	"context"
	"fmt"
	"io"

	"reslab/cmd/lab/internal/terminal"
	"reslab/nn/ladder"
)

// middle is a layer from the middle of ResNet-50, with its pictures.
var middle = ladder.Shape{N: 1, H: 28, W: 28, In: 128, Out: 128}

// climb times the steps from the naive loop to the kernels, a line each as
// soon as it is known.
func (c Command) climb(ctx context.Context, out io.Writer) error {
	report := func(ladder.Rung) {}
	if !c.JSON {
		fmt.Fprintf(out, "A 3x3 convolution of %s, %.2f billion multiply-adds\n\n%-22s %5s %10s %9s %8s  %s\n",
			middle, float64(middle.MultiplyAdds())/1e9, "", "cores", "ms", "GFLOP/s", "of peak", "the idea")
		report = func(r ladder.Rung) {
			fmt.Fprintf(out, "%-22s %5d %10.3f %9.1f %6.1f %%  %s\n", r.Name, r.Cores, 1e3*r.Seconds, r.GFLOPS, 100*r.Share, r.Idea)
		}
	}
	rungs, err := ladder.Climb(ctx, middle, c.Each, report)
	if err != nil || !c.JSON {
		return err
	}
	type rung struct {
		Name   string  `json:"name"`
		Idea   string  `json:"idea"`
		Cores  int     `json:"cores"`
		MS     float64 `json:"ms"`
		GFLOPS float64 `json:"gflops"`
		Share  float64 `json:"share"`
	}
	var list []rung
	for _, r := range rungs {
		list = append(list, rung{r.Name, r.Idea, r.Cores, 1e3 * r.Seconds, r.GFLOPS, r.Share})
	}
	return terminal.WriteJSON(out, map[string]any{"ladder": list})
}
