package terminal

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// Bar shows how far long work has come, with the time left: on a terminal, and
// nowhere else.
type Bar struct {
	progress *mpb.Progress
	bar      *mpb.Bar
	pace     pace
	words    atomic.Pointer[words] // read by the goroutine that draws
}

// words stand before and behind the bar.
type words struct{ label, left string }

// pace tells how long work still takes, from how it went since it was first heard
// of: what a run that is gone on with had done before took no time of ours.
type pace struct {
	began time.Time
	first int // done by then
}

// left is known as soon as the beginning, which is slower than the rest, is over.
func (p *pace) left(now time.Time, done, total int) (left time.Duration, known bool) {
	if p.began.IsZero() {
		p.began, p.first = now, done
	}
	took := now.Sub(p.began)
	if took < 3*time.Second || done <= p.first {
		return 0, false
	}
	return time.Duration(float64(took) / float64(done-p.first) * float64(total-done)), true
}

// NewBar starts a bar on w. Call Close at the end.
func NewBar(w io.Writer) *Bar {
	b := &Bar{}
	b.words.Store(&words{})
	if !Is(w) {
		return b
	}
	b.progress = mpb.New(mpb.WithOutput(w), mpb.WithWidth(40))
	b.bar = b.progress.AddBar(0,
		mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return b.words.Load().label }, decor.WCSyncSpaceR)),
		mpb.AppendDecorators(decor.Percentage(decor.WCSyncSpace), decor.Any(func(decor.Statistics) string { return b.words.Load().left })))
	return b
}

// Set moves the bar and changes what stands before it.
func (b *Bar) Set(done, total int, label string) {
	if b.bar == nil {
		return
	}
	said := words{label: label}
	if left, known := b.pace.left(time.Now(), done, total); known {
		said.left = fmt.Sprintf("  %v left", left.Round(time.Second))
	}
	b.words.Store(&said)
	b.bar.SetTotal(int64(total), false)
	b.bar.SetCurrent(int64(done))
}

// Print writes a line to w; where the bar shares w's terminal, above it.
func (b *Bar) Print(w io.Writer, line string) {
	if b.bar != nil && Is(w) {
		w = b.progress
	}
	fmt.Fprintln(w, line) // a line that is lost harms nobody
}

// Close takes the bar away.
func (b *Bar) Close() {
	if b.bar == nil {
		return
	}
	b.bar.Abort(true)
	b.progress.Wait()
}
