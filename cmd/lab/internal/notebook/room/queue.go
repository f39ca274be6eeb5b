package room

import (
	"context"
	"fmt"
	"slices"

	"reslab/cmd/lab/internal/notebook/document"
)

// A job is a cell that is to run.
type job struct {
	cell   string
	keep   bool // what the cell shows stays until it shows something new
	follow bool // cells that become stale by it run, too
	ready  bool // what must run before it has been looked for
	again  bool // it only gives names back what they were: no other cell is the worse for it
	pass   *pass
}

// A pass is a run of several cells. What one of them did not come to declare,
// the others do not ask for.
type pass struct {
	bets    bool             // it waits for predictions
	missing map[string]*wait // by name: why there is no such thing
}

// A wait is why a cell does not run.
type wait struct {
	why    string
	forBet bool // a prediction lets it run
}

// current is the cell at work.
type current struct {
	cell string
	stop context.CancelFunc
}

// serve runs what is to be run until the room is closed. Controls that were
// moved come first: a hand waits for them.
func (r *Room) serve() {
	for {
		r.mu.Lock()
		for !r.closed && len(r.queue) == 0 && len(r.moved) == 0 {
			r.work.Wait()
		}
		switch {
		case r.closed:
			r.mu.Unlock()
			return
		case len(r.moved) > 0:
			m := r.moved[0]
			r.moved = r.moved[1:]
			r.mu.Unlock()
			r.follow(m)
		default:
			j := r.queue[0]
			r.queue = r.queue[1:]
			ctx := r.starts(j.cell)
			r.mu.Unlock()
			r.run(ctx, j)
		}
	}
}

// starts makes a cell the one at work; the context ends when it shall stop.
func (r *Room) starts(cell string) context.Context {
	ctx, stop := context.WithCancel(r.ctx)
	r.now = current{cell, stop}
	return ctx
}

// enqueue adds jobs. A cell that waits already runs once.
func (r *Room) enqueue(jobs ...job) {
	for _, j := range jobs {
		c := r.record(j.cell)
		if c.phase == queued || r.text.Find(j.cell) == nil {
			continue
		}
		r.queue = append(r.queue, j)
		if c.phase == "" {
			c.phase = queued
			r.tellState(j.cell)
		}
	}
	r.work.Signal()
}

// cellsWhere returns the ids of the cells for which ok holds, from the top.
func (r *Room) cellsWhere(ok func(b *document.Block) bool) (ids []string) {
	for _, b := range r.text.Cells() {
		if ok(b) {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

func anyCell(*document.Block) bool { return true }

// queueCells queues cells of one pass.
func (r *Room) queueCells(ids []string, bets, follow bool) {
	together := &pass{bets: bets, missing: map[string]*wait{}}
	for _, id := range ids {
		r.enqueue(job{cell: id, follow: follow, pass: together})
	}
}

// runCells queues cells that the learner names.
func (r *Room) runCells(ids []string) error {
	for _, id := range ids {
		if b := r.text.Find(id); b == nil || b.Kind != document.Cell {
			return fmt.Errorf("the cell to run is gone")
		}
	}
	r.queueCells(ids, false, false)
	return nil
}

func (r *Room) runAll() { r.queueCells(r.cellsWhere(anyCell), true, false) }

func (r *Room) runAbove(id string) error {
	to := r.text.Find(id)
	if to == nil || to.Kind != document.Cell {
		return fmt.Errorf("the cell is gone")
	}
	r.queueCells(r.cellsWhere(func(b *document.Block) bool { return b.N < to.N }), true, false)
	return nil
}

func (r *Room) runStale() {
	r.queueCells(r.cellsWhere(func(b *document.Block) bool { return r.record(b.ID).stale(b.Source) }), true, true)
}

// dropQueued takes cells out of the queue.
func (r *Room) dropQueued(which func(id string) bool) {
	r.queue = slices.DeleteFunc(r.queue, func(j job) bool {
		if !which(j.cell) {
			return false
		}
		if c := r.record(j.cell); c.phase == queued {
			c.phase = ""
			r.tellState(j.cell)
		}
		return true
	})
}

// stop stops the running cell and empties the queue.
func (r *Room) stop() {
	r.dropQueued(func(string) bool { return true })
	r.moved = nil
	r.stops++
	if r.now.stop != nil {
		r.now.stop()
	}
}
