package ladder

import (
	"time"

	"reslab/nn/internal/kernel"
)

// Bandwidth measures how many bytes a second so many cores read and write
// together when they copy from memory to memory, pieces that no cache holds. It
// takes a third of a second, 256 MB, and GOMAXPROCS while it runs.
func Bandwidth(cores int) (bytesPerSecond float64) {
	const piece, pieces = 1 << 19, 64 // floats: 128 MB from, and as many to
	from, to := make([]float32, piece*pieces), make([]float32, piece*pieces)
	seconds := onCores(cores, func() float64 {
		return fastest(300*time.Millisecond, func() {
			kernel.Parallel(pieces, func(i int) { copy(to[i*piece:(i+1)*piece], from[i*piece:]) })
		})
	})
	return 2 * 4 * piece * pieces / seconds
}
