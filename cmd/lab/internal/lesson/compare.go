package lesson

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// matches tells whether a cell printed what the lesson says. Three dots in want
// match anything. With a tolerance, numbers may differ by tol, or by tol times
// the number if that is more, and white space in any amount is the same. A bar
// of a chart then counts as its length, and may always differ by one block.
// Space at the ends of lines never counts.
func matches(got, want string, tol float64) bool {
	e := within(tol)
	return e.glob(e.tokens(got, false), e.tokens(want, true))
}

// Prints finds in what the cell printed what says the same as figure, which is a
// line of its output or a part of one: as exactly as the lesson asks for. If
// nothing does, it returns the line that comes nearest.
func (c Cell) Prints(printed, figure string) (found string, same bool) {
	e := within(c.Tol)
	want := e.tokens(figure, false)
	most := 0
	for line := range strings.Lines(printed) {
		got := e.tokens(line, false)
		for i := range got {
			if end := i + len(want); end <= len(got) && slices.EqualFunc(got[i:end], want, e.same) {
				return strings.Join(got[i:end], ""), true
			}
		}
		if n := common(got, want); n > most {
			most, found = n, strings.TrimSpace(line)
		}
	}
	return found, false
}

// common counts the words and numbers of a that b has, too.
func common(a, b []string) (n int) {
	for _, token := range a {
		if !isSpace(token) && slices.Contains(b, token) {
			n++
		}
	}
	return n
}

// equality says what a text is cut into, and which pieces are the same.
type equality struct {
	plain, wild *regexp.Regexp // the tokens of what was printed, and of the lesson
	same        func(got, want string) bool
}

// anything is the token that matches any number of tokens. Where a bar may stand
// in its place, the space before a bar does.
const anything = "..."

func isAnything(token string) bool { return strings.TrimLeft(token, " \t") == anything }

const (
	dotsPattern  = `\.\.\.|`
	tokenPattern = `[-+]?\d+(\.\d+)?([eE][-+]?\d+)?|[ \t]+|\n|\p{L}+|.`
	// A bar stands behind a space, which tells it from a line of small blocks: ▁▆██▂.
	barPattern = `[ \t]+(█+[▏▎▍▌▋▊▉]?|[▏▎▍▌▋▊▉]|░+)|`
)

var (
	exact = equality{regexp.MustCompile(tokenPattern), regexp.MustCompile(dotsPattern + tokenPattern), func(got, want string) bool { return got == want }}

	plainBars, wildBars = regexp.MustCompile(barPattern + tokenPattern), regexp.MustCompile(`[ \t]*` + dotsPattern + barPattern + tokenPattern)
)

// within is the equality of numbers and bars that may differ by tol.
func within(tol float64) equality {
	if tol == 0 {
		return exact
	}
	return equality{plainBars, wildBars, func(got, want string) bool { return same(got, want, tol) }}
}

func (e equality) tokens(s string, wild bool) []string {
	lines := strings.Split(strings.TrimRight(s, " \t\r\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r")
	}
	s = strings.Join(lines, "\n")
	if wild {
		return e.wild.FindAllString(s, -1)
	}
	return e.plain.FindAllString(s, -1)
}

// glob matches got against a pattern. After a wildcard the shortest match is
// tried first; what follows the last wildcard is tried at every place, so that
// looking back at the one before is never needed. A bar may be so short that
// one side does not show it: then it is passed over.
func (e equality) glob(got, pattern []string) bool {
	g, p := 0, 0
	wild, from := -1, 0 // the last wildcard, and how far it reaches
	for g < len(got) {
		switch {
		case p < len(pattern) && isAnything(pattern[p]):
			wild, from = p, g
			p++
		case p < len(pattern) && e.same(got[g], pattern[p]):
			g, p = g+1, p+1
		case p < len(pattern) && isBar(pattern[p]) && e.same("", pattern[p]):
			p++
		case isBar(got[g]) && e.same(got[g], ""):
			g++
		case wild >= 0:
			from++
			g, p = from, wild+1
		default:
			return false
		}
	}
	for p < len(pattern) && (isAnything(pattern[p]) || isBar(pattern[p]) && e.same("", pattern[p])) {
		p++
	}
	return p == len(pattern)
}

func same(got, want string, tol float64) bool {
	if got == want || isSpace(got) && isSpace(want) {
		return true
	}
	if isBar(got) || isBar(want) {
		g, ok1 := length(got)
		w, ok2 := length(want)
		return ok1 && ok2 && math.Abs(g-w) <= max(1, tol*math.Abs(w))
	}
	g, err1 := strconv.ParseFloat(got, 64)
	w, err2 := strconv.ParseFloat(want, 64)
	return err1 == nil && err2 == nil && math.Abs(g-w) <= tol*max(1, math.Abs(w))
}

func isSpace(token string) bool { return strings.Trim(token, " \t") == "" }

func isBar(token string) bool { return !isSpace(token) && strings.ContainsAny(token[:1], " \t") }

// length is that of a bar in blocks, below zero if the bar is hollow. No bar at
// all has length 0.
func length(bar string) (blocks float64, ok bool) {
	if bar != "" && !isBar(bar) {
		return 0, false
	}
	for _, block := range strings.TrimLeft(bar, " \t") {
		switch block {
		case '█':
			blocks++
		case '░':
			blocks--
		default: // ▏ is an eighth, ▉ seven: the letters go from █ down
			blocks += 1 - float64(block-'█')/8
		}
	}
	return blocks, true
}
