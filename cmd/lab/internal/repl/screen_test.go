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

func TestBarFits(t *testing.T) {
	for _, c := range []struct {
		label   string
		columns int
		want    string
	}{
		{"train", 80, "train " + strings.Repeat("█", 15) + strings.Repeat("░", 15) + " 50 %, 2s left"},
		{"train", 40, "train " + strings.Repeat("█", 10) + strings.Repeat("░", 10) + " 50 %, 2s left"},
		{"residual-56 beside plain-56", 40, "residual-56 beside … ██░░░ 50 %, 2s left"},
	} {
		got := barOf(c.label, 0.5, "50 %, 2s left", c.columns)
		if got != c.want || len([]rune(got)) > c.columns {
			t.Errorf("%q in %d columns: %q, want %q", c.label, c.columns, got, c.want)
		}
	}
}

func TestNarrowTerminalsCutDrawings(t *testing.T) {
	const drawing = "\x1b[1mtitle\x1b[0m\n█████████\n"
	if got := unwrapped(drawing, 9); got != drawing {
		t.Errorf("a drawing that fits became %q", got)
	}
	if got := unwrapped(drawing, 8); got != "\x1b[?7l"+drawing+"\x1b[?7h" {
		t.Errorf("a drawing that is too wide became %q", got)
	}
}
