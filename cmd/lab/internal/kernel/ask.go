package kernel

import (
	"context"
	"errors"
	"time"

	"reslab/cmd/lab/internal/cell"
)

// Complete returns what may stand at a byte of a cell's text. While a cell runs
// it, like the next four, fails at once.
func (c *Client) Complete(ctx context.Context, source string, offset int) (completions cell.Completions, err error) {
	return completions, c.ask(ctx, TypeComplete, Place{source, offset}, &completions)
}

// Inspect says what stands at a byte of a cell's text.
func (c *Client) Inspect(ctx context.Context, source string, offset int) (i Inspection, err error) {
	return i, c.ask(ctx, TypeInspect, Place{source, offset}, &i)
}

// Variables returns the session's variables with their values, cut to a line each.
func (c *Client) Variables(ctx context.Context) (variables []cell.Variable, err error) {
	return variables, c.ask(ctx, TypeVariables, nil, &variables)
}

// TypeOf returns the type of an expression, without running it.
func (c *Client) TypeOf(ctx context.Context, expression string) (typ string, err error) {
	return typ, c.ask(ctx, TypeTypeOf, Cell{Source: expression}, &typ)
}

// Uses tells which of the session's names a cell reads and writes.
func (c *Client) Uses(ctx context.Context, source string) (names cell.Names, err error) {
	return names, c.ask(ctx, TypeUses, Cell{Source: source}, &names)
}

// ErrBusy is the error of a question while a cell runs.
var ErrBusy = errors.New("a cell is running")

// askTime is how long a question may take.
const askTime = 5 * time.Second

// ask asks the child something that it answers at once, in *answer.
func (c *Client) ask(ctx context.Context, t Type, body, answer any) error {
	select {
	case <-c.turn:
		defer c.give()
	default:
		return ErrBusy
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	p, err := c.living()
	if err != nil {
		return err
	}
	m, err := p.ask(ctx, t, body, nil)
	if err != nil {
		return err
	}
	return m.decode(answer)
}
