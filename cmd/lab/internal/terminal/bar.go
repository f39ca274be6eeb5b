package terminal

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/vbauerster/cupwriter"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// Bar shows how far long work has come, with the time left: on a terminal, and
// nowhere else.
type Bar struct {
	progress *mpb.Progress
	bar      *mpb.Bar

	mu    sync.Mutex // the drawing goes on beside the work
	label string
	pace  pace
}

// NewBar starts a bar on w. Call Close at the end.
func NewBar(w io.Writer) *Bar {
	b := &Bar{}
	file, ok := w.(*os.File)
	if !ok || !Is(w) || Dumb() {
		return b
	}
	screen := cupwriter.New(leftmost{file}, false)
	screen.SetTermFd(int(file.Fd()))
	b.progress = mpb.New(mpb.WithConsoleWriter(screen), mpb.WithWidth(40))
	words := func(of func() string) decor.Decorator {
		return decor.Any(func(decor.Statistics) string {
			b.mu.Lock()
			defer b.mu.Unlock()
			return of()
		}, decor.WCSyncSpaceR)
	}
	b.bar = b.progress.AddBar(0,
		mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(words(func() string { return b.label })),
		mpb.AppendDecorators(decor.Percentage(decor.WCSyncSpace), decor.Name("  "), words(func() string { return b.pace.left() })))
	return b
}

// leftmost begins what it writes at the left edge. A bar is drawn over from there,
// wherever a Ctrl-C, which terminals show, has put the cursor.
type leftmost struct{ to io.Writer }

func (l leftmost) Write(text []byte) (int, error) {
	n, err := l.to.Write(append([]byte{'\r'}, text...))
	return max(0, n-1), err
}

// Label changes what stands before the bar, before there is anything to count.
func (b *Bar) Label(label string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.label = label
}

// Set moves the bar and changes what stands before it.
func (b *Bar) Set(done, total int, label string) {
	if b.bar == nil {
		return
	}
	b.mu.Lock()
	b.label = label
	b.pace.hear(done, total, time.Now())
	b.mu.Unlock()
	b.bar.SetTotal(int64(total), false)
	b.bar.SetCurrent(int64(done))
}

// A pace tells from how fast something went how long the rest takes. What came
// before the first news, and that itself, is not counted: preparing takes a time
// of its own.
type pace struct {
	from, done, total int
	began, last       time.Time
}

func (p *pace) hear(done, total int, now time.Time) {
	if p.began.IsZero() || done < p.done { // another part of the work
		p.from, p.began = done, now
	}
	p.done, p.total, p.last = done, total, now
}

// left is the time left in words; empty while nobody knows it.
func (p *pace) left() string {
	if p.done <= p.from || p.done >= p.total {
		return ""
	}
	each := p.last.Sub(p.began) / time.Duration(p.done-p.from)
	left := each * time.Duration(p.total-p.done)
	return max(left, time.Second).Round(time.Second).String() + " left"
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
