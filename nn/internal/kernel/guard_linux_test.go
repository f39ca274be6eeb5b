package kernel

import (
	"math/rand/v2"
	"syscall"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// guarded is memory for n floats that ends, or begins, where a page begins that
// nobody may touch: a read or write outside kills the test.
func guarded(t *rapid.T, n int, atEnd bool) []float32 {
	page := syscall.Getpagesize()
	size := max(1, ceilDiv(4*n, page)) * page
	memory, err := syscall.Mmap(-1, 0, size+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(memory) })
	for _, edge := range [][]byte{memory[:page], memory[page+size:]} {
		if err := syscall.Mprotect(edge, syscall.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	first := page
	if atEnd {
		first += size - 4*n
	}
	return unsafe.Slice((*float32)(unsafe.Pointer(&memory[first])), n)
}

// TestStaysInside runs all operations on buffers between pages that nobody may
// touch.
func TestStaysInside(t *testing.T) {
	eachTileSet(t, nil, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			random := rand.New(rand.NewPCG(6, 6))
			c, atEnd := drawConv(t), rapid.Bool().Draw(t, "at the end")
			buffer := func(n int) []float32 { return draw(guarded(t, n, atEnd), random) }
			nx, nw, ny := c.N*c.H*c.W*c.In, c.Kernel*c.Kernel*c.In/c.Groups*c.Out, c.N*c.OutH()*c.OutW()*c.Out
			x, w, dy, bias := buffer(nx), buffer(nw), buffer(ny), buffer(c.Out)
			for _, op := range operations(c, x, w, dy, bias) {
				op.fast(buffer(op.size))
			}
			c.ForwardPacked(buffer(ny), x, c.Pack(w), Epilogue{Bias: bias, Add: dy, ReLU: true})
		})
	})
}
