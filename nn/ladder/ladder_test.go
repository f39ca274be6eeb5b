package ladder_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn/ladder"
)

// Every step must compute what the first one does, on any shape.
func TestAllStepsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, most int) int { return rapid.IntRange(1, most).Draw(t, name) }
		s := ladder.Shape{N: draw("N", 3), H: draw("H", 11), W: draw("W", 11), In: draw("In", 35), Out: draw("Out", 35)}
		x, w := s.Random(uint64(draw("seed", 1000)))
		want := make([]float32, s.Outputs())
		ladder.Naive(s, want, x, w)
		spread := math.Sqrt(float64(9 * s.In)) // of an output, about
		for _, step := range ladder.Steps() {
			got := make([]float32, s.Outputs())
			for i := range got {
				got[i] = float32(math.NaN())
			}
			step.Run(s, got, x, w)
			for i := range got {
				if !(math.Abs(float64(got[i]-want[i])) <= 5e-5*spread) {
					t.Fatalf("%s, %s: y[%d] is %g, the formula gives %g", step.Name, s, i, got[i], want[i])
				}
			}
		}
	})
}

// By hand: one pixel of one channel sees the middle of the window only; two
// pixels side by side see each other.
func TestByHand(t *testing.T) {
	w := []float32{1, 2, 3, 4, 5, 6, 7, 8, 9}
	for _, c := range []struct {
		shape ladder.Shape
		x     []float32
		want  []float32
	}{
		{ladder.Shape{N: 1, H: 1, W: 1, In: 1, Out: 1}, []float32{10}, []float32{50}},
		{ladder.Shape{N: 1, H: 1, W: 2, In: 1, Out: 1}, []float32{10, 1}, []float32{56, 45}}, // 10*5+1*6, 10*4+1*5
		{ladder.Shape{N: 1, H: 2, W: 1, In: 1, Out: 1}, []float32{10, 1}, []float32{58, 25}}, // 10*5+1*8, 10*2+1*5
	} {
		for _, step := range ladder.Steps() {
			y := make([]float32, len(c.want))
			step.Run(c.shape, y, c.x, w)
			for i := range y {
				if math.Abs(float64(y[i]-c.want[i])) > 1e-4 {
					t.Errorf("%s: %v gives %v, want %v", step.Name, c.x, y, c.want)
				}
			}
		}
	}
}

func BenchmarkLadder(b *testing.B) {
	s := ladder.Shape{N: 1, H: 28, W: 28, In: 64, Out: 64}
	x, w := s.Random(1)
	y := make([]float32, s.Outputs())
	for _, step := range ladder.Steps() {
		b.Run(step.Name, func(b *testing.B) {
			for b.Loop() {
				step.Run(s, y, x, w)
			}
			b.ReportMetric(2*float64(s.MultiplyAdds())*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
		})
	}
}
