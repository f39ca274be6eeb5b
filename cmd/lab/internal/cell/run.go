package cell

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/traefik/yaegi/interp"
)

// run runs the groups of a cell, one after the other.
func (s *Session) run(ctx context.Context, plans []*plan) (Result, error) {
	s.machine.shown = Result{}
	s.running = plans[0].source.name
	var notes []string
	for _, p := range plans {
		notes = append(notes, p.notes...)
		if err := s.begin(p); err != nil {
			return Result{Notes: notes}, s.explain(p.source, err)
		}
		if err := s.execute(ctx, p); err != nil {
			s.forgetUnreached(p)
			return Result{Notes: notes}, err
		}
	}
	result := s.machine.shown
	result.Notes = notes
	return result, nil
}

// begin makes what a group declares part of the session.
func (s *Session) begin(p *plan) error {
	for _, program := range []*interp.Program{p.declares, p.sets} {
		if _, err := s.interp.Execute(program); err != nil { // the interpreter gives up on its own code
			return uncompiled(err)
		}
	}
	s.state = p.state
	return nil
}

// patience is how long a cell that was told to stop may take to do so.
const patience = 300 * time.Millisecond

// execute runs a group's statements until they end, panic or are cancelled.
func (s *Session) execute(ctx context.Context, p *plan) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	s.machine.trace.take()
	s.machine.onCrash(func(value any) { cancel(&crash{value}) })
	defer s.machine.onCrash(nil)
	err := s.interpret(ctx, p.runs)
	if ctx.Err() == nil {
		return s.panicked(p, err)
	}
	var c *crash
	if errors.As(context.Cause(ctx), &c) {
		e := s.panicError(c.value)
		e.Message = "in a goroutine: " + e.Message
		if errors.Is(err, ErrStuck) {
			return errors.Join(e, err)
		}
		return e
	}
	return err
}

// ErrStuck is the error of a cell that was told to stop and goes on all the
// same, in compiled code: only the end of the process stops it.
var ErrStuck = errors.New("the cell does not stop")

// interpret runs a call of lab.Run. A cancelled one has given up waiting at once:
// what it runs ends at its next step, or later if that is a long one of compiled code.
func (s *Session) interpret(ctx context.Context, program *interp.Program) error {
	ended := s.machine.begin(ctx)
	_, err := s.interp.ExecuteWithContext(ctx, program)
	if ctx.Err() == nil {
		return err
	}
	if s.cfg.Stop != nil {
		defer s.cfg.Stop()()
	}
	select {
	case <-ended:
		return ctx.Err()
	case <-time.After(patience):
		return fmt.Errorf("%w: %w", ErrStuck, ctx.Err())
	}
}

// A crash is a panic in a goroutine that a cell started.
type crash struct{ value any }

func (c *crash) Error() string { return fmt.Sprint(c.value) }

// panicked turns what the interpreter returns after a panic into an *Error.
func (s *Session) panicked(p *plan, err error) error {
	if err == nil {
		return nil
	}
	var panicked interp.Panic
	if errors.As(err, &panicked) {
		return s.panicError(panicked.Value)
	}
	return &Error{Cell: p.source.name, Message: err.Error(), Err: err}
}

// panicError says what a panic says, and at which statement it happened.
func (s *Session) panicError(value any) *Error {
	if e, ok := value.(*Error); ok {
		return e
	}
	e := &Error{Cell: s.running}
	if n := s.lastStatement(s.machine.trace.take()); n != nil {
		*e = *s.position(n.Pos())
		e.Width = width(n, e.Source, e.Col)
	}
	e.Message, e.Err = panicMessage(value)
	e.Advice = adviceOn(e.Message, nil)
	return e
}

// panicMessage returns the sentence for what code panicked with.
func panicMessage(value any) (string, error) {
	value = plainValue(value)
	if p, ok := value.(panicValue); ok {
		err, _ := plainValue(p.v).(error)
		return "panic: " + printed(p.v), err
	}
	if err := asRuntimeError(value); err != nil {
		return err.Error(), err
	}
	if err, ok := value.(error); ok { // nn's *Mistake: a sentence already
		return err.Error(), err
	}
	return "panic: " + printed(value), nil
}

// printed prints a value; one that panics while printing does not take us along.
func printed(v any) (text string) {
	return strings.TrimSpace(fmt.Sprint(v))
}

// forgetUnreached removes the variables that a failed cell would have defined
// at or after the statement where it failed.
func (s *Session) forgetUnreached(p *plan) {
	reached := len(p.body)
	if at := s.marked(p.function); at != nil {
		for i, stmt := range p.body {
			if stmt.Pos() <= at.Pos() && at.Pos() < stmt.End() {
				reached = i
			}
		}
	}
	for name, i := range p.defines {
		if d := s.state.live[name]; i >= reached && d != nil && d.isVar() {
			delete(s.state.live, name)
			s.state.gone[name] = fmt.Sprintf("the cell that defines %s stopped before it did", name)
		}
	}
}
