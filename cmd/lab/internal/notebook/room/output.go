package room

import (
	"time"

	"reslab/cmd/lab/internal/kernel"
)

// mostKept is how many bytes of one cell's outputs are kept. A display beyond
// that is kept as its text.
const mostKept = 48 << 20

// sink returns what takes the events of a run.
func (r *Room) sink(id string, run int) kernel.Sink {
	var clock progressClock
	return func(e kernel.Event) {
		r.mu.Lock()
		defer r.mu.Unlock()
		c := r.record(id)
		if c.run != run {
			return
		}
		out := Output{Cell: id}
		switch e := e.(type) {
		case kernel.Stream:
			out.T, out.Name, out.Text = "stream", e.Name, e.Text
		case kernel.Display:
			out.T, out.ID, out.Update, out.Kind, out.Data, out.Text, out.Result = "display", e.ID, e.Update, e.Kind, e.Data, e.Text, e.Result
			c.hear(e)
		case kernel.Progress:
			out.T, out.Done, out.Total, out.Label = "progress", e.Done, e.Total, e.Label
			out.Left = clock.left(e, time.Now())
		}
		r.tell(c.keep(out))
	}
}

// keep adds an output to those of the cell, and returns what pages shall see.
func (c *record) keep(out Output) Output {
	if c.replace {
		c.outputs, c.replace = nil, false
	}
	kept := 0
	for i, before := range c.outputs {
		kept += size(before)
		joined, ok := before.joined(out)
		if ok && (out.T != "stream" || i == len(c.outputs)-1) {
			c.outputs[i] = joined
			return out
		}
	}
	if kept+size(out) > mostKept {
		out.Kind, out.Data = kernel.Text, out.Text+"[This cell shows too much: its drawing is left out.]\n"
	}
	c.outputs = append(c.outputs, out)
	return out
}

// settle drops what only shows while a cell runs.
func (c *record) settle() {
	kept := c.outputs[:0:0]
	for _, out := range c.outputs {
		if out.T != "progress" {
			kept = append(kept, out)
		}
	}
	c.outputs = kept
}

// A progressClock tells how long work will take from how long it has taken.
type progressClock struct {
	label string
	began time.Time
	first int
}

// left returns the seconds that are left, 0 if that cannot be said.
func (p *progressClock) left(e kernel.Progress, now time.Time) float64 {
	if p.began.IsZero() || p.label != e.Label || e.Done < p.first {
		*p = progressClock{label: e.Label, began: now, first: e.Done}
	}
	if e.Done <= p.first || e.Total <= e.Done {
		return 0
	}
	return now.Sub(p.began).Seconds() / float64(e.Done-p.first) * float64(e.Total-e.Done)
}
