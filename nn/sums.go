package nn

import "reslab/nn/internal/kernel"

// addToRows adds v to every row of y.
func addToRows(y, v []float32) {
	for from := 0; from < len(y); from += len(v) {
		row := y[from : from+len(v)]
		for i := range row {
			row[i] += v[i]
		}
	}
}

// addColumnSums adds the sum over all rows of t, along its last axis, to sums:
// the gradient of a bias, which every pixel of every picture has used.
func addColumnSums(sums []float32, t *Tensor) {
	for c, s := range columnSums(len(sums), len(t.Data)/len(sums), func(row int, total []float64) {
		for c, v := range t.Data[row*len(sums) : (row+1)*len(sums)] {
			total[c] += float64(v)
		}
	}) {
		sums[c] += float32(s)
	}
}

// columnSums adds up, in float64 and on all cores, what add puts into total
// for each row. The rows are split into groups by their number alone and the
// groups are added in order, so that the sum does not depend on the cores.
func columnSums(columns, rows int, add func(row int, total []float64)) []float64 {
	const group = 512
	groups := make([][]float64, (rows+group-1)/group)
	kernel.Parallel(len(groups), func(g int) {
		groups[g] = make([]float64, columns)
		for row := g * group; row < min((g+1)*group, rows); row++ {
			add(row, groups[g])
		}
	})
	total := make([]float64, columns)
	for _, part := range groups {
		for c, v := range part {
			total[c] += v
		}
	}
	return total
}
