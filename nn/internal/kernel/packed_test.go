package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestPackedIsForward: packed weights give the same bits as Forward, and the
// epilogue is what one would do after it.
func TestPackedIsForward(t *testing.T) {
	defer SetWinograd(SetWinograd(WinogradNever))
	eachTileSet(t, plainTileSets, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			random := rand.New(rand.NewPCG(7, rapid.Uint64().Draw(t, "seed")))
			c := drawConv(t)
			x, w, add, bias := newOperands(c)
			for _, operand := range [][]float32{x, w, add, bias} {
				draw(operand, random)
			}
			packed := c.Pack(w)
			want, got := make([]float32, len(add)), make([]float32, len(add))
			c.Forward(want, x, w, bias)
			c.ForwardPacked(got, x, packed, Epilogue{Bias: bias})
			if !slices.Equal(got, want) {
				t.Fatal("packed weights make another result")
			}
			e := Epilogue{Bias: bias, Add: add, ReLU: rapid.Bool().Draw(t, "relu")}
			for i := range want {
				if want[i] += add[i]; e.ReLU {
					want[i] = max(0, want[i])
				}
			}
			limit := 1e-5 * math.Sqrt(float64(c.Kernel*c.Kernel*c.In/c.Groups+2))
			copyOfAdd := slices.Clone(add)
			e.Add = copyOfAdd
			c.ForwardPacked(copyOfAdd, x, packed, e) // into what is added
			e.Add = add
			c.ForwardPacked(got, x, packed, e)
			if !slices.Equal(got, copyOfAdd) {
				t.Fatal("y may not be Add")
			}
			for i := range want {
				if !(math.Abs(float64(got[i]-want[i])) <= limit) {
					t.Fatalf("element %d is %v, want %v", i, got[i], want[i])
				}
			}
		})
	})
}

// TestEpilogueKeepsNaN: ReLU does not hide that a sum went wrong.
func TestEpilogueKeepsNaN(t *testing.T) {
	eachTileSet(t, plainTileSets, func(t *testing.T) {
		c := pixels(20, 3, 40)
		x, w, y, _ := newOperands(c)
		x[4*3+1] = float32(math.NaN())
		c.ForwardPacked(y, x, c.Pack(w), Epilogue{ReLU: true})
		for i, got := range y {
			if isNaN := got != got; isNaN != (i/40 == 4) {
				t.Fatalf("pixel %d is %v", i/40, got)
			}
		}
	})
}

func TestPackedForAnother(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("weights of another convolution are taken")
		}
	}()
	c := shapes[0]
	x, w, y, _ := newOperands(c)
	packed := c.Pack(w)
	c.Out /= 2
	c.ForwardPacked(y, x, packed, Epilogue{})
}

// TestNothingIsAllocated: once a shape is known, calls live on what they keep.
func TestNothingIsAllocated(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 8))
	ops := randomProducts(300, 30, 50, random)
	for _, c := range shapes {
		ops = append(ops, randomOperations(c, random)...)
	}
	for _, op := range ops {
		result := make([]float32, op.size)
		if allocated := allocations(20, func() { op.fast(result) }); allocated != 0 {
			t.Errorf("%s with a result of %d numbers allocates %v times", op.name, op.size, allocated)
		}
	}
}
