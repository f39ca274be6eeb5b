package kernel

import (
	"runtime"
	"sync/atomic"
)

// Parallel calls work(0) to work(n-1), in any order, on up to GOMAXPROCS
// goroutines and returns when all are done. A goroutine takes the next item as
// soon as it is free. For results that do not depend on the number of cores,
// cut the work into items by its shape alone. Calls may come from many
// goroutines at once and from inside work: they share the team (team.go).
//
// When work panics, items not yet begun are left out, and Parallel panics with
// the same value in the caller's goroutine, where it can be recovered.
//
// Nothing is allocated here; but a closure made for the call is, by the caller.
func Parallel(n int, work func(i int)) {
	helpers := min(n, runtime.GOMAXPROCS(0)) - 1
	var j *job
	if helpers > 0 {
		j = crew.claim()
	}
	if j == nil { // or all places are taken, which is work enough for the team
		for i := range n {
			work(i)
		}
		return
	}
	j.publish(n, work, helpers)
	defer j.close()
	crew.call(helpers)
	j.takeItems()
}

// job is a call of Parallel that the team can help with. The jobs are few and
// used again and again, so that a call allocates nothing.
type job struct {
	taken atomic.Bool // by a caller
	open  atomic.Bool // to helpers

	n       int
	work    func(i int)
	next    atomic.Int64
	failure atomic.Pointer[any] // what a helper's item panicked with

	helpers, maxHelpers atomic.Int64
	asleep              atomic.Bool   // the caller waits at awake for its last helper
	awake               chan struct{} // of capacity 1
}

func (j *job) publish(n int, work func(i int), helpers int) {
	j.n, j.work = n, work
	j.next.Store(0)
	j.maxHelpers.Store(int64(helpers))
	j.open.Store(true)
}

// takeItems works until no item is left.
func (j *job) takeItems() {
	for {
		i := int(j.next.Add(1)) - 1
		if i >= j.n {
			return
		}
		j.work(i)
	}
}

// help joins the job, if it is open and has room. A helper counts itself before
// it looks: the caller closes first and looks at the count then, so that one of
// them sees the other.
func (j *job) help() {
	defer j.leave()
	if j.helpers.Add(1) <= j.maxHelpers.Load() && j.open.Load() {
		defer j.catch()
		j.takeItems()
	}
}

// catch keeps what an item panicked with, for the caller.
func (j *job) catch() {
	if value := recover(); value != nil {
		j.fail(value)
	}
}

// fail is apart from catch so that only a panic allocates.
func (j *job) fail(value any) {
	j.failure.CompareAndSwap(nil, &value)
	j.skip()
}

// skip leaves out the items not yet begun.
func (j *job) skip() { j.next.Store(int64(j.n)) }

// leave is the end of help. The last helper wakes the caller.
func (j *job) leave() {
	if j.helpers.Add(-1) == 0 && j.asleep.CompareAndSwap(true, false) {
		j.awake <- struct{}{}
	}
}

// close waits for the helpers and gives the place free. It is deferred: here
// the caller's own panic passes through.
func (j *job) close() {
	j.skip()
	j.open.Store(false)
	if !spin(func() bool { return j.helpers.Load() == 0 }) {
		j.asleep.Store(true)
		if j.helpers.Load() > 0 || !j.asleep.CompareAndSwap(true, false) {
			<-j.awake
		}
	}
	failure := j.failure.Swap(nil)
	j.work = nil
	j.taken.Store(false)
	if failure != nil {
		panic(*failure)
	}
}
