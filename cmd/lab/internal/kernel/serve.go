package kernel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/symbols"
	"reslab/cmd/lab/internal/symbols/guarded"
	"reslab/lessons/lab"
	"reslab/nn"
)

// mostStack is where a recursion without end is ended.
const mostStack = 128 << 20

// Serve is the child: it runs what the parent asks for, over what were standard
// input and output, until the parent is gone or sends shutdown.
func Serve() error {
	signal.Ignore(os.Interrupt) // Ctrl-C at the terminal is the parent's
	debug.SetMaxStack(mostStack)
	s := &server{}
	s.displays.send = s.tell
	s.output = newOutput(func(cell int64, text Stream) { s.tell(TypeStream, cell, text) })
	var err error
	if s.stdout, err = startCapture(s.output.writer("stdout")); err != nil {
		return err
	}
	if s.stderr, err = startCapture(s.output.writer("stderr")); err != nil {
		return err
	}
	in, out, err := reserve(s.stdout.write)
	if err != nil {
		return err
	}
	kept = append(kept, os.Stderr) // where Go says why a process dies stays the parent's
	os.Stderr = s.stderr.write
	log.SetOutput(os.Stderr)
	s.wire.w = out
	guarded.OnExit = s.exiting
	return s.serve(in)
}

// kept are the files that had the standard descriptors: a file that nobody knows
// any more is closed, and these descriptors must not be.
var kept []*os.File

// A server is the child's side of the protocol.
type server struct {
	wire           wire
	output         *output
	stdout, stderr *capture
	session        *cell.Session
	displays       displays

	mu      sync.Mutex
	running int64              // the ID of the request that is at work, 0 for none
	stop    context.CancelFunc // stops it
}

// tell sends a message. If that fails the parent is gone, which ends the child
// elsewhere; or the message is too long, which the parent must know to wait no
// longer.
func (s *server) tell(t Type, id int64, body any) {
	if err := s.wire.send(t, id, body); errors.Is(err, errTooLong) {
		_ = s.wire.send(TypeError, id, Failure{Message: err.Error()})
	}
}

// serve reads requests until the parent goes.
func (s *server) serve(in io.Reader) error {
	for {
		m, err := readMessage(in)
		if err == nil {
			var leave bool
			if leave, err = s.handle(m); leave {
				return nil
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// handle begins what a request asks for.
func (s *server) handle(m Message) (leave bool, err error) {
	switch m.Type {
	case TypeShutdown:
		return true, nil
	case TypeInterrupt:
		s.interrupt(m.ID)
		return false, nil
	case TypeSet:
		return false, set(m)
	case TypeStart:
		return false, s.start(m)
	}
	ctx, ok := s.begin(m.ID)
	if !ok {
		s.tell(TypeError, m.ID, Failure{Message: "the kernel is busy with another cell"})
		return false, nil
	}
	go func() {
		answer, failure := s.answer(ctx, m)
		s.end()
		if failure != nil {
			s.tell(TypeError, m.ID, failure)
			return
		}
		s.tell(TypeResult, m.ID, answer)
	}()
	return false, nil
}

// set moves a control, also while a cell runs. A value that is refused was
// refused by the parent already.
func set(m Message) error {
	var in Input
	if err := m.decode(&in); err != nil {
		return err
	}
	_ = lab.Set(in.Name, in.Value)
	return nil
}

func (s *server) begin(id int64) (context.Context, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running != 0 {
		return nil, false
	}
	ctx, stop := context.WithCancel(context.Background())
	s.running, s.stop = id, stop
	return ctx, true
}

func (s *server) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stop()
	s.running, s.stop = 0, nil
}

func (s *server) interrupt(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == id && s.stop != nil {
		s.stop()
	}
}

// start begins the session.
func (s *server) start(m Message) error {
	var settings Settings
	if err := m.decode(&settings); err != nil {
		return err
	}
	if settings.Version == Version && s.session == nil {
		session, err := cell.New(cell.Config{Stdout: os.Stdout, Unrestricted: settings.Unrestricted, Stop: stopCompiled, Doc: symbols.Doc})
		if err != nil {
			return fmt.Errorf("starting a session: %w", err)
		}
		s.session = session
		lab.Redirect(s.show)
		if settings.Memory > 0 {
			watchMemory(settings.Memory, func(held int64) { s.last(Ending{Memory: held}) })
		}
	}
	s.tell(TypeHello, m.ID, Hello{Version: Version, PID: os.Getpid(), Go: runtime.Version()})
	return nil
}

// stopCompiled ends what a cell waits for in compiled code: sleeps, contexts,
// and what models compute.
func stopCompiled() (resume func()) {
	wake, compute := guarded.Interrupt(), nn.Interrupt()
	return func() { wake(); compute() }
}

// exiting is what os.Exit calls before it ends the process.
func (s *server) exiting(code int) {
	done := make(chan struct{})
	go func() {
		_ = s.drain()
		s.output.end()
		s.tell(TypeEnding, 0, Ending{Exit: &code})
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(lastWords):
	}
}

// lastWords is how long the child may take to say why it ends: the parent may
// not listen.
const lastWords = 200 * time.Millisecond

// last says why the child ends itself, and ends it.
func (s *server) last(why Ending) {
	time.AfterFunc(lastWords, func() { os.Exit(1) })
	s.tell(TypeEnding, 0, why)
	os.Exit(1)
}

// drain waits until all that was printed has been sent.
func (s *server) drain() error { return errors.Join(s.stdout.drain(), s.stderr.drain()) }
