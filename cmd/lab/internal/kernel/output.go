package kernel

import (
	"fmt"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	mostOutput = 1 << 20  // bytes of a cell's output that are sent as they come
	mostTail   = 8 << 10  // bytes of its end that are sent behind, if there were more
	mostBatch  = 32 << 10 // bytes that wait to be sent together
	batchTime  = 10 * time.Millisecond
)

// An output sends what cells print, in batches. Of a flood it sends the
// beginning and the end.
type output struct {
	send func(cell int64, s Stream)

	mu      sync.Mutex
	cell    int64  // the one that runs, or ran last
	name    string // the stream that the batch is of
	batch   []byte
	sent    int
	dropped int // bytes between what was sent and the tail
	tail    []byte
	timer   *time.Timer
}

func newOutput(send func(cell int64, s Stream)) *output {
	o := &output{send: send}
	o.timer = time.AfterFunc(time.Hour, o.flush)
	o.timer.Stop()
	return o
}

// begin starts the output of a cell.
func (o *output) begin(cell int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushLocked(true)
	o.cell, o.sent, o.dropped, o.tail = cell, 0, 0, nil
}

// writer returns what takes the text of a stream.
func (o *output) writer(name string) func([]byte) {
	return func(text []byte) {
		if len(text) == 0 {
			return
		}
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.name != name {
			o.flushLocked(true)
			o.name = name
		}
		o.add(text)
	}
}

func (o *output) add(text []byte) {
	room := max(0, mostOutput-o.sent-len(o.batch))
	now, rest := text[:min(room, len(text))], text[min(room, len(text)):]
	if len(o.batch) == 0 && len(now) > 0 {
		o.timer.Reset(batchTime)
	}
	o.batch = append(o.batch, now...)
	if len(o.batch) >= mostBatch {
		o.flushLocked(false)
	}
	if len(rest) == 0 {
		return
	}
	if len(o.tail) == 0 {
		o.flushLocked(true)
		o.notice(fmt.Sprintf("\n[This cell prints more than %d KB. From here on only the end is kept.]\n", mostOutput>>10))
	}
	o.tail = append(o.tail, rest...)
	if extra := len(o.tail) - mostTail; extra > mostTail {
		o.dropped += extra
		o.tail = append(o.tail[:0], o.tail[extra:]...)
	}
}

func (o *output) notice(text string) { o.send(o.cell, Stream{Name: "notice", Text: text}) }

// end sends what is left of a cell's output.
func (o *output) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushLocked(true)
	if len(o.tail) == 0 {
		return
	}
	if extra := len(o.tail) - mostTail; extra > 0 {
		o.dropped += extra
		o.tail = o.tail[extra:]
	}
	for len(o.tail) > 0 && !utf8.RuneStart(o.tail[0]) {
		o.dropped++
		o.tail = o.tail[1:]
	}
	o.notice(fmt.Sprintf("[%d bytes are left out. The end:]\n", o.dropped))
	o.send(o.cell, Stream{Name: o.name, Text: string(o.tail)})
	o.tail, o.dropped = nil, 0
}

func (o *output) flush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushLocked(false)
}

// flushLocked sends the batch; but for the bytes of an unfinished rune at its end,
// unless all must go.
func (o *output) flushLocked(all bool) {
	o.timer.Stop()
	whole := len(o.batch)
	if !all {
		whole -= unfinished(o.batch)
	}
	if whole > 0 {
		o.send(o.cell, Stream{Name: o.name, Text: string(o.batch[:whole])})
		o.sent += whole
		o.batch = append(o.batch[:0], o.batch[whole:]...)
	}
}

// unfinished returns how many bytes at the end of text begin a rune that is not
// all there.
func unfinished(text []byte) int {
	for n := 1; n <= min(utf8.UTFMax-1, len(text)); n++ {
		if b := text[len(text)-n]; utf8.RuneStart(b) {
			if utf8.FullRune(text[len(text)-n:]) {
				return 0
			}
			return n
		}
	}
	return 0
}
