package room

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/notebook/document"
	"reslab/cmd/lab/internal/progress"
)

// Options say what a room is of.
type Options struct {
	ID      string // of the notebook, as lesson/02
	Kind    string // lesson or file
	File    *File
	Lesson  *lesson.Lesson    // that the file is a copy of, nil for other notebooks
	Learner *progress.Learner // whose lessons these are
	Kernel  kernel.Options
}

// A Room is one open notebook.
type Room struct {
	opt  Options
	file *File

	session string // a name of this room alone

	disk sync.Mutex // the file is read or written by one at a time; taken before mu

	mu       sync.Mutex // guards what follows
	text     *document.Document
	numbers  map[string]int // of cells, as pages know them
	rendered map[string]rendering
	journal  journal
	foreign  []byte           // what somebody else wrote into the file, until the learner has decided
	standing *progress.Record // of the learner

	pages  []*Page
	writer *Page     // the page that may change things, nil if none is here
	left   time.Time // when a page left last

	cells   map[string]*record
	writers map[string]string // by name: the cell that wrote it last in this session
	queue   []job
	now     current
	moved   []movedControl
	stops   int        // counts how often all was stopped
	order   int        // cells that have run
	later   []func()   // to be done without the lock
	work    *sync.Cond // there is something to run, or the room closes

	engine engine
	values map[string]json.RawMessage // of controls

	closed bool
	ctx    context.Context // ends with the room
	close  context.CancelFunc
	saved  chan struct{}  // closed when all is on disk
	others sync.WaitGroup // what else goes on for the room; nothing is added to it once it is closed
}

// Open opens a notebook. Its kernel starts when it is needed.
func Open(opt Options) (*Room, error) {
	r := &Room{
		opt: opt, file: opt.File, session: rand.Text(), cells: map[string]*record{}, values: map[string]json.RawMessage{},
		rendered: map[string]rendering{}, writers: map[string]string{}, standing: &progress.Record{}, saved: make(chan struct{}), left: time.Now(),
	}
	r.ctx, r.close = context.WithCancel(context.Background())
	r.work = sync.NewCond(&r.mu)
	r.journal.wake = make(chan struct{}, 1)
	r.engine.state = kernelState{T: "kernel", State: idle}
	if err := r.read(); err != nil {
		return nil, err
	}
	go r.save()
	r.others.Go(r.watch)
	r.others.Go(r.serve)
	return r, nil
}

// read reads the file.
func (r *Room) read() (err error) {
	text, err := r.file.Read()
	r.journal.absent = errors.Is(err, fs.ErrNotExist)
	switch {
	case err == nil:
		r.journal.saved = sha256.Sum256(text)
		r.text, err = r.parse(text)
	case r.journal.absent && r.opt.Lesson != nil:
		r.text, err = document.FromLesson(r.opt.Lesson)
	case r.journal.absent:
		r.text, err = document.Parse(nil)
	}
	if err != nil {
		return fmt.Errorf("open %s: %w", r.opt.ID, err)
	}
	r.count()
	return nil
}

// parse reads a text of the notebook.
func (r *Room) parse(text []byte) (*document.Document, error) {
	if r.opt.Lesson != nil {
		return document.ReadCopy(text, r.opt.Lesson)
	}
	return document.Parse(text)
}

// leaveTime is how long a room that closes waits for what goes on for it, once
// all is on disk. A kernel that was ended is gone much sooner.
const leaveTime = 10 * time.Second

// Close saves, ends the kernel and lets the pages go. When it returns, nothing
// goes on for the room any more.
func (r *Room) Close() {
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return
	}
	r.closed = true
	r.close()
	r.stop()
	for _, p := range r.pages {
		p.frames.end(errClosed)
	}
	r.work.Broadcast()
	r.mu.Unlock()
	r.end() // one that is starting finds the room closed, and ends itself
	<-r.saved
	left := make(chan struct{})
	go func() {
		r.others.Wait()
		close(left)
	}()
	select {
	case <-left:
	case <-time.After(leaveTime):
	}
}

// Receive does what a page asks for, as JSON. What is no message is answered by
// a problem.
func (r *Room) Receive(p *Page, message []byte) {
	var q request
	if err := json.Unmarshal(message, &q); err != nil {
		p.frames.add(problem("That was no message that this lab knows: load the page again."))
		return
	}
	for _, do := range r.receive(p, q) {
		do()
	}
}

// receive does what can be done at once and returns what is to be done without
// the lock.
func (r *Room) receive(p *Page, q request) (later []func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil
	}
	if err := r.request(p, q); err != nil {
		p.frames.add(problem(sentence(err.Error())))
	}
	later, r.later = r.later, nil
	return later
}

// request does what a page asks for. A page that does not have the notebook may
// only look.
func (r *Room) request(p *Page, q request) error {
	switch q.T {
	case "take":
		r.take(p)
		return nil
	case "complete", "inspect":
		r.ask(p, q)
		return nil
	}
	if r.writer == nil {
		r.writer = p
	}
	if r.writer != p {
		p.frames.add(plainMessage{"elsewhere"})
		return nil
	}
	switch q.T {
	case "edit":
		return r.edit(p, q)
	case "insert":
		return r.insert(p, q)
	case "delete":
		return r.delete(q)
	case "move":
		return r.move(q)
	case "undo":
		return r.undo()
	case "run":
		return r.runCells(q.Cells)
	case "run-all":
		r.runAll()
	case "run-above":
		return r.runAbove(q.ID)
	case "run-stale":
		r.runStale()
	case "stop":
		r.stop()
	case "restart":
		r.restart()
	case "set":
		return r.set(q)
	case "hint":
		return r.hint(p, q.ID)
	case "solution":
		return r.solution(p, q.ID)
	case "reset":
		return r.reset(q.ID)
	case "update":
		return r.update(q.Keep)
	case "reload":
		return r.reload(q.Keep)
	default:
		return fmt.Errorf("this lab knows no message %q: load the page again", q.T)
	}
	return nil
}

// Frame returns the HTML that a cell shows as one of its displays.
func (r *Room) Frame(cell string, display int64) (page string, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, ok := r.cells[cell]
	if !ok {
		return "", false
	}
	for _, out := range c.outputs {
		if out.T == "display" && out.ID == display && out.Kind == kernel.HTML {
			return out.Data, true
		}
	}
	return "", false
}
