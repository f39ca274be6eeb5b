package first

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"reslab/cmd/lab/internal/notebook/ink"
	"reslab/cmd/lab/internal/progress"
	"reslab/lessons/lab"
	"reslab/nn/data"
)

// session is one open page. A goroutine reads what the page asks for; another,
// the worker, has the nets and does one thing after the other. When the page
// goes, so does all of it.
type session struct {
	handler *handler
	conn    *websocket.Conn
	ctx     context.Context
	leave   context.CancelFunc

	digit   atomic.Pointer[data.Picture] // the drawing as the net sees it; nil without ink
	redrawn chan struct{}
	plus    atomic.Bool // how the switch of the shortcuts stands on the page
	jobs    chan job

	lock sync.Mutex
	era  context.Context    // of all jobs that were asked for since the last stop
	end  context.CancelFunc // of the era
	bet  *bet

	// Of the worker alone.
	pictures *pictures
	reader   *reader
	racing   *race
}

// job is something for the worker to do: read, race, plus.
type job struct {
	of  string
	era context.Context
}

type bet struct {
	Choice     string  `json:"choice"`
	Confidence float64 `json:"confidence"`
}

// patience is how long a page may take to read a frame.
const patience = 20 * time.Second

func newSession(h *handler, conn *websocket.Conn) *session {
	return &session{handler: h, conn: conn, redrawn: make(chan struct{}, 1), jobs: make(chan job, 8)}
}

// serve returns when the page has gone.
func (s *session) serve(ctx context.Context) {
	s.ctx, s.leave = context.WithCancel(ctx)
	s.era, s.end = context.WithCancel(s.ctx)
	var worker sync.WaitGroup
	worker.Go(s.work)
	defer worker.Wait()
	defer s.leave()
	for {
		kind, frame, err := s.conn.Read(s.ctx)
		if err != nil {
			return
		}
		var a ask
		if err := json.Unmarshal(frame, &a); err != nil || kind != websocket.MessageText {
			s.conn.Close(websocket.StatusPolicyViolation, "a frame is a JSON object")
			return
		}
		if err := s.hear(a); err != nil {
			s.tell(told{T: "problem", Text: err.Error()})
		}
	}
}

// hear does what can be done at once, and gives the rest to the worker.
func (s *session) hear(a ask) error {
	switch a.T {
	case "draw":
		return s.draw(a.Ink)
	case "train":
		s.begin("read")
	case "bet":
		return s.commit(a)
	case "race":
		s.plus.Store(false)
		s.begin("race")
	case "plus":
		s.plus.Store(a.On)
		s.queue("plus")
	case "stop":
		s.stop()
	default:
		return fmt.Errorf("this page asks for %q, which this lab does not know: load it again", a.T)
	}
	return nil
}

// draw takes the drawing, and shows what the net sees of it.
func (s *session) draw(drawing []byte) error {
	digit, err := ink.Digit(drawing)
	if err != nil {
		return err
	}
	if digit == nil {
		s.digit.Store(nil)
		s.tell(told{T: "seen"})
		return nil
	}
	s.digit.Store(digit)
	s.tell(told{T: "seen", Picture: digit.Pixels})
	select {
	case s.redrawn <- struct{}{}:
	default: // it will look anyway
	}
	return nil
}

// commit keeps the bet on 56 layers. It may be changed until the race is over.
func (s *session) commit(a ask) error {
	made := &bet{a.Choice, a.Confidence}
	s.lock.Lock()
	s.bet = made
	s.lock.Unlock()
	value, err := json.Marshal(made)
	if err != nil {
		return err
	}
	return s.handler.learner.Committed(progress.First, question, value)
}

// settle keeps what the bet came to, and says whether it was right.
func (s *session) settle(truth string) (right bool) {
	s.lock.Lock()
	b := s.bet
	s.lock.Unlock()
	if b == nil {
		return false
	}
	right = b.Choice == truth
	if err := s.handler.learner.Settled(progress.First, lab.Settled{Question: question, Truth: truth, Guess: b.Choice, Confidence: b.Confidence, Right: right}); err != nil {
		s.tell(told{T: "problem", Text: err.Error()})
	}
	return right
}

// begin ends what is at hand and begins something else.
func (s *session) begin(of string) {
	s.stop()
	s.queue(of)
}

// queue gives the worker something to do. If much waits already, one click more
// changes nothing.
func (s *session) queue(of string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	select {
	case s.jobs <- job{of, s.era}:
	default:
	}
}

// stop ends the job at hand, and those that wait.
func (s *session) stop() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.end()
	s.era, s.end = context.WithCancel(s.ctx)
}

// work does the jobs, and between them looks at each new drawing.
func (s *session) work() {
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-s.redrawn:
			s.look()
		case job := <-s.jobs:
			s.do(job)
		}
	}
}

// do takes the bench, so that two pages do not train at once, and does a job.
func (s *session) do(j job) {
	if j.of == "plus" && (s.racing == nil || s.plus.Load() == s.racing.on) {
		return // the race has seen it
	}
	if !s.handler.bench.take(j.era, func() { s.tell(told{T: "waiting", Of: j.of}) }) {
		s.tell(told{T: "done", Of: j.of, Stopped: true})
		return
	}
	defer s.handler.bench.free()
	err := s.train(j.era, j.of)
	if err != nil && !errors.Is(err, context.Canceled) {
		s.tell(told{T: "problem", Text: err.Error()})
	}
	s.tell(told{T: "done", Of: j.of, Stopped: err != nil})
}

// train does a job. A mistake of ours must not take the server down.
func (s *session) train(ctx context.Context, of string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the training broke off: %v", p)
		}
	}()
	if s.pictures, err = s.handler.load(); err != nil {
		return err
	}
	s.tell(told{T: "begun", Of: of})
	c := s.handler.course
	switch of {
	case "read":
		return s.read(ctx)
	case "race":
		s.racing = newRace(c, s.pictures)
		return s.run(ctx, c.raceSteps)
	default:
		return s.run(ctx, c.plusSteps)
	}
}

// look shows what the net makes of the drawing. Without ink, or without a net,
// there is nothing to show.
func (s *session) look() {
	select {
	case <-s.redrawn: // this look sees it
	default:
	}
	if digit := s.digit.Load(); digit != nil && s.reader != nil {
		s.tell(told{T: "bars", Bars: s.reader.look(digit)})
	}
}

// tell sends a frame. A page that does not read is gone.
func (s *session) tell(t told) {
	ctx, cancel := context.WithTimeout(s.ctx, patience)
	defer cancel()
	if err := wsjson.Write(ctx, s.conn, t); err != nil {
		s.leave()
	}
}

// bench is where the trainings of all pages take turns.
type bench chan struct{}

func newBench() bench { return make(bench, 1) }

// take waits until the bench is free; it calls waiting if it is not. It returns
// false if ctx ends first.
func (b bench) take(ctx context.Context, waiting func()) bool {
	if ctx.Err() != nil {
		return false
	}
	select {
	case b <- struct{}{}:
		return true
	default:
	}
	waiting()
	select {
	case b <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (b bench) free() { <-b }

func randomSeed() uint64 { return rand.Uint64() }
