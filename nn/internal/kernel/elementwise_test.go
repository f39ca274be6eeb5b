package kernel

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// passCase holds random operands of every pass.
type passCase struct {
	channels        int
	x, dy, r        []float32
	bytes           []byte
	scale, shift, c []float64
	positive        []byte
	leak            float32
	room            func(n int) []float32 // makes a result
}

func newPassCase(random *rand.Rand, size, channels int) passCase {
	c := passCase{channels: channels, x: odd(random, size), dy: odd(random, size), r: odd(random, size), leak: random.Float32(), room: newFloats}
	for range channels {
		c.scale, c.shift, c.c = append(c.scale, random.NormFloat64()), append(c.shift, random.NormFloat64()), append(c.c, random.NormFloat64())
	}
	for range size {
		c.bytes = append(c.bytes, byte(random.Uint32()))
	}
	for range BitsLen(size) {
		c.positive = append(c.positive, byte(random.Uint32()))
	}
	return c
}

func newFloats(n int) []float32 { return make([]float32, n) }

// odd returns random numbers with some that are special among them.
func odd(random *rand.Rand, n int) []float32 {
	special := []float32{0, float32(math.Copysign(0, -1)), float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), 1e-45, -1e-45, 3e38}
	v := make([]float32, n)
	for i := range v {
		if v[i] = float32(random.NormFloat64()); random.IntN(40) == 0 {
			v[i] = special[random.IntN(len(special))]
		}
	}
	return v
}

// results runs every pass and returns all that comes out.
func (c passCase) results() (floats [][]float32, sums [][]float64, positives [][]byte) {
	y := func() []float32 {
		floats = append(floats, c.room(len(c.x)))
		return floats[len(floats)-1]
	}
	copied := func(x []float32) []float32 {
		z := y()
		copy(z, x)
		return z
	}
	sum := func() []float64 {
		sums = append(sums, make([]float64, c.channels))
		return sums[len(sums)-1]
	}
	positive := func() []byte {
		positives = append(positives, make([]byte, BitsLen(len(c.x))))
		return positives[len(positives)-1]
	}
	ColumnMoments(sum(), sum(), c.x)
	ScaleShift(y(), c.x, c.scale, c.shift)
	ScaleShiftBytes(y(), c.bytes, c.scale, c.shift)
	ScaleShiftReLU(y(), c.x, positive(), c.scale, c.shift)
	ScaleShiftAddReLU(y(), c.x, c.r, positive(), c.scale, c.shift)
	ReLU(y(), c.x, positive())
	ReLUGrad(y(), c.dy, c.positive)
	LeakyReLU(y(), c.x, positive(), c.leak)
	LeakyReLUGrad(y(), c.dy, c.positive, c.leak)
	Sigmoid(y(), c.x)
	Tanh(y(), c.x)
	for _, bits := range [][]byte{nil, c.positive} {
		ColumnProducts(sum(), sum(), c.x, c.dy, bits)
		BatchNormGrad(y(), c.x, c.dy, bits, c.scale, c.shift, c.c)
		Add(y(), c.x, c.dy, bits)
	}
	Max(copied(c.x), c.dy)
	winners := make([]int32, len(c.x))
	MaxWinner(copied(c.x), winners, c.dy, 77)
	for _, w := range winners {
		positives[0] = append(positives[0], byte(w))
	}
	return floats, sums, positives
}

// withPasses runs f with each of the processor's sets of passes.
func withPasses(t *testing.T, f func(t *testing.T)) {
	for _, set := range passSets() {
		t.Run(set.name, func(t *testing.T) {
			was := elementwise
			defer func() { elementwise = was }()
			elementwise = set
			f(t)
		})
	}
}

