package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Scaling what is packed is packing what is scaled.
func TestPackedScale(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for _, c := range []Conv{{In: 3, Out: 5, Kernel: 3, Groups: 1}, {In: 16, Out: 48, Kernel: 1, Groups: 1}, {In: 8, Out: 40, Kernel: 3, Groups: 2}, {In: 6, Out: 6, Kernel: 5, Groups: 6}} {
		w := draw(make([]float32, c.Kernel*c.Kernel*c.In/c.Groups*c.Out), random)
		var factors []float64
		for range c.Out {
			factors = append(factors, random.NormFloat64())
		}
		packed := c.Pack(w)
		packed.Scale(factors)
		for i := range w {
			w[i] = float32(float64(w[i]) * factors[i%c.Out])
		}
		if !slices.Equal(packed.data, c.Pack(w).data) {
			t.Errorf("%+v: not the same", c)
		}
	}
}
