package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// plainTile is the formula at the type tile, for any size. Unlike assembly it
// notices an index beyond the end of a slice.
func plainTile(rows, cols int) tile {
	return tile{rows, cols, func(c, start, bias, a, b []float32, to, from, runs []int, length, aStep int, relu bool, next []float32, pace int) {
		for first := 0; first < len(from); first += rows {
			var sums []float32
			for i := range rows {
				for j := range cols {
					var sum float32
					if start != nil {
						sum = start[to[first+i]+j]
					}
					for r, run := range runs {
						for l := range length {
							sum += a[from[first+i]+run+l*aStep] * b[(r*length+l)*cols+j]
						}
					}
					if bias != nil {
						sum += bias[j]
					}
					if relu {
						sum = max(0, sum)
					}
					sums = append(sums, sum)
				}
			}
			for i := range rows {
				copy(c[to[first+i]:][:cols], sums[i*cols:])
			}
		}
	}}
}

// plainTileSets have the sizes of the sets in assembly.
var plainTileSets = []tileSet{
	{"plain3x32", []tiles{
		{plainTile(3, 32), plainTile(2, 32)},
		{plainTile(6, 16), plainTile(5, 16), plainTile(4, 16)},
	}, peak{}, nil, nil},
	{"plain6x64", []tiles{
		{plainTile(6, 64), plainTile(4, 64)},
		{plainTile(12, 32), plainTile(8, 32), plainTile(4, 32)},
		{plainTile(12, 16), plainTile(8, 16)},
	}, peak{}, nil, nil},
}

// eachTileSet runs the test with every set of tiles that this machine has, and
// with the others, all for direct convolution.
func eachTileSet(t *testing.T, others []tileSet, test func(t *testing.T)) {
	chosen, mode := kernels, SetWinograd(WinogradNever)
	defer func() { kernels = chosen; SetWinograd(mode) }()
	for _, set := range append(tileSets(), others...) {
		kernels = set
		t.Run(set.name, test)
	}
}

// operation is a function on some operands, with its reference.
type operation struct {
	name       string
	size       int // floats of the result
	terms      int // products in each of them, at most
	fast, slow func(result []float32)
}

// operations lists what can be done with a convolution and these operands.
func operations(c Conv, x, w, dy, bias []float32) []operation {
	taps := c.Kernel * c.Kernel
	return []operation{
		{
			"forward", len(dy), taps * c.In / c.Groups,
			func(y []float32) { c.Forward(y, x, w, nil) },
			func(y []float32) { NaiveForward(c, y, x, w, nil) },
		}, {
			"forward with bias", len(dy), taps*c.In/c.Groups + 1,
			func(y []float32) { c.Forward(y, x, w, bias) },
			func(y []float32) { NaiveForward(c, y, x, w, bias) },
		}, {
			"input gradient", len(x), taps * c.Out / c.Groups,
			func(dx []float32) { c.InputGrad(dx, dy, w) },
			func(dx []float32) { NaiveInputGrad(c, dx, dy, w) },
		}, {
			"weight gradient", len(w), c.N*c.OutH()*c.OutW() + 1,
			func(dw []float32) { c.WeightGrad(dw, x, dy) },
			func(dw []float32) { NaiveWeightGrad(c, dw, x, dy) },
		},
	}
}

// newOperands returns space for x, w, dy and the bias of a convolution.
func newOperands(c Conv) (x, w, dy, bias []float32) {
	return make([]float32, c.N*c.H*c.W*c.In), make([]float32, c.Kernel*c.Kernel*c.In/c.Groups*c.Out),
		make([]float32, c.N*c.OutH()*c.OutW()*c.Out), make([]float32, c.Out)
}

// randomOperations lists them with operands drawn from the normal distribution.
func randomOperations(c Conv, random *rand.Rand) []operation {
	x, w, dy, bias := newOperands(c)
	for _, operand := range [][]float32{x, w, dy, bias} {
		draw(operand, random)
	}
	return operations(c, x, w, dy, bias)
}

