package terminal

import "strings"

// Wrap breaks text into lines of so many columns between words. The first line
// begins with first, the others with rest.
func Wrap(text, first, rest string, columns int) string {
	var lines []string
	line, empty := first, true
	for _, word := range strings.Fields(text) {
		if !empty && Columns(line)+1+Columns(word) > columns {
			lines = append(lines, line)
			line, empty = rest, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	return strings.Join(append(lines, line), "\n")
}

// Sentences breaks the long lines of a text that read as sentences do: the reply
// of a check, a question. Tables and drawings, which have blanks side by side,
// stay whole.
func Sentences(text string, columns int) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.Join(strings.Fields(line), " ") == line {
			lines[i] = Wrap(line, "", "", columns)
		}
	}
	return strings.Join(lines, "\n")
}
