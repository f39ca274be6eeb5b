package kernel

// copyLines copies n lines of from, a distance apart, of so many floats, to lines
// of to that follow each other, cols floats each: the rest of these are zeros.
func copyLines(to, from []float32, n, cols, width, distance int) {
	switch {
	case n == 0:
	case width == distance && width == cols:
		copy(to[:n*cols], from)
	case width == cols && cols%lineFloats == 0 && kernels.copyLines != nil:
		_, _ = to[n*cols-1], from[(n-1)*distance+width-1] // assembly does not look
		for at := 0; at < cols; at += lineFloats {
			kernels.copyLines(to[at:], from[at:], n, cols, distance)
		}
	default:
		for l := range n {
			line := to[l*cols:][:cols]
			copy(line[:width], from[l*distance:])
			clear(line[width:])
		}
	}
}

// lineFloats is the width of the lines that a tileSet's copyLines copies.
const lineFloats = 16
