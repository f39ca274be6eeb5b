package deeper

import (
	"math"
	"slices"
	"testing"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

func TestExercises(t *testing.T) {
	labtest.Try(t, "10", diagnoseAnswers(), wayBackAnswers(), normAnswers())
}

func diagnoseAnswers() labtest.Exercise {
	f := func(f diagnoseFunc) diagnoseFunc { return f }
	return labtest.Exercise{
		Name: "diagnose",
		Right: map[string]any{
			"the solution": f(diagnose),
			"early returns": f(func(st, dt, se, de float64) string {
				if dt > st {
					return "hard to train"
				}
				if de > se {
					return "overfitting"
				}
				return "fine"
			}),
			"the other way round": f(func(st, dt, se, de float64) string {
				if st >= dt {
					if se >= de {
						return "fine"
					}
					return "overfitting"
				}
				return "hard to train"
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"deep nets overfit": labtest.Refused(f(func(st, dt, se, de float64) string {
				if de > se {
					return "overfitting"
				}
				return "fine"
			}), "The test loss alone cannot tell"),
			"test before training": labtest.Refused(f(func(st, dt, se, de float64) string {
				switch {
				case de > se:
					return "overfitting"
				case dt > st:
					return "hard to train"
				}
				return "fine"
			}), "The order matters"),
			"training alone": labtest.Refused(f(func(st, dt, se, de float64) string {
				if dt > st {
					return "hard to train"
				}
				return "fine"
			}), "The training loss alone cannot tell"),
			"a net with itself": labtest.Refused(f(func(st, dt, se, de float64) string {
				if de > dt {
					return "overfitting"
				}
				return diagnose(st, dt, se, de)
			}), "Compare the deep net with the shallow one"),
			"equal counts as worse": labtest.Refused(f(func(st, dt, se, de float64) string {
				switch {
				case dt >= st:
					return "hard to train"
				case de >= se:
					return "overfitting"
				}
				return "fine"
			}), "Equal is not worse"),
			"less is worse": labtest.Refused(f(func(st, dt, se, de float64) string {
				switch {
				case dt < st:
					return "hard to train"
				case de < se:
					return "overfitting"
				}
				return "fine"
			}), "mind the direction"),
			"both have to be worse": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > st && de > se, "hard to train", de > se, "overfitting")
			}), `yours says "fine". By hand: the deep net is worse on the pictures that it learns from, 0.6 against 0.4, so "hard to train". A worse training loss is enough`),
			"better training for overfitting": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > st, "hard to train", dt < st && de > se, "overfitting")
			}), "no worse is enough"),
			"a net with itself, second": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > st, "hard to train", de > dt, "overfitting")
			}), "Compare the deep net with the shallow one"),
			"gaps compared": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > st, "hard to train", de-dt > se-st, "overfitting")
			}), "A gap between test and training loss is no harm by itself"),
			"indices swapped": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > se, "hard to train", de > se, "overfitting")
			}), "Compare like with like"),
			"a limit of one's own": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > 1, "hard to train", de > se, "overfitting")
			}), "No loss is bad by itself"),
			"losses added up": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt+de > st+se, "hard to train", de > se, "overfitting")
			}), "Do not add the losses up"),
			"equal training counts as worse": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt >= st, "hard to train", de > se, "overfitting")
			}), "Equal is not worse"),
			"other words": labtest.Refused(f(func(st, dt, se, de float64) string {
				return inOrder(dt > st, "Hard to train", de > se, "Overfitting")
			}), "one of the three words"),
			"always the same": labtest.Refused(f(func(st, dt, se, de float64) string { return "hard to train" }), "whatever the losses are"),
			"a panic":         labtest.Refused(f(func(st, dt, se, de float64) string { panic("to do") }), "test losses of 0.5 and 2.2 yours panics: to do."),
			"names swapped": labtest.Refused(f(func(st, dt, se, de float64) string {
				return map[string]string{"hard to train": "overfitting", "overfitting": "hard to train", "fine": "fine"}[diagnose(st, dt, se, de)]
			}), "the wrong way round"),
		},
	}
}

