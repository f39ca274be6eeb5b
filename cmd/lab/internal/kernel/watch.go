package kernel

import (
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// watchMemory calls exceeded once when the process holds more memory than the
// limit. It asks Go itself: the same on every system, and an allocation counts
// when it is made, not when it is used.
func watchMemory(limit int64, exceeded func(held int64)) {
	debug.SetMemoryLimit(limit / 10 * 9) // collect harder before it comes to that
	go func() {
		for range time.Tick(20 * time.Millisecond) {
			if held := heldMemory(); held > limit {
				exceeded(held)
				return
			}
		}
	}()
}

// heldMemory returns the bytes that Go has from the system and neither gave
// back nor keeps free.
func heldMemory() int64 {
	samples := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
		{Name: "/memory/classes/heap/free:bytes"},
	}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64()) - int64(samples[1].Value.Uint64()) - int64(samples[2].Value.Uint64())
}