// Every set of passes gives the bits of the plain loops, at any number of cores.
func TestPassesGiveTheSameBits(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	sizes := [][2]int{{1, 1}, {32, 32}, {128 * 40, 16}, {3 * 700, 3}, {999 * 33, 999}, {2048 * 9, 2048}, {17 * 5000, 17}, {0, 4}}
	more := 40
	if testing.Short() {
		more = 8
	}
	for range more {
		channels := 1 + random.IntN(70)
		sizes = append(sizes, [2]int{channels * random.IntN(2000), channels})
	}
	for _, size := range sizes {
		c := newPassCase(random, size[0], size[1])
		was := elementwise
		elementwise = genericPasses
		floats, sums, positives := c.results()
		elementwise = was
		withPasses(t, func(t *testing.T) {
			for _, cores := range []int{1, 3} {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
				gotFloats, gotSums, gotPositives := c.results()
				for i := range floats {
					if j := firstDifference(gotFloats[i], floats[i]); j >= 0 {
						t.Fatalf("%v, floats %d: number %d is %v, want %v", size, i, j, gotFloats[i][j], floats[i][j])
					}
				}
				for i := range sums {
					if !slices.EqualFunc(gotSums[i], sums[i], func(a, b float64) bool { return a == b || a != a && b != b }) {
						t.Fatalf("%v, sums %d: %v, want %v", size, i, gotSums[i], sums[i])
					}
				}
				for i := range positives {
					if !slices.Equal(gotPositives[i], positives[i]) {
						t.Fatalf("%v, bits %d: %x, want %x", size, i, gotPositives[i], positives[i])
					}
				}
			}
		})
	}
}

func firstDifference(a, b []float32) int {
	for i := range b {
		if math.Float32bits(a[i]) != math.Float32bits(b[i]) && (a[i] == a[i] || b[i] == b[i]) {
			return i
		}
	}
	return -1
}

// The passes against sums and formulas written down again in the plainest way.
func TestPassesByFormula(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	const rows, channels = 700, 6
	c := newPassCase(random, rows*channels, channels)
	for i := range c.x { // no special numbers
		c.x[i], c.dy[i], c.r[i] = float32(random.NormFloat64()), float32(random.NormFloat64()), float32(random.NormFloat64())
	}
	withPasses(t, func(t *testing.T) {
		floats, sums, positives := c.results()
		var want [6][channels]float64 // x, x², dy, dy*x, and the last two where the bit is 1
		for i, v := range c.x {
			x, dy, bit := float64(v), float64(c.dy[i]), float64(c.positive[i/8]>>(i%8)&1)
			for k, term := range []float64{x, x * x, dy, dy * x, bit * dy, bit * dy * x} {
				want[k][i%channels] += term
			}
			y := float32(x*c.scale[i%channels] + c.shift[i%channels])
			dx := func(dy float64) float32 {
				return float32(c.scale[i%channels]*dy + c.shift[i%channels]*x + c.c[i%channels])
			}
			above := float32(0)
			if c.x[i] > 0 {
				above = 1
			}
			leaked, leakedGrad := c.x[i], c.dy[i]
			if c.x[i] < 0 {
				leaked *= c.leak
			}
			if bit == 0 {
				leakedGrad *= c.leak
			}
			fromByte := float32(float64(c.bytes[i])*c.scale[i%channels] + c.shift[i%channels])
			for k, want := range []float32{y, fromByte, max(0, y), max(0, y+c.r[i]), above * c.x[i], float32(bit) * c.dy[i], leaked, leakedGrad,
				float32(1 / (1 + math.Exp(-float64(c.x[i])))), float32(math.Tanh(float64(c.x[i]))),
				dx(dy), c.x[i] + c.dy[i], dx(bit * dy), c.x[i] + float32(bit)*c.dy[i], max(c.x[i], c.dy[i]), max(c.x[i], c.dy[i])} {
				if got := floats[k][i]; math.Abs(float64(got-want)) > 1e-6*(1+math.Abs(float64(want))) {
					t.Fatalf("result %d: number %d is %v, want %v", k, i, got, want)
				}
			}
			for k, v := range []float32{y, y + c.r[i], c.x[i]} {
				if is := positives[k][i/8]>>(i%8)&1 == 1; is != (v > 0) {
					t.Fatalf("bits %d: bit %d of %v is %v", k, i, v, is)
				}
			}
			if winner := positives[0][BitsLen(len(c.x))+i]; (winner == 77) != (c.dy[i] > c.x[i]) {
				t.Fatalf("winner %d is %d", i, winner)
			}
		}
		for k := range want {
			for ch, w := range want[k] {
				if math.Abs(sums[k][ch]-w) > 1e-10*(1+math.Abs(w)) {
					t.Errorf("sum %d of channel %d is %v, want %v", k, ch, sums[k][ch], w)
				}
			}
		}
	})
}
