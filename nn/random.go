package nn

import (
	"hash/fnv"
	"math"
)

// Random is a small stream of random numbers, the same for a seed on every
// machine. It is SplitMix64 (Steele, Lea and Flood 2014): a counter, stirred.
type Random struct{ state uint64 }

// NewRandom returns the stream that belongs to a seed.
func NewRandom(seed uint64) *Random { return &Random{seed} }

// NewRandomAt returns a stream for a seed and a name, as the path of a
// parameter: streams with other names have nothing to do with each other.
func NewRandomAt(seed uint64, name string) *Random {
	h := fnv.New64a()
	h.Write([]byte(name)) // never fails
	return NewRandom(NewRandom(seed).Uint64() ^ h.Sum64())
}

// Uint64 returns 64 random bits.
func (r *Random) Uint64() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Float64 returns a number from 0 up to, but not with, 1: one of 2^53, each as
// likely as the others.
func (r *Random) Float64() float64 { return float64(r.Uint64()>>11) / (1 << 53) }

// Intn returns a number from 0 to n-1. It panics if n is not positive.
func (r *Random) Intn(n int) int {
	if n < 1 {
		panic(mistake("Random", "Intn needs at least 1, got %d", n))
	}
	// A remainder would favour small numbers: draw again in the last, broken run.
	limit := math.MaxUint64 - math.MaxUint64%uint64(n)
	for {
		if v := r.Uint64(); v < limit {
			return int(v % uint64(n))
		}
	}
}

// Normal returns a number from the normal distribution with mean 0 and
// standard deviation 1 (Box and Muller 1958).
func (r *Random) Normal() float64 {
	radius := math.Sqrt(-2 * math.Log(1-r.Float64()))
	return radius * math.Cos(2*math.Pi*r.Float64())
}

// Shuffle returns the numbers 0 to n-1 in random order (Fisher and Yates).
func (r *Random) Shuffle(n int) []int {
	order := make([]int, n)
	for i := range order {
		j := r.Intn(i + 1)
		order[i], order[j] = order[j], i
	}
	return order
}
