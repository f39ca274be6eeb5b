package room

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/progress"
	"reslab/lessons/lab"
)

// A control is what the room knows of a lab.Control that a cell has shown.
type control struct {
	Kind string        `json:"kind"`
	Name string        `json:"name"`
	Live bool          `json:"live"`
	Ask  *lab.Question `json:"ask"` // of a prediction
}

// A movedControl is a cell whose controls have been moved, to their newest values.
type movedControl struct {
	cell   string
	values map[string]json.RawMessage
}

// cheapSeconds is what a cell may have taken to run again unasked.
const cheapSeconds = 0.5

// hear notes the control that a display is, and what it says about the learner.
func (c *record) hear(d kernel.Display) {
	if d.Kind == kernel.Verdict || d.Kind == kernel.Bet {
		c.news = append(c.news, d)
	}
	var shown control
	if d.Kind != kernel.Control || json.Unmarshal([]byte(d.Data), &shown) != nil || shown.Name == "" {
		return
	}
	if c.controls == nil {
		c.controls = map[string]control{}
	}
	c.controls[shown.Name], c.heard[shown.Name] = shown, shown
}

// set moves a control. A live one is heard at once; the cell of another runs
// again as soon as nothing else runs, with the newest value.
func (r *Room) set(q request) error {
	c, ok := r.cells[q.ID]
	if !ok || r.text.Find(q.ID) == nil {
		return fmt.Errorf("the cell of this control is gone")
	}
	moved, ok := c.controls[q.Name]
	if !ok {
		return fmt.Errorf("the cell does not show this control any more: run it again")
	}
	if err := lab.CheckInput(q.Name, q.Value); err != nil {
		return err
	}
	r.values[q.Name] = q.Value
	if moved.Live {
		if client := r.engine.client; client != nil {
			r.later = append(r.later, func() { setAll(client, map[string]json.RawMessage{q.Name: q.Value}) })
		}
		return nil
	}
	r.queueMoved(q)
	if moved.Kind == predictKind && moved.Ask != nil {
		r.later = append(r.later, func() {
			r.learned(func(l *progress.Learner, lesson string) error { return l.Committed(lesson, *moved.Ask, q.Value) })
		})
		r.committed()
	}
	return nil
}

// queueMoved notes the newest value of a control, for the cell to run again with.
func (r *Room) queueMoved(q request) {
	at := slices.IndexFunc(r.moved, func(m movedControl) bool { return m.cell == q.ID })
	if at < 0 {
		at = len(r.moved)
		r.moved = append(r.moved, movedControl{q.ID, map[string]json.RawMessage{}})
	}
	r.moved[at].values[q.Name] = q.Value
	r.work.Signal()
}

// setAll hands values to a kernel. They have been checked; a kernel that is gone
// has a successor, which gets them all.
func setAll(client *kernel.Client, values map[string]json.RawMessage) {
	for name, value := range values {
		_ = client.Set(name, value)
	}
}

// follow hands the values of moved controls to the kernel, runs their cell again
// and then those that read what it declares. It is not disturbed by newer values:
// they wait, and only the last counts.
func (r *Room) follow(m movedControl) {
	client, err := r.kernel(r.ctx)
	if err != nil {
		return // the pages have been told
	}
	setAll(client, m.values)
	r.mu.Lock()
	stops, chain := r.stops, r.chain(m.cell)
	r.mu.Unlock()
	for _, id := range chain {
		for _, j := range r.prepared(job{cell: id, keep: true}) {
			ctx, ok := r.next(j, stops)
			if !ok {
				return
			}
			r.run(ctx, j)
		}
	}
}

// prepared returns a job behind those that must run before it.
func (r *Room) prepared(j job) []job {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.behindDeclarers(j, r.record(j.cell).names)
}

// next makes the cell of a job the one at work, unless all was stopped meanwhile.
func (r *Room) next(j job, stops int) (context.Context, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stops != stops || r.text.Find(j.cell) == nil {
		return nil, false
	}
	return r.starts(j.cell), true
}

// chain returns the cells that run when a control of a cell was moved. An
// expensive one does not run; with what reads its names it goes stale.
func (r *Room) chain(id string) (cells []string) {
	if !r.cheap(id) {
		for _, id := range append(r.readers(id), id) {
			r.outdateCell(id)
		}
		return nil
	}
	cells = []string{id}
	late := map[string]bool{}
	for _, reader := range r.readers(id) {
		if late[reader] || r.record(reader).phase != "" {
			continue
		}
		if r.cheap(reader) {
			cells = append(cells, reader)
			continue
		}
		for _, id := range append(r.readers(reader), reader) {
			late[id] = true
			r.outdateCell(id)
		}
	}
	return cells
}

// cheap tells whether a cell may run unasked.
func (r *Room) cheap(id string) bool {
	c := r.record(id)
	return c.last != idle && c.seconds < cheapSeconds
}
