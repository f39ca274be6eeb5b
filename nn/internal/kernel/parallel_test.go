package kernel

import (
	"runtime"
	"sync/atomic"
	"testing"
)

func TestParallelDoesEachItemOnce(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, cores := range []int{1, 2, 7} {
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