// randomProducts lists the matrix products, likewise.
func randomProducts(n, in, out int, random *rand.Rand) []operation {
	x, w, dy := make([]float32, n*in), make([]float32, in*out), make([]float32, n*out)
	for _, operand := range [][]float32{x, w, dy} {
		draw(operand, random)
	}
	return []operation{
		{
			"product", len(dy), in,
			func(y []float32) { MatMul(y, x, w, n, in, out) },
			func(y []float32) { NaiveMatMul(y, x, w, n, in, out) },
		}, {
			"product, input gradient", len(x), out,
			func(dx []float32) { MatMulInputGrad(dx, dy, w, n, in, out) },
			func(dx []float32) { NaiveMatMulInputGrad(dx, dy, w, n, in, out) },
		}, {
			"product, weight gradient", len(w), n + 1,
			func(dw []float32) { MatMulWeightGrad(dw, x, dy, n, in, out) },
			func(dw []float32) { NaiveMatMulWeightGrad(dw, x, dy, n, in, out) },
		},
	}
}

func draw(s []float32, random *rand.Rand) []float32 {
	for i := range s {
		s[i] = float32(random.NormFloat64())
	}
	return s
}

// drawConv draws a convolution whose window fits.
func drawConv(t *rapid.T) Conv {
	draw := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
	c := Conv{
		N: draw("N", 0, 4), Kernel: draw("kernel", 1, 4), Stride: draw("stride", 1, 3),
		Pad: draw("pad", 0, 3), Dilation: draw("dilation", 1, 2), Groups: draw("groups", 1, 3),
	}
	smallest := max(1, c.Dilation*(c.Kernel-1)+1-2*c.Pad)
	c.H, c.W = draw("H", smallest, smallest+8), draw("W", smallest, smallest+8)
	c.In = c.Groups * draw("in per group", 1, 10)
	c.Out = c.Groups * rapid.OneOf(rapid.IntRange(1, 10), rapid.SampledFrom([]int{16, 17, 32, 50, 64, 100})).Draw(t, "out per group")
	return c
}

func TestFastIsNaive(t *testing.T) {
	eachTileSet(t, plainTileSets, checkFastIsNaive)
}

func checkFastIsNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
		for _, op := range randomOperations(drawConv(t), random) {
			op.check(t, random)
		}
	})
}

// TestLotsAreNaive compares where items are lots of bands, on one core and on three.
func TestLotsAreNaive(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	c := square(1, 256, 16, 17, 1, 1)
	x, w, want, bias := newOperands(c)
	for _, operand := range [][]float32{x, w, bias} {
		draw(operand, rand.New(rand.NewPCG(1, 2)))
	}
	NaiveForward(c, want, x, w, bias)
	eachTileSet(t, nil, func(t *testing.T) {
		if lot := newForward(c.flat()).lot; lot < 2 {
			t.Fatalf("an item is %d bands", lot)
		}
		y, same := make([]float32, len(want)), make([]float32, len(want))
		runtime.GOMAXPROCS(1)
		c.Forward(y, x, w, bias)
		runtime.GOMAXPROCS(3)
		c.Forward(same, x, w, bias)
		for i := range want {
			if y[i] != same[i] || math.Abs(float64(y[i]-want[i])) > 1e-4 {
				t.Fatalf("element %d is %v and %v, want %v", i, y[i], same[i], want[i])
			}
		}
	})
}

// TestLotsLeaveWorkForAll: where rows are so long that one is a band, an item takes
// no more of them.
func TestLotsLeaveWorkForAll(t *testing.T) {
	c := Conv{N: 1, H: 102, W: 32002, In: 64, Out: 32, Kernel: 3, Stride: 1, Dilation: 1, Groups: 1}
	s := newForward(c)
	if items := ceilDiv(s.bands, s.lot) * s.parts; items < 32 {
		t.Errorf("%d rows are %d items: %+v", c.OutH(), items, s.cut)
	}
}

func TestProductIsNaive(t *testing.T) {
	eachTileSet(t, plainTileSets, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			random := rand.New(rand.NewPCG(2, rapid.Uint64().Draw(t, "seed")))
			n, in, out := rapid.IntRange(0, 150).Draw(t, "n"), rapid.IntRange(1, 40).Draw(t, "in"), rapid.IntRange(1, 70).Draw(t, "out")
			for _, op := range randomProducts(n, in, out, random) {
				op.check(t, random)
			}
		})
	})
}

