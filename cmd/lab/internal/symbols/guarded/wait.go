package guarded

import (
	"context"
	"sync"
	"time"
)

// wakeUp is what everything that waits listens to. It is ended by Interrupt,
// and resume puts another in its place.
var wakeUp = struct {
	sync.Mutex
	ctx  context.Context
	stop context.CancelFunc
}{}

func init() { renew() }

func renew() { wakeUp.ctx, wakeUp.stop = context.WithCancel(context.Background()) }

// Interrupt ends all that waits: sleeps, and the contexts that Background and
// TODO give. It holds until resume is called, so that what was on its way to a
// sleep does not fall asleep after all.
func Interrupt() (resume func()) {
	wakeUp.Lock()
	defer wakeUp.Unlock()
	wakeUp.stop()
	return func() {
		wakeUp.Lock()
		defer wakeUp.Unlock()
		if wakeUp.ctx.Err() != nil { // not yet renewed by another's resume
			renew()
		}
	}
}

func current() context.Context {
	wakeUp.Lock()
	defer wakeUp.Unlock()
	return wakeUp.ctx
}

// A root is a context that ends with Interrupt and prints as the one it stands for.
type root struct {
	context.Context
	name string
}

func (r root) String() string { return r.name }

func background() context.Context { return root{current(), "context.Background"} }
func todo() context.Context       { return root{current(), "context.TODO"} }

func sleep(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-current().Done():
	}
}
