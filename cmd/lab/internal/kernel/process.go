package kernel

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// A process is one child, seen from the parent. It lives from startProcess to
// the end of ended, whatever ends it.
type process struct {
	command *exec.Cmd
	wire    wire
	input   io.Closer

	ended chan struct{} // closed when the child is gone and nothing of it is left
	why   string        // it ended, a sentence; set before ended is closed

	mu       sync.Mutex
	last     int64
	handlers map[int64]func(Message) // by the ID of the request
	order    string                  // why we ended it, if we did
	ending   Ending                  // what it said before it ended itself
}

// startTime is how long a child may take to say hello.
const startTime = 20 * time.Second

// startProcess starts a child and waits until it is ready.
func startProcess(ctx context.Context, opt Options) (*process, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("starting the kernel: %w", err)
	}
	program := opt.Program
	if len(program) == 0 {
		self, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("finding the program to start the kernel with: %w", err)
		}
		program = []string{self, "kernel"}
	}
	p := &process{command: exec.Command(program[0], program[1:]...), ended: make(chan struct{}), handlers: map[int64]func(Message){}}
	p.command.Dir = opt.Dir
	stderr := &crashText{}
	p.command.Stderr = stderr
	in, err := p.command.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("starting the kernel: %w", err)
	}
	out, err := p.command.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("starting the kernel: %w", err)
	}
	if err := p.command.Start(); err != nil {
		return nil, fmt.Errorf("starting the kernel: %w", err)
	}
	p.wire.w, p.input = in, in
	go p.read(out, stderr)
	if err := p.greet(ctx, opt); err != nil {
		p.end("")
		return nil, err
	}
	return p, nil
}

// greet sends the settings and waits for hello.
func (p *process) greet(ctx context.Context, opt Options) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	m, err := p.ask(ctx, TypeStart, Settings{Version: Version, Unrestricted: opt.Unrestricted, Memory: opt.memory()}, nil)
	if err != nil {
		return fmt.Errorf("starting the kernel: %w", err)
	}
	var hello Hello
	if err := m.decode(&hello); err != nil {
		return err
	}
	if hello.Version != Version {
		return fmt.Errorf("the kernel speaks version %d of the protocol, this program version %d: install both anew", hello.Version, Version)
	}
	return nil
}

// read hands on what the child sends, until it ends.
func (p *process) read(out io.Reader, stderr *crashText) {
	reader := bufio.NewReaderSize(out, 64<<10)
	for {
		m, err := readMessage(reader)
		if err != nil {
			if !errors.Is(err, io.EOF) && !errors.Is(err, os.ErrClosed) {
				p.stop("It sent what is no message: " + err.Error())
			}
			break
		}
		p.handle(m)
	}
	p.input.Close()
	err := p.command.Wait() // closes the other pipes
	p.mu.Lock()
	p.why = reason(p.order, p.ending, err, stderr.String())
	p.handlers = nil
	p.mu.Unlock()
	close(p.ended)
}

func (p *process) handle(m Message) {
	p.mu.Lock()
	if m.Type == TypeEnding {
		_ = m.decode(&p.ending) // what cannot be read says nothing
	}
	handler := p.handlers[m.ID]
	p.mu.Unlock()
	if handler != nil {
		handler(m)
	}
}

// errEnded is the error of a request that the child did not live to answer.
var errEnded = errors.New("the kernel has ended")

// request sends a request; handler gets every message that belongs to it.
func (p *process) request(t Type, body any, handler func(Message)) (id int64, err error) {
	p.mu.Lock()
	if p.handlers == nil {
		p.mu.Unlock()
		return 0, fmt.Errorf("%w: %s", errEnded, p.why)
	}
	p.last++
	id = p.last
	if t == TypeExecute { // the goroutines of the cell before are heard no more
		p.handlers = map[int64]func(Message){}
	}
	p.handlers[id] = handler
	p.mu.Unlock()
	if err = p.wire.send(t, id, body); err == nil || errors.Is(err, errTooLong) {
		return id, err
	}
	p.end("It does not listen any more.") // it is dying already, most likely
	return id, fmt.Errorf("%w: %s", errEnded, p.why)
}

func (p *process) forget(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.handlers, id)
}

// ask sends a request and returns its answer; what else belongs to it goes to
// events, which may be nil. If ctx ends first, the child is told to stop, and
// killed if it does not.
func (p *process) ask(ctx context.Context, t Type, body any, events func(Message)) (Message, error) {
	answers := make(chan Message, 1)
	id, err := p.request(t, body, func(m Message) {
		switch {
		case m.Type == TypeResult || m.Type == TypeError || m.Type == TypeHello:
			select {
			case answers <- m:
			default: // a second answer is none
			}
		case events != nil:
			events(m)
		}
	})
	if err != nil {
		return Message{}, err
	}
	if t != TypeExecute { // goroutines of a cell are heard when it has ended, too
		defer p.forget(id)
	}
	cancelled := ctx.Done()
	for {
		select {
		case m := <-answers:
			return m, p.failure(m)
		case <-p.ended:
			return Message{}, fmt.Errorf("%w: %s", errEnded, p.why)
		case <-cancelled:
			cancelled = nil
			defer p.interrupt(id)()
		}
	}
}

// failure returns the error that an answer brings, nil if it is a result. A
// child whose cell does not stop is ended.
func (p *process) failure(m Message) error {
	if m.Type != TypeError {
		return nil
	}
	var f Failure
	if err := m.decode(&f); err != nil {
		return err
	}
	switch {
	case f.Stuck && f.Error != nil: // one goroutine panicked, another goes on
		p.end(f.Error.Error() + ". Another goroutine did not stop.")
		return f.Error
	case f.Stuck:
		p.end(notStopped)
		return context.Canceled
	case f.Interrupted:
		return context.Canceled
	case f.Error != nil:
		return f.Error
	}
	return errors.New(f.Message)
}

// grace is how long a cell may take to stop before its process is killed.
const grace = 450 * time.Millisecond

// notStopped is why a child ends whose cell does not.
const notStopped = "The cell did not stop when told to, so its process was ended."

// interrupt tells the child to stop what request id began, and kills it after a
// grace unless done is called before.
func (p *process) interrupt(id int64) (done func()) {
	go func() { // the child may be too busy to read
		_ = p.wire.send(TypeInterrupt, id, nil) // if it is gone, it has stopped
	}()
	timer := time.AfterFunc(grace, func() { p.stop(notStopped) })
	return func() { timer.Stop() }
}

// stop kills the child; why becomes the reason for its end.
func (p *process) stop(why string) {
	p.mu.Lock()
	if p.order == "" {
		p.order = why
	}
	p.mu.Unlock()
	_ = p.command.Process.Kill() // fails if it has ended
}

// end ends the child and waits until it has.
func (p *process) end(why string) {
	p.stop(why)
	<-p.ended
}

// alive tells whether the child can be asked.
func (p *process) alive() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// worked is how long a child that has ended computed, on all cores together.
func (p *process) worked() time.Duration {
	state := p.command.ProcessState
	return state.UserTime() + state.SystemTime()
}
