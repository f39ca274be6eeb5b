package terminal

import (
	"testing"
	"time"
)

// The time left is of what was done since the bar began, and kept back while
// nothing can be said.
func TestPace(t *testing.T) {
	start := time.Now()
	after := func(seconds int) time.Time { return start.Add(time.Duration(seconds) * time.Second) }
	var p pace
	for _, c := range []struct {
		seconds, done int
		want          time.Duration
		known         bool
	}{
		{0, 50, 0, false}, // a run is gone on with in the middle
		{2, 52, 0, false},
		{5, 50, 0, false}, // nothing done yet
		{10, 60, 40 * time.Second, true},
		{50, 100, 0, true},
	} {
		if left, known := p.left(after(c.seconds), c.done, 100); left != c.want || known != c.known {
			t.Errorf("%d of 100 after %d s: %v left (known: %v), want %v (%v)", c.done, c.seconds, left, known, c.want, c.known)
		}
	}
}
