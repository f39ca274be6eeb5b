package lesson

import (
	"testing"

	"reslab/cmd/lab/internal/kernel"
)

func TestTranscriptKeepsTheLastUpdate(t *testing.T) {
	var tr transcript
	tr.reset()
	tr.write("before\n")
	tr.show(kernel.Display{ID: 1, Text: "first\n"})
	tr.show(kernel.Display{ID: 2, Text: "other\n"})
	tr.show(kernel.Display{ID: 1, Update: true, Text: "last\n"})
	tr.show(kernel.Display{ID: 7, Update: true, Text: "late\n"}) // of a display that it has not seen
	if got := tr.String(); got != "before\nlast\nother\nlate\n" {
		t.Errorf("got %q", got)
	}
}
