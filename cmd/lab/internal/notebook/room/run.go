package room

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"reslab/cmd/lab/internal/cell"
	"reslab/cmd/lab/internal/kernel"
	"reslab/viz"
)

// accepted are the kinds of displays that a page draws, the best first.
var accepted = kernel.PageKinds(viz.EChartsScript() != "")

// run runs a cell from its beginning to its end. The cell is the one at work.
func (r *Room) run(ctx context.Context, j job) {
	defer r.rests()
	client, err := r.kernel(ctx)
	r.mu.Lock()
	b := r.text.Find(j.cell)
	if b == nil || ctx.Err() != nil || err != nil {
		r.unqueue(j.cell, err)
		r.mu.Unlock()
		return
	}
	source, name := b.Source, fmt.Sprintf("cell %d", b.N)
	r.mu.Unlock()

	names := r.names(ctx, client, source)
	if r.postpone(j, names) {
		return
	}
	sink, ok := r.begin(j, source, names)
	if !ok {
		return
	}
	began := time.Now()
	result, err := client.Execute(ctx, kernel.Cell{Name: name, Source: source, Accept: accepted}, sink)
	if result.Seconds == 0 {
		result.Seconds = time.Since(began).Seconds()
	}
	bets := r.betsOf(ctx, client, j.cell, names)
	for _, d := range r.finish(j, result, outcomeOf(name, err), bets) {
		r.told(d)
	}
	if !j.keep {
		r.reached(j.cell)
	}
}

// postpone puts a job behind the cells that must run before it, if there are any.
func (r *Room) postpone(j job, names cell.Names) bool {
	if j.ready {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	jobs := r.behindDeclarers(j, names)
	if len(jobs) == 1 {
		return false
	}
	r.queue = append(jobs, r.queue...)
	return true
}

// behindDeclarers returns a job behind those that must run before it.
func (r *Room) behindDeclarers(j job, names cell.Names) (jobs []job) {
	for _, id := range r.declarers(j.cell, names.Reads) {
		jobs = append(jobs, job{cell: id, keep: true, again: true, ready: true})
	}
	j.ready = true
	return append(jobs, j)
}

// rests says that no cell is at work.
func (r *Room) rests() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now.stop()
	r.now = current{}
	if r.engine.client != nil && len(r.queue) == 0 {
		r.tellKernel(idle, "")
	}
}

// unqueue puts a cell back that does not come to run.
func (r *Room) unqueue(id string, err error) {
	c := r.record(id)
	c.phase = ""
	if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, kernel.ErrClosed) {
		c.notes = []string{sentence(err.Error())}
	}
	r.tellState(id)
}

// begin notes that a cell runs and returns what takes its outputs; or leaves it,
// because something that it needs is not there.
func (r *Room) begin(j job, source string, names cell.Names) (sink kernel.Sink, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.record(j.cell)
	c.names = names
	if w := r.waits(j, names); w != nil {
		c.phase, c.held, c.notes = "", w.forBet, []string{w.why}
		j.pass.miss(names.Writes, &wait{fmt.Sprintf("It needs %s, which has not run.", r.cellName(j.cell)), w.forBet})
		r.tellState(j.cell)
		return nil, false
	}
	c.run++
	c.phase, c.source, c.held, c.err, c.notes = running, source, false, nil, nil
	c.began, c.heard, c.news = time.Now(), map[string]control{}, nil
	c.replace = j.keep
	if !j.keep {
		c.outputs = nil
	}
	r.tell(clearMessage{"clear", j.cell, j.keep})
	r.tellKernel(busy, "")
	r.tellState(j.cell)
	return r.sink(j.cell, c.run), true
}

// An outcome is how a run ended.
type outcome struct {
	last string // done, failed or stopped
	err  *kernel.Error
	note string
	gone []string // names that the session has lost with its process
	ran  bool     // some of the cell has run: it is no mistake that the compiler found
}

func outcomeOf(name string, err error) outcome {
	var mistake *kernel.Error
	var restarted *kernel.Restarted
	switch {
	case err == nil:
		return outcome{last: done, ran: true}
	case errors.As(err, &restarted) && restarted.Interrupted:
		return outcome{last: stopped, note: restarted.Error(), gone: restarted.Gone, ran: true}
	case errors.As(err, &restarted):
		text := restarted.Error()
		return outcome{last: failed, err: &kernel.Error{Cell: name, Message: text, Excerpt: text}, gone: restarted.Gone, ran: true}
	case errors.As(err, &mistake):
		return outcome{last: failed, err: mistake, ran: strings.Contains(mistake.Message, "panic: ")}
	case errors.Is(err, context.Canceled) || errors.Is(err, kernel.ErrClosed):
		return outcome{last: stopped, ran: true}
	}
	return outcome{last: failed, err: &kernel.Error{Cell: name, Message: err.Error(), Excerpt: err.Error()}, ran: true}
}

// finish notes how a run ended, and what that means for other cells. It returns
// the displays that tell something about the learner.
func (r *Room) finish(j job, result kernel.Result, o outcome, bets []string) []kernel.Display {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.record(j.cell)
	if c.replace { // it has shown nothing this time
		c.outputs, c.replace = nil, false
		r.tell(clearMessage{"clear", j.cell, false})
	}
	c.settle()
	r.order++
	c.phase, c.last, c.outdated, c.order, c.seconds = "", o.last, false, r.order, result.Seconds
	c.err, c.notes, c.bets, c.controls = o.err, result.Notes, bets, c.heard
	if o.note != "" {
		c.notes = append(c.notes, o.note)
	}
	r.lost(o.gone)
	r.tellState(j.cell)
	if o.ran {
		for _, name := range c.names.Writes {
			r.writers[name] = j.cell
		}
		if !j.again {
			r.outdate(j)
		}
	}
	news := c.news
	c.news = nil
	if j.pass == nil {
		return news
	}
	if o.last == done || r.mayFail(j.cell) {
		j.pass.have(c.names.Writes)
	} else {
		j.pass.miss(c.names.Writes, &wait{why: fmt.Sprintf("It needs %s, which has not succeeded.", r.cellName(j.cell))})
	}
	return news
}

// mayFail tells whether a cell is meant to end in an error.
func (r *Room) mayFail(id string) bool {
	b := r.text.Find(id)
	return b != nil && b.Fails
}

// cellName is what messages call a cell.
func (r *Room) cellName(id string) string {
	if b := r.text.Find(id); b != nil {
		return fmt.Sprintf("cell %d", b.N)
	}
	return "a cell that is gone"
}

// sentence makes an error's text a sentence.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}
