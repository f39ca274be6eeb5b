package lesson

import (
	"strings"

	"reslab/cmd/lab/internal/kernel"
)

// A transcript is what a cell printed and showed. An update takes the place of
// what its display showed before: how many there were depends on the clock.
type transcript struct {
	parts  []string
	places map[int64]int // of displays
}

func (t *transcript) reset() { t.parts, t.places = nil, map[int64]int{} }

func (t *transcript) write(text string) { t.parts = append(t.parts, text) }

func (t *transcript) show(d kernel.Display) {
	if at, known := t.places[d.ID]; known && d.Update {
		t.parts[at] = d.Text
		return
	}
	t.places[d.ID] = len(t.parts)
	t.write(d.Text)
}

func (t *transcript) String() string { return strings.Join(t.parts, "") }
