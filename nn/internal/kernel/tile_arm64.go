//go:build !purego

package kernel

// tile6x16NEON is a tile of 6 rows and 16 columns.
//
//go:noescape
func tile6x16NEON(c, start, bias, a, b []float32, to, from, runs []int, length, aStep int, relu bool, next []float32, pace int)

// tile4x16NEON is a tile of 4 rows and 16 columns.
//
//go:noescape
func tile4x16NEON(c, start, bias, a, b []float32, to, from, runs []int, length, aStep int, relu bool, next []float32, pace int)

// peakNEON does n times 64 multiply-adds on registers.
func peakNEON(n int)
