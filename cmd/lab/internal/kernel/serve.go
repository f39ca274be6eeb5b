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
	"strings"
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

// answer does what a request asks for.
func (s *server) answer(ctx context.Context, m Message) (any, *Failure) {
	if s.session == nil {
		return nil, &Failure{Message: "the session has not begun: send start first"}
	}
	var c Cell
	var at Place
	var err error
	switch m.Type {
	case TypeExecute, TypeUses, TypeTypeOf:
		err = m.decode(&c)
	case TypeComplete, TypeInspect:
		err = m.decode(&at)
	}
	if err != nil {
		return nil, &Failure{Message: err.Error()}
	}
	switch m.Type {
	case TypeExecute:
		return s.execute(ctx, m.ID, c)
	case TypeUses:
		return s.session.Uses(c.Source), nil
	case TypeTypeOf:
		typ, err := s.session.TypeOf(c.Source)
		if err != nil {
			return nil, &Failure{Message: err.Error()}
		}
		return typ, nil
	case TypeComplete:
		return s.session.Complete(at.Source, at.Offset), nil
	case TypeInspect:
		return s.inspect(at), nil
	case TypeVariables:
		variables, err := s.session.Variables(ctx)
		if err != nil {
			return nil, s.failure(err, cell.Result{})
		}
		return variables, nil
	}
	return nil, &Failure{Message: fmt.Sprintf("this kernel knows no %s message", m.Type)}
}

func (s *server) inspect(at Place) (i Inspection) {
	if name, ok := s.session.Inspect(at.Source, at.Offset); ok {
		i.Name = &name
	}
	if call, argument, ok := s.session.Call(at.Source, at.Offset); ok {
		i.Call, i.Argument = &call, argument
	}
	return i
}

// execute runs a cell and shows its value.
func (s *server) execute(ctx context.Context, id int64, c Cell) (any, *Failure) {
	s.output.begin(id)
	s.displays.begin(id, c.Accept)
	guarded.TakeWrote()
	began := time.Now()
	result, err := s.session.Eval(ctx, c.Name, c.Source)
	seconds := time.Since(began).Seconds()
	if closed := s.drain(); closed != nil {
		result.Notes = append(result.Notes, "os.Stdout or os.Stderr was closed: what cells print there is lost until the kernel starts again.")
	}
	s.output.end()
	s.displays.end()
	if guarded.TakeAsked() || strings.Contains(c.Source, "os.Stdin") {
		result.Notes = append(result.Notes, "A cell has no input, os.Stdin is empty: put what you would type into a variable.")
	}
	if err != nil {
		return nil, s.failure(err, result)
	}
	if result.HasValue {
		s.displays.result(result)
	}
	return Result{
		HasValue: result.HasValue, Value: shorten(result.Value, mostText), Notes: result.Notes, Seconds: seconds,
		Names: s.session.Names(), Wrote: guarded.TakeWrote(),
	}, nil
}

// show is what lab.Show calls. What was printed before comes before.
func (s *server) show(v any) {
	_ = s.drain() // a closed stream is told at the end of the cell
	s.output.flush()
	s.displays.show(v)
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

func (s *server) failure(err error, result cell.Result) *Failure {
	f := &Failure{Notes: result.Notes, Names: s.session.Names()}
	var mistake *cell.Error
	f.Stuck = errors.Is(err, cell.ErrStuck)
	switch {
	case errors.As(err, &mistake):
		f.Error = errorOf(mistake)
	case f.Stuck:
	case errors.Is(err, context.Canceled):
		f.Interrupted = true
	default:
		f.Message = err.Error()
	}
	return f
}
