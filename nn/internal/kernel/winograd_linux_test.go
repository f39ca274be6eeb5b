package kernel

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// TestWinogradStaysInside runs all directions on buffers between pages that
// nobody may touch.
func TestWinogradStaysInside(t *testing.T) {
	eachWinograd(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			random := rand.New(rand.NewPCG(7, 7))
			c, atEnd := drawWinograd(t), rapid.Bool().Draw(t, "at the end")
			buffer := func(n int) []float32 { return draw(guarded[float32](t, n, atEnd), random) }
			x, w := buffer(c.N*c.H*c.W*c.In), buffer(9*c.In*c.Out)
			dy, bias := buffer(c.N*c.OutH()*c.OutW()*c.Out), buffer(c.Out)
			for _, op := range operations(c, x, w, dy, bias) {
				op.fast(buffer(op.size))
			}
			c.ForwardPacked(buffer(len(dy)), x, c.Pack(w), Epilogue{Bias: bias, Add: dy, ReLU: true})
		})
	})
}
