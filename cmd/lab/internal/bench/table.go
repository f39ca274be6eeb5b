package bench

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// table is rows of words under a head.
type table struct {
	head    []string
	rows    [][]string
	numbers int // from this column on there are numbers, which stand at the right
}

func (t *table) add(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = fmt.Sprint(c)
	}
	t.rows = append(t.rows, row)
}

// aligned shows the table for a terminal.
func (t table) aligned() string {
	all := append([][]string{t.head}, t.rows...)
	widths := make([]int, len(t.head))
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row {
			if i < t.numbers {
				fmt.Fprintf(&line, "%-*s  ", widths[i], cell)
			} else {
				fmt.Fprintf(&line, "%*s  ", widths[i], cell)
			}
		}
		fmt.Fprintln(&b, strings.TrimRight(line.String(), " "))
	}
	return b.String()
}

// markdown shows the table for a page.
func (t table) markdown() string {
	var b strings.Builder
	line := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	line(t.head)
	b.WriteString(strings.Repeat("|---", t.numbers) + strings.Repeat("|--:", len(t.head)-t.numbers) + "|\n")
	for _, row := range t.rows {
		line(row)
	}
	return b.String()
}
