// Package pagetest is a page as tests have one: it says what a learner does, and
// waits for what comes of it.
package pagetest

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// patience is how long a test waits before it fails.
const patience = 60 * time.Second

// A Page sends and receives messages.
type Page struct {
	T        *testing.T
	Snapshot Message // the first
	Send     func(text []byte)
	Receive  func(ctx context.Context) ([]byte, error)
}

// A Message is one from the server, with all fields that tests look at.
type Message struct {
	T        string
	Cell     string
	ID       any // of a display a number, of a block a string
	State    string
	Stale    bool
	Order    int
	Seconds  float64
	Error    *struct{ Message string }
	Notes    []string
	Name     string
	Text     string
	Kind     string
	Data     string
	Update   bool
	Done     int
	Total    int
	Left     float64
	Edit     int
	Ask      int
	Body     json.RawMessage
	Keep     bool
	After    string
	IDs      []string
	Note     string
	Level    int
	Source   string
	HTML     string
	Block    Block
	Blocks   []Block
	States   []Message
	Outputs  map[string][]Message
	Kernel   struct{ State string }
	Notebook struct{ ID, Title, Kind, Path string }
}

// A Block is a piece of the notebook.
type Block struct {
	ID, Kind, Source, HTML, Expected string
	N                                int
	Fails, Changed                   bool
	Exercise                         *struct {
		Name, Kind  string
		Hints, Read int
		Solved      bool
	}
}

// Fields are those of a message to the server.
type Fields map[string]any

// Say sends a message of type t.
func (p *Page) Say(t string, fields Fields) {
	p.T.Helper()
	all := Fields{"t": t}
	for name, value := range fields {
		all[name] = value
	}
	text, err := json.Marshal(all)
	if err != nil {
		p.T.Fatal(err)
	}
	p.Send(text)
}

// Run runs cells.
func (p *Page) Run(cells ...string) {
	p.T.Helper()
	p.Say("run", Fields{"cells": cells})
}

// Edit gives a block a new text.
func (p *Page) Edit(id, source string, number int) {
	p.T.Helper()
	p.Say("edit", Fields{"id": id, "source": source, "edit": number})
}

// Wait waits for a message of that type.
func (p *Page) Wait(t string) Message {
	p.T.Helper()
	return p.WaitFor("a message "+t, func(m Message) bool { return m.T == t })
}

// WaitState waits until a cell has come to a state.
func (p *Page) WaitState(cell, state string) Message {
	p.T.Helper()
	return p.WaitFor(cell+" "+state, func(m Message) bool { return m.T == "state" && m.Cell == cell && m.State == state })
}

// WaitFor waits for a message for which ok holds.
func (p *Page) WaitFor(what string, ok func(m Message) bool) Message {
	p.T.Helper()
	m, _ := p.waitFor(what, ok)
	return m
}

// Until returns all messages up to one for which ok holds.
func (p *Page) Until(what string, ok func(m Message) bool) []Message {
	p.T.Helper()
	m, before := p.waitFor(what, ok)
	return append(before, m)
}

func (p *Page) waitFor(what string, ok func(m Message) bool) (found Message, before []Message) {
	p.T.Helper()
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	var seen []string
	for {
		text, err := p.Receive(ctx)
		if err != nil {
			p.T.Fatalf("waiting for %s: %v; there came\n%s", what, err, strings.Join(seen, "\n"))
		}
		var m Message
		if err := json.Unmarshal(text, &m); err != nil {
			p.T.Fatalf("%v: %s", err, text)
		}
		if ok(m) {
			return m, before
		}
		before = append(before, m)
		seen = append(seen, string(text[:min(len(text), 300)]))
	}
}

// Cells are the IDs of the cells that the snapshot has.
func (p *Page) Cells() (ids []string) {
	for _, b := range p.Snapshot.Blocks {
		if b.Kind == "cell" {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// Printed is the text of what a cell shows, by a snapshot.
func (m Message) Printed(cell string) string {
	var b strings.Builder
	for _, out := range m.Outputs[cell] {
		b.WriteString(out.Text)
	}
	return b.String()
}

// Notebook writes a notebook of cells.
func Notebook(cells ...string) string {
	return "# A notebook\n\n```go\n" + strings.Join(cells, "\n```\n\n```go\n") + "\n```\n"
}