// check compares with the reference, beginning with random numbers in the
// result. A sum of products of normal numbers has a root mean square of the
// square root of their number: the tolerance is relative to that.
func (op operation) check(t *rapid.T, random *rand.Rand) {
	const tolerance = 1e-5
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

// shapes are convolutions of each kind that is large enough to be cut into many
// items of work.
var shapes = []Conv{
	{N: 9, H: 16, W: 16, In: 16, Out: 16, Kernel: 3, Stride: 1, Pad: 1, Dilation: 1, Groups: 1},
	{N: 20, H: 9, W: 11, In: 3, Out: 34, Kernel: 3, Stride: 2, Pad: 1, Dilation: 1, Groups: 1},
	{N: 1, H: 15, W: 15, In: 32, Out: 64, Kernel: 1, Stride: 2, Pad: 0, Dilation: 1, Groups: 1},
	{N: 1, H: 14, W: 14, In: 24, Out: 24, Kernel: 3, Stride: 1, Pad: 2, Dilation: 2, Groups: 24},
	{N: 1, H: 5, W: 5, In: 96, Out: 130, Kernel: 3, Stride: 1, Pad: 1, Dilation: 1, Groups: 1},
}

// TestAdjoint checks without the reference that <conv(x), dy>, <x, inputGrad(dy)>
// and <w, weightGrad(x, dy)> are one number.
func TestAdjoint(t *testing.T) {
	eachTileSet(t, plainTileSets, func(t *testing.T) {
		random := rand.New(rand.NewPCG(3, 3))
		for _, c := range shapes {
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

// TestSameOnAnyCores checks that results do not depend on GOMAXPROCS, to the bit.
func TestSameOnAnyCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	eachTileSet(t, nil, func(t *testing.T) {
		random := rand.New(rand.NewPCG(4, 4))
		ops := randomProducts(300, 30, 50, random)
		for _, c := range shapes {
			ops = append(ops, randomOperations(c, random)...)
		}
		for _, op := range ops {
			start := draw(make([]float32, op.size), random)
			results := map[int][]float32{}
			for _, cores := range []int{1, 2, 3, 7} {
				runtime.GOMAXPROCS(cores)
				results[cores] = slices.Clone(start)
				op.fast(results[cores])
			}
			if !slices.Equal(results[1], results[2]) || !slices.Equal(results[1], results[3]) || !slices.Equal(results[1], results[7]) {
				t.Errorf("%s with a result of %d numbers depends on GOMAXPROCS", op.name, op.size)
			}
		}
	})
}

// TestManyAtOnce runs all operations on many goroutines: none may get at the
// working memory of another.
func TestManyAtOnce(t *testing.T) {
	eachTileSet(t, nil, func(t *testing.T) {
		for i, c := range shapes {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				random := rand.New(rand.NewPCG(5, uint64(i)))
				for _, op := range randomOperations(c, random) {
					start := draw(make([]float32, op.size), random)
					want := slices.Clone(start)
					op.fast(want)
					for range 3 {
						got := slices.Clone(start)
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

// TestNaNAndInf checks that a NaN and an infinity reach the results that are
// made from them, and no others, even through weights of zero.
func TestNaNAndInf(t *testing.T) {
	eachTileSet(t, nil, func(t *testing.T) {
		for _, stride := range []int{1, 2} {
			c := Conv{N: 2, H: 6, W: 7, In: 3, Out: 5, Kernel: 3, Stride: stride, Pad: 1, Dilation: 1, Groups: 1}
			x, w, dy, bias := newOperands(c)
			x[c.inPicture().at(2, 3)+1] = float32(math.Inf(1))
			dy[c.outPicture().at(2, 2)+2] = float32(math.NaN())
			for _, op := range operations(c, x, w, dy, bias) {
				got, want := make([]float32, op.size), make([]float32, op.size)
				op.fast(got)
				op.slow(want)
				count := 0
				for i := range want {
					if isNaN := want[i] != want[i]; isNaN != (got[i] != got[i]) {
						t.Errorf("stride %d, %s: element %d is %v, want %v", stride, op.name, i, got[i], want[i])
					} else if isNaN {
						count++
					}
				}
				if count == 0 || count == len(want) {
					t.Errorf("stride %d, %s: %d of %d elements are NaN", stride, op.name, count, len(want))
				}
			}
		}
	})
}

func dot(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
