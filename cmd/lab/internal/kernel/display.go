package kernel

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"reslab/cmd/lab/internal/cell"
	"reslab/lessons/lab"
)

const (
	mostDisplays = 500      // displays of one cell; updates are not counted
	mostDrawn    = 16 << 20 // bytes of one display's data
	mostText     = 16 << 10 // bytes of a value's text
	pace         = 100 * time.Millisecond
)

// displays sends what cells show. Updates that follow each other faster than
// pace are left out, but for the last of a cell.
type displays struct {
	send func(t Type, cell int64, body any)

	mu     sync.Mutex
	cell   int64
	accept []Kind
	live   []Kind // accepted for what changes in place
	last   int64  // display
	count  int    // in this cell
	lives  map[int64]*live
	step   live // of the progress
}

// A live is a display that is updated.
type live struct {
	display int64
	sent    time.Time
	waits   any // what it shall show, nil if it does
}

// begin starts the displays of a cell.
func (d *displays) begin(cell int64, accept []Kind) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cell, d.accept, d.count, d.lives, d.step = cell, accept, 0, map[int64]*live{}, live{}
	d.live = accept
	if slices.Contains(accept, Figure) { // smaller, and drawn faster
		d.live = slices.DeleteFunc(slices.Clone(accept), func(k Kind) bool { return k == ECharts })
	}
}

// end sends what waits.
func (d *displays) end() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, l := range d.lives {
		if l.waits != nil {
			d.update(l, l.waits)
		}
	}
	if d.step.waits != nil {
		d.progress(d.step.waits.(lab.Step))
	}
}

// show is the sink of package lab.
func (d *displays) show(v any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch v := v.(type) {
	case lab.Step:
		d.step.waits = v
		if d.step.due() {
			d.progress(v)
		}
	case lab.Update:
		l, known := d.lives[v.Live]
		if !known {
			l = &live{}
			d.lives[v.Live] = l
		}
		if l.due() {
			d.update(l, v.Value)
		} else {
			l.waits = v.Value
		}
	default:
		d.one(v, d.accept, false)
	}
}

func (l *live) due() bool { return time.Since(l.sent) >= pace }

func (d *displays) progress(s lab.Step) {
	d.step = live{sent: time.Now()}
	d.send(TypeProgress, d.cell, Progress{Done: s.Done, Total: s.Total, Label: s.Label})
}

// update shows v in the place of what l shows.
func (d *displays) update(l *live, v any) {
	l.waits = nil
	if l.display == 0 {
		l.display = d.one(v, d.live, false)
	} else {
		shown := d.render(v, d.live)
		shown.ID, shown.Update = l.display, true
		d.send(TypeDisplay, d.cell, shown)
	}
	l.sent = time.Now()
}

// one shows v in a display of its own and returns its number.
func (d *displays) one(v any, accept []Kind, result bool) int64 {
	d.count++
	d.last++
	if d.count > mostDisplays {
		if d.count == mostDisplays+1 {
			d.send(TypeStream, d.cell, Stream{Name: "notice", Text: fmt.Sprintf("[This cell shows more than %d things. The rest is left out.]\n", mostDisplays)})
		}
		return d.last
	}
	shown := d.render(v, accept)
	shown.ID, shown.Result = d.last, result
	d.send(TypeDisplay, d.cell, shown)
	return d.last
}

// render draws v in the best kind that is accepted, and as text.
func (d *displays) render(v any, accept []Kind) (shown Display) {
	defer func() {
		if p := recover(); p != nil { // a tensor whose shape is not that of its data, say
			problem := fmt.Sprintf("a %T that cannot be shown: %v\n", v, p)
			shown = Display{Kind: Text, Data: problem, Text: problem}
		}
	}()
	var text strings.Builder
	lab.Terminal(&text)(v)
	plain := shorten(text.String(), mostText)
	kind, data, err := draw(v, accept)
	switch {
	case err != nil:
		plain += err.Error() + "\n"
	case len(data) > mostDrawn:
		plain += fmt.Sprintf("[Its drawing has %d MB, which is too large to show.]\n", len(data)>>20)
	case kind != Text:
		return Display{Kind: kind, Data: data, Text: plain}
	}
	return Display{Kind: Text, Data: plain, Text: plain}
}

// shorten leaves the beginning and the end of a long text.
func shorten(text string, most int) string {
	if len(text) <= most {
		return text
	}
	head, tail := text[:most/2], text[len(text)-most/2:]
	return fmt.Sprintf("%s\n[%d bytes are left out]\n%s", strings.ToValidUTF8(head, ""), len(text)-most, strings.ToValidUTF8(tail, ""))
}

// result shows the value of a cell's last expression.
func (d *displays) result(r cell.Result) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if r.Any != nil {
		d.one(r.Any, d.accept, true)
		return
	}
	d.one(r.Value, d.accept, true)
}
