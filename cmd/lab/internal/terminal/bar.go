package terminal

import (
	"fmt"
	"io"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// Bar shows how far long work has come, with the time left: on a terminal, and
// nowhere else.
type Bar struct {
	progress *mpb.Progress
	bar      *mpb.Bar
	label    string
}

// NewBar starts a bar on w. Call Close at the end.
func NewBar(w io.Writer) *Bar {
	b := &Bar{}
	if !Is(w) {
		return b
	}
	b.progress = mpb.New(mpb.WithOutput(w), mpb.WithWidth(40))
	b.bar = b.progress.AddBar(0,
		mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return b.label }, decor.WCSyncSpaceR)),
		mpb.AppendDecorators(decor.Percentage(decor.WCSyncSpace), decor.Name("  "), decor.AverageETA(decor.ET_STYLE_GO)))
	return b
}

// Set moves the bar and changes what stands before it.
func (b *Bar) Set(done, total int, label string) {
	if b.bar == nil {
		return
	}
	b.label = label
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
