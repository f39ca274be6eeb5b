package terminal

import (
	"testing"
	"time"
)

// TestPace: what is left is told from how fast it goes since the first news.
func TestPace(t *testing.T) {
	var p pace
	now := time.Unix(0, 0)
	for _, step := range []struct {
		after       time.Duration // the news before
		done, total int
		want        string
	}{
		{time.Minute, 1, 61, ""}, // preparing took a minute, which says nothing
		{2 * time.Second, 2, 61, "1m58s left"},
		{0, 2, 61, "1m58s left"},
		{4 * time.Second, 3, 61, "2m54s left"}, // 3 s each
		{0, 61, 61, ""},
		{time.Hour, 0, 10, ""}, // the next part of the work
		{5 * time.Second, 5, 10, "5s left"},
		{100 * time.Millisecond, 9, 10, "1s left"}, // not 0s: it is not over
	} {
		now = now.Add(step.after)
		p.hear(step.done, step.total, now)
		if got := p.left(); got != step.want {
			t.Errorf("at %d of %d it says %q, want %q", step.done, step.total, got, step.want)
		}
	}
}
