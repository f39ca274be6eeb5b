package repl

import (
	"fmt"
	"io"
	"strings"
	"time"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/terminal"
)

// screen draws on a terminal what changes in place: a display that is updated
// while a net trains, and a bar below it. A nil screen draws nothing.
type screen struct {
	out      io.Writer
	protocol protocol

	last  int64  // the display that was printed last, and nothing after it; 0 for none
	lines int    // how high it is
	bar   string // what stands in the last line; "" for none
	began time.Time
	late  *kernel.Display // an update of a display further up, to be shown at the end
}

func newScreen(out io.Writer) *screen {
	return &screen{out: out, protocol: protocolOf(environment)}
}

// accepts returns the kinds of displays that the terminal can draw.
func (s *screen) accepts() []kernel.Kind {
	switch {
	case s == nil:
		return nil
	case s.protocol == letters:
		return []kernel.Kind{kernel.Letters}
	}
	return []kernel.Kind{kernel.PNG, kernel.Letters}
}

// see draws an event, if it is one for the screen.
func (s *screen) see(e kernel.Event) bool {
	if s == nil {
		return false
	}
	switch e := e.(type) {
	case kernel.Progress:
		s.progress(e)
		return true
	case kernel.Display:
		s.display(e)
		return true
	}
	return false
}

// clear makes room for what is printed next.
func (s *screen) clear() {
	if s == nil {
		return
	}
	s.clearBar()
	s.last = 0
}

// settle leaves things as they shall stay when an input has ended.
func (s *screen) settle() {
	if s == nil {
		return
	}
	s.clearBar()
	if s.late != nil {
		fmt.Fprint(s.out, s.drawing(*s.late))
	}
	s.last, s.late, s.began = 0, nil, time.Time{}
}

// display prints a display, or an update in the place of what it shows.
func (s *screen) display(d kernel.Display) {
	bar := s.bar
	s.clearBar()
	if d.Update && d.ID != s.last {
		s.late = &d // something was printed below: its place is gone
		s.drawBar(bar)
		return
	}
	text := s.drawing(d)
	if d.Update {
		fmt.Fprintf(s.out, "\x1b[%dA\r\x1b[J", s.lines)
	}
	fmt.Fprint(s.out, text)
	s.last, s.lines = d.ID, max(1, s.height(d, text))
	s.drawBar(bar)
}

// drawing returns what draws the display.
func (s *screen) drawing(d kernel.Display) string {
	switch d.Kind {
	case kernel.PNG:
		drawn, err := s.protocol.encode(d.Data)
		if err == nil {
			return drawn
		}
	case kernel.Letters:
		return unwrapped(line(d.Data), terminal.Width(s.out))
	}
	return line(terminal.Sentences(d.Text, terminal.Width(s.out)))
}

// unwrapped cuts a drawing at the edge of a terminal that is too narrow for it:
// broken lines would show nothing, and there would be more of them than counted.
func unwrapped(drawing string, columns int) string {
	for text := range strings.Lines(drawing) {
		if terminal.Columns(strings.TrimSuffix(text, "\n")) > columns {
			return "\x1b[?7l" + drawing + "\x1b[?7h"
		}
	}
	return drawing
}

// height is how many lines a drawing takes.
func (s *screen) height(d kernel.Display, text string) int {
	if d.Kind == kernel.PNG {
		return rows
	}
	return strings.Count(text, "\n")
}

// progress draws the bar, with the time that is left.
func (s *screen) progress(p kernel.Progress) {
	if s.began.IsZero() {
		s.began = time.Now()
	}
	s.clearBar()
	share := 0.0
	if p.Total > 0 {
		share = min(1, float64(p.Done)/float64(p.Total))
	}
	left := ""
	if elapsed := time.Since(s.began); share > 0 && elapsed > time.Second {
		left = fmt.Sprintf(", %v left", time.Duration(float64(elapsed)*(1-share)/share).Round(time.Second))
	}
	s.drawBar(barOf(p.Label, share, fmt.Sprintf("%.0f %%%s", 100*share, left), terminal.Width(s.out)-1))
}

// barOf draws a bar between its label and some words, in one line of so many
// columns at most: what goes on in a second line could not be cleared.
func barOf(label string, share float64, words string, columns int) string {
	const most, least = 30, 5
	room := columns - len([]rune(words)) - 2 // for label and bar
	if letters := []rune(label); len(letters) > room-least {
		label = string(letters[:max(0, room-least-1)]) + "…"
	}
	width := max(0, min(most, room-len([]rune(label))))
	done := int(share * float64(width))
	return label + " " + strings.Repeat("█", done) + strings.Repeat("░", width-done) + " " + words
}

func (s *screen) drawBar(bar string) {
	s.bar = bar
	fmt.Fprint(s.out, bar)
}

func (s *screen) clearBar() {
	if s.bar != "" {
		fmt.Fprint(s.out, "\r\x1b[K")
		s.bar = ""
	}
}