func wayBackAnswers() labtest.Exercise {
	f := func(f wayBackFunc) wayBackFunc { return f }
	return labtest.Exercise{
		Name: "on-the-way-back",
		Right: map[string]any{
			"the solution": f(onTheWayBack),
			"each on its own": f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i := range slopes {
					out[i] = dy
					for _, s := range slopes[i:] {
						out[i] *= s
					}
				}
				return out
			}),
			"from the place behind": f(func(slopes []float64, dy float64) []float64 {
				out := append(make([]float64, len(slopes)), dy)
				for i := len(slopes) - 1; i >= 0; i-- {
					out[i] = out[i+1] * slopes[i]
				}
				return out[:len(slopes)]
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"from the first layer on": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i, s := range slopes {
					dy *= s
					out[i] = dy
				}
				return out
			}), "begin at the last layer"),
			"nothing is handed on": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i, s := range slopes {
					out[i] = dy * s
				}
				return out
			}), "Hole 2 has to keep the product"),
			"slopes are added": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i := len(slopes) - 1; i >= 0; i-- {
					dy += slopes[i]
					out[i] = dy
				}
				return out
			}), "multiplied, not added"),
			"off by one": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i := len(slopes) - 1; i >= 0; i-- {
					out[i] = dy
					dy *= slopes[i]
				}
				return out
			}), "gradient at the output of each layer"),
			"dy forgotten": labtest.Refused(f(func(slopes []float64, dy float64) []float64 { return onTheWayBack(slopes, 1) }), "dy is forgotten"),
			"upside down": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := onTheWayBack(slopes, dy)
				for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
					out[i], out[j] = out[j], out[i]
				}
				return out
			}), "wrong order"),
			"the slopes alone":       labtest.Refused(fromTheEnd(func(slope, dy float64) (float64, float64) { return slope, slope }), "Those are the slopes alone"),
			"the slope is handed on": labtest.Refused(fromTheEnd(func(slope, dy float64) (float64, float64) { return slope * dy, slope }), "Hole 2 hands on the slope alone"),
			"added to dy":            labtest.Refused(fromTheEnd(func(slope, dy float64) (float64, float64) { return slope * dy, dy + slope*dy }), "Hole 2 adds to dy"),
			"dy counts twice":        labtest.Refused(fromTheEnd(func(slope, dy float64) (float64, float64) { return slope * dy, dy * slope * dy }), "by dy once more"),
			"divided":                labtest.Refused(fromTheEnd(func(slope, dy float64) (float64, float64) { return dy / slope, dy / slope }), "do not divide by it"),
			"signs dropped":          labtest.Refused(fromTheEnd(func(slope, dy float64) (float64, float64) { return math.Abs(slope) * dy, math.Abs(slope) * dy }), "The sign of a slope counts"),
			"the loop ends too early": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i := len(slopes) - 1; i > 0; i-- {
					dy *= slopes[i]
					out[i] = dy
				}
				return out
			}), "The loop ends before the first layer"),
			"the loop begins too late": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i := len(slopes); i >= 0; i-- {
					dy *= slopes[i]
					out[i] = dy
				}
				return out
			}), "yours panics: runtime error: index out of range [1] with length 1. The last layer has the place 0"),
			"places swapped": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				for i := len(slopes) - 1; i >= 0; i-- {
					dy *= slopes[len(slopes)-1-i]
					out[i] = dy
				}
				return out
			}), "The slope of layer i is slopes[i]"),
			"one product for all": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := onTheWayBack(slopes, dy)
				for i := range out {
					out[i] = out[0]
				}
				return out
			}), "the product of all slopes, everywhere"),
			"too small for a float32": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				out := make([]float64, len(slopes))
				g := float32(dy)
				for i := len(slopes) - 1; i >= 0; i-- {
					g *= float32(slopes[i])
					out[i] = float64(g)
				}
				return out
			}), "For 80 layers with a slope of 0.25, and dy=1, yours gives [0 ... 0.25]. By hand, the first layer gets 0.25 times itself, 80 times: 6.8e-49. A float32 has no room for that"),
			"the slopes are overwritten": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				for i := len(slopes) - 1; i >= 0; i-- {
					dy *= slopes[i]
					slopes[i] = dy
				}
				return slopes
			}), "The slopes were [0.5 0.1] and are [0.05 0.1] afterwards"),
			"appended to zeros": labtest.Refused(f(func(slopes []float64, dy float64) []float64 {
				return append(make([]float64, len(slopes)), onTheWayBack(slopes, dy)...)
			}), "write to gradients[i]"),
			"dy at the end":    labtest.Refused(f(func(slopes []float64, dy float64) []float64 { return append(onTheWayBack(slopes, dy), dy) }), "is the gradient at no layer's input"),
			"one number alone": labtest.Refused(f(func(slopes []float64, dy float64) []float64 { return []float64{0.5} }), "There is one for each layer: 2"),
			"the stub":         labtest.Refused(f(func(slopes []float64, dy float64) []float64 { return make([]float64, len(slopes)) }), "the holes are still empty"),
		},
	}
}

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
