package kernel

import (
	"math/rand/v2"
	"syscall"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// cleaner is a test, of rapid or not.
type cleaner interface {
	rapid.TB
	Cleanup(func())
}

// guarded is memory for n numbers that ends, or begins, where a page begins that
// nobody may touch: a read or write outside kills the test.
func guarded[T any](t cleaner, n int, atEnd bool) []T {
	page, bytes := syscall.Getpagesize(), n*int(unsafe.Sizeof(*new(T)))
	size := max(1, ceilDiv(bytes, page)) * page
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
		first += size - bytes
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&memory[first])), n)
}

// TestStaysInside runs all operations on buffers between pages that nobody may
// touch.
func TestStaysInside(t *testing.T) {
	eachTileSet(t, nil, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			random := rand.New(rand.NewPCG(6, 6))
			c, atEnd := drawConv(t), rapid.Bool().Draw(t, "at the end")
			buffer := func(n int) []float32 { return draw(guarded[float32](t, n, atEnd), random) }
			nx, nw, ny := c.N*c.H*c.W*c.In, c.Kernel*c.Kernel*c.In/c.Groups*c.Out, c.N*c.OutH()*c.OutW()*c.Out
			x, w, dy, bias := buffer(nx), buffer(nw), buffer(ny), buffer(c.Out)
			for _, op := range operations(c, x, w, dy, bias) {
				op.fast(buffer(op.size))
			}
			c.ForwardPacked(buffer(ny), x, c.Pack(w), Epilogue{Bias: bias, Add: dy, ReLU: true})
		})
	})
}

// TestPassesStayInside runs all passes on buffers between such pages.
func TestPassesStayInside(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	for _, size := range [][2]int{{1, 1}, {31, 31}, {32, 32}, {33, 1}, {96, 3}, {500, 10}, {9000, 17}} {
		for _, atEnd := range []bool{false, true} {
			c := newPassCase(random, size[0], size[1])
			inside(t, atEnd, &c.x, &c.dy, &c.r)
			inside(t, atEnd, &c.bytes, &c.positive)
			c.room = func(n int) []float32 { return guarded[float32](t, n, atEnd) }
			steps := newStepCase(random, size[0], odd)
			steps.room = c.room
			inside(t, atEnd, &steps.w, &steps.dw, &steps.m, &steps.v)
			powers := guarded[float64](t, size[0], atEnd)
			withPasses(t, func(t *testing.T) {
				c.results()
				steps.results()
				Softmax(powers, make([]float64, 1), make([]float64, 1), c.x)
			})
		}
	}
}

// inside moves operands to where nobody may read beside them.
func inside[T any](t cleaner, atEnd bool, operands ...*[]T) {
	for _, operand := range operands {
		moved := guarded[T](t, len(*operand), atEnd)
		copy(moved, *operand)
		*operand = moved
	}
}
