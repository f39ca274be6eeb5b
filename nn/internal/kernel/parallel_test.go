package kernel

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestParallelDoesEachItemOnce(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, cores := range []int{1, 2, 3, 7} {
		runtime.GOMAXPROCS(cores)
		for _, n := range []int{0, 1, 2, 100_000} {
			done := make([]atomic.Int64, n)
			Parallel(n, func(i int) { done[i].Add(1) })
			for i := range done {
				if got := done[i].Load(); got != 1 {
					t.Fatalf("GOMAXPROCS=%d, n=%d: item %d was done %d times", cores, n, i, got)
				}
			}
		}
	}
}

// TestParallelInParallel: many nets may compute at once, one inside the other.
func TestParallelInParallel(t *testing.T) {
	var done atomic.Int64
	Parallel(20, func(int) {
		Parallel(30, func(int) { done.Add(1) })
	})
	if done.Load() != 600 {
		t.Errorf("%d items of 600 were done", done.Load())
	}
}

func TestParallelPassesPanicOn(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, cores := range []int{1, 4} {
		runtime.GOMAXPROCS(cores)
		var running atomic.Int64
		func() {
			defer func() {
				if value := recover(); value != "item 13" {
					t.Errorf("GOMAXPROCS=%d: recovered %v", cores, value)
				}
			}()
			Parallel(100, func(i int) {
				running.Add(1)
				defer running.Add(-1)
				if i == 13 {
					panic("item 13")
				}
			})
			t.Errorf("GOMAXPROCS=%d: no panic", cores)
		}()
		if left := running.Load(); left != 0 {
			t.Errorf("GOMAXPROCS=%d: Parallel left %d items running", cores, left)
		}
	}
}

// TestParallelAllocatesNothing: what nets call thousands of times a second.
func TestParallelAllocatesNothing(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	var done atomic.Int64
	work := func(int) { done.Add(1) }
	Parallel(10, work)
	if allocated := allocations(100, func() { Parallel(10, work) }); allocated != 0 {
		t.Errorf("a call allocates %v times", allocated)
	}
}

// TestParallelFromEverywhere: more callers than the team has places, calling
// again and again, from within each other's items too.
func TestParallelFromEverywhere(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	var wait sync.WaitGroup
	for range 40 {
		wait.Go(func() {
			for range 200 {
				var done atomic.Int64
				Parallel(5, func(int) { Parallel(3, func(int) { done.Add(1) }) })
				if done.Load() != 15 {
					t.Errorf("%d items of 15 were done", done.Load())
				}
			}
		})
	}
	wait.Wait()
}

// TestParallelFollowsGOMAXPROCS: no more goroutines at a time than that.
func TestParallelFollowsGOMAXPROCS(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, cores := range []int{3, 1, 2} {
		runtime.GOMAXPROCS(cores)
		var now, most atomic.Int64
		Parallel(300, func(int) {
			for n := now.Add(1); n > most.Load(); {
				most.Store(n)
			}
			time.Sleep(10 * time.Microsecond)
			now.Add(-1)
		})
		if got := most.Load(); got > int64(cores) {
			t.Errorf("GOMAXPROCS is %d, and %d goroutines worked", cores, got)
		}
	}
}

// TestParallelWithoutItsHelper: an item may end its goroutine, as a test that
// fails does; the team fills up again.
func TestParallelWithoutItsHelper(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	for range 100 {
		done := make(chan bool)
		go func() {
			defer close(done)
			Parallel(2, func(int) { runtime.Goexit() })
		}()
		<-done
	}
	TestParallelDoesEachItemOnce(t)
}

func BenchmarkParallel(b *testing.B) {
	work := func(int) {}
	for b.Loop() {
		Parallel(16, work)
	}
}

// allocations returns how many a run of f makes in steady state: the least of up to
// three counts, since whatever else the program does is counted, too.
func allocations(runs int, f func()) float64 {
	least := testing.AllocsPerRun(runs, f)
	for try := 1; least > 0 && try < 3; try++ {
		least = min(least, testing.AllocsPerRun(runs, f))
	}
	return least
}
