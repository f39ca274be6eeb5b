package kernel

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
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

// An Event is what a cell lets be seen while it runs: a Stream, a Display or a
// Progress.
type Event interface{ event() }

func (Stream) event()   {}
func (Display) event()  {}
func (Progress) event() {}

// A Sink takes events, one at a time and in order. It may be called until the
// next Execute begins: goroutines of a cell print when it has ended, too. It
// must not call the Client.
type Sink func(Event)

// A Client runs cells in a child process. The child may die and take the values
// of the session with it; the source of the cells is kept here, and what is
// cheap runs again in a new child. All methods may be called from any goroutine.
type Client struct {
	opt  Options
	turn chan struct{} // holds one token: whoever has it may start and ask children

	mu      sync.Mutex // guards what follows
	process *process   // nil after Close
	running int64      // the request that Execute waits for, 0 for none
	told    bool       // Interrupt was called since Execute began
	cells   []ran
	names   []string // what the session declares
	closed  bool
}

// ran is a cell that succeeded.
type ran struct {
	Cell
	seconds float64
	wrote   bool
}

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
func (c *Client) Execute(ctx context.Context, cell Cell, sink Sink) (Result, error) {
	if err := c.take(ctx); err != nil {
		return Result{}, err
	}
	defer c.give()
	if sink == nil {
		sink = func(Event) {}
	}
	p, note, err := c.living(ctx)
	if err != nil {
		return Result{}, err
	}
	result, err := c.run(ctx, p, cell, sink)
	if note != "" {
		result.Notes = append([]string{note}, result.Notes...)
	}
	switch {
	case err == nil:
		c.keep(cell, result)
	case !p.alive():
		restarted, again := c.restart(p)
		if again != nil {
			return result, errors.Join(errors.New(p.why), again)
		}
		restarted.Interrupted = errors.Is(err, context.Canceled)
		return result, restarted
	}
	return result, err
}

// living returns the child, a new one if the old one has died since the last
// cell; the note then says so.
func (c *Client) living(ctx context.Context) (p *process, note string, err error) {
	c.mu.Lock()
	p, c.told = c.process, false
	c.mu.Unlock()
	switch {
	case p == nil:
		return nil, "", ErrClosed
	case p.alive():
		return p, "", ctx.Err()
	}
	restarted, err := c.restart(p)
	if err != nil {
		return nil, "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.process, restarted.Error(), ctx.Err()
}

// grace is how long a cell may take to stop before its process is killed.
const grace = 400 * time.Millisecond

// run runs a cell in p and returns what the child answers. If it is told to
// stop and does not, the child is killed.
func (c *Client) run(ctx context.Context, p *process, cell Cell, sink Sink) (Result, error) {
	answer := make(chan Message, 1)
	id, err := p.request(TypeExecute, cell, func(m Message) {
		if e := eventOf(m); e != nil {
			sink(e)
		} else if m.Type == TypeResult || m.Type == TypeError {
			select {
			case answer <- m:
			default:
			}
		}
	})
	if err != nil {
		<-p.ended
		return Result{}, err
	}
	c.setRunning(id)
	defer c.setRunning(0)
	stopped := ctx.Done()
	for {
		select {
		case m := <-answer:
			return resultOf(p, m)
		case <-p.ended:
			return Result{}, c.stoppedOr(errEnded)
		case <-stopped:
			stopped = nil
			c.Interrupt()
		}
	}
}

// eventOf returns the event that a message is, nil if it is none.
func eventOf(m Message) Event {
	var err error
	var e Event
	switch m.Type {
	case TypeStream:
		var s Stream
		err = m.decode(&s)
		e = s
	case TypeDisplay:
		var d Display
		err = m.decode(&d)
		e = d
	case TypeProgress:
		var p Progress
		err = m.decode(&p)
		e = p
	}
	if err != nil {
		return nil
	}
	return e
}

// resultOf turns the answer to an execute into what Execute returns.
func resultOf(p *process, m Message) (Result, error) {
	var r Result
	if m.Type == TypeResult {
		return r, m.decode(&r)
	}
	var f Failure
	if err := m.decode(&f); err != nil {
		return r, err
	}
	r.Notes, r.Names = f.Notes, f.Names
	switch {
	case f.Stuck:
		p.end(notStopped)
		return r, context.Canceled
	case f.Interrupted:
		return r, context.Canceled
	case f.Error != nil:
		return r, f.Error
	}
	return r, errors.New(f.Message)
}

// notStopped is why a child ends whose cell does not.
const notStopped = "The cell did not stop when told to, so its process was ended."

// stoppedOr returns context.Canceled if the cell was told to stop, else err.
func (c *Client) stoppedOr(err error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.told {
		return context.Canceled
	}
	return err
}

func (c *Client) setRunning(id int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running = id
}

// keep adds a cell that succeeded to the session's source.
func (c *Client) keep(cell Cell, r Result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cells = append(c.cells, ran{cell, r.Seconds, r.Wrote})
	c.names = r.Names
}

// Interrupt tells the running cell to stop. If it has not stopped after a short
// grace its process is killed, and the session starts again. Without a running
// cell it does nothing.
func (c *Client) Interrupt() {
	c.mu.Lock()
	id, p := c.running, c.process
	if id == 0 || p == nil || c.told {
		c.mu.Unlock()
		return
	}
	c.told = true
	c.mu.Unlock()
	go func() { // the child may be too busy to read
		_ = p.wire.send(TypeInterrupt, id, nil) // if it is gone, it has stopped
	}()
	time.AfterFunc(grace, func() {
		c.mu.Lock()
		still := c.running == id && c.process == p
		c.mu.Unlock()
		if still {
			p.stop(notStopped)
		}
	})
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

// Restart ends the child, stops what runs, and begins an empty session in a new
// one.
func (c *Client) Restart(ctx context.Context) error {
	c.mu.Lock()
	p := c.process
	c.mu.Unlock()
	if p == nil {
		return ErrClosed
	}
	p.stop("It was told to start again.")
	if err := c.take(ctx); err != nil {
		return err
	}
	defer c.give()
	c.mu.Lock()
	c.cells, c.names = nil, nil
	p = c.process
	c.mu.Unlock()
	p.end("It was told to start again.")
	_, err := c.restart(p)
	return err
}

// restart puts a new child in the place of one that has ended, and runs the
// cheap cells again.
func (c *Client) restart(old *process) (*Restarted, error) {
	c.mu.Lock()
	before, closed := c.names, c.closed
	c.mu.Unlock()
	if closed {
		return nil, ErrClosed
	}
	p, err := startProcess(context.Background(), c.opt)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		p.end("")
		return nil, ErrClosed
	}
	c.process = p
	c.mu.Unlock()
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

// Close ends the child and waits until nothing of it is left.
func (c *Client) Close() error {
	c.mu.Lock()
	p := c.process
	c.process, c.closed = nil, true
	c.mu.Unlock()
	if p != nil {
		p.end("It was closed.")
	}
	return nil
}
