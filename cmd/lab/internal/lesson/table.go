package lesson

import (
	"strings"

	extension "github.com/yuin/goldmark/extension/ast"

	"reslab/cmd/lab/internal/terminal"
)

// gap stands between two columns of a table.
const gap = "  "

// table writes the cells below each other. Where all do not fit into the width,
// the widest column is broken into lines.
func (p *page) table(table *extension.Table, indent string) {
	var rows [][]string
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			text := p.words(cell)
			if row.Kind() == extension.KindTableHeader {
				text = p.Style.Bold(Plain(cell, p.source))
			}
			cells = append(cells, text)
		}
		rows = append(rows, cells)
	}
	widths := tableWidths(rows, p.columns()-terminal.Columns(indent))
	var lines []string
	for i, cells := range rows {
		lines = append(lines, tableRow(cells, widths, table.Alignments)...)
		if i == 0 {
			lines = append(lines, p.Style.Dim(tableRule(widths)))
		}
	}
	p.write(indented(strings.Join(lines, "\n"), indent))
}

// tableWidths gives each column the room of its longest cell, and takes from the
// widest until all fit. A column keeps 8.
func tableWidths(rows [][]string, room int) []int {
	widths := make([]int, len(rows[0]))
	for _, cells := range rows {
		for i, cell := range cells {
			widths[i] = max(widths[i], terminal.Columns(cell))
		}
	}
	for {
		total, widest := len(gap)*(len(widths)-1), 0
		for i, w := range widths {
			total += w
			if w > widths[widest] {
				widest = i
			}
		}
		if total <= room || widths[widest] <= 8 {
			return widths
		}
		widths[widest]--
	}
}

// tableRow returns the lines of one row.
func tableRow(cells []string, widths []int, align []extension.Alignment) []string {
	broken := make([][]string, len(cells))
	height := 1
	for i, cell := range cells {
		broken[i] = strings.Split(terminal.Wrap(cell, "", "", widths[i]), "\n")
		height = max(height, len(broken[i]))
	}
	lines := make([]string, height)
	for n := range lines {
		var padded []string
		for i := range cells {
			part := ""
			if n < len(broken[i]) {
				part = broken[i][n]
			}
			padded = append(padded, pad(part, widths[i], align[i]))
		}
		lines[n] = strings.Join(padded, gap)
	}
	return lines
}

func pad(text string, width int, align extension.Alignment) string {
	room := max(0, width-terminal.Columns(text))
	switch align {
	case extension.AlignRight:
		return strings.Repeat(" ", room) + text
	case extension.AlignCenter:
		return strings.Repeat(" ", room/2) + text + strings.Repeat(" ", room-room/2)
	}
	return text + strings.Repeat(" ", room)
}

func tableRule(widths []int) string {
	var rules []string
	for _, w := range widths {
		rules = append(rules, strings.Repeat("─", w))
	}
	return strings.Join(rules, gap)
}
