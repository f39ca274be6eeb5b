package kernel

import (
	"strings"

	"reslab/viz"
)

const terminalWidth = 78 // columns

// gridLetters draws the matrices of a grid in half blocks, as many side by side
// as there is room for, each under its caption and on a scale of its own.
func gridLetters(g *viz.ImageGrid) string {
	lines := []string{g.Title}
	var row []string
	used := 0
	for i := range g.Len() {
		caption, values, _ := g.Tile(i)
		if len(values) == 0 {
			continue // a picture with no numbers
		}
		wide := max(len(values[0]), len([]rune(caption)))
		if used > 0 && used+2+wide > terminalWidth {
			lines, row, used = append(lines, row...), nil, 0
		}
		row = beside(row, used, tileLetters(caption, values, wide))
		if used > 0 {
			used += 2
		}
		used += wide
	}
	return strings.Join(append(lines, row...), "\n")
}

// tileLetters are the lines of one tile, all equally wide.
func tileLetters(caption string, values [][]float64, wide int) []string {
	lines := []string{caption + strings.Repeat(" ", wide-len([]rune(caption)))}
	for line := range strings.Lines(viz.Blocks(values, true)) {
		lines = append(lines, strings.TrimSuffix(line, "\n")+strings.Repeat(" ", wide-len(values[0])))
	}
	return lines
}

// beside puts a tile to the right of those of its row, which are used columns wide.
func beside(row []string, used int, tile []string) []string {
	for len(row) < len(tile) {
		row = append(row, strings.Repeat(" ", used))
	}
	for i := range row {
		if used > 0 {
			row[i] += "  "
		}
		if i < len(tile) {
			row[i] += tile[i]
		}
	}
	return row
}
