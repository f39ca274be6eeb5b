package terminal

import (
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
)

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
// of a check, a question. What stands before a sentence, as a mark or blanks,
// keeps a column of its own. Tables and drawings, which have blanks side by side
// further on, stay whole.
func Sentences(text string, columns int) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		mark := before.FindString(line)
		sentence := line[len(mark):]
		if strings.Join(strings.Fields(sentence), " ") == sentence {
			lines[i] = Wrap(sentence, mark, strings.Repeat(" ", Columns(mark)), columns)
		}
	}
	return strings.Join(lines, "\n")
}

// before matches a mark that stands before a sentence: a word, or two as in "NOT
// so", and two blanks or more; and the blanks before it.
var before = regexp.MustCompile(`^ *(\S+( \S+)?  +)?`)

// Outcome prints what came out of a run, and where its report is.
func Outcome(out io.Writer, summary, folder string) error {
	return WriteSentences(out, fmt.Sprintf("%s\nReport: %s\n", summary, filepath.Join(folder, "report.html")))
}

// WriteSentences writes a text whose long lines are broken between words where out
// is a terminal, and nowhere else: what reads from a pipe reads lines.
func WriteSentences(out io.Writer, text string) error {
	if Is(out) {
		text = Sentences(text, Width(out))
	}
	_, err := io.WriteString(out, text)
	return err
}
