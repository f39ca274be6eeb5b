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
	m, err := p.ask(ctx, TypeStart, Settings{Version: Version, Unrestricted: opt.Unrestricted, Memory: opt.memory()})
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

// request sends a request; handler gets every message that belongs to it, until
// forget. It returns at once.
func (p *process) request(t Type, body any, handler func(Message)) (id int64, err error) {
	p.mu.Lock()
	if p.handlers == nil {
		p.mu.Unlock()
		return 0, errEnded
	}
	p.last++
	id = p.last
	p.handlers[id] = handler
	p.mu.Unlock()
	if err := p.wire.send(t, id, body); err != nil {
		p.forget(id)
		return 0, errors.Join(errEnded, err)
	}
	return id, nil
}

func (p *process) forget(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.handlers, id)
}

// ask sends a request and returns its answer.
func (p *process) ask(ctx context.Context, t Type, body any) (Message, error) {
	answers := make(chan Message, 1)
	id, err := p.request(t, body, func(m Message) {
		select {
		case answers <- m:
		default:
		}
	})
	if err != nil {
		return Message{}, err
	}
	defer p.forget(id)
	select {
	case m := <-answers:
		if m.Type == TypeError {
			var f Failure
			if err := m.decode(&f); err != nil {
				return m, err
			}
			return m, errors.New(f.Message)
		}
		return m, nil
	case <-p.ended:
		return Message{}, fmt.Errorf("%w: %s", errEnded, p.why)
	case <-ctx.Done():
		return Message{}, ctx.Err()
	}
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
