package room

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"
)

// A Page is a browser page that shows the notebook. One page at a time may
// change it; others see what happens.
type Page struct {
	name   string // of the page's own, so that it is known when it comes back
	room   *Room
	frames *frames
}

// errTaken is why a page is let go that has come back on another connection.
var errTaken = errors.New("the page has connected again")

// errClosed is why pages are let go when lab ends.
var errClosed = errors.New("lab has ended")

// Join adds a page, which gets the snapshot first. A name tells a page from the
// others: when its connection was lost and it comes back, it takes its own place.
func (r *Room) Join(name string) *Page {
	r.opened()
	r.mu.Lock()
	defer r.mu.Unlock()
	p := &Page{name: name, room: r, frames: newFrames()}
	for _, old := range slices.Clone(r.pages) { // dropLocked takes out of it
		if name != "" && old.name == name {
			r.dropLocked(old, errTaken)
		}
	}
	r.pages = append(r.pages, p)
	p.frames.add(r.snapshot())
	if r.closed {
		p.frames.end(errClosed)
	}
	if r.writer == nil {
		r.writer = p
	} else {
		p.frames.add(plainMessage{"elsewhere"})
	}
	for _, question := range r.questions() {
		p.frames.add(plainMessage{question})
	}
	return p
}

// questions are what the learner has been asked and has not answered.
func (r *Room) questions() (all []string) {
	if r.foreign != nil {
		all = append(all, "disk")
	}
	if r.opt.Lesson != nil && r.text.Outdated(r.opt.Lesson) {
		all = append(all, "updated")
	}
	return all
}

// Next waits for what the page is to be sent, a JSON object each.
func (p *Page) Next(ctx context.Context) ([][]byte, error) {
	messages, err := p.frames.next(ctx)
	if err != nil {
		return nil, err
	}
	all := make([][]byte, len(messages))
	for i, m := range messages {
		if all[i], err = json.Marshal(m); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Leave takes a page out of its room.
func (p *Page) Leave() {
	p.room.mu.Lock()
	defer p.room.mu.Unlock()
	p.room.dropLocked(p, errClosed)
}

func (r *Room) dropLocked(p *Page, why error) {
	p.frames.end(why)
	r.pages = slices.DeleteFunc(r.pages, func(q *Page) bool { return q == p })
	if r.writer == p {
		r.writer = nil
	}
	r.left = time.Now()
}

// take makes p the page that may change the notebook.
func (r *Room) take(p *Page) {
	if r.writer != nil && r.writer != p {
		r.writer.frames.add(plainMessage{"elsewhere"})
	}
	r.writer = p
	p.frames.add(r.snapshot())
}

// tell sends a message to all pages.
func (r *Room) tell(message any) { r.tellOthers(nil, message) }

// tellOthers sends a message to all pages but one.
func (r *Room) tellOthers(but *Page, message any) {
	for _, p := range r.pages {
		if p != but {
			p.frames.add(message)
		}
	}
}

// Empty tells whether no page shows the notebook and nothing runs.
func (r *Room) Empty() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.pages) == 0 && r.now.cell == "" && len(r.queue) == 0
}

// Pages counts the pages that show the notebook.
func (r *Room) Pages() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.pages)
}
