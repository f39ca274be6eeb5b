package kernel

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Options say how a Client runs its child.
type Options struct {
	Program      []string // the command that runs the child; nil: this program, as lab kernel
	Dir          string   // the working folder of the cells; "": this process's
	Unrestricted bool     // offer the whole standard library, files and network too
	Memory       int64    // bytes that the child may hold; 0: DefaultMemory
}

// DefaultMemory is what a child may hold unless told otherwise.
const DefaultMemory = 4 << 30

func (o Options) memory() int64 {
	if o.Memory > 0 {
		return o.Memory
	}
	return DefaultMemory
}

// A Client runs cells in a child process. The child may die and take the values
// of the session with it; the source of the cells is kept here, and what is
// cheap runs again in a new child. All methods may be called from any goroutine.
type Client struct {
	opt  Options
	turn chan struct{} // holds one token: whoever has it may start and ask children

	mu      sync.Mutex // guards what follows
	process *process   // nil after Close
	stop    func()     // stops the running cell, nil if none runs
	cells   []ran
	names   []string // what the session declares
	note    string   // that the child died between cells, until somebody is told

	worked time.Duration // see Worked

	inputs inputs
}

// ran is a cell that succeeded.
type ran struct {
	Cell
	seconds float64
	wrote   bool
}

// ErrClosed is the error of a Client after Close.
var ErrClosed = errors.New("the kernel is closed")

// Start starts a child and returns when it is ready.
func Start(ctx context.Context, opt Options) (*Client, error) {
	p, err := startProcess(ctx, opt)
	if err != nil {
		return nil, err
	}
	c := &Client{opt: opt, turn: make(chan struct{}, 1), process: p}
	c.turn <- struct{}{}
	return c, nil
}

// take waits for the right to ask the child; give hands it back.
func (c *Client) take(ctx context.Context) error {
	select {
	case <-c.turn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *Client) give() { c.turn <- struct{}{} }

// Execute runs a cell and hands what it shows to sink, which may be nil. The
// error is an *Error for a mistake in the cell or a panic; context.Canceled, if
// Interrupt or ctx stopped it and the session goes on as it was; a *Restarted
// if the child ended. One cell runs at a time, the others wait.
func (c *Client) Execute(ctx context.Context, this Cell, sink Sink) (Result, error) {
	if err := c.take(ctx); err != nil {
		return Result{}, err
	}
	defer c.give()
	p, err := c.living()
	if err != nil {
		return Result{}, err
	}
	result, err := c.run(ctx, p, this, sink)
	result.Notes = append(c.takeNote(), result.Notes...)
	if err == nil {
		c.keep(this, result)
		return result, nil
	}
	if p.alive() {
		c.declared(result.Names)
		return result, err
	}
	restarted, again := c.restart(p)
	if again != nil {
		return result, fmt.Errorf("%s %w", p.why, again)
	}
	restarted.Interrupted = errors.Is(err, context.Canceled)
	return result, restarted
}

// living returns the child, a new one if the old one has died since it was last
// asked.
func (c *Client) living() (*process, error) {
	c.mu.Lock()
	p := c.process
	c.mu.Unlock()
	if p == nil {
		return nil, ErrClosed
	}
	if p.alive() {
		return p, nil
	}
	restarted, err := c.restart(p)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.process == nil {
		return nil, ErrClosed
	}
	c.note = restarted.Error()
	return c.process, nil
}

// takeNote returns what happened between cells, for once.
func (c *Client) takeNote() (notes []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.note != "" {
		notes = []string{c.note}
	}
	c.note = ""
	return notes
}

// run runs a cell in p and returns what the child answers. The error is
// context.Canceled if it was told to stop, whether it did or had to be killed.
func (c *Client) run(ctx context.Context, p *process, this Cell, sink Sink) (r Result, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	c.setStop(stop)
	defer c.setStop(nil)
	m, err := p.execute(ctx, this, sink)
	if m.Body != nil { // a failure has some of the fields of a result
		if err := m.decode(&r); err != nil {
			return r, err
		}
	}
	if ctx.Err() != nil && errors.Is(err, errEnded) {
		err = context.Canceled
	}
	return r, err
}

// execute asks p to run a cell.
func (p *process) execute(ctx context.Context, this Cell, sink Sink) (Message, error) {
	return p.ask(ctx, TypeExecute, this, func(m Message) {
		if e := eventOf(m); e != nil && sink != nil {
			sink(e)
		}
	})
}

func (c *Client) setStop(stop func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stop = stop
}

// keep adds a cell that succeeded to the session's source.
func (c *Client) keep(this Cell, r Result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cells = append(c.cells, ran{this, r.Seconds, r.Wrote})
	c.names = r.Names
}

func (c *Client) declared(names []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.names = names
}

// Interrupt tells the running cell to stop. If it has not stopped after a short
// grace its process is killed, and the session starts again. Without a running
// cell it does nothing.
func (c *Client) Interrupt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stop != nil {
		c.stop()
	}
}

// Source returns the cells that have succeeded, in the order in which they ran.
func (c *Client) Source() []Cell {
	c.mu.Lock()
	defer c.mu.Unlock()
	cells := make([]Cell, len(c.cells))
	for i, r := range c.cells {
		cells[i] = r.Cell
	}
	return cells
}

// Close ends the child and waits until nothing of it is left.
func (c *Client) Close() error {
	c.mu.Lock()
	p := c.process
	c.process = nil
	c.mu.Unlock()
	if p != nil {
		p.end("The kernel was closed.")
		c.worked = p.worked()
	}
	return nil
}

// Worked is how long the child computed that Close ended, on all cores together.
func (c *Client) Worked() time.Duration { return c.worked }
