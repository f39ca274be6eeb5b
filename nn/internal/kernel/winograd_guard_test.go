//go:build linux

package kernel

import (
	"math/rand/v2"
	"syscall"
	"testing"
	"unsafe"
)

// guarded returns n floats that end, or begin, where memory is unmapped: who
// reads or writes beyond is killed.
func guarded(t *testing.T, n int, atEnd bool) []float32 {
	page := syscall.Getpagesize()
	size := roundUp(4*max(n, 1), page)
	memory, err := syscall.Mmap(-1, 0, size+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(memory) })
	for _, guard := range [][]byte{memory[:page], memory[page+size:]} {
		if err := syscall.Mprotect(guard, syscall.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	first := page
	if atEnd {
		first += size - 4*n
	}
	return unsafe.Slice((*float32)(unsafe.Pointer(&memory[first])), n)
}

// TestWinogradStaysInside runs all directions between unmapped pages.
func TestWinogradStaysInside(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	eachWinograd(t, func(t *testing.T) {
		for _, c := range append(winogradShapes, Conv{N: 1, H: 3, W: 3, In: 1, Out: 1, Kernel: 3, Stride: 1, Dilation: 1, Groups: 1},
			Conv{N: 2, H: 8, W: 8, In: 16, Out: 32, Kernel: 3, Stride: 1, Pad: 1, Dilation: 1, Groups: 1}) {
			for _, atEnd := range []bool{false, true} {
				copyOf := func(s []float32) []float32 {
					copied := guarded(t, len(s), atEnd)
					copy(copied, s)
					return copied
				}
				x, w, dy, bias := newOperands(c)
				x, w, dy, bias = copyOf(draw(x, random)), copyOf(draw(w, random)), copyOf(draw(dy, random)), copyOf(draw(bias, random))
				for _, op := range operations(c, x, w, dy, bias) {
					op.fast(guarded(t, op.size, atEnd))
				}
			}
		}
	})
}
