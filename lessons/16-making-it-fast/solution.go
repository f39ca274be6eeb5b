// Package fast holds the solutions of lesson 16 and the checks that judge a
// learner's.
package fast

// fetches returns how many numbers are fetched for each product by a tile of
// rows x columns sums.
func fetches(rows, columns int) float64 {
	fetched := rows + columns
	products := rows * columns
	return float64(fetched) / float64(products)
}

// product multiplies a row of numbers with a table of weights.
func product(row []float32, out int,
	weight func(place int) float32) []float32 {
	y := make([]float32, out)
	for k, v := range row {
		for o := range y {
			y[o] += v * weight(k*out+o)
		}
	}
	return y
}

// two returns two neighbouring outputs of a window of three, with four
// products.
func two(x, g []float64,
	times func(a, b float64) float64) (y0, y1 float64) {
	m1 := times(x[0]-x[2], g[0])
	m2 := times(x[1]+x[2], (g[0]+g[1]+g[2])/2)
	m3 := times(x[2]-x[1], (g[0]-g[1]+g[2])/2)
	m4 := times(x[1]-x[3], g[2])
	return m1 + m2 + m3, m2 - m3 - m4
}

// speedup tells how many times as fast so many cores are as one, if a share
// of the work has to be done by one core alone.
func speedup(alone float64, cores int) float64 {
	return 1 / (alone + (1-alone)/float64(cores))
}
