package experiment

import (
	"fmt"
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

func (s screen) show(c *compare.Comparison) string {
	var b strings.Builder
	for _, t := range c.Tables() {
		fmt.Fprintf(&b, "%s\n%s\n", s.Bold(t.Title), s.table(t))
	}
	if c.Marked() {
		fmt.Fprintf(&b, "%s\n\n", s.Dim(strings.TrimSpace(mark)+" the best"))
	}
	if common := c.InCommon(); common != "" {
		fmt.Fprintf(&b, "%s\n\n", s.Dim(s.wrap(common)))
	}
	for _, note := range c.Notes {
		fmt.Fprintf(&b, "%s\n\n", s.wrap(note))
	}
	return b.String()
}

func (s screen) wrap(text string) string { return terminal.Wrap(text, "", "", s.width) }

// table draws a table: with a column for each run, or, where that is too wide or
// there are too many, with a row for each.
func (s screen) table(t compare.Table) string {
	if g := upright(t); len(t.Heads) <= mostColumns && g.width() <= s.width {
		return s.draw(g)
	}
	var parts []string
	for _, part := range lying(t).parts(s.width) {
		parts = append(parts, s.draw(part))
	}
	return strings.Join(parts, "\n")
}

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
