package progress

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"reslab/lessons/lab"
)

// Prediction is a bet: what was asked, what the learner said, and what it came
// to.
type Prediction struct {
	Lesson   string   `json:"lesson"` // where it was made; First on the first page
	Name     string   `json:"name"`
	Question string   `json:"question"`
	Options  []string `json:"options,omitempty"`
	Number   bool     `json:"number,omitempty"` // a number was asked for

	Guess      string    `json:"guess,omitempty"` // empty for a drawn curve
	Confidence float64   `json:"confidence"`      // 0 to 1
	Made       time.Time `json:"made"`

	Truth   string     `json:"truth,omitempty"`
	Right   bool       `json:"right,omitempty"`
	Settled *time.Time `json:"settled,omitempty"`

	Recalls []Recall `json:"recalls,omitempty"` // each time it came back
}

// First is the lesson of bets that were made on the first page.
const First = "first"

// Recall is an answer from memory.
type Recall struct {
	In         string    `json:"in"` // the lesson that asked
	Said       string    `json:"said"`
	Confidence float64   `json:"confidence"`
	Right      bool      `json:"right"`
	When       time.Time `json:"when"`
}

// guess is the value of a control of kind predict.
type guess struct {
	Choice     string   `json:"choice"`
	Number     *float64 `json:"number"`
	Confidence float64  `json:"confidence"`
}

// Committed keeps a bet: the question of a control of kind predict, and the
// value that the page set it to. A bet may be changed until it is settled; then
// the answer is known, and another one is no prediction.
func (l *Learner) Committed(lesson string, q lab.Question, value []byte) error {
	var g guess
	if err := json.Unmarshal(value, &g); err != nil {
		return fmt.Errorf("this bet cannot be read: %w", err)
	}
	said := g.Choice
	if g.Number != nil {
		said = fmt.Sprintf("%.4g", *g.Number)
	}
	return l.change(func(r *Record) {
		i := r.find(lesson, q.Name)
		if i < 0 {
			i, r.Predictions = len(r.Predictions), append(r.Predictions, Prediction{})
		} else if r.Predictions[i].Settled != nil {
			return
		}
		r.Predictions[i] = Prediction{
			Lesson: lesson, Name: q.Name, Question: q.Text, Options: q.Options, Number: q.Number,
			Guess: said, Confidence: min(max(g.Confidence, 0), 1), Made: now(),
		}
	})
}

// Settled keeps what a bet came to, as a display of kind bet says. The first
// outcome counts. What nobody had bet on is not kept.
func (l *Learner) Settled(lesson string, s lab.Settled) error {
	if s.Guess == "" {
		return nil
	}
	return l.change(func(r *Record) {
		i := r.find(lesson, s.Question.Name)
		if i < 0 || r.Predictions[i].Settled != nil {
			return
		}
		p, now := &r.Predictions[i], now()
		p.Truth, p.Right, p.Settled = s.Truth, s.Right, &now
	})
}

// find returns the place of a prediction, -1 if there is none.
func (r *Record) find(lesson, name string) int {
	return slices.IndexFunc(r.Predictions, func(p Prediction) bool { return p.Lesson == lesson && p.Name == name })
}

// agrees says whether an answer is right: a number may be off by a tenth, as in
// the lesson.
func (p *Prediction) agrees(said string) bool {
	if !p.Number {
		return said == p.Truth
	}
	guess, err := strconv.ParseFloat(said, 64)
	truth, wrong := strconv.ParseFloat(p.Truth, 64)
	return err == nil && wrong == nil && abs(guess-truth) <= 0.1*abs(truth)
}

func abs(x float64) float64 { return max(x, -x) }

// Calibration says how well sureness and truth agree: of what one is 80 % sure
// of, 80 % should be right.
type Calibration struct {
	Bets  int     // settled, with an answer
	Right int     // of these
	Sure  float64 // how sure one was, on average, 0 to 1
	Brier float64 // mean of (sure - right)², 0 is best, always saying 50 % gives 0.25
	Bins  []Bin   // from the least sure to the surest, none empty
}

// Bin holds the bets that one was about as sure of.
type Bin struct {
	From, To    float64 // how sure
	Bets, Right int
	Sure        float64 // average
}

// Calibration is over all settled predictions.
func (r *Record) Calibration() (c Calibration) {
	bins := [5]Bin{}
	for _, p := range r.Predictions {
		if p.Settled == nil || p.Guess == "" {
			continue
		}
		b := &bins[min(int(p.Confidence*float64(len(bins))), len(bins)-1)]
		hit := 0.0
		if p.Right {
			hit = 1
			c.Right++
			b.Right++
		}
		c.Bets++
		b.Bets++
		c.Sure += p.Confidence
		b.Sure += p.Confidence
		c.Brier += (p.Confidence - hit) * (p.Confidence - hit)
	}
	c.Sure /= max(1, float64(c.Bets))
	c.Brier /= max(1, float64(c.Bets))
	for i, b := range bins {
		if b.Bets > 0 {
			b.From, b.To = float64(i)/float64(len(bins)), float64(i+1)/float64(len(bins))
			b.Sure /= float64(b.Bets)
			c.Bins = append(c.Bins, b)
		}
	}
	return c
}

// String is the calibration in a sentence.
func (c Calibration) String() string {
	if c.Bets == 0 {
		return "No prediction yet."
	}
	text := fmt.Sprintf("You were %.0f %% sure on average, and right in %d of %d.", 100*c.Sure, c.Right, c.Bets)
	share := float64(c.Right) / float64(c.Bets)
	switch {
	case c.Bets < 5:
		return text + " After five predictions this line says whether you know how much you know."
	case c.Sure > share+0.1:
		return text + " You are surer than you are right: go lower."
	case c.Sure < share-0.1:
		return text + " You know more than you trust yourself to: go higher."
	}
	return text + " You know well how much you know."
}
