package nn

import (
	"sync"

	"reslab/nn/internal/kernel"
)

// addToRows adds v to every row of y.
func addToRows(y, v []float32) {
	for from := 0; from < len(y); from += len(v) {
		row := y[from : from+len(v)]
		for i := range row {
			row[i] += v[i]
		}
	}
}

// addColumnSums adds the sum over all rows of t, along its last axis, to a
// gradient: that of a bias, which every pixel of every picture has used.
func addColumnSums(gradient []float32, t *Tensor) {
	buffer := sumBuffers.Get().(*[2][]float64)
	defer sumBuffers.Put(buffer)
	sum, squares := resize(buffer[0], len(gradient)), resize(buffer[1], len(gradient))
	*buffer = [2][]float64{sum, squares}
	kernel.ColumnMoments(sum, squares, t.Data)
	for c, s := range sum {
		gradient[c] += float32(s)
	}
}

var sumBuffers = sync.Pool{New: func() any { return new([2][]float64) }}
