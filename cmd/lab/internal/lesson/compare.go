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
// the number if that is more, and white space in any amount is the same. Space
// at the ends of lines never counts.
func matches(got, want string, tol float64) bool {
	g, w := tokens(got, false), tokens(want, true)
	return glob(g, w, func(got, want string) bool { return same(got, want, tol) })
}

// Prints finds in what the cell printed what says the same as figure, which is a
// line of its output or a part of one: as exactly as the lesson asks for. If
// nothing does, it returns the line that comes nearest.
func (c Cell) Prints(printed, figure string) (found string, same bool) {
	want := tokens(figure, false)
	most := 0
	for line := range strings.Lines(printed) {
		got := tokens(line, false)
		for i := range got {
			if end := i + len(want); end <= len(got) && slices.EqualFunc(got[i:end], want, c.alike) {
				return strings.Join(got[i:end], ""), true
			}
		}
		if n := common(got, want); n > most {
			most, found = n, strings.TrimSpace(line)
		}
	}
	return found, false
}

// alike compares two tokens as the cell allows.
func (c Cell) alike(got, want string) bool { return same(got, want, c.Tol) }

// common counts the words and numbers of a that b has, too.
func common(a, b []string) (n int) {
	for _, token := range a {
		if !isSpace(token) && slices.Contains(b, token) {
			n++
		}
	}
	return n
}

// anything is the token that matches any number of tokens.
const anything = "..."

var (
	wildToken  = regexp.MustCompile(`\.\.\.|` + tokenPattern)
	plainToken = regexp.MustCompile(tokenPattern)
)

const tokenPattern = `[-+]?\d+(\.\d+)?([eE][-+]?\d+)?|[ \t]+|\n|\p{L}+|.`

func tokens(s string, wild bool) []string {
	lines := strings.Split(strings.TrimRight(s, " \t\r\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r")
	}
	s = strings.Join(lines, "\n")
	if wild {
		return wildToken.FindAllString(s, -1)
	}
	return plainToken.FindAllString(s, -1)
}

// glob matches got against a pattern. After a wildcard the shortest match is
// tried first; what follows the last wildcard is tried at every place, so that
// looking back at the one before is never needed.
func glob(got, pattern []string, same func(got, want string) bool) bool {
	g, p := 0, 0
	wild, from := -1, 0 // the last wildcard, and how far it reaches
	for g < len(got) {
		switch {
		case p < len(pattern) && pattern[p] == anything:
			wild, from = p, g
			p++
		case p < len(pattern) && same(got[g], pattern[p]):
			g, p = g+1, p+1
		case wild >= 0:
			from++
			g, p = from, wild+1
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == anything {
		p++
	}
	return p == len(pattern)
}

func same(got, want string, tol float64) bool {
	if got == want {
		return true
	}
	if tol == 0 {
		return false
	}
	if isSpace(got) && isSpace(want) {
		return true
	}
	g, err1 := strconv.ParseFloat(got, 64)
	w, err2 := strconv.ParseFloat(want, 64)
	return err1 == nil && err2 == nil && math.Abs(g-w) <= tol*max(1, math.Abs(w))
}

func isSpace(token string) bool { return strings.Trim(token, " \t") == "" }
