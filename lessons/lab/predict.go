package lab

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/viz"
)

// A Bet is a prediction: asked for before a result is computed, and held against
// it afterwards. A learner who has not bet sees the result all the same.
//
//	bet := lab.Predict("edge", "What will the middle sum be?", []string{"0", "4", "8"})
//	...
//	bet.Settle("4")
type Bet struct{ question Question }

// A Question is what a Bet asks.
type Question struct {
	Name    string   `json:"name"`
	Text    string   `json:"text"`
	Options []string `json:"options,omitempty"` // of a choice
	Number  bool     `json:"number,omitempty"`  // a number is asked for
	Frame   *Frame   `json:"frame,omitempty"`   // a curve is to be drawn into it
}

// A Frame is what a curve is drawn into: axes, and the curves that are known.
type Frame struct {
	X     Span    `json:"x"`
	Y     Span    `json:"y"`
	Known []Curve `json:"known,omitempty"`
}

// A Span is an axis of a Frame.
type Span struct {
	Label string  `json:"label"`
	From  float64 `json:"from"`
	To    float64 `json:"to"`
	Log   bool    `json:"log,omitempty"` // in powers of ten
}

// A Curve of a Frame is known before the bet.
type Curve struct {
	Name   string       `json:"name"`
	Colour string       `json:"colour"`
	Points [][2]float64 `json:"points"`
}

// String is the question with what one may answer.
func (q Question) String() string {
	text := "Predict first: " + q.Text
	switch {
	case q.Number:
		return text + " (a number)"
	case q.Frame != nil:
		return text + " (draw the curve)"
	}
	return text + " (" + strings.Join(q.Options, " / ") + ")"
}

// A guess is what the learner committed.
type guess struct {
	Choice     string       `json:"choice,omitempty"`
	Number     *float64     `json:"number,omitempty"`
	Curve      [][2]float64 `json:"curve,omitempty"`
	Confidence float64      `json:"confidence"` // 0 to 1
}

// Predict asks which of the options it will be.
func Predict(name, question string, options []string) *Bet {
	if len(options) < 2 {
		panic(fmt.Sprintf("lab.Predict(%q) needs two options at least", name))
	}
	return ask(Question{Name: name, Text: question, Options: slices.Clone(options)})
}

// PredictNumber asks for a number.
func PredictNumber(name, question string) *Bet {
	return ask(Question{Name: name, Text: question, Number: true})
}

// PredictCurve asks to draw a curve into the figure. Its axes must say From and
// To; curves that it has are shown as known.
//
//	frame := viz.NewFigure("Your bet").Axes("layers", "training loss after 150 steps (nats)")
//	frame.X.From, frame.X.To, frame.Y.From, frame.Y.To = 8, 56, 0, 2.5
//	bet := lab.PredictCurve("depth", "How does the loss change with depth?", frame)
//	...
//	lab.Show(bet.Over(result))
func PredictCurve(name, question string, f *viz.Figure) *Bet {
	frame := &Frame{X: axisOf(f.X), Y: axisOf(f.Y)}
	if !frame.X.drawable() || !frame.Y.drawable() {
		panic(fmt.Sprintf("lab.PredictCurve(%q) needs a figure whose X and Y say From and To, in powers of ten both above zero", name))
	}
	for _, s := range viz.Thin(f, mostKnown).(*viz.Figure).Series {
		frame.Known = append(frame.Known, known(s))
	}
	return ask(Question{Name: name, Text: question, Frame: frame})
}

// mostKnown is how many points of a known curve are shown.
const mostKnown = 200

func known(s viz.Series) Curve {
	c := Curve{Name: s.Name, Colour: string(s.Role)}
	for i := range s.X {
		if y := s.Y[i]; !math.IsNaN(y) && !math.IsInf(y, 0) {
			c.Points = append(c.Points, [2]float64{s.X[i], y})
		}
	}
	return c
}

func axisOf(a viz.Axis) Span { return Span{a.String(), a.From, a.To, a.Log} }

func (s Span) drawable() bool { return s.From < s.To && (!s.Log || s.From > 0) }

func ask(q Question) *Bet {
	b := &Bet{q}
	Show(Control{Kind: "predict", Name: q.Name, Value: b.guess(), Ask: &q})
	return b
}

// guess is what the learner committed, nil if nothing.
func (b *Bet) guess() *guess { return read[*guess](b.question.Name, nil) }

// String is the question, short.
func (b *Bet) String() string { return "bet " + b.question.Name }

// Settle says which option it was, beside what the learner had said.
func (b *Bet) Settle(truth string) { b.settle(truth, func(g *guess) bool { return g.Choice == truth }) }

// SettleNumber says what the number was. A guess within a tenth of it is right.
func (b *Bet) SettleNumber(truth float64) {
	b.settle(fmt.Sprintf("%.4g", truth), func(g *guess) bool {
		return g.Number != nil && math.Abs(*g.Number-truth) <= 0.1*math.Abs(truth)
	})
}

func (b *Bet) settle(truth string, right func(g *guess) bool) {
	s := Settled{Question: b.question, Truth: truth}
	if g := b.guess(); g != nil {
		s.Guess, s.Confidence, s.Right = g.text(), g.Confidence, right(g)
	}
	Show(s)
}

// Over adds the curve that the learner drew to a figure with what came out, as
// "your bet", dashed; without a bet the figure is as it was.
func (b *Bet) Over(f *viz.Figure) *viz.Figure {
	g := b.guess()
	if g == nil || len(g.Curve) == 0 {
		return f
	}
	x, y := make([]float64, len(g.Curve)), make([]float64, len(g.Curve))
	for i, p := range g.Curve {
		x[i], y[i] = p[0], p[1]
	}
	return f.Dashed("your bet", viz.Purple, x, y)
}

func (g *guess) text() string {
	if g.Number != nil {
		return fmt.Sprintf("%.4g", *g.Number)
	}
	return g.Choice
}

// Settled is what Settle shows.
type Settled struct {
	Question   Question `json:"question"`
	Truth      string   `json:"truth"`
	Guess      string   `json:"guess,omitempty"`      // empty: no bet
	Confidence float64  `json:"confidence,omitempty"` // 0 to 1
	Right      bool     `json:"right,omitempty"`
}

// PageKind is the kind of display that draws a Settled on a page.
func (s Settled) PageKind() string { return "bet" }

// String is the question's answer beside the bet.
func (s Settled) String() string {
	if s.Guess == "" {
		return "It is " + s.Truth + "."
	}
	return fmt.Sprintf("You said %s, %.0f %% sure. It is %s.", s.Guess, 100*s.Confidence, s.Truth)
}
