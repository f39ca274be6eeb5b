package room

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/notebook/document"
)

// Random notebooks of assignments: when the cells that are stale run, every cell
// shows what it would show if all ran from the top; and so does each that is run
// once more.
func TestStaleIsWhatWouldDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		for i := range m.names {
			m.runHere(i)
		}
		edited := rapid.IntRange(0, len(m.names)-1).Draw(t, "edited")
		m.own[edited] = 1000
		m.runHere(edited)
		for i := range m.names {
			if m.room.record(m.id(i)).outdated {
				m.runHere(i)
			}
		}
		again := rapid.IntRange(0, len(m.names)-1).Draw(t, "again")
		if !slices.ContainsFunc(m.names[again].Reads, func(name string) bool { return m.isFromBelow(name, again) }) {
			m.runHere(again)
		}
		fresh := map[string]int{}
		for i := range m.names {
			if want := m.run(fresh, i); m.shown[i] != want {
				t.Errorf("cell %d shows %d, and would show %d", i+1, m.shown[i], want)
			}
		}
	})
}

// A model is a notebook whose cells set a name to a number of their own and what
// they read.
type model struct {
	room  *Room
	names []cell.Names
	own   []int // the number in the text of each cell
	shown []int
	state map[string]int // of the session
}

func randomModel(t *rapid.T) *model {
	n := rapid.IntRange(2, 8).Draw(t, "cells")
	name := rapid.SampledFrom([]string{"a", "b", "c"})
	m := &model{own: make([]int, n), shown: make([]int, n), state: map[string]int{}}
	var text strings.Builder
	for i := range n {
		reads := rapid.SliceOfNDistinct(name, 0, 2, rapid.ID[string]).Draw(t, "reads")
		m.names = append(m.names, cell.Names{Reads: reads, Writes: []string{name.Draw(t, "writes")}})
		fmt.Fprintf(&text, "```go\n// %d\n```\n\n", i)
	}
	d, err := document.Parse([]byte(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	m.room = &Room{text: d, cells: map[string]*record{}, writers: map[string]string{}}
	return m
}

func (m *model) id(i int) string { return m.room.text.Cells()[i].ID }

// run computes what cell i shows, and sets its name.
func (m *model) run(state map[string]int, i int) int {
	value := m.own[i]
	for _, read := range m.names[i].Reads {
		value = 31*value + state[read]
	}
	state[m.names[i].Writes[0]] = value
	return value
}

// isFromBelow tells whether a name has its value from a cell or from one below:
// then the cell goes on from there, as the learner wants who runs it once more.
func (m *model) isFromBelow(name string, i int) bool {
	writer := m.room.text.Find(m.room.writers[name])
	return writer != nil && writer.N > i
}

// runHere runs a cell as the room does.
func (m *model) runHere(i int) {
	for _, j := range m.room.behindDeclarers(job{cell: m.id(i)}, m.names[i]) {
		at := m.room.text.Find(j.cell).N - 1
		m.shown[at] = m.run(m.state, at)
		c := m.room.record(j.cell)
		c.names, c.last, c.outdated = m.names[at], done, false
		for _, name := range c.names.Writes {
			m.room.writers[name] = j.cell
		}
		if !j.again {
			m.room.outdate(j)
		}
	}
}
