// Package lab is what the cells of a lesson call: [Show] displays a value, and
// [Check] judges an exercise.
//
//	lab.Show(conv.Forward(picture, false))   // numbers, or a drawing made of characters
//	lab.Check("stops", stops)                // stops: not yet. For in=5 ... yours gives 2
//
// In a plain program both print to the terminal. Whoever runs cells, as a
// notebook, redirects them to a display of its own with [Redirect].
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
}{sink: Terminal(os.Stdout)}

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
