package lab

import (
	"fmt"
	"math"
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

	// Of a curve to be drawn: the figure to draw it into, with what is known.
	Figure *viz.Figure `json:"-"`
	Curve  *Frame      `json:"curve,omitempty"`
}

// A Frame says where a curve is drawn.
type Frame struct {
	XLabel string     `json:"x_label"`
	YLabel string     `json:"y_label"`
	X      [2]float64 `json:"x"` // from, to
	Y      [2]float64 `json:"y"`
	LogY   bool       `json:"log_y,omitempty"`
}

// String is the question with what one may answer.
func (q Question) String() string {
	text := "Predict first: " + q.Text
	switch {
	case q.Number:
		return text + " (a number)"
	case q.Curve != nil:
		return text + " (draw the curve)"
	}
	return text + " " + strings.Join(q.Options, " / ")
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
	return ask(Question{Name: name, Text: question, Options: options})
}

// PredictNumber asks for a number.
func PredictNumber(name, question string) *Bet {
	return ask(Question{Name: name, Text: question, Number: true})
}

// PredictCurve asks to draw a curve into the figure, whose axes say From and To.
// Curves that it has are shown as known.
func PredictCurve(name, question string, f *viz.Figure) *Bet {
	frame := &Frame{XLabel: f.X.String(), YLabel: f.Y.String(), X: [2]float64{f.X.From, f.X.To}, Y: [2]float64{f.Y.From, f.Y.To}, LogY: f.Y.Log}
	return ask(Question{Name: name, Text: question, Figure: f, Curve: frame})
}

func ask(q Question) *Bet {
	b := &Bet{q}
	Show(Control{Kind: "predict", Name: q.Name, Value: b.guess(), Ask: &q})
	return b
}

// guess is what the learner committed, nil if nothing.
func (b *Bet) guess() *guess {
	var g *guess
	read(b.question.Name, &g)
	return g
}

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
	Guess      string   `json:"guess,omitempty"` // empty: no bet
	Confidence float64  `json:"confidence,omitempty"`
	Right      bool     `json:"right,omitempty"`
}

// String is the question's answer beside the bet.
func (s Settled) String() string {
	if s.Guess == "" {
		return "It is " + s.Truth + "."
	}
	return fmt.Sprintf("You said %s, %.0f %% sure. It is %s.", s.Guess, 100*s.Confidence, s.Truth)
}
