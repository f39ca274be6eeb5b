package cell

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"io"
	"maps"
	"reflect"
	"slices"

	"github.com/traefik/yaegi/interp"

	"reslab/cmd/lab/internal/symbols"
)

// Config says where a session's cells print and what they may import.
type Config struct {
	// Stdout receives what cells print (fmt.Print and its kin, println); nil discards it.
	Stdout io.Writer
	// Unrestricted offers os, os/exec, net/http and the like as a whole.
	Unrestricted bool
	// Doc returns the documentation of a name of a package ("NewConv2D",
	// "Conv2D.Forward"), or of the package itself for "": "" where it knows none. May be nil.
	Doc func(path, name string) string
	// Stop, if set, is called when a cell is to stop: it wakes what waits in
	// compiled code, and makes long computations end. resume is called when the
	// cell has ended, or will not.
	Stop func() (resume func())
}

// A Session runs cells one after the other; each sees what the earlier ones
// declared. A Session is for one goroutine at a time.
type Session struct {
	cfg     Config
	known   importer                            // the types of what cells may import
	values  map[string]map[string]reflect.Value // the functions, variables and types of it
	fset    *token.FileSet
	sources map[*token.File]*source
	context *types.Context

	libraries map[string]*library // read already, by path

	machine  *machine
	interp   *interp.Interpreter
	state    *state
	at       ast.Node        // what is being lowered, for the place of a refusal
	running  string          // the name of the cell that runs, or ran last
	marks    []ast.Node      // statements, by the numbers that lowered code notes them with
	pending  []string        // paths of packages that the lowered code of a group needs
	imported map[string]bool // paths of packages that the interpreter has imported
	peeks    *peeks          // what Variables ran last
}

// A Result is what a cell leaves behind beside its printed output.
type Result struct {
	// HasValue tells whether the cell ended in an expression with a value.
	HasValue bool
	// Value is the printed form of that value, as fmt.Println writes it, "" if there is none.
	Value string
	// Any is the value itself where it has a compiled type (a number, a
	// *nn.Tensor, a []float32); nil for a value of a type declared in a cell.
	Any any
	// Notes are sentences on what the cell changed elsewhere: a function of an
	// earlier cell that no longer compiles, say.
	Notes []string
}

// New starts a session with nothing declared. Known packages need no import.
func New(cfg Config) (*Session, error) {
	if cfg.Stdout == nil {
		cfg.Stdout = io.Discard
	}
	known, err := symbols.Types(cfg.Unrestricted)
	if err != nil {
		return nil, err
	}
	s := &Session{
		cfg:      cfg,
		known:    known,
		values:   symbols.Values(cfg.Unrestricted),
		fset:     token.NewFileSet(),
		sources:  map[*token.File]*source{},
		context:  types.NewContext(),
		machine:  newMachine(cfg.Stdout),
		state:    newState(),
		imported: map[string]bool{},
		marks:    []ast.Node{nil}, // 0 marks nothing

		libraries: map[string]*library{},
	}
	s.interp = interp.New(interp.Options{Stdout: cfg.Stdout, Stderr: &s.machine.trace})
	if err := s.interp.Use(s.machine.exports(s.values)); err != nil {
		return nil, fmt.Errorf("starting the interpreter: %w", err)
	}
	// With a context, because from then on the interpreter compiles operations on
	// channels so that they can be cancelled.
	if _, err := s.interp.EvalWithContext(context.Background(), `import lab "`+labPath+`"`); err != nil {
		return nil, fmt.Errorf("starting the interpreter: %w", err)
	}
	return s, nil
}

// Eval runs a cell: imports, declarations and statements in any order. name is
// what messages call the cell ("cell 3"). An error is an *Error, or the
// context's when ctx ended first (ErrStuck, if the cell does not). A cell that does not compile changes nothing;
// what ran before a panic stays in force.
func (s *Session) Eval(ctx context.Context, name, src string) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	source := &source{name: name, text: src}
	plans, err := s.plan(source)
	if err != nil {
		return Result{}, s.explain(source, err)
	}
	return s.run(ctx, plans)
}

// Names returns what the session declares, in order: functions, types,
// constants and variables, and methods as "T.M".
func (s *Session) Names() []string { return slices.Sorted(maps.Keys(s.state.live)) }
