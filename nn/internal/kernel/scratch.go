package kernel

import (
	"runtime"
	"sync"
)

// scratch is the working memory of one goroutine while it does an item of work.
type scratch struct {
	buffers [bufferKinds][]float32

	block           [maxRows * maxCols]float32 // what a tile computes that is cut off at the right
	bias            [maxCols]float32
	to, from, lines [maxRows]int
}

// bufferKind says what a buffer is for.
type bufferKind int

const (
	pictureBuffer bufferKind = iota // framed pictures, slabs
	columnBuffer                    // packed columns
	vBuffer                         // Winograd's V
	mBuffer                         // M, or Z
	duBuffer                        // dU
	pixelBuffer                     // pictures as the transforms read or write them
	weightBuffer                    // weights as the transform reads them

	bufferKinds
)

// floats returns n floats of any value.
func (s *scratch) floats(kind bufferKind, n int) []float32 {
	buffer := &s.buffers[kind]
	if cap(*buffer) < n {
		*buffer = make([]float32, n)
		scratches.note(kind, n)
	}
	return (*buffer)[:n]
}

// scratchStock also knows how large buffers grow. Which goroutine does the item
// that needs most is chance, and so is whether it has the memory: therefore all
// get it.
type scratchStock struct {
	stock[scratch]
	mutex   sync.Mutex
	largest [bufferKinds]int
}

var scratches = scratchStock{stock: stock[scratch]{make: func() *scratch { return new(scratch) }}}

func getScratch() *scratch  { return scratches.take() }
func (s *scratch) release() { scratches.giveBack(s) }

// note keeps how large a buffer has become.
func (s *scratchStock) note(kind bufferKind, n int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.largest[kind] = max(s.largest[kind], n)
}

// prepare makes sure that the next n to be handed out are as large as any was.
func (s *scratchStock) prepare(n int) {
	s.mutex.Lock()
	largest := s.largest
	s.mutex.Unlock()
	s.stock.mutex.Lock()
	defer s.stock.mutex.Unlock()
	for len(s.free) < n {
		s.free = append(s.free, s.make())
	}
	for _, own := range s.free[len(s.free)-n:] {
		for kind, size := range largest {
			if cap(own.buffers[kind]) < size {
				own.buffers[kind] = make([]float32, size)
			}
		}
	}
}

// parallelWithScratch is Parallel for work that takes a scratch for each item.
func parallelWithScratch(n int, work func(i int)) {
	scratches.prepare(min(n, runtime.GOMAXPROCS(0)))
	Parallel(n, work)
}

// resize returns n floats of any value from the buffer, which grows if need be.
func resize(buffer *[]float32, n int) []float32 {
	if cap(*buffer) < n {
		*buffer = make([]float32, n)
	}
	return (*buffer)[:n]
}
