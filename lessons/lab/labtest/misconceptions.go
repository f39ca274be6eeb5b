package labtest

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

// A Misconception is what many think at first, as docs/misconceptions.md has it.
type Misconception struct {
	Lesson string // as 02
	Title  string // what one thinks

	Cell   string // the name of the cell that shows otherwise: {"shows": NAME} in the lesson
	Prints string // a part of what it prints

	Exercise, Mistake string // the wrong answer that comes from it
	Says              string // all that the check says to that
}

var (
	lessonLine   = regexp.MustCompile(`^## (\d\d) `)
	titleLine    = regexp.MustCompile(`^### (.+)$`)
	cellLine     = regexp.MustCompile("^- The cell `([a-z0-9-]+)` shows otherwise\\. It prints `(.+)`\\.$")
	exerciseLine = regexp.MustCompile("^- The wrong answer to `([A-Za-z0-9-]+)`: (.+)\\.$")
	saysLine     = regexp.MustCompile(`^- The check says: (.+)$`)
)

// Misconceptions reads the page.
func Misconceptions(file string) ([]Misconception, error) {
	page, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the misconceptions: %w", err)
	}
	return parseMisconceptions(string(page))
}

func parseMisconceptions(page string) (all []Misconception, err error) {
	lesson := ""
	last := &Misconception{}
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\r\n")
		if m := lessonLine.FindStringSubmatch(line); m != nil {
			lesson = m[1]
		} else if m := titleLine.FindStringSubmatch(line); m != nil {
			all = append(all, Misconception{Lesson: lesson, Title: m[1]})
			last = &all[len(all)-1]
		} else if m := cellLine.FindStringSubmatch(line); m != nil {
			last.Cell, last.Prints = m[1], m[2]
		} else if m := exerciseLine.FindStringSubmatch(line); m != nil {
			last.Exercise, last.Mistake = m[1], m[2]
		} else if m := saysLine.FindStringSubmatch(line); m != nil {
			last.Says = m[1]
		}
	}
	for _, m := range all {
		if m.Lesson == "" || m.Cell == "" || m.Exercise == "" || m.Says == "" {
			return nil, fmt.Errorf("misconception %q needs three lines, in the form of the others: its cell, its wrong answer, what the check says", m.Title)
		}
	}
	return all, nil
}
