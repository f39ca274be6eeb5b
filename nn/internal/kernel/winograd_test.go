package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// eachWinograd runs the test with both forms on every kind of kernels that this
// machine has.
func eachWinograd(t *testing.T, test func(t *testing.T)) {
	mode, used := winogradMode, winogradUsed
	defer func() { winogradMode, winogradUsed = mode, used }()
	for _, set := range winogradSets() {
		for name, form := range map[string]Winograd{"F2": WinogradF2, "F4": WinogradF4} {
			winogradMode, winogradUsed = form, set
			t.Run(set.name+"/"+name, test)
		}
	}
}

// drawWinograd draws a convolution that Winograd's way can do.
func drawWinograd(t *rapid.T) Conv {
	draw := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
	channels := rapid.OneOf(rapid.IntRange(1, 10), rapid.SampledFrom([]int{16, 17, 32, 40}))
	c := Conv{N: draw("N", 0, 3), Kernel: 3, Stride: 1, Pad: draw("pad", 0, 2), Dilation: 1, Groups: 1}
	c.H, c.W = draw("H", 3-2*min(c.Pad, 1), 10), draw("W", 3-2*min(c.Pad, 1), 10)
	c.In, c.Out = channels.Draw(t, "in"), channels.Draw(t, "out")
	return c
}

func TestWinogradIsNaive(t *testing.T) {
	eachWinograd(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			random := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
			for _, op := range randomOperations(drawWinograd(t), random) {
				op.checkWinograd(t, random)
			}
		})
	})
}

// checkWinograd compares with the reference: no element may be further off than
// 5e-5 of the root mean square of all that are made of so many products.
func (op operation) checkWinograd(t *rapid.T, random *rand.Rand) {
	const tolerance = 5e-5
	got := draw(make([]float32, op.size), random)
	want := slices.Clone(got)
	op.fast(got)
	op.slow(want)
	limit := tolerance * math.Sqrt(float64(op.terms))
	for i := range want {
		if !(math.Abs(float64(got[i]-want[i])) <= limit) {
			t.Fatalf("%s: element %d is %v, want %v", op.name, i, got[i], want[i])
		}
	}
}

// winogradShapes have several blocks of tiles, with and without rests.
var winogradShapes = []Conv{
	{N: 5, H: 16, W: 16, In: 16, Out: 16, Kernel: 3, Stride: 1, Pad: 1, Dilation: 1, Groups: 1},
	{N: 2, H: 13, W: 22, In: 19, Out: 33, Kernel: 3, Stride: 1, Pad: 0, Dilation: 1, Groups: 1},
	{N: 9, H: 7, W: 7, In: 48, Out: 33, Kernel: 3, Stride: 1, Pad: 1, Dilation: 1, Groups: 1},
	{N: 2, H: 14, W: 15, In: 96, Out: 96, Kernel: 3, Stride: 1, Pad: 2, Dilation: 1, Groups: 1},
}

// TestWinogradAdjoint checks without the reference that <conv(x), dy>,
// <x, inputGrad(dy)> and <w, weightGrad(x, dy)> are one number.
func TestWinogradAdjoint(t *testing.T) {
	eachWinograd(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(3, 3))
		for _, c := range winogradShapes {
			x, w, dy, _ := newOperands(c)
			draw(x, random)
			draw(w, random)
			draw(dy, random)
			dx, dw, y, _ := newOperands(c)
			c.Forward(y, x, w, nil)
			c.InputGrad(dx, dy, w)
			c.WeightGrad(dw, x, dy)
			want, limit := dot(y, dy), 1e-6*math.Sqrt(dot(y, y)*dot(dy, dy))
			for _, got := range []float64{dot(x, dx), dot(w, dw)} {
				if math.Abs(got-want) > limit {
					t.Errorf("%+v: %v, want %v", c, got, want)
				}
			}
		}
	})
}

// TestWinogradSameOnAnyCores checks that results do not depend on GOMAXPROCS,
// to the bit.
func TestWinogradSameOnAnyCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	eachWinograd(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(4, 4))
		for _, c := range winogradShapes {
			for _, op := range randomOperations(c, random) {
				start := draw(make([]float32, op.size), random)
				results := map[int][]float32{}
				for _, cores := range []int{1, 2, 7} {
					runtime.GOMAXPROCS(cores)
					results[cores] = slices.Clone(start)
					op.fast(results[cores])
				}
				if !slices.Equal(results[1], results[2]) || !slices.Equal(results[1], results[7]) {
					t.Errorf("%+v: %s depends on GOMAXPROCS", c, op.name)
				}
			}
		}
	})
}

// TestWinogradManyAtOnce runs convolutions on many goroutines: none may get at
// the working memory of another.
func TestWinogradManyAtOnce(t *testing.T) {
	eachWinograd(t, func(t *testing.T) {
		for i, c := range winogradShapes {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				random := rand.New(rand.NewPCG(5, uint64(i)))
				for _, op := range randomOperations(c, random) {
					want := make([]float32, op.size)
					op.fast(want)
					for range 3 {
						got := make([]float32, op.size)
						op.fast(got)
						if !slices.Equal(got, want) {
							t.Errorf("%s differs from one call to the next", op.name)
						}
					}
				}
			})
		}
	})
}

