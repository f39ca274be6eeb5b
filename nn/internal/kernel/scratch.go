package kernel

import "sync"

// scratch is working memory. It is pooled: a net calls the same shapes again
// and again.
type scratch struct {
	picture []float32 // framed pictures
	floats  []float32 // packed columns

	block           [maxRows * maxCols]float32 // what a tile computes that is cut off at the right
	bias            [maxCols]float32
	to, from, lines [maxRows]int
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

func getScratch() *scratch  { return scratches.Get().(*scratch) }
func (s *scratch) release() { scratches.Put(s) }

// resize returns n floats of any value from the buffer, which grows if need be.
func resize(buffer *[]float32, n int) []float32 {
	if cap(*buffer) < n {
		*buffer = make([]float32, n)
	}
	return (*buffer)[:n]
}
