package deeper

import (
	"math"
	"slices"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func normAnswers() labtest.Exercise {
	f := func(f normFunc) normFunc { return f }
	return labtest.Exercise{
		Name: "norm",
		Right: map[string]any{
			"the solution": f(norm),
			"hypotenuses": f(func(g *nn.Tensor) (n float64) {
				for _, v := range g.Data {
					n = math.Hypot(n, float64(v))
				}
				return n
			}),
			"powers": f(func(g *nn.Tensor) float64 {
				return math.Pow(sumOf(g, func(v float64) float64 { return math.Pow(v, 2) }), 0.5)
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"no root":               labtest.Refused(f(func(g *nn.Tensor) float64 { n := norm(g); return n * n }), "The root is missing"),
			"signs cancel":          labtest.Refused(f(func(g *nn.Tensor) float64 { return sumOf(g, func(v float64) float64 { return v }) }), "would cancel"),
			"sum of sizes":          labtest.Refused(f(func(g *nn.Tensor) float64 { return sumOf(g, math.Abs) }), "That is the sum of the sizes"),
			"a mean":                labtest.Refused(f(func(g *nn.Tensor) float64 { return norm(g) / float64(len(g.Data)) }), "No mean is taken"),
			"root of the plain sum": labtest.Refused(f(func(g *nn.Tensor) float64 { return math.Sqrt(sumOf(g, itself)) }), "The squares are missing"),
			"squared too late":      labtest.Refused(f(func(g *nn.Tensor) float64 { return math.Sqrt(math.Pow(sumOf(g, itself), 2)) }), "Square each number before you add"),
			"the last one alone": labtest.Refused(f(func(g *nn.Tensor) float64 {
				sum := 0.0
				for _, v := range g.Data {
					sum = float64(v) * float64(v)
				}
				return math.Sqrt(sum)
			}), "+= adds to it"),
			"the largest one":    labtest.Refused(f(func(g *nn.Tensor) float64 { return float64(slices.Max(append([]float32{0}, g.Data...))) }), "That is the largest number alone"),
			"return in the loop": labtest.Refused(f(func(g *nn.Tensor) float64 { return lengthOf(g.Data[:1]) }), "Does return stand in the loop?"),
			"from the place 1":   labtest.Refused(f(func(g *nn.Tensor) float64 { return lengthOf(g.Data[1:]) }), "places begin at 0"),
			"ends too early":     labtest.Refused(f(func(g *nn.Tensor) float64 { return lengthOf(g.Data[:len(g.Data)-1]) }), "mind where the loop ends"),
			"ends too late": labtest.Refused(f(func(g *nn.Tensor) (sum float64) {
				for i := 0; i <= len(g.Data); i++ {
					sum += float64(g.Data[i])
				}
				return sum
			}), "Of 2 numbers the last has the place 1."),
			"the first axis alone": labtest.Refused(f(func(g *nn.Tensor) float64 { return lengthOf(g.Data[:g.Shape[0]]) }), "in the shape [1 2 2] yours gives 3. By hand: the root of 9 + 16 + 144 + 7056 = 85. Those are not all numbers"),
			"one axis taken for granted": labtest.Refused(f(func(g *nn.Tensor) float64 {
				sum := 0.0
				for i := range g.Data {
					sum += float64(g.At(i)) * float64(g.At(i))
				}
				return math.Sqrt(sum)
			}), "A gradient may have any number of axes."),
			"places in place of numbers": labtest.Refused(f(func(g *nn.Tensor) (sum float64) {
				for i := range g.Data {
					sum += float64(i) * float64(i)
				}
				return math.Sqrt(sum)
			}), "range gives the place first"),
			"a root every turn": labtest.Refused(f(func(g *nn.Tensor) (n float64) {
				for _, v := range g.Data {
					n = math.Sqrt(n + float64(v)*float64(v))
				}
				return n
			}), "Take it once, behind the loop"),
			"the square alone in float32": labtest.Refused(f(func(g *nn.Tensor) float64 {
				sum := 0.0
				for _, v := range g.Data {
					sum += float64(v * v)
				}
				return math.Sqrt(sum)
			}), "The square was taken in float32"),
			"scaled, and divided by 0": labtest.Refused(f(func(g *nn.Tensor) float64 {
				most, sum := 0.0, 0.0
				for _, v := range g.Data {
					most = max(most, math.Abs(float64(v)))
				}
				for _, v := range g.Data {
					sum += math.Pow(float64(v)/most, 2)
				}
				return most * math.Sqrt(sum)
			}), "NaN is what 0 divided by 0 gives"),
			"never quite zero":   labtest.Refused(f(func(g *nn.Tensor) float64 { return math.Sqrt(1e-12 + math.Pow(norm(g), 2)) }), "A gradient of zeros has the length 0"),
			"squares in float32": labtest.Refused(f(func(g *nn.Tensor) float64 { return math.Sqrt(sumOf32(g)) }), "a float32 has no room for that"),
			"the stub":           labtest.Refused(f(func(g *nn.Tensor) float64 { return 0 }), "It is always 0 so far"),
			"the gradient is changed": labtest.Refused(f(func(g *nn.Tensor) float64 {
				n := norm(g)
				clear(g.Data)
				return n
			}), "is [0 0] afterwards"),
		},
	}
}

func sumOf32(g *nn.Tensor) float64 {
	var sum float32
	for _, v := range g.Data {
		sum += v * v
	}
	return float64(sum)
}
