package experiment

import (
	"fmt"
	"slices"
	"strings"

	"reslab/cmd/lab/internal/terminal"
	"reslab/experiments/compare"
)

// A screen shows a comparison in letters.
type screen struct {
	terminal.Style
	width int
}

// mostColumns is how many runs stand side by side; more stand one below the other.
const mostColumns = 4

// show shows all tables in one way: with a column for each run, or, where one is too
// wide for that or there are too many runs, with a row for each.
func (s screen) show(c *compare.Comparison) string {
	var b strings.Builder
	tables := c.Tables()
	side := len(c.Runs) <= mostColumns && !slices.ContainsFunc(tables, func(t compare.Table) bool { return upright(t).width() > s.width })
	for _, t := range tables {
		fmt.Fprintf(&b, "%s\n", s.Bold(t.Title))
		if side {
			fmt.Fprintf(&b, "%s\n", s.draw(upright(t)))
			continue
		}
		for _, part := range lying(t).parts(s.width) {
			fmt.Fprintf(&b, "%s\n", s.draw(part))
		}
	}
	if best := c.Mark(); best != "" {
		fmt.Fprintf(&b, "%s\n\n", s.Dim(s.wrap(strings.TrimSpace(mark)+" "+best)))
	}
	for _, line := range []string{c.Legend(), c.InCommon()} {
		if line != "" {
			fmt.Fprintf(&b, "%s\n\n", s.Dim(s.wrap(line)))
		}
	}
	for _, note := range c.Notes {
		fmt.Fprintf(&b, "%s\n\n", s.wrap(note))
	}
	return b.String()
}

func (s screen) wrap(text string) string { return terminal.Wrap(text, "", "", s.width) }

// draw writes a grid: the first column flush left, the others flush right.
func (s screen) draw(g grid) string {
	widths := g.widths()
	var b strings.Builder
	for i, line := range g {
		var text strings.Builder
		for column, q := range line {
			blanks := strings.Repeat(" ", widths[column]-terminal.Columns(q.text))
			if column == 0 {
				text.WriteString(margin + s.dress(q, i == 0) + blanks)
				continue
			}
			text.WriteString(gap + blanks + s.dress(q, i == 0))
		}
		b.WriteString(strings.TrimRight(text.String(), " ") + "\n")
	}
	return b.String()
}

func (s screen) dress(q square, head bool) string {
	switch {
	case head:
		return s.Dim(q.text)
	case q.best:
		return s.Good(q.text)
	}
	return q.text
}
