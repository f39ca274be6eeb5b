package terminal

import (
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Style dresses text for a terminal. The zero Style leaves it as it is.
type Style struct{ on bool }

// StyleOf returns the style for w: colours on a terminal, unless the
// environment asks for none (https://no-color.org).
func StyleOf(w io.Writer) Style {
	return Style{Is(w) && os.Getenv("NO_COLOR") == "" && !Dumb()}
}

// Dumb says whether the terminal can do nothing but print: TERM=dumb.
func Dumb() bool { return os.Getenv("TERM") == "dumb" }

// Coloured is the style of a terminal with colours, whatever is written to.
var Coloured = Style{true}

// On tells whether the style shows.
func (s Style) On() bool { return s.on }

// Bold, Italic, Dim, Code, Title, Good and Bad dress text for what it is.
func (s Style) Bold(text string) string   { return s.dress("1", text) }
func (s Style) Italic(text string) string { return s.dress("3", text) }
func (s Style) Dim(text string) string    { return s.dress("90", text) }
func (s Style) Code(text string) string   { return s.dress("36", text) }
func (s Style) Title(text string) string  { return s.dress("1;34", text) }
func (s Style) Good(text string) string   { return s.dress("1;32", text) }
func (s Style) Bad(text string) string    { return s.dress("1;31", text) }

// dress puts a word at a time between its codes: text may then be broken into
// lines anywhere between words, and a line shown without the one before.
func (s Style) dress(code, text string) string {
	if !s.on {
		return text
	}
	var b strings.Builder
	for i, word := range strings.Split(text, " ") {
		if i > 0 {
			b.WriteByte(' ')
		}
		for j, part := range strings.Split(word, "\n") {
			if j > 0 {
				b.WriteByte('\n')
			}
			if part != "" {
				b.WriteString("\x1b[" + code + "m" + part + "\x1b[0m")
			}
		}
	}
	return b.String()
}

// Columns counts the columns that text takes on a terminal: none for its
// colours, two for a Chinese letter.
func Columns(text string) int { return ansi.StringWidth(text) }
