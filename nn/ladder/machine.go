package ladder

import "reslab/nn/internal/kernel"

// The steps below run on the kernels of package nn, which are written in
// assembly where the processor has vector registers: AVX-512 multiplies and adds
// sixteen numbers in one instruction, AVX2 eight, NEON four. A tile of sums is
// kept in registers, as in Blocking, but of vectors: see nn/internal/kernel/tile.go.

// Registers is Im2col with the matrix product in vector registers.
func Registers(s Shape, y, x, w []float32) {
	kernel.MatMul(y, windows(s, x), w, s.N*s.H*s.W, 9*s.In, s.Out)
}

// Direct has no matrix of windows: a tile walks over the picture itself, tap by
// tap, and the picture is small enough to stay in the cache.
func Direct(s Shape, y, x, w []float32) {
	method(kernel.WinogradNever, func() { s.conv().Forward(y, x, w, nil) })
}

// WinogradTiles is Winograd with the products in vector registers, and with
// larger tiles: F(4x4, 3x3) takes 36 products for 16 outputs, where the formula
// takes 144. Transforms and products of some tiles at a time stay in the cache.
func WinogradTiles(s Shape, y, x, w []float32) {
	method(kernel.WinogradF4, func() { s.conv().Forward(y, x, w, nil) })
}

// method runs work with the kernels' way of convolving set. It is one setting
// for the whole program, so nothing else may convolve at that time.
func method(mode kernel.Winograd, work func()) {
	defer kernel.SetWinograd(kernel.SetWinograd(mode))
	work()
}

func (s Shape) conv() kernel.Conv {
	return kernel.Conv{N: s.N, H: s.H, W: s.W, In: s.In, Out: s.Out, Kernel: 3, Stride: 1, Pad: 1, Dilation: 1, Groups: 1}
}
