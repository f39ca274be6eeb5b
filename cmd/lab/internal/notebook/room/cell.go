package room

import (
	"time"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/kernel"
)

// The states of a cell.
const (
	idle    = "idle"
	queued  = "queued"
	running = "running"
	done    = "done"
	failed  = "failed"
	stopped = "stopped"
)

// A record is what a cell has come to. It stays when the cell is deleted, so that
// undo brings its outputs back.
type record struct {
	phase string // queued, running, or empty: nothing is going on
	last  string // how the last run ended: idle, done, failed or stopped

	source   string     // that ran last
	names    cell.Names // that it reads and writes
	outdated bool       // a cell that writes what it reads has run since
	began    time.Time  // the run that goes on
	seconds  float64
	order    int
	err      *kernel.Error
	notes    []string

	outputs  []Output
	replace  bool               // the outputs give way to the next one
	controls map[string]control // that it showed last, by name
	heard    map[string]control // that it has shown in this run
	news     []kernel.Display   // of this run, about the learner
	bets     []string           // variables of predictions that it declares
	held     bool               // it waits for a prediction
	run      int                // counts the runs: late outputs of an older one are dropped
}

// ran tells whether what the cell shows came from a run.
func (c *record) ran() bool { return c.last != idle || c.outdated }

// stale tells whether the cell would show something else if it ran now.
func (c *record) stale(source string) bool {
	return c.phase == "" && c.ran() && (c.outdated || c.source != source)
}

func (c *record) state(id, source string) State {
	state, seconds := c.phase, c.seconds
	switch state {
	case "":
		state = c.last
	case running: // a page that comes now goes on counting
		seconds = time.Since(c.began).Seconds()
	}
	return State{T: "state", Cell: id, State: state, Stale: c.stale(source), Seconds: seconds, Order: c.order, Error: c.err, Notes: c.notes}
}

// record returns the record of a cell, a new one if it has none.
func (r *Room) record(id string) *record {
	c, ok := r.cells[id]
	if !ok {
		c = &record{last: idle}
		r.cells[id] = c
	}
	return c
}

// tellState sends the state of a cell.
func (r *Room) tellState(id string) {
	if b := r.text.Find(id); b != nil {
		r.tell(r.record(id).state(id, b.Source))
	}
}
