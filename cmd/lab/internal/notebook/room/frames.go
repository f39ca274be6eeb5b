package room

import (
	"context"
	"errors"
	"sync"
)

// What may wait for one page. A page that is slower gets no more: it connects
// again and has everything with the snapshot.
const (
	mostFrames = 4096
	mostBytes  = 64 << 20
)

// errSlow is why a page is let go that does not take what it is sent.
var errSlow = errors.New("the page does not keep up")

// frames are the messages that wait to be sent to one page.
type frames struct {
	mu      sync.Mutex
	waiting []any
	bytes   int
	err     error         // no more will come
	wake    chan struct{} // holds a token when something has come
}

func newFrames() *frames { return &frames{wake: make(chan struct{}, 1)} }

// add appends a message. Text joins the text before it, and an update takes the
// place of the display that it is of, as far as these still wait.
func (f *frames) add(message any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return
	}
	if out, ok := message.(Output); !ok || !f.join(out) {
		f.waiting = append(f.waiting, message)
		f.bytes += size(message)
	}
	if len(f.waiting) > mostFrames || f.bytes > mostBytes {
		f.endLocked(errSlow)
	}
	f.signal()
}

// join puts an output into one that waits, if it can.
func (f *frames) join(out Output) bool {
	for i := len(f.waiting) - 1; i >= 0; i-- {
		switch before := f.waiting[i].(type) {
		case clearMessage:
			if before.Cell == out.Cell {
				return false
			}
		case Output:
			joined, ok := before.joined(out)
			if ok && (out.T != "stream" || i == len(f.waiting)-1) {
				f.bytes += size(joined) - size(before)
				f.waiting[i] = joined
				return true
			}
		}
	}
	return false
}

// joined returns one output for two that follow each other, if one says it all.
func (o Output) joined(next Output) (Output, bool) {
	if o.Cell != next.Cell || o.T != next.T {
		return o, false
	}
	switch {
	case o.T == "stream" && o.Name == next.Name:
		o.Text += next.Text
		return o, true
	case o.T == "display" && o.ID == next.ID && next.Update:
		next.Update, next.Result = o.Update, o.Result
		return next, true
	case o.T == "progress":
		return next, true
	}
	return o, false
}

// size is about what a message takes.
func size(message any) int {
	const small = 200
	if out, ok := message.(Output); ok {
		return small + len(out.Text) + len(out.Data)
	}
	return small
}

// end lets nothing more in. What waits is dropped.
func (f *frames) end(why error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.endLocked(why)
	f.signal()
}

func (f *frames) endLocked(why error) {
	if f.err == nil {
		f.err, f.waiting = why, nil
	}
}

func (f *frames) signal() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// next waits for messages and returns all there are.
func (f *frames) next(ctx context.Context) ([]any, error) {
	for {
		f.mu.Lock()
		messages, err := f.waiting, f.err
		f.waiting, f.bytes = nil, 0
		f.mu.Unlock()
		if err != nil || len(messages) > 0 {
			return messages, err
		}
		select {
		case <-f.wake:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
