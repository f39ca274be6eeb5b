package ladder

import (
	"fmt"

	"reslab/nn"
)

// Shape is a convolution of N pictures of H rows and W columns, from In to Out
// channels. Pictures are [N, H, W, channels], weights [3, 3, In, Out], both row by row.
type Shape struct{ N, H, W, In, Out int }

// String describes the shape, as "1x56x56, 64 to 64 channels".
func (s Shape) String() string {
	return fmt.Sprintf("%dx%dx%d, %d to %d channels", s.N, s.H, s.W, s.In, s.Out)
}

// MultiplyAdds returns how many products the formula adds up, those with the
// zeros of the border included.
func (s Shape) MultiplyAdds() int64 {
	return int64(s.N*s.H*s.W) * int64(9*s.In*s.Out)
}

// Inputs, Weights and Outputs return the number of floats of x, w and y.
func (s Shape) Inputs() int  { return s.N * s.H * s.W * s.In }
func (s Shape) Weights() int { return 9 * s.In * s.Out }
func (s Shape) Outputs() int { return s.N * s.H * s.W * s.Out }

// Random returns pictures and weights drawn from a seed, normally distributed.
func (s Shape) Random(seed uint64) (x, w []float32) {
	s.check()
	draw := func(what string, n int) []float32 {
		random, v := nn.NewRandomAt(seed, what), make([]float32, n)
		for i := range v {
			v[i] = float32(random.Normal())
		}
		return v
	}
	return draw("x", s.Inputs()), draw("w", s.Weights())
}

func (s Shape) check() {
	if s.N < 1 || s.H < 1 || s.W < 1 || s.In < 1 || s.Out < 1 {
		panic(&nn.Mistake{Layer: "ladder.Shape", Problem: fmt.Sprintf("every number must be 1 at least, got %+v", s)})
	}
}

// input returns the place in x of a pixel's first channel.
func (s Shape) input(n, i, j int) int { return ((n*s.H+i)*s.W + j) * s.In }

// output returns the place in y of a pixel's first channel.
func (s Shape) output(n, i, j int) int { return ((n*s.H+i)*s.W + j) * s.Out }

// inside says whether a pixel is in the picture and not in its border.
func (s Shape) inside(i, j int) bool { return i >= 0 && i < s.H && j >= 0 && j < s.W }
