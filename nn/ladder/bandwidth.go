package ladder

import (
	"time"

	"reslab/nn/internal/kernel"
)

// Bandwidth returns how many bytes a second so many cores read and write
// together, copying from memory to memory, pieces that no cache holds.
func Bandwidth(cores int) float64 {
	const piece, pieces = 1 << 20, 64 // floats: 256 MB from, and as many to
	from, to := make([]float32, piece*pieces), make([]float32, piece*pieces)
	seconds := onCores(cores, func() float64 {
		return median(300*time.Millisecond, func() {
			kernel.Parallel(pieces, func(i int) { copy(to[i*piece:(i+1)*piece], from[i*piece:]) })
		})
	})
	return 8 * piece * pieces / seconds
}
