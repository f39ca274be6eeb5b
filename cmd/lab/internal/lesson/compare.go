package lesson

import (
	"math"
	"regexp"
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
