package kernel

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"reslab/lessons/lab"
)

// inputs are what the controls of a session were moved to. They are kept here
// because a child may die, and sent to the one that takes its place.
type inputs struct {
	mu     sync.Mutex // also held while values are sent: the last one set is the last one sent
	values map[string]json.RawMessage
}

// mostInputs is how many controls a session may have.
const mostInputs = 1000

// Set moves a control: the cells see its value, as JSON, when they ask the
// control again. It may be called at any time, also while a cell runs, and is
// kept when the kernel starts again. The error says why the value is refused.
func (c *Client) Set(name string, value []byte) error {
	if err := lab.CheckInput(name, value); err != nil {
		return err
	}
	c.inputs.mu.Lock()
	defer c.inputs.mu.Unlock()
	if _, known := c.inputs.values[name]; !known && len(c.inputs.values) == mostInputs {
		return fmt.Errorf("a session has at most %d controls", mostInputs)
	}
	if c.inputs.values == nil {
		c.inputs.values = map[string]json.RawMessage{}
	}
	c.inputs.values[name] = slices.Clone(value)
	c.mu.Lock()
	p := c.process
	c.mu.Unlock()
	if p == nil {
		return ErrClosed
	}
	_ = p.wire.send(TypeSet, 0, Input{name, value}) // one that is gone has a successor, which gets them all
	return nil
}

// repeat sends all values to a new child. Before anything is sent, begin makes
// it the one that Set sends to.
func (in *inputs) repeat(p *process, begin func()) {
	in.mu.Lock()
	defer in.mu.Unlock()
	begin()
	for name, value := range in.values {
		_ = p.wire.send(TypeSet, 0, Input{name, value}) // if it is gone, the replay tells
	}
}
