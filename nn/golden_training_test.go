package nn

import (
	"context"
	"fmt"
	"math"
	"testing"

	"reslab/nn/internal/kernel"
)

// The tests here hold what moves the weights against PyTorch; see golden_test.go.

func TestOptimisersAgreeWithPyTorch(t *testing.T) {
	cases := []struct {
		name      string
		optimiser *Optimiser
		clip      float64
	}{
		{"sgd", NewSGD(SGDConfig{}), 0},
		{"momentum", NewSGD(SGDConfig{Momentum: 0.9}), 0},
		{"nesterov", NewSGD(SGDConfig{Momentum: 0.9, Nesterov: true}), 0},
		{"weight decay", NewSGD(SGDConfig{Momentum: 0.9, WeightDecay: 0.1}), 0},
		{"weight decay, nesterov", NewSGD(SGDConfig{Momentum: 0.8, Nesterov: true, WeightDecay: 0.1}), 0},
		{"weight decay of weights only", NewSGD(SGDConfig{Momentum: 0.9, WeightDecay: 0.1, DecayWeightsOnly: true}), 0},
		{"adam", NewAdam(AdamConfig{}), 0},
		{"adam settings", NewAdam(AdamConfig{Beta1: 0.8, Beta2: 0.95, Eps: 1e-3}), 0},
		{"adam weight decay", NewAdam(AdamConfig{WeightDecay: 0.1}), 0},
		{"adamw", NewAdam(AdamConfig{WeightDecay: 0.1, Decoupled: true}), 0},
		{"adamw weights only", NewAdam(AdamConfig{WeightDecay: 0.1, Decoupled: true, DecayWeightsOnly: true}), 0},
		{"clipped", NewSGD(SGDConfig{}), 0.7},
		{"clipped, weight decay", NewSGD(SGDConfig{Momentum: 0.9, WeightDecay: 0.1}), 1.5},
		{"clipped far above", NewSGD(SGDConfig{Momentum: 0.9}), 100},
		{"adam, clipped", NewAdam(AdamConfig{}), 0.01},
	}
	names := map[string]bool{}
	for _, c := range cases {
		names[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			compareGolden(t, "optimiser", c.name, 5e-7, threeSteps("optimiser/"+c.name, c.optimiser, c.clip))
		})
	}
	sameNames(t, "optimiser", names, readGolden[goldenTensors](t, "optimiser"))
}

// threeSteps moves a weight and a bias, each step by other gradients and at
// another rate, and returns where they were after each.
func threeSteps(path string, o *Optimiser, clip float64) map[string]*Tensor {
	params := NewLinear(4, 3).Params()
	for _, p := range params {
		p.Value = goldenValue(path+"/"+p.Name, p.Value.Shape)
	}
	after := map[string]*Tensor{}
	for step, rate := range []float64{0.1, 0.03, 0.2} {
		for _, p := range params {
			p.Grad = goldenNoise(fmt.Sprintf("%s/%s/grad%d", path, p.Name, step), 1, p.Value.Shape...)
		}
		if clip > 0 {
			ClipGradient(params, clip)
		}
		o.Step(params, rate)
		for _, p := range params {
			after[fmt.Sprintf("%s, step %d", p.Name, step)] = p.Value.Clone()
		}
	}
	return after
}

func TestSchedulesAgreeWithPyTorch(t *testing.T) {
	ours := map[string]Schedule{
		"constant":        Constant(0.05),
		"steps":           Steps(0.1, 0.1, []int{3, 7, 8}),
		"cosine":          Cosine(0.1, 12),
		"warm-up":         WarmUp(5, Constant(0.1)),
		"warm-up, steps":  WarmUp(5, Steps(0.1, 0.1, []int{3, 7})),
		"warm-up, cosine": WarmUp(4, Cosine(0.2, 12)),
	}
	theirs := readGolden[[]float64](t, "schedule")
	sameNames(t, "schedule", ours, theirs)
	for name, rates := range theirs {
		for step, want := range rates {
			if got := ours[name](step); math.Abs(got-want) > 1e-15 {
				t.Errorf("%s: the rate of step %d is %v, want %v", name, step, got, want)
			}
		}
	}
}

// Ten steps of ResNet-20 on noise from the same weights: the losses are those
// of PyTorch. Under -short there are fewer steps.
func TestTrainingAgreesWithPyTorch(t *testing.T) {
	setWinograd(t, kernel.WinogradNever)
	trainAsPyTorch(t, 1e-5)
}

// So they are by Winograd's way, if less exactly.
func TestTrainingByWinogradAgreesWithPyTorch(t *testing.T) {
	for name, form := range map[string]kernel.Winograd{"F2": kernel.WinogradF2, "F4": kernel.WinogradF4} {
		t.Run(name, func(t *testing.T) {
			setWinograd(t, form)
			trainAsPyTorch(t, 1e-3)
		})
	}
}

func trainAsPyTorch(t *testing.T, tolerance float64) {
	want := readGolden[[]float64](t, "resnet20")["losses"]
	if len(want) != 10 {
		t.Fatalf("the golden file has %d losses, want 10", len(want))
	}
	if testing.Short() {
		want = want[:2]
	}
	net := NewCIFARNet(CIFARConfig{Depth: 20, Skip: true})
	Init(net, goldenSeed, smallClassifier)
	var losses []float64
	training := Training{
		Model:     net,
		Batches:   goldenPictures(32, 32),
		Optimiser: NewSGD(SGDConfig{Momentum: 0.9, WeightDecay: 1e-4}),
		Rate:      Constant(0.01),
		Steps:     len(want),
		AfterStep: func(s StepReport) { losses = append(losses, s.Loss) },
	}
	if err := training.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	worst := 0.0
	for step := range want {
		off := math.Abs(losses[step] - want[step])
		if !(off <= tolerance) {
			t.Errorf("the loss of step %d is %.7f, want %.7f", step, losses[step], want[step])
		}
		worst = max(worst, off)
	}
	t.Logf("worst difference of %d losses %.1e", len(want), worst)
}

// smallClassifier draws He's weights uniformly, and those of the classifier a
// tenth as large. Left as they are, the gradient would be so large that float32
// itself, in PyTorch too, would be 1e-3 off after ten steps.
func smallClassifier(w *Tensor, fan Fan, random *Random) {
	limit := math.Sqrt(6 / float64(fan.In))
	if len(w.Shape) == 2 {
		limit /= 10
	}
	for i := range w.Data {
		w.Data[i] = float32(limit * (2*random.Float64() - 1))
	}
}

// goldenPictures are batches of noise with random labels.
func goldenPictures(batch, edge int) Batches {
	return func(step int) (*Tensor, []int) {
		return goldenNoise(fmt.Sprint("x", step), 1, batch, edge, edge, 3), goldenLabels(fmt.Sprint("labels", step), batch, 10)
	}
}
