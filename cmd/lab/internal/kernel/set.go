package kernel

import (
	"encoding/json"
	"maps"
)

// A Setting is what a control has been moved to.
type Setting struct {
	Name  string          `json:"name"`
	Value json.RawMessage `json:"value"`
}

// Set gives a control a value, as JSON. It is heard at once, while a cell runs
// too, and by every child that takes the place of this one.
func (c *Client) Set(name string, value []byte) {
	c.mu.Lock()
	if c.values == nil {
		c.values = map[string]json.RawMessage{}
	}
	c.values[name] = value
	p := c.process
	c.mu.Unlock()
	if p != nil {
		p.set(name, value)
	}
}

// set tells the child. If that fails it is dying, and the next one is told.
func (p *process) set(name string, value json.RawMessage) {
	_ = p.wire.send(TypeSet, 0, Setting{name, value})
}

// hand tells a new child what the controls stand at.
func (c *Client) hand(p *process) {
	c.mu.Lock()
	values := maps.Clone(c.values)
	c.mu.Unlock()
	for name, value := range values {
		p.set(name, value)
	}
}
