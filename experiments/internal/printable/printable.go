// Package printable shows texts of files that somebody else wrote: names in a file
// of weights, settings of a run.
package printable

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is s on one line. Where it has characters that would break the line or steer
// the terminal it is quoted, so that one sees them.
func Text(s string) string {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, steers) {
		return strconv.Quote(s)
	}
	return s
}

func steers(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}
