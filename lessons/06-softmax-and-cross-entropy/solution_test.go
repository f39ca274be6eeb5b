package softmax

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"reslab/nn"
	"reslab/nn/gradcheck"
)

func TestByHand(t *testing.T) {
	scores := []float64{math.Log(1), math.Log(2), math.Log(5)}
	for i, want := range []float64{1.0 / 8, 2.0 / 8, 5.0 / 8} {
		if got := softmax(scores)[i]; !near(got, want) {
			t.Errorf("share %d is %v, want %v", i, got, want)
		}
	}
	if got := surprise(scores, 1); !near(got, math.Log(4)) {
		t.Errorf("surprise %v, want that of a quarter, %v", got, math.Log(4))
	}
	if got := list(scoreGradient(scores, 1)); got != "[0.125 -0.75 0.625]" {
		t.Errorf("gradient %s", got)
	}
}

// someScores draws a question.
func someScores(t *rapid.T, largest float64) (scores []float64, label int) {
	scores = rapid.SliceOfN(rapid.Float64Range(-largest, largest), 1, 12).Draw(t, "scores")
	return scores, rapid.IntRange(0, len(scores)-1).Draw(t, "label")
}

// The solutions and the library compute the same.
func TestTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores, label := someScores(t, 30)
		x := rowOf(scores)
		for i, v := range x.Data { // what float32 makes of them
			scores[i] = float64(v)
		}
		p := nn.NewSoftmax().Forward(x, false)
		loss, gradient := nn.CrossEntropy(x, []int{label})
		if math.Abs(surprise(scores, label)-loss) > 1e-9*max(1, loss) {
			t.Fatalf("surprise %v, the library's %v", surprise(scores, label), loss)
		}
		for i := range scores {
			if math.Abs(softmax(scores)[i]-float64(p.Data[i])) > 1e-6 || math.Abs(scoreGradient(scores, label)[i]-float64(gradient.Data[i])) > 1e-6 {
				t.Fatalf("share or gradient %d is not the library's", i)
			}
		}
	})
}

// What is moved by a nudge is what the gradient says, and a gradient sums to 0.
func TestGradientIsTheNudge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores, label := someScores(t, 5)
		gradient := make([]float32, len(scores))
		sum := 0.0
		for i, v := range scoreGradient(scores, label) {
			gradient[i] = float32(v)
			sum += v
		}
		if math.Abs(sum) > 1e-9 {
			t.Fatalf("the sum is %v", sum)
		}
		report := gradcheck.Function("surprise", func(at []float64) float64 { return surprise(at, label) }, scores, gradient)
		if !report.OK(1e-4) {
			t.Fatal(report)
		}
	})
}

func TestLargeScoresDoNotOverflow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores, label := someScores(t, 1e6)
		sum := 0.0
		for _, p := range softmax(scores) {
			sum += p
		}
		if !near(sum, 1) || !(surprise(scores, label) >= 0) || math.IsInf(surprise(scores, label), 0) {
			t.Fatalf("shares sum to %v, surprise %v", sum, surprise(scores, label))
		}
	})
}
