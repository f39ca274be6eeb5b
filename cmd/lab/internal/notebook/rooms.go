package notebook

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/adrg/xdg"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/lesson"
	"reslab/cmd/lab/internal/notebook/room"
	"reslab/cmd/lab/internal/progress"
)

// mostRooms is how many notebooks may be open at once.
const mostRooms = 50

// restTime is how long a kernel lives that no page shows.
const restTime = 30 * time.Minute

// rooms are the notebooks that are open.
type rooms struct {
	folder *os.Root // where lab was started
	copies *os.Root // the learner's copies of lessons

	mu     sync.Mutex
	open   map[string]*room.Room
	closed bool
}

// errNoNotebook is the error of a name that no notebook has.
var errNoNotebook = errors.New("there is no such notebook")

func newRooms(folder string) (*rooms, error) {
	here, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	copies := filepath.Join(xdg.ConfigHome, "reslab", "lessons")
	if err := os.MkdirAll(copies, 0o700); err != nil {
		return nil, fmt.Errorf("cannot make a folder for your copies of lessons: %w; set XDG_CONFIG_HOME to a folder where you may write", err)
	}
	s := &rooms{open: map[string]*room.Room{}}
	if s.folder, err = os.OpenRoot(here); err != nil {
		return nil, err
	}
	if s.copies, err = os.OpenRoot(copies); err != nil {
		return nil, errors.Join(err, s.folder.Close())
	}
	return s, nil
}

// find returns the room of a notebook that is open, nil if it is not.
func (s *rooms) find(id string) *room.Room {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open[id]
}

// enter returns the room of a notebook and opens it if need be.
func (s *rooms) enter(id string) (*room.Room, error) {
	opt, err := s.options(id)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errors.New("lab has ended")
	}
	if r, ok := s.open[opt.ID]; ok {
		return r, nil
	}
	if len(s.open) >= mostRooms && !s.closeOne() {
		return nil, fmt.Errorf("%d notebooks are open: close the pages of some", len(s.open))
	}
	r, err := room.Open(opt)
	if err != nil {
		return nil, err
	}
	s.open[opt.ID] = r
	return r, nil
}

// closeOne closes a room that no page shows.
func (s *rooms) closeOne() bool {
	for id, r := range s.open {
		if r.Empty() {
			r.Close()
			delete(s.open, id)
			return true
		}
	}
	return false
}

// options say what a notebook is, by its name: lesson/02 or file/net.md.
func (s *rooms) options(id string) (opt room.Options, err error) {
	opt = room.Options{Learner: progress.Own(), Kernel: kernel.Options{Dir: s.folder.Name()}}
	kind, name, _ := strings.Cut(id, "/")
	switch kind {
	case "lesson":
		l, err := lesson.Find(name)
		if err != nil {
			return opt, fmt.Errorf("%w: %w", errNoNotebook, err)
		}
		opt.ID, opt.Kind, opt.Lesson = "lesson/"+l.ID, kind, l
		opt.File, err = room.NewFile(s.copies, l.ID+"-"+l.Slug+".md")
		return opt, err
	case "file":
		if path.Ext(name) != ".md" || strings.HasPrefix(path.Base(name), ".") {
			return opt, fmt.Errorf("%w: the name of a notebook ends in .md", errNoNotebook)
		}
		opt.ID, opt.Kind = id, kind
		if opt.File, err = room.NewFile(s.folder, name); err != nil {
			return opt, fmt.Errorf("%w: %w", errNoNotebook, err)
		}
		return opt, nil
	}
	return opt, fmt.Errorf("%w: a name is as lesson/02 or file/net.md", errNoNotebook)
}

// rest ends kernels that nobody needs.
func (s *rooms) rest() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.open {
		r.Rest(restTime)
	}
}

// close closes all rooms, at the same time.
func (s *rooms) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	var all sync.WaitGroup
	for _, r := range s.open {
		all.Go(r.Close)
	}
	all.Wait()
	s.folder.Close()
	s.copies.Close()
}
