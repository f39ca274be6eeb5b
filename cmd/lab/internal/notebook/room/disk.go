package room

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"reslab/cmd/lab/internal/notebook/document"
)

// quiet is how long a file must rest before it is read: editors write, rename
// and remove several to save one.
const quiet = 150 * time.Millisecond

// watch notices when somebody else changes the file, until the room is closed.
// Where files cannot be watched it is noticed before the next save.
func (r *Room) watch() {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return
	}
	defer watcher.Close()
	path := r.file.Path()
	if err := watcher.Add(filepath.Dir(path)); err != nil {
		return
	}
	var rested <-chan time.Time
	for {
		select {
		case <-r.ctx.Done():
			return
		case <-watcher.Errors: // events may be lost; the next save looks
		case e := <-watcher.Events:
			if filepath.Base(e.Name) == filepath.Base(path) && !e.Op.Has(fsnotify.Chmod) {
				rested = time.After(quiet)
			}
		case <-rested:
			rested = nil
			r.look()
		}
	}
}

// look reads the file and asks the learner if it is somebody else's.
func (r *Room) look() {
	r.disk.Lock()
	defer r.disk.Unlock()
	text, err := r.file.Read()
	if err != nil { // gone, or being written: nothing to offer
		return
	}
	if !r.isForeign(text) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.foundForeign(text)
}

// foundForeign keeps what somebody else wrote and asks what shall become of it.
// Nothing is written until that is answered.
func (r *Room) foundForeign(text []byte) {
	again := r.foreign != nil
	r.foreign = text
	if !again {
		r.tell(plainMessage{"disk"})
	}
}

// reload answers the question: the file's text or this one.
func (r *Room) reload(keep bool) error {
	if r.foreign == nil {
		return nil
	}
	text := r.foreign
	if !keep {
		d, err := r.parse(text)
		if err != nil {
			return fmt.Errorf("the file cannot be read: %w", err)
		}
		r.adopt(d)
	}
	r.foreign = nil
	r.journal.saved, r.journal.absent = sha256.Sum256(text), false
	if keep {
		r.changed()
		return nil
	}
	for _, e := range r.journal.edits { // they were given up
		e.page.frames.add(savedMessage{"saved", e.edit})
	}
	r.journal.dirty, r.journal.edits = false, nil
	return nil
}

// adopt puts another text in the place of this one. A block that comes from one
// of this keeps its ID, and a cell what it has shown.
func (r *Room) adopt(d *document.Document) {
	d.Follow(r.text)
	r.text = d
	r.count()
	r.dropQueued(func(id string) bool { return r.text.Find(id) == nil })
	for _, p := range r.pages {
		p.frames.add(r.snapshot())
	}
}
