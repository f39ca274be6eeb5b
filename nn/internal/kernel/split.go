package kernel

// split copies n lines of from, a distance apart, of so many floats, and cuts them
// into pieces of so many columns: the first pieces of all lines follow each other
// in to, after a step the second ones, and so on. What lacks to the last piece is
// zeros. Lines are read from start to end, which a processor foresees.
func split(to, from []float32, n, distance, width, columns, step int) {
	if n == 0 {
		return
	}
	if width == columns && width == distance {
		copy(to[:n*columns], from)
		return
	}
	whole := width / columns
	if kernels.copyLines != nil && columns%lineFloats == 0 && whole > 0 {
		_, _ = to[(whole-1)*step+n*columns-1], from[(n-1)*distance+width-1] // assembly does not look
		kernels.copyLines(to, from, n, columns, distance, whole, step, columns, columns/lineFloats)
	} else {
		whole = 0
	}
	for first := whole * columns; first < width; first += columns {
		floats := min(columns, width-first)
		for i := range n {
			line := to[first/columns*step+i*columns:][:columns]
			copy(line[:floats], from[i*distance+first:])
			clear(line[floats:])
		}
	}
}

// lineFloats is the width of the lines that a tileSet's copyLines copies.
const lineFloats = 16
