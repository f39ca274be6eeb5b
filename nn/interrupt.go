package nn

import (
	"errors"
	"sync/atomic"
)

// ErrInterrupted is what a model panics with while it is interrupted.
var ErrInterrupted = errors.New("nn: interrupted")

var interrupted atomic.Bool

// Interrupt makes all models stop what they compute, in whatever goroutine:
// until resume is called, every container panics with ErrInterrupted before the
// next layer, and Init before the next parameter. A Training leaves its model as
// it was before the step. This is for who must end code that cannot be asked, as
// lab does when a learner stops a cell; a program of one's own ends the context
// of Training.Run.
func Interrupt() (resume func()) {
	interrupted.Store(true)
	return func() { interrupted.Store(false) }
}

// pause panics if models are interrupted.
func pause() {
	if interrupted.Load() {
		panic(ErrInterrupted)
	}
}
