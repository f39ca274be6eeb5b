package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"reslab/cmd/lab/internal/terminal"
	"reslab/nn/ladder"
)

// rungShape is a layer of ResNet-50, with its pictures.
var rungShape = ladder.Shape{N: 1, H: 56, W: 56, In: 64, Out: 64}

// climbed is what the ladder showed.
type climbed struct {
	Machine
	Shape  string `json:"shape"`
	Ladder []rung `json:"ladder"`
}

// rung is a step of the ladder.
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
	found := climbed{Machine: thisMachine(), Shape: rungShape.String()}
	if !c.JSON {
		fmt.Fprintf(out, "%s\n\n%s\n\n%-20s %5s %8s %8s %8s  %s\n",
			found.Machine, found.heading(), "step", "cores", "ms", "GFLOP/s", "of peak", "the idea")
	}
	_, err := ladder.Climb(ctx, rungShape, c.Each, func(r ladder.Rung) {
		found.Ladder = append(found.Ladder, rung{r.Name, r.Idea, r.Cores, 1e3 * r.Seconds, r.GFLOPS, r.Share})
		if !c.JSON {
			fmt.Fprintf(out, "%-20s %5d %8.2f %8.1f %6.1f %%  %s\n", r.Name, r.Cores, 1e3*r.Seconds, r.GFLOPS, 100*r.Share, r.Idea)
		}
	})
	if err != nil {
		return err
	}
	if c.Out != "" {
		if err := write(c.Out, file{"ladder.md", found.page()}); err != nil {
			return err
		}
	}
	if c.JSON {
		return terminal.WriteJSON(out, found)
	}
	return nil
}

func (c climbed) heading() string {
	return fmt.Sprintf("A 3x3 convolution of %s: %.0f million multiply-adds.", c.Shape, float64(rungShape.MultiplyAdds())/1e6)
}

// page is the ladder in Markdown.
func (c climbed) page() []byte {
	t := table{head: []string{"step", "the idea", "cores", "ms", "GFLOP/s", "of peak"}, numbers: 2}
	for _, r := range c.Ladder {
		t.add(r.Name, r.Idea, r.Cores, fmt.Sprintf("%.2f", r.MS), fmt.Sprintf("%.1f", r.GFLOPS), fmt.Sprintf("%.1f %%", 100*r.Share))
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "# The ladder\n\nMade by `lab bench --ladder --out`: do not edit.\n\n%s\n\n%s\n\n%s", c.Machine, c.heading(), t.markdown())
	return b.Bytes()
}
