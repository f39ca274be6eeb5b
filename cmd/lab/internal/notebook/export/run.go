package export

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/notebook/document"
)

// A Result is what a cell printed and showed.
type Result struct {
	Outputs []Output
	Error   string // in which it ended; empty if in none
}

// An Output is a piece of text that was printed, or a display.
type Output struct {
	Stream string      // stdout, stderr or notice: it is printed text; empty: it is a display
	Kind   kernel.Kind // of a display
	Data   string      // of a display
	Text   string      // of both
	Result bool        // the display is the value of the cell's last expression
}

// Options say how cells are run.
type Options struct {
	Kernel kernel.Options
	Accept []kernel.Kind                        // displays that are wanted, the best first; none: text
	Solve  bool                                 // run the solution of an exercise after its stub, unseen: cells below build on it
	Cell   func(b *document.Block, done, n int) // is told of each cell before it runs; may be nil
}

// Run runs the cells of a notebook from top to bottom in a kernel of their own,
// and returns what they showed by their IDs.
func Run(ctx context.Context, d *document.Document, opt Options) (map[string]Result, error) {
	client, err := kernel.Start(ctx, opt.Kernel)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	results := map[string]Result{}
	cells := d.Cells()
	for i, b := range cells {
		if opt.Cell != nil {
			opt.Cell(b, i, len(cells))
		}
		k := &collector{places: map[int64]int{}}
		_, err := client.Execute(ctx, kernel.Cell{Name: fmt.Sprintf("cell %d", b.N), Source: b.Source, Accept: opt.Accept}, k.see)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		results[b.ID] = k.result(err)
		if opt.Solve && b.Exercise != nil && b.Exercise.Solution != "" {
			if _, err := client.Execute(ctx, kernel.Cell{Name: fmt.Sprintf("the solution of cell %d", b.N), Source: b.Exercise.Solution}, nil); err != nil {
				return nil, fmt.Errorf("the solution of the exercise %s: %w", b.Exercise.Name, err)
			}
		}
	}
	return results, nil
}

// A collector keeps what a cell shows.
type collector struct {
	mu      sync.Mutex // goroutines of a cell print when it has ended, too
	outputs []Output
	places  map[int64]int // of displays among the outputs, by their numbers
}

func (k *collector) see(e kernel.Event) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch e := e.(type) {
	case kernel.Stream:
		if n := len(k.outputs); n > 0 && k.outputs[n-1].Stream == e.Name {
			k.outputs[n-1].Text += e.Text
			return
		}
		k.outputs = append(k.outputs, Output{Stream: e.Name, Text: e.Text})
	case kernel.Display:
		o := Output{Kind: e.Kind, Data: e.Data, Text: e.Text, Result: e.Result}
		if at, known := k.places[e.ID]; known && e.Update {
			k.outputs[at] = o
			return
		}
		k.places[e.ID] = len(k.outputs)
		k.outputs = append(k.outputs, o)
	}
}

func (k *collector) result(err error) Result {
	k.mu.Lock()
	defer k.mu.Unlock()
	r := Result{Outputs: k.outputs}
	var mistake *kernel.Error
	switch {
	case errors.As(err, &mistake):
		r.Error = mistake.Excerpt
	case err != nil:
		r.Error = err.Error()
	}
	return r
}
