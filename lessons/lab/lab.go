// Package lab is what the cells of a lesson call to show things and to ask for
// things. All of it works in a cell of the notebook, in the terminal's lab and
// in a plain program, which prints a short text in place of what it cannot draw.
// That text is also what stands in a lesson's output block.
//
// # Show
//
// [Show] displays a value: a tensor as numbers or as a picture, an image.Image,
// a picture of package viz, or one of the following.
//
//	lab.Show(conv.Forward(picture, false))
//	lab.Plot(losses)                                     // a curve over its places
//	lab.Histogram("Brightness", picture)                 // how numbers are spread
//	lab.Show(lab.NewHistograms("...").Add("layer 1", a)) // many, on one scale
//	lab.Show(lab.NewBarChart("...", labels, p).Arrows(g))// bars, with arrows at their ends
//	lab.Show(lab.NewWayBack("...", layers, gradients))   // a gradient that shrinks on its way back
//	lab.Show(lab.NewGraph("...").Node("x", "", 3))       // a computation with values and gradients
//	lab.Architecture(net, 28, 28, 1)                     // a model with its shapes
//	lab.StepsConv(picture, kernel, 1, 0)                 // one window after the other;
//	lab.StepsPool("max", picture, 2, 2)                  // see also StepsSoftmax
//
// A [Live] changes in place, [Progress] says how far long work has come, and
// [Watch] shows a training while it runs.
//
// # Controls
//
// A control shows something to move and returns what it stands at. When it is
// moved, its cell runs again, and then the cells that use what that cell
// declares. So a control stands best in a cell of its own, at its end:
//
//	temperature := lab.Slider("temperature", 0.1, 10, 1)
//
// The name is what the learner reads, and it must be the only one of its name in
// a lesson. There are [Slider], [Count], [Choice], [Switch], [Paint], [Bars],
// [DrawPad], [Drag], [DragOver], [Upload], and [Turn] for a Graph. Where nobody
// can move it, a control stands at its start: the lesson's output blocks show
// that.
//
// A [Dial] and a [Toggle] are asked while a cell runs, and rerun nothing: they
// act on a net that trains.
//
// # Bets and exercises
//
// [Predict], [PredictNumber] and [PredictCurve] ask for a prediction before a
// result is there; [Bet.Settle], [Bet.SettleNumber] and [Bet.Over] hold it
// against the result. Bet in one cell and settle in a later one: the notebook
// waits between the two. [Check] judges an exercise.
//
// Whoever runs cells redirects what is shown with [Redirect], and tells with
// [Set] what a control was moved to.
package lab

import (
	"os"
	"sync"
)

// Sink displays a value: a tensor, an image, a Verdict, or anything that fmt
// can print.
type Sink func(v any)

var display = struct {
	sync.Mutex
	sink Sink
}{sink: Terminal(stdout{})}

// stdout is what os.Stdout is at the moment: a program may change it.
type stdout struct{}

func (stdout) Write(p []byte) (int, error) { return os.Stdout.Write(p) }

// Show displays v. A small picture [1, H, W, C] is shown as numbers, a larger
// one is drawn, each channel on its own; so is an image.Image.
func Show(v any) {
	display.Lock()
	sink := display.sink
	display.Unlock()
	sink(v)
}

// Redirect sends what is shown to another display, until restore is called.
func Redirect(to Sink) (restore func()) {
	display.Lock()
	defer display.Unlock()
	before := display.sink
	display.sink = to
	return func() {
		display.Lock()
		defer display.Unlock()
		display.sink = before
	}
}
