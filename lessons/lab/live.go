package lab

import "sync/atomic"

// A Live is a display that changes in place: a curve that grows while a net
// trains.
//
//	live := lab.NewLive()
//	training.AfterStep = func(s nn.StepReport) {
//		losses = append(losses, s.Loss)
//		live.Show(viz.NewFigure("The loss falls").Line("loss", viz.Plain, nil, losses))
//	}
type Live struct{ id int64 }

var lives atomic.Int64

// NewLive returns a display that shows nothing yet.
func NewLive() *Live { return &Live{lives.Add(1)} }

// String is its number, short.
func (l *Live) String() string { return "live display" }

// Show puts v in the place of what l showed before. Calls may follow each other
// as fast as they like: a display takes as many as an eye can follow, and
// always the last of a cell.
func (l *Live) Show(v any) { Show(Update{l.id, v}) }

// Update is what a Live sends to the Sink.
type Update struct {
	Live  int64 // its number
	Value any
}

// Progress tells how far long work has come, and in a few words what it does.
func Progress(done, total int, label string) { Show(Step{done, total, label}) }

// Step is what Progress sends to the Sink.
type Step struct {
	Done, Total int
	Label       string
}
