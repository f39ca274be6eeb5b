package whydiditsayso

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
	"reslab/viz"
)

// rowsOf cuts numbers into rows of so many.
func rowsOf(data []float32, columns int) [][]float64 { return viz.Matrix(data, columns) }

// Behind a mean over all places and one fully connected layer the class map's mean,
// with the bias, is the score, and Grad-CAM is the class map, cut and divided.
func TestMapsAgainstTheLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edge := rapid.IntRange(1, 5).Draw(t, "edge")
		channels := rapid.IntRange(1, 6).Draw(t, "channels")
		classes := rapid.IntRange(1, 4).Draw(t, "classes")
		kind := rapid.IntRange(0, classes-1).Draw(t, "class")

		fc := nn.NewLinear(channels, classes)
		net := nn.NewSequential().Add("avgpool", nn.NewGlobalAvgPool()).Add("fc", fc)
		random := nn.NewRandom(rapid.Uint64().Draw(t, "seed"))
		x := nn.NewTensor(1, edge, edge, channels)
		for _, numbers := range [][]float32{x.Data, fc.Weight.Value.Data, fc.Bias.Value.Data} {
			for i := range numbers {
				numbers[i] = float32(random.Normal())
			}
		}
		scores := slices.Clone(net.Forward(x, false).Data)
		asked := nn.NewTensor(1, classes)
		asked.Data[kind] = 1
		gradients := net.Backward(asked)

		maps := rowsOf(x.Data, channels)
		weights := make([]float64, channels)
		for c := range weights {
			weights[c] = float64(fc.Weight.Value.At(c, kind))
		}
		heat := classMap(maps, weights)
		byGradient := gradCAM(maps, rowsOf(gradients.Data, channels))

		score, places := float64(fc.Bias.Value.Data[kind]), float64(len(heat))
		for i, v := range heat {
			score += v / places
			if want := max(0, v) / places; math.Abs(byGradient[i]-want) > 1e-5 {
				t.Fatalf("place %d: Grad-CAM gives %v, the class map says %v", i, byGradient[i], want)
			}
		}
		if math.Abs(score-float64(scores[kind])) > 1e-5 {
			t.Fatalf("the map's mean and the bias are %v, the score is %v", score, scores[kind])
		}
	})
}

// Of a score that is a weighted sum, covering one pixel takes away its weight
// times what it had above grey.
func TestOccludeOfAWeightedSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Float64Range(-5, 5)
		row := rapid.SliceOfN(number, 1, 8).Draw(t, "row")
		weights := rapid.SliceOfN(number, len(row), len(row)).Draw(t, "weights")
		grey := number.Draw(t, "grey")
		falls := occlude(cover{weights: weights}.score, row, 1, grey)
		for i, fall := range falls {
			if want := weights[i] * (row[i] - grey); math.Abs(fall-want) > 1e-9 {
				t.Fatalf("pixel %d: the score falls by %v, and should by %v", i, fall, want)
			}
		}
		if len(falls) != len(row) {
			t.Fatalf("%d falls for %d pixels", len(falls), len(row))
		}
	})
}
