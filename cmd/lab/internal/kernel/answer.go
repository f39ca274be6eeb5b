package kernel

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/symbols/guarded"
)

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

// show is what lab.Show calls. What was printed before comes before.
func (s *server) show(v any) {
	_ = s.drain() // a closed stream is told at the end of the cell
	s.output.flush()
	s.displays.show(v)
}
