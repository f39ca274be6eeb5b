package repl

import (
	"bytes"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/kernel"
)

// What a check says is longer than a line, and no word of it is broken.
func TestVerdictIsWrapped(t *testing.T) {
	said := strings.TrimSpace(strings.Repeat("nudge x by 0.001. ", 12))
	var out bytes.Buffer
	(&screen{out: &out}).see(kernel.Display{Kind: kernel.Verdict, Text: said})
	for _, line := range strings.Split(out.String(), "\n") {
		if len(line) > 80 {
			t.Errorf("a line of %d letters: %s", len(line), line)
		}
	}
	if strings.Join(strings.Fields(out.String()), " ") != said {
		t.Errorf("it says\n%s", &out)
	}
}
