package room

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"time"

	"reslab/cmd/lab/internal/notebook/document"
)

// saveDelay is how long a change may wait for others before all are written
// together. A learner who types loses less than a second, whatever happens.
const saveDelay = 250 * time.Millisecond

// againDelay is how long a save waits that has failed.
const againDelay = 2 * time.Second

// A journal knows what has to be written.
type journal struct {
	dirty  bool
	saved  [sha256.Size]byte // what the file has, as far as we know
	absent bool              // there is no file yet
	edits  []ownEdit         // not on disk yet
	wake   chan struct{}     // holds a token when there is something to write
	told   bool              // that it cannot be written
}

// An ownEdit is a page's number of an edit that it waits to hear of.
type ownEdit struct {
	page *Page
	edit int64
}

// changed notes that the text is not what the file has.
func (r *Room) changed() {
	r.journal.dirty = true
	select {
	case r.journal.wake <- struct{}{}:
	default:
	}
}

// save writes what has changed until the room is closed.
func (r *Room) save() {
	defer close(r.saved)
	for {
		select {
		case <-r.journal.wake:
		case <-r.ctx.Done():
			r.write()
			r.keepUnsaved()
			return
		}
		delay := saveDelay
		for {
			select {
			case <-time.After(delay):
			case <-r.ctx.Done():
			}
			if r.write() {
				break
			}
			delay = againDelay
		}
	}
}

// write writes the text if it has changed, and reports whether nothing is left
// to write.
func (r *Room) write() bool {
	r.disk.Lock() // until it is noted what the file has now: else look takes it for somebody else's
	defer r.disk.Unlock()
	r.mu.Lock()
	if !r.journal.dirty || r.foreign != nil {
		r.mu.Unlock()
		return true
	}
	text := r.text.Markdown()
	edits := r.journal.edits
	r.journal.dirty, r.journal.edits = false, nil
	r.mu.Unlock()

	foreign, err := r.writeUnlessForeign(text)

	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil || foreign != nil {
		r.journal.dirty = true
		r.journal.edits = append(edits, r.journal.edits...)
	}
	switch {
	case foreign != nil:
		r.foundForeign(foreign)
		return true // the learner decides
	case err != nil:
		if !r.journal.told {
			r.tell(problem("Your last changes are not on disk: " + err.Error() + ". It is tried again."))
			r.journal.told = true
		}
		return r.closed
	}
	r.journal.saved, r.journal.absent, r.journal.told = sha256.Sum256(text), false, false
	for _, e := range edits {
		e.page.frames.add(savedMessage{"saved", e.edit})
	}
	return true
}

// keepUnsaved keeps the changes of a room that closes beside the file, where they
// could not be written into it: they do not fit, or the file has somebody else's
// text and the learner has not said which one shall stay.
func (r *Room) keepUnsaved() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.journal.dirty {
		_ = r.file.beside(".unsaved").Write(r.text.Markdown()) // nobody is left to be told
	}
}

// writeUnlessForeign writes the text, unless the file has something that this
// room neither read nor wrote: then it returns that. A text that could not be
// opened again is not written.
func (r *Room) writeUnlessForeign(text []byte) (foreign []byte, err error) {
	if err := document.CheckSize(int64(len(text))); err != nil {
		return nil, err
	}
	on, err := r.file.Read()
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	case r.isForeign(on):
		return on, nil
	}
	return nil, r.file.Write(text)
}

// isForeign tells whether somebody else wrote what the file has.
func (r *Room) isForeign(text []byte) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.journal.absent || sha256.Sum256(text) != r.journal.saved
}
