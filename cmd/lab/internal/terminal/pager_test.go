package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// A pager is driven by its keys.
func TestPager(t *testing.T) {
	p := &pager{height: 10}
	for i := range 100 {
		p.lines = append(p.lines, fmt.Sprintf("line %d", i))
	}
	p.lines[50] = Coloured.Bold("Fifty here")
	for _, step := range []struct {
		keys string
		top  int
	}{
		{" ", 10}, {"f\x1b[6~", 30}, {"b", 20}, {"jj", 22}, {"k\x1b[A", 20}, {"d", 25}, {"u", 20}, {"bbbb", 0},
		{"G", 90}, {"\x1b[B", 90}, {"g", 0}, {"/fifty HERE\r", 50}, {"n", 50}, {"g/lime\x7f\x7fne 95\r", 90}, {"n", 90}, {"/q\x1b", 90},
	} {
		if leave := p.press(step.keys); leave || p.top != step.top {
			t.Errorf("after %q the pager is at %d, not %d (it ends: %v)", step.keys, p.top, step.top, leave)
		}
	}
	if screen := p.screen(); !strings.Contains(screen, "line 99") || !strings.Contains(screen, "100%") {
		t.Errorf("the last screen is %q", screen)
	}
	p.press("g/nowhere\r")
	if !strings.Contains(p.screen(), `"nowhere" is not below`) {
		t.Error("it does not say that nothing was found")
	}
	for _, key := range []string{"q", "\x03", "\x1b"} {
		if !p.press(key) {
			t.Errorf("%q does not end it", key)
		}
	}
}

// What is too wide for the screen goes on below, and the place is kept when the
// screen becomes narrower.
func TestPagerBreaksLongLines(t *testing.T) {
	p := &pager{text: []string{"short", "0123456789" + Coloured.Bold("abcdef"), "last", "end", "ende"}}
	p.fit(20, 3)
	if p.press("jj"); p.lines[p.top] != "last" {
		t.Errorf("at the top is %q", p.lines[p.top])
	}
	p.fit(12, 3)
	var plain []string
	for _, line := range p.lines {
		plain = append(plain, ansi.Strip(line))
	}
	if got := strings.Join(plain, "|"); got != "short|0123456789ab|cdef|last|end|ende" || p.lines[p.top] != "last" {
		t.Errorf("the lines are %s, with %q at the top", got, p.lines[p.top])
	}
	if screen := p.screen(); !strings.Contains(screen, "\x1b[Klast\r\n") {
		t.Errorf("the last letter of a full line is cleared: %q", screen)
	}
	if p.press("g/cdef\r"); p.top != 2 {
		t.Errorf("what stands behind the edge was found at %d", p.top)
	}
}

// Where there is no terminal everything is written.
func TestPageInAPipe(t *testing.T) {
	var b strings.Builder
	text := strings.Repeat("line\n", 1000)
	if err := Page(os.Stdin, &b, text); err != nil || b.String() != text {
		t.Errorf("%v, %d bytes", err, b.Len())
	}
}

func TestStyle(t *testing.T) {
	if got := Coloured.Bold("two words\nhere"); got != "\x1b[1mtwo\x1b[0m \x1b[1mwords\x1b[0m\n\x1b[1mhere\x1b[0m" || Columns(got) != len("two words\nhere")-1 {
		t.Errorf("got %q of %d columns", got, Columns(got))
	}
	if got := StyleOf(io.Discard).Bad("no"); got != "no" {
		t.Errorf("a pipe is coloured: %q", got)
	}
	if Columns("卷积") != 4 {
		t.Error("a Chinese letter takes two columns")
	}
	source := "func f(n int) string { return `a` + \"b\" } // 3"
	if got := Coloured.Go(source); ansi.Strip(got) != source || !strings.Contains(got, "\x1b[35mfunc\x1b[0m f(n \x1b[34mint\x1b[0m)") {
		t.Errorf("got %q", got)
	}
}
