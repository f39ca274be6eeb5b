package progress

import (
	"fmt"
	"strconv"
	"time"
)

// Memory is a prediction that comes back, some lessons later, as a question to be
// answered from memory. The answer is not in it: Answered tells that.
type Memory struct {
	Lesson   string    `json:"lesson"` // where the bet was made
	Name     string    `json:"name"`
	Question string    `json:"question"`
	Options  []string  `json:"options,omitempty"`
	Number   bool      `json:"number,omitempty"` // a number is asked for
	Made     time.Time `json:"made"`
}

// later is after how many lessons a prediction comes back, and most how many
// come at once.
const later, most = 2, 2

// raceAgain is the lesson that bets on the race of the first page again: asked at
// its top, the answer would be given away.
const raceAgain = "10"

// Memories returns the questions for the top of a lesson, the oldest first. A
// prediction comes back when its lesson is two before this one, or when two
// lessons were opened since its outcome was seen. One that was remembered rightly
// is done; the others come back two lessons later again.
func (l *Learner) Memories(lesson string) ([]Memory, error) {
	r, err := l.Read()
	if err != nil {
		return nil, err
	}
	var due []Memory
	for _, p := range r.Predictions {
		if len(due) < most && r.due(&p, lesson) {
			due = append(due, Memory{p.Lesson, p.Name, p.Question, p.Options, p.Number, p.Made})
		}
	}
	return due, nil
}

// due says whether a prediction comes back in a lesson.
func (r *Record) due(p *Prediction, lesson string) bool {
	if p.Settled == nil || p.Lesson == lesson || len(p.Options) == 0 && !p.Number {
		return false
	}
	if p.Lesson == First && lesson == raceAgain {
		return false
	}
	from, since := p.Lesson, *p.Settled
	if n := len(p.Recalls); n > 0 {
		last := p.Recalls[n-1]
		if last.Right || last.In == lesson {
			return false
		}
		from, since = last.In, last.When
	}
	return apart(from, lesson) >= later || r.openedSince(since, p.Lesson, lesson) >= later
}

// apart is how many lessons lie between two; 0 if one has no number.
func apart(from, to string) int {
	a, err := strconv.Atoi(from)
	b, wrong := strconv.Atoi(to)
	if err != nil || wrong != nil {
		return 0
	}
	return b - a
}

// openedSince counts lessons that were opened since, the one at hand included,
// the one that made the bet not.
func (r *Record) openedSince(since time.Time, made, at string) (n int) {
	for id, visit := range r.Lessons {
		if id != made && id != at && visit.Opened.After(since) {
			n++
		}
	}
	return n + 1
}

// Answer is what came of a question from memory.
type Answer struct {
	Right bool   `json:"right"`
	Truth string `json:"truth"`

	Then       string  `json:"then"`        // what the learner had bet
	Confidence float64 `json:"confidence"`  // and how sure they were, 0 to 1
	ThenRight  bool    `json:"then_right"`  // whether that was right
	Calibrated string  `json:"calibration"` // how well they know what they know, in a sentence
}

// Answered keeps what the learner said from memory in a lesson, with how sure
// they were (0 to 1), and tells the truth.
func (l *Learner) Answered(in string, m Memory, said string, confidence float64) (a Answer, err error) {
	found := false
	err = l.change(func(r *Record) {
		i := r.find(m.Lesson, m.Name)
		if found = i >= 0 && r.Predictions[i].Settled != nil; !found {
			return
		}
		p := &r.Predictions[i]
		a = Answer{Right: p.agrees(said), Truth: p.Truth, Then: p.Guess, Confidence: p.Confidence, ThenRight: p.Right}
		a.Calibrated = r.Calibration().String()
		p.Recalls = append(p.Recalls, Recall{In: in, Said: said, Confidence: confidence, Right: a.Right, When: now()})
	})
	if err == nil && !found {
		err = fmt.Errorf("there is no settled prediction %s in lesson %s to remember", m.Name, m.Lesson)
	}
	return a, err
}
