package terminal

import (
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	text := strings.Repeat("word ", 30)
	lines := strings.Split(Wrap(text, "- ", "  ", 78), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "- word") || !strings.HasPrefix(lines[1], "  word") {
		t.Errorf("got %q", lines)
	}
	for _, line := range lines {
		if len(line) > 78 {
			t.Errorf("line of %d: %q", len(line), line)
		}
	}
	if got := Wrap(strings.Repeat("x", 100), "", "", 78); len(got) != 100 {
		t.Errorf("a long word was cut: %q", got)
	}
}
