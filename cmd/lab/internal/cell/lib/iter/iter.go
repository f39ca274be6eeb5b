// Package iter has the functions of the standard library's iter for cells.
package iter

import "iter"

// Pull turns an iterator that pushes its values into one that is asked for
// them: it runs in a goroutine that waits between two values.
func Pull[V any](seq iter.Seq[V]) (next func() (V, bool), stop func()) {
	pull, stop := Pull2(func(yield func(V, bool) bool) {
		seq(func(v V) bool { return yield(v, true) })
	})
	return func() (V, bool) {
		v, _, ok := pull()
		return v, ok
	}, stop
}

// Pull2 is Pull for pairs.
func Pull2[K, V any](seq iter.Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	var k K
	var v V
	var failure any
	started, ended := false, false
	more, ready := make(chan bool), make(chan bool)
	run := func() {
		defer func() {
			failure = recover()
			ready <- false
		}()
		if <-more {
			seq(func(k1 K, v1 V) bool {
				k, v = k1, v1
				ready <- true
				return <-more
			})
		}
	}
	ask := func(forMore bool) bool {
		if !started {
			started = true
			go run()
		}
		more <- forMore
		ended = !<-ready
		if ended && failure != nil {
			panic(failure)
		}
		return !ended
	}
	next = func() (K, V, bool) {
		if ended || !ask(true) {
			var noKey K
			var noValue V
			return noKey, noValue, false
		}
		return k, v, true
	}
	stop = func() {
		if started && !ended {
			ask(false)
		}
		ended = true
	}
	return next, stop
}
