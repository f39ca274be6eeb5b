package kernel

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// A Restarted is the error of a cell in which the child ended. A new one has
// taken its place.
type Restarted struct {
	Why         string   // a sentence
	Replayed    int      // cells that ran again
	Gone        []string // names that are no longer declared
	Interrupted bool     // it was ended because it did not stop when told to
}

// Error is the sentence for the learner.
func (r *Restarted) Error() string {
	var b strings.Builder
	b.WriteString(r.Why)
	b.WriteString(" The kernel was started again")
	switch {
	case r.Replayed == 1:
		b.WriteString(", and one cell ran again")
	case r.Replayed > 1:
		fmt.Fprintf(&b, ", and %d cells ran again", r.Replayed)
	}
	if len(r.Gone) > 0 {
		fmt.Fprintf(&b, "; gone: %s", strings.Join(r.Gone, ", "))
	}
	b.WriteString(".")
	return b.String()
}

// Is makes a stop that cost the process an interruption still.
func (r *Restarted) Is(target error) bool { return r.Interrupted && target == context.Canceled }

// Restart ends the child with all that runs in it, and begins an empty session
// in a new one.
func (c *Client) Restart(ctx context.Context) error {
	const why = "It was told to start again."
	c.mu.Lock()
	p := c.process
	c.mu.Unlock()
	if p == nil {
		return ErrClosed
	}
	p.stop(why) // a cell that runs now gives its turn back
	if err := c.take(ctx); err != nil {
		return err
	}
	defer c.give()
	c.mu.Lock()
	c.cells, c.names, c.note = nil, nil, ""
	p = c.process
	c.mu.Unlock()
	if p == nil {
		return ErrClosed
	}
	p.end(why)
	_, err := c.restart(p)
	return err
}

// restart puts a new child in the place of one that has ended, and runs the
// cheap cells again.
func (c *Client) restart(old *process) (*Restarted, error) {
	p, err := startProcess(context.Background(), c.opt)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	if c.process == nil { // closed meanwhile
		c.mu.Unlock()
		p.end("")
		return nil, ErrClosed
	}
	before := c.names
	c.mu.Unlock()
	c.inputs.repeat(p, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.process != nil {
			c.process = p
		}
	})
	report := &Restarted{Why: old.why}
	report.Replayed = c.replay(p)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, name := range before {
		if !slices.Contains(c.names, name) {
			report.Gone = append(report.Gone, name)
		}
	}
	return report, nil
}
