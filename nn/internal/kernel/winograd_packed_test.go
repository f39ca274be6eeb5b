package kernel

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestWinogradPackedIsForward: packed weights give the same bits as Forward on
// any number of cores, and the epilogue is what one would do after it.
func TestWinogradPackedIsForward(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	check := func(t interface{ Fatalf(string, ...any) }, c Conv, random *rand.Rand) {
		x, w, add, bias := newOperands(c)
		for _, operand := range [][]float32{x, w, add, bias} {
			draw(operand, random)
		}
		packed := c.Pack(w)
		if packed.form == nil && c.N > 0 {
			t.Fatalf("%+v is not packed for Winograd's way", c)
		}
		want, got := make([]float32, len(add)), make([]float32, len(add))
		c.Forward(want, x, w, bias)
		for _, cores := range []int{1, 2, 7} {
			runtime.GOMAXPROCS(cores)
			if c.ForwardPacked(got, x, packed, Epilogue{Bias: bias}); !slices.Equal(got, want) {
				t.Fatalf("%+v: packed weights make another result on %d cores", c, cores)
			}
		}
		for _, relu := range []bool{false, true} {
			e := Epilogue{Bias: bias, Add: add, ReLU: relu}
			c.ForwardPacked(got, x, packed, e)
			for i, sum := range want {
				if sum += add[i]; relu {
					sum = max(0, sum)
				}
				if !(math.Abs(float64(got[i]-sum)) <= 1e-6*math.Sqrt(float64(9*c.In))) {
					t.Fatalf("%+v, ReLU %v: element %d is %v, want %v", c, relu, i, got[i], sum)
				}
			}
			e.Add = slices.Clone(add)
			if c.ForwardPacked(e.Add, x, packed, e); !slices.Equal(got, e.Add) {
				t.Fatalf("%+v: y may not be Add", c)
			}
		}
	}
	eachWinograd(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			check(t, drawWinograd(t), rand.New(rand.NewPCG(7, rapid.Uint64().Draw(t, "seed"))))
		})
		for _, c := range winogradShapes {
			check(t, c, rand.New(rand.NewPCG(8, 8)))
		}
	})
}

// TestWinogradEpilogueKeepsNaN: ReLU does not hide that a sum went wrong.
func TestWinogradEpilogueKeepsNaN(t *testing.T) {
	eachWinograd(t, func(t *testing.T) {
		for _, size := range []int{8, 9} { // whole tiles, and tiles that stand out
			c := square(1, size, 16, 32, 3, 1)
			x, w, y, _ := newOperands(c)
			x[c.inPicture().at(4, 4)+1] = float32(math.NaN())
			c.ForwardPacked(y, x, c.Pack(w), Epilogue{ReLU: true})
			if at := c.outPicture().at(4, 4); y[at] == y[at] {
				t.Errorf("%dx%d: it is %v", size, size, y[at])
			}
		}
	})
}

// TestWinogradPackedScale: to scale U is to scale the weights, but for rounding.
func TestWinogradPackedScale(t *testing.T) {
	eachWinograd(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(9, 9))
		for _, c := range winogradShapes {
			x, w, want, _ := newOperands(c)
			draw(x, random)
			draw(w, random)
			var factors []float64
			for range c.Out {
				factors = append(factors, 0.5+random.Float64())
			}
			packed := c.Pack(w)
			packed.Scale(factors)
			for i := range w {
				w[i] = float32(float64(w[i]) * factors[i%c.Out])
			}
			NaiveForward(c, want, x, w, nil)
			got := make([]float32, len(want))
			c.ForwardPacked(got, x, packed, Epilogue{})
			for i := range want {
				if !(math.Abs(float64(got[i]-want[i])) <= 7.5e-5*math.Sqrt(float64(9*c.In))) {
					t.Fatalf("%+v: element %d is %v, want %v", c, i, got[i], want[i])
				}
			}
		}
	})
}

// TestPackedForm checks the choice at both sides of its borders.
func TestPackedForm(t *testing.T) {
	if winogradUsed.name != kernels.name {
		t.Skipf("the tiles are in assembly here (%s), and Winograd's loops are not", kernels.name)
	}
	defer SetWinograd(SetWinograd(WinogradAuto))
	strided := square(0, 0, 64, 64, 3, 2)
	for c, want := range map[Conv]bool{
		square(0, 0, 64, 64, 3, 1): true, square(0, 0, 128, 128, 3, 1): true, square(1, 56, 16, 16, 3, 1): true,
		square(0, 0, 128, 256, 3, 1): false, square(0, 0, 3, 64, 3, 1): false, square(0, 0, 64, 64, 1, 1): false, strided: false,
	} {
		if got := c.packedForm() != nil; got != want {
			t.Errorf("%+v: %v, want %v", c, got, want)
		}
	}
	SetWinograd(WinogradNever)
	if c := square(1, 56, 64, 64, 3, 1); c.packedForm() != nil {
		t.Error("it cannot be switched off")
	}
}
