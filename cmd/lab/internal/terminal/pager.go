package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/term"
)

// Page writes text. On a terminal that it does not fit on, it opens a pager, the
// same on every system; elsewhere it writes all of it.
func Page(in io.Reader, out io.Writer, text string) error {
	screen, ok := out.(*os.File)
	keys, typed := in.(*os.File)
	if !ok || !typed || !Is(out) || !IsInput(in) || Dumb() {
		_, err := io.WriteString(out, text)
		return err
	}
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	if _, height, err := term.GetSize(int(screen.Fd())); err != nil || len(lines) < height {
		_, err := io.WriteString(out, text)
		return err
	}
	before, err := term.MakeRaw(int(keys.Fd()))
	if err != nil {
		_, err := io.WriteString(out, text)
		return err
	}
	defer term.Restore(int(keys.Fd()), before)
	fmt.Fprint(screen, "\x1b[?1049h\x1b[?25l\x1b[?7l") // another screen, no cursor, no wrapping
	defer fmt.Fprint(screen, "\x1b[?7h\x1b[?25h\x1b[?1049l")
	p := &pager{text: lines}
	buffer := make([]byte, 64)
	for {
		width, height, err := term.GetSize(int(screen.Fd()))
		if err != nil {
			return fmt.Errorf("ask for the size of the terminal: %w", err)
		}
		p.fit(width, height)
		if _, err := io.WriteString(screen, p.screen()); err != nil {
			return err
		}
		n, err := keys.Read(buffer)
		if err != nil || n == 0 {
			return nil // nobody is there any more
		}
		if p.press(string(buffer[:n])) {
			return nil
		}
	}
}

// A pager knows which lines stand on the screen. It moves by the keys of less.
type pager struct {
	text   []string
	lines  []string // the text, broken where the screen is too narrow for it
	of     []int    // for each line, which of the text it belongs to
	width  int
	height int // lines on the screen, that at the bottom not counted
	top    int // the first of them

	asking bool   // a search is being typed
	search string // what is searched for
	found  int    // the line where it was found last
	missed bool   // it was not found
}

// fit breaks the text for a screen of this size: what goes beyond its edge would be
// lost. The line at the top stays there.
func (p *pager) fit(width, height int) {
	p.height = max(1, height-1)
	if width = max(1, width); width == p.width {
		return
	}
	at := 0
	if p.top < len(p.of) {
		at = p.of[p.top]
	}
	p.width, p.lines, p.of = width, nil, nil
	for i, line := range p.text {
		if i == at {
			p.top = len(p.lines)
		}
		for part := range strings.SplitSeq(ansi.Hardwrap(line, width, true), "\n") {
			p.lines, p.of = append(p.lines, part), append(p.of, i)
		}
	}
	p.found = p.top
}

// screen is what to write for the lines on it.
func (p *pager) screen() string {
	p.top = max(0, min(p.top, len(p.lines)-p.height))
	var b strings.Builder
	b.WriteString("\x1b[H")
	for i := range p.height {
		b.WriteString("\x1b[K") // first: behind a line as wide as the screen it would take the last letter
		if at := p.top + i; at < len(p.lines) {
			b.WriteString(p.lines[at])
		}
		b.WriteString("\r\n")
	}
	b.WriteString("\x1b[7m" + p.bottom() + "\x1b[0m\x1b[K")
	return b.String()
}

// bottom is the last line.
func (p *pager) bottom() string {
	switch {
	case p.asking:
		return "/" + p.search
	case p.missed:
		return fmt.Sprintf(" %q is not below ", p.search)
	}
	seen := min(len(p.lines), p.top+p.height)
	return fmt.Sprintf(" %d%%   space: on   b: back   /: search   q: end ", 100*seen/len(p.lines))
}

// press takes keys, of which several may come at once.
func (p *pager) press(keys string) (leave bool) {
	for keys != "" {
		key := keys[:1]
		for _, long := range []string{"\x1b[A", "\x1b[B", "\x1bOA", "\x1bOB", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\x1b[1~", "\x1b[4~"} {
			if strings.HasPrefix(keys, long) {
				key = long
			}
		}
		keys = keys[len(key):]
		if p.asking {
			p.letter(key)
		} else if p.command(key) {
			return true
		}
		p.top = max(0, min(p.top, len(p.lines)-p.height))
	}
	return false
}

// command does what a key asks for outside of a search.
func (p *pager) command(key string) (leave bool) {
	p.missed = false
	switch key {
	case "q", "Q", "\x03", "\x04", "\x1b": // Ctrl-C, Ctrl-D, Escape
		return true
	case " ", "f", "\x1b[6~":
		p.top += p.height
	case "b", "\x1b[5~":
		p.top -= p.height
	case "d":
		p.top += p.height / 2
	case "u":
		p.top -= p.height / 2
	case "j", "\r", "\n", "\x1b[B", "\x1bOB":
		p.top++
	case "k", "\x1b[A", "\x1bOA":
		p.top--
	case "g", "\x1b[H", "\x1b[1~":
		p.top = 0
	case "G", "\x1b[F", "\x1b[4~":
		p.top = len(p.lines)
	case "/":
		p.asking, p.search, p.found = true, "", p.top
	case "n":
		p.find()
	}
	return false
}

// letter adds to what is searched for, and begins the search at Enter.
func (p *pager) letter(key string) {
	switch {
	case key == "\r" || key == "\n":
		p.asking = false
		p.find()
	case key == "\x7f" || key == "\b":
		letters := []rune(p.search)
		p.search = string(letters[:max(0, len(letters)-1)])
	case key == "\x1b" || key == "\x03":
		p.asking, p.search = false, ""
	case key >= " " && len(key) == 1:
		p.search += key
	}
}

// find goes to the next line below the first that has what is searched for, in
// large letters or small.
func (p *pager) find() {
	if p.search == "" {
		return
	}
	from := p.top
	if p.found < p.top+p.height { // the last lines cannot come to the top
		from = max(from, p.found)
	}
	for i := from + 1; i < len(p.lines); i++ {
		if strings.Contains(strings.ToLower(ansi.Strip(p.lines[i])), strings.ToLower(p.search)) {
			p.top, p.found = i, i
			return
		}
	}
	p.missed = true
}