// TestWinogradMatrices multiplies by the matrices, as they are printed in the
// paper, and convolves with them in one dimension.
func TestWinogradMatrices(t *testing.T) {
	type matrix [][]float32
	b2t := matrix{{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}}
	a2t := matrix{{1, 1, 1, 0}, {0, 1, -1, -1}}
	g2 := matrix{{1, 0, 0}, {.5, .5, .5}, {.5, -.5, .5}, {0, 0, 1}}
	b4t := matrix{{4, 0, -5, 0, 1, 0}, {0, -4, -4, 1, 1, 0}, {0, 4, -4, -1, 1, 0}, {0, -2, -1, 2, 1, 0}, {0, 2, -1, -2, 1, 0}, {0, 4, 0, -5, 0, 1}}
	a4t := matrix{{1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}}
	g4 := matrix{{1. / 4, 0, 0}, {-1. / 6, -1. / 6, -1. / 6}, {-1. / 6, 1. / 6, -1. / 6}, {1. / 24, 1. / 12, 1. / 6}, {1. / 24, -1. / 12, 1. / 6}, {0, 0, 1}}
	transpose := func(m matrix) matrix {
		turned := make(matrix, len(m[0]))
		for j := range turned {
			for i := range m {
				turned[j] = append(turned[j], m[i][j])
			}
		}
		return turned
	}
	for _, c := range []struct {
		name  string
		times func(vector) vector
		want  matrix
	}{
		{"B2T", timesB2T, b2t}, {"A2T", timesA2T, a2t}, {"A2", timesA2, transpose(a2t)}, {"G2", timesG2, g2}, {"G2T", timesG2T, transpose(g2)},
		{"B4T", timesB4T, b4t}, {"A4T", timesA4T, a4t}, {"A4", timesA4, transpose(a4t)}, {"G4", timesG4, g4}, {"G4T", timesG4T, transpose(g4)},
	} {
		for j := range c.want[0] {
			var unit vector
			unit[j] = 1
			column := c.times(unit)
			for i := range c.want {
				if math.Abs(float64(column[i]-c.want[i][j])) > 1e-7 {
					t.Errorf("%s: row %d, column %d is %v, want %v", c.name, i, j, column[i], c.want[i][j])
				}
			}
		}
	}

	// 1 2 3 slides over 1 0 2 5 3 4.
	w, d, want := vector{1, 2, 3}, vector{1, 0, 2, 5, 3, 4}, vector{7, 19, 21, 23}
	u, v := timesG4(w), timesB4T(d)
	for i := range v {
		v[i] *= u[i]
	}
	for i, got := range timesA4T(v) {
		if math.Abs(float64(got-want[i])) > 1e-5 {
			t.Errorf("output %d is %v, want %v", i, got, want[i])
		}
	}
}

// TestWinogradAllocatesNothing counts allocations once the memory is there.
func TestWinogradAllocatesNothing(t *testing.T) {
	eachWinograd(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(6, 6))
		c := winogradShapes[3] // whose packed weights are cut into parts
		x, w, y, _ := newOperands(c)
		packed := c.Pack(w)
		pass := operation{"packed", len(y), 0, func(y []float32) { c.ForwardPacked(y, x, packed, Epilogue{}) }, nil}
		for _, op := range append(randomOperations(winogradShapes[0], random), pass) {
			result := make([]float32, op.size)
			if n := allocations(5, func() { op.fast(result) }); n != 0 {
				t.Errorf("%s allocates %v times", op.name, n)
			}
		}
	})
}

func TestParseWinograd(t *testing.T) {
	for name, want := range map[string]Winograd{"": WinogradAuto, "winograd": WinogradAuto, "direct": WinogradNever, "f2": WinogradF2, "f4": WinogradF4} {
		if got := parseWinograd(name); got != want {
			t.Errorf("%q is %v, want %v", name, got, want)
		}
	}
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, `RESLAB_CONV is "fft"`) || !strings.Contains(said, "direct, winograd, f2, f4") {
			t.Errorf("an unknown name says: %s", said)
		}
	}()
	parseWinograd("fft")
}

// TestWinogradPays checks the choice at both sides of its borders.
func TestWinogradPays(t *testing.T) {
	if winogradUsed.name != kernels.name {
		t.Skipf("the tiles are in assembly here (%s), and Winograd's loops are not", kernels.name)
	}
	layer := func(n, size, in, out int) Conv {
		return Conv{N: n, H: size, W: size, In: in, Out: out, Kernel: 3, Stride: 1, Pad: 1, Dilation: 1, Groups: 1}
	}
	strided, dilated, grouped, padded := layer(8, 32, 16, 16), layer(8, 32, 16, 16), layer(8, 32, 16, 16), layer(8, 32, 16, 16)
	strided.Stride, dilated.Dilation, grouped.Groups, padded.Pad = 2, 2, 2, 3
	defer SetWinograd(SetWinograd(WinogradAuto))
	for c, want := range map[Conv]bool{
		layer(128, 32, 16, 16): true, layer(128, 8, 64, 64): true, layer(1, 56, 64, 64): true, layer(2, 14, 16, 16): true,
		layer(128, 32, 3, 16): false, layer(1, 14, 256, 256): false, layer(128, 5, 64, 64): false,
		strided: false, dilated: false, grouped: false, padded: false,
	} {
		if got := c.winogradForm() != nil; got != want {
			t.Errorf("%+v: %v, want %v", c, got, want)
		}
	}
	for c, want := range map[Conv]bool{
		layer(8, 28, 128, 128): true, layer(8, 14, 256, 255): true, layer(16, 14, 256, 256): true, layer(64, 7, 512, 512): true,
		layer(15, 14, 256, 256): false, layer(63, 7, 512, 512): false, layer(128, 5, 64, 64): false,
	} {
		if got := c.winogradWeightGradForm() != nil; got != want {
			t.Errorf("weight gradient of %+v: %v, want %v", c, got, want)
		}
	}
}
