package bench

import (
	"context"
	"fmt"
	"io"

	"reslab/cmd/lab/internal/terminal"
	"reslab/nn/ladder"
)

// middle is a layer of ResNet-50, with its pictures.
var middle = ladder.Shape{N: 1, H: 56, W: 56, In: 64, Out: 64}

// rung is a step of the ladder in JSON.
type rung struct {
	Name   string  `json:"name"`
	Idea   string  `json:"idea"`
	Cores  int     `json:"cores"`
	MS     float64 `json:"ms"`
	GFLOPS float64 `json:"gflops"`
	Share  float64 `json:"share"` // of the peak of so many cores
}

// climb times the steps from the naive loop to the kernels, a line each as
// soon as it is known.
func (c Command) climb(ctx context.Context, out io.Writer) error {
	machine := thisMachine()
	found := struct {
		Machine
		Shape  string `json:"shape"`
		Ladder []rung `json:"ladder"`
	}{Machine: machine, Shape: middle.String()}
	if !c.JSON {
		fmt.Fprintf(out, "%s\n\nA 3x3 convolution of %s: %.0f million multiply-adds.\n\n%-20s %5s %8s %8s %8s  %s\n",
			machine, middle, float64(middle.MultiplyAdds())/1e6, "step", "cores", "ms", "GFLOP/s", "of peak", "the idea")
	}
	_, err := ladder.Climb(ctx, middle, c.Each, func(r ladder.Rung) {
		found.Ladder = append(found.Ladder, rung{r.Name, r.Idea, r.Cores, 1e3 * r.Seconds, r.GFLOPS, r.Share})
		if !c.JSON {
			fmt.Fprintf(out, "%-20s %5d %8.2f %8.1f %6.1f %%  %s\n", r.Name, r.Cores, 1e3*r.Seconds, r.GFLOPS, 100*r.Share, r.Idea)
		}
	})
	if err != nil || !c.JSON {
		return err
	}
	return terminal.WriteJSON(out, found)
}
