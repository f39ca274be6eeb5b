package kernel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Parallel calls work(0) to work(n-1), in any order, on GOMAXPROCS goroutines
// and returns when all are done. A goroutine takes the next item as soon as it
// is free. For results that do not depend on the number of cores, cut the work
// into items by its shape alone.
//
// When work panics, items not yet begun are left out, and Parallel panics with
// the same value in the caller's goroutine, where it can be recovered.
func Parallel(n int, work func(i int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for i := range n {
			work(i)
		}
		return
	}
	var (
		next   atomic.Int64
		failed atomic.Pointer[any]
		wait   sync.WaitGroup
	)
	takeItems := func() {
		defer func() {
			if value := recover(); value != nil {
				failed.CompareAndSwap(nil, &value)
			}
		}()
		for failed.Load() == nil {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			work(i)
		}
	}
	for range workers - 1 {
		wait.Go(takeItems)
	}
	takeItems()
	wait.Wait()
	if value := failed.Load(); value != nil {
		panic(*value)
	}
}
