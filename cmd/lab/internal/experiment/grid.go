package experiment

import (
	"slices"
	"strings"

	"reslab/cmd/lab/internal/terminal"
	"reslab/experiments/compare"
)

// A grid is a table in letters; its first line and its first column are heads.
type grid [][]square

// A square is one cell.
type square struct {
	text string
	best bool
}

const (
	margin      = "  "
	gap         = "  " // between columns
	mark        = " *" // of the best
	mostLetters = 36   // of a cell; of a longer one the middle is left out
)

// upright has a column for each run.
func upright(t compare.Table) grid {
	marked := func(_ compare.Row, i int) bool {
		return slices.ContainsFunc(t.Rows, func(r compare.Row) bool { return slices.Contains(r.Best, i) })
	}
	g := grid{line("", heads(t), t, marked)}
	for _, row := range t.Rows {
		g = append(g, line(row.Name, row, t, marked))
	}
	return g
}

// lying has a row for each run.
func lying(t compare.Table) grid {
	marked := func(row compare.Row, _ int) bool { return len(row.Best) > 0 }
	var g grid
	for _, q := range line("", heads(t), t, marked) {
		g = append(g, []square{q})
	}
	for _, row := range t.Rows {
		for i, q := range line(row.Short, row, t, marked) {
			g[i] = append(g[i], q)
		}
	}
	return g
}

// heads are those of the cells, as a row.
func heads(t compare.Table) compare.Row { return compare.Row{Cells: t.Heads, Lasts: t.Lasts} }

// line is a row with its name, its cells and what sums it up. In a column where some
// cell has a mark, the others have room for one, so that numbers stand below each
// other.
func line(name string, row compare.Row, t compare.Table, marked func(compare.Row, int) bool) []square {
	squares := []square{{text: name}}
	for i, cell := range row.Cells {
		q := square{shortened(cell), slices.Contains(row.Best, i)}
		switch {
		case q.best:
			q.text += mark
		case marked(row, i):
			q.text += strings.Repeat(" ", len(mark))
		}
		squares = append(squares, q)
	}
	for i := range t.Lasts {
		q := square{}
		if i < len(row.Lasts) {
			q.text = row.Lasts[i]
		}
		squares = append(squares, q)
	}
	return squares
}

// shortened leaves out the middle of a long text.
func shortened(text string) string {
	letters := []rune(text)
	if len(letters) <= mostLetters {
		return text
	}
	const half = mostLetters / 2
	return string(letters[:half-1]) + "…" + string(letters[len(letters)-half:])
}

// widths are those of the columns.
func (g grid) widths() []int {
	widths := make([]int, len(g[0]))
	for _, line := range g {
		for i, q := range line {
			widths[i] = max(widths[i], terminal.Columns(q.text))
		}
	}
	return widths
}

// width is that of a whole line.
func (g grid) width() int {
	total := len(margin) - len(gap)
	for _, w := range g.widths() {
		total += len(gap) + w
	}
	return total
}

// parts cuts a grid that is too wide into several, each with the first column.
func (g grid) parts(width int) (parts []grid) {
	from := 1
	for to := 2; to <= len(g[0]); to++ {
		if to == len(g[0]) || g.columns(from, to+1).width() > width {
			parts = append(parts, g.columns(from, to))
			from = to
		}
	}
	return parts
}

// columns is the first column with some of the others.
func (g grid) columns(from, to int) (part grid) {
	for _, line := range g {
		part = append(part, append([]square{line[0]}, line[from:to]...))
	}
	return part
}
