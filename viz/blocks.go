package viz

import (
	"fmt"
	"math"
	"strings"
)

// Blocks draws a matrix as a small picture for the terminal. With colour, two rows share a line of
// half blocks, grey, or blue and red where some number is negative. Without, each number is a
// pair of letters from light to dense; the greatest is the densest.
func Blocks(values [][]float64, colour bool) string {
	var all []float64
	for _, row := range values {
		all = append(all, row...)
	}
	low, high := extent(all)
	if colour {
		return halfBlocks(values, low, high)
	}
	const ramp = " .:-=+*#%@"
	var b strings.Builder
	for _, row := range values {
		for _, v := range row {
			letter := byte('?')
			if finite(v) {
				letter = ramp[int(math.Round(part(v, low, high)*float64(len(ramp)-1)))]
			}
			b.WriteByte(letter)
			b.WriteByte(letter)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// part is where v lies between low and high, from 0 to 1.
func part(v, low, high float64) float64 {
	if high == low {
		return 0.5
	}
	return (v - low) / (high - low)
}

func halfBlocks(values [][]float64, low, high float64) string {
	g := &ImageGrid{Signed: low < 0}
	code := func(layer int, row []float64, x int) string {
		if x >= len(row) {
			return ""
		}
		r, g, b, _ := g.shade(row[x], low, high).RGBA()
		return fmt.Sprintf("\x1b[%d;2;%d;%d;%dm", layer, r>>8, g>>8, b>>8)
	}
	const foreground, background = 38, 48
	var out strings.Builder
	for y := 0; y < len(values); y += 2 {
		var lower []float64
		if y+1 < len(values) {
			lower = values[y+1]
		}
		for x := range values[y] {
			out.WriteString(code(foreground, values[y], x) + code(background, lower, x) + "▀\x1b[0m")
		}
		out.WriteByte('\n')
	}
	return out.String()
}
