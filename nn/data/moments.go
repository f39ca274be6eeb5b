package data

import "math"

// moments are what mean and deviation of each channel are computed from. They
// are whole numbers: every machine, and every order of adding, finds the same.
type moments []moment

type moment struct{ n, sum, squares uint64 }

func newMoments(channels int) moments { return make(moments, channels) }

// add counts pixels in, channel by channel.
func (m moments) add(pixels []uint8) {
	for c := range m {
		var sum, squares, n uint64
		for i := c; i < len(pixels); i += len(m) {
			v := uint64(pixels[i])
			n, sum, squares = n+1, sum+v, squares+v*v
		}
		m[c].n, m[c].sum, m[c].squares = m[c].n+n, m[c].sum+sum, m[c].squares+squares
	}
}

// merge counts what others have counted.
func (m moments) merge(others moments) {
	for c, o := range others {
		m[c].n, m[c].sum, m[c].squares = m[c].n+o.n, m[c].sum+o.sum, m[c].squares+o.squares
	}
}

// figures returns mean and standard deviation of each channel, of pixels between
// 0 and 1. No product is fused into a sum.
func (m moments) figures() (mean, std []float32) {
	mean, std = make([]float32, len(m)), make([]float32, len(m))
	for c, s := range m {
		n := float64(max(s.n, 1))
		average := float64(s.sum) / n
		variance := float64(s.squares)/n - float64(average*average)
		mean[c], std[c] = float32(average/255), float32(math.Sqrt(max(variance, 0))/255)
		if std[c] == 0 {
			std[c] = 1 // pictures of one colour: nothing to scale
		}
	}
	return mean, std
}
