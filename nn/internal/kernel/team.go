package kernel

import (
	"runtime"
	"sync/atomic"
	"time"
)

// team is the goroutines that help callers of Parallel. They stay, since to
// wake one costs tens of microseconds and a small layer takes not much longer:
// after each job they look out for the next one, for a short while at full
// attention, then asleep.
type team struct {
	jobs    [16]job
	calls   atomic.Uint64 // jobs published until now: what the idle look at
	members atomic.Int64
	asleep  atomic.Int64
	wake    chan struct{}
}

// attention is how long an idle goroutine looks out before it sleeps.
const attention = 100 * time.Microsecond

var crew = newTeam()

func newTeam() *team {
	t := &team{wake: make(chan struct{}, 256)}
	for i := range t.jobs {
		t.jobs[i].awake = make(chan struct{}, 1)
	}
	return t
}

// claim returns a job that nobody else uses, or nil.
func (t *team) claim() *job {
	for i := range t.jobs {
		if j := &t.jobs[i]; !j.taken.Load() && j.taken.CompareAndSwap(false, true) {
			return j
		}
	}
	return nil
}

// call asks for so many helpers. The team grows to the most that were ever
// wanted at once; those that GOMAXPROCS has no room for sleep.
func (t *team) call(helpers int) {
	for members := t.members.Load(); members < int64(helpers); members = t.members.Load() {
		if t.members.CompareAndSwap(members, members+1) {
			go t.help()
		}
	}
	t.calls.Add(1)
	for range min(int64(helpers), t.asleep.Load()) {
		select {
		case t.wake <- struct{}{}:
		default: // more than enough are being woken
		}
	}
}

// help is the life of a member. It ends only if an item ends its goroutine.
func (t *team) help() {
	defer t.members.Add(-1)
	for {
		seen := t.calls.Load()
		for i := range t.jobs {
			if j := &t.jobs[i]; j.open.Load() {
				j.help()
			}
		}
		if !spin(func() bool { return t.calls.Load() != seen }) {
			t.sleep(seen)
		}
	}
}

// sleep waits for the next call. A member counts itself before it looks at the
// calls a last time: a caller that counts first is seen, one that counts later
// sees it.
func (t *team) sleep(seen uint64) {
	t.asleep.Add(1)
	defer t.asleep.Add(-1)
	if t.calls.Load() == seen {
		<-t.wake
	}
}

// spin waits for something that should come soon, and reports whether it came.
// It lets other goroutines pass.
func spin(done func() bool) bool {
	for begin := time.Now(); ; {
		for range 100 {
			if done() {
				return true
			}
		}
		if time.Since(begin) > attention {
			return false
		}
		runtime.Gosched()
	}
}
