package nn_test

import (
	"context"
	"errors"
	"math"
	"runtime"
	"strings"
	"testing"

	"reslab/nn"
)

// One step by hand: x = 2, w = 3 and a bias of 0 give the logits 6 and 0 with
// w for class 0 and 0 for class 1; the label is 1.
//
//	p0 = 1/(1+exp(-6))     loss = -log(1-p0) = 6.0024757     dw0 = 2*p0, dw1 = -2*p0
func TestTrainingByHand(t *testing.T) {
	fc := nn.NewLinear(1, 2)
	fc.Weight.Value.Data[0] = 3
	var seen []nn.StepReport
	training := &nn.Training{
		Model:     nn.NewSequential().Add("fc", fc),
		Batches:   func(int) (*nn.Tensor, []int) { return nn.FromSlice([]float32{2}, 1, 1), []int{1} },
		Optimiser: nn.NewSGD(nn.SGDConfig{}),
		Rate:      nn.Constant(0.5),
		Steps:     1,
		BeforeUpdate: func(s nn.StepReport) {
			seen = append(seen, s)
			if fc.Weight.Value.Data[0] != 3 || fc.Weight.Grad == nil {
				t.Error("before the update there must be gradients, and the old weights")
			}
		},
		AfterStep: func(s nn.StepReport) {
			seen = append(seen, s)
			if fc.Weight.Value.Data[0] == 3 {
				t.Error("after the step there must be new weights")
			}
		},
	}
	if err := training.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	p0 := 1 / (1 + math.Exp(-6))
	wantNumbers(t, "w", fc.Weight.Value, []int{1, 2}, float32(3-0.5*2*p0), float32(0.5*2*p0))
	wantNumbers(t, "b", fc.Bias.Value, []int{2}, float32(-0.5*p0), float32(0.5*p0))
	if len(seen) != 2 || seen[0] != seen[1] || seen[0].Step != 0 || seen[0].Accuracy != 0 || seen[0].Rate != 0.5 || !near(seen[0].Loss, 6.0024757, 1e-6) {
		t.Errorf("reports %+v", seen)
	}
}

// A small residual net learns four pictures of noise by heart.
func TestTrainingLearns(t *testing.T) {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true})
	nn.Init(net, 1, nn.HeFanIn)
	training := noiseTraining(net, 30, 0.05)
	var first, last nn.StepReport
	training.AfterStep = func(s nn.StepReport) {
		if last = s; s.Step == 0 {
			first = s
		}
	}
	if err := training.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if last.Step != 29 || last.Loss > first.Loss/20 || last.Accuracy != 1 {
		t.Errorf("the loss goes from %.3f to %.3f, the accuracy to %.2f at step %d", first.Loss, last.Loss, last.Accuracy, last.Step)
	}
}

// The same seed gives the same bits, whatever the number of cores.
func TestTrainingDoesNotDependOnTheCores(t *testing.T) {
	train := func(cores int) []*nn.Param {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Projection: true})
		nn.Init(net, 1, nn.HeFanIn)
		if err := noiseTraining(net, 3, 0.1).Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		return net.Params()
	}
	want := train(1)
	for _, cores := range []int{2, 7} {
		for i, p := range train(cores) {
			if !sameBits(p.Value, want[i].Value) {
				t.Errorf("%d cores: %s differs", cores, p.Name)
			}
		}
	}
}

// A training that diverges ends with an error, and with the model, running
// averages included, as the last whole step left it.
func TestTrainingThatDiverges(t *testing.T) {
	for name, noNorm := range map[string]bool{"batch norm": false, "no batch norm": true} {
		net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, NoBatchNorm: noNorm})
		nn.Init(net, 1, nn.HeFanIn)
		training := noiseTraining(net, 200, 1e15)
		var last []*nn.Tensor
		whole := -1
		training.AfterStep = func(s nn.StepReport) {
			whole, last = s.Step, last[:0]
			for _, p := range net.Params() {
				last = append(last, p.Value.Clone())
			}
		}
		err := training.Run(context.Background())
		var diverged *nn.Diverged
		if !errors.As(err, &diverged) {
			t.Fatalf("%s: got %v, want a *Diverged", name, err)
		}
		lost := math.IsNaN(diverged.Loss) || math.IsInf(diverged.Loss, 0)
		if !noNorm { // batch norm hides from the loss how large the weights have become
			lost = diverged.Fault == "average"
		}
		if diverged.Step != whole+1 || diverged.Rate != 1e15 || !lost {
			t.Errorf("%s: %+v after the whole step %d", name, diverged, whole)
		}
		if !strings.Contains(err.Error(), "learning rate") {
			t.Errorf("%q does not say what to do", err)
		}
		for i, p := range net.Params() {
			if !sameBits(p.Value, last[i]) {
				t.Errorf("%s: %s is not that of the last whole step", name, p.Name)
			}
		}
	}
}

func TestTrainingEnds(t *testing.T) {
	net := nn.NewSequential().Add("flat", nn.NewFlatten()).Add("fc", nn.NewLinear(8*8*3, 10))
	nn.Init(net, 1, nn.HeFanIn)
	ctx, cancel := context.WithCancel(context.Background())
	training := noiseTraining(net, 100, 0.01)
	steps := 0
	training.AfterStep = func(s nn.StepReport) {
		if steps++; s.Step == 4 {
			cancel()
		}
	}
	if err := training.Run(ctx); !errors.Is(err, context.Canceled) || steps != 5 {
		t.Errorf("cancelled in step 4: %d steps, error %v", steps, err)
	}

	steps = 0
	more := training.Batches
	training.Batches = func(step int) (*nn.Tensor, []int) {
		if step == 7 {
			return nil, nil
		}
		return more(step)
	}
	if err := training.Run(context.Background()); err != nil || steps != 7 {
		t.Errorf("batches for 7 steps: %d steps, error %v", steps, err)
	}
}

// Two nets may train in turns, step by step, and each ends as if it were alone.
func TestStepsMayBeTakenInTurns(t *testing.T) {
	build := func(skip bool) *nn.Training {
		net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: skip})
		nn.Init(net, 1, nn.HeFanIn)
		return noiseTraining(net, 4, 0.1)
	}
	turns, alone := []*nn.Training{build(false), build(true)}, []*nn.Training{build(false), build(true)}
	for step := range 4 {
		for _, training := range turns {
			if more, err := training.Step(step); !more || err != nil {
				t.Fatalf("step %d: more %v, error %v", step, more, err)
			}
		}
	}
	for i, training := range alone {
		if err := training.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		for j, p := range training.Model.Params() {
			if !sameBits(p.Value, turns[i].Model.Params()[j].Value) {
				t.Errorf("net %d: %s differs", i, p.Name)
			}
		}
	}
	turns[0].Batches = func(int) (*nn.Tensor, []int) { return nil, nil }
	if more, err := turns[0].Step(4); more || err != nil {
		t.Errorf("without a batch: more %v, error %v", more, err)
	}
}

// A net that nobody has drawn is all zeros and would never learn.
func TestTrainingRefusesWhatCannotBegin(t *testing.T) {
	m := mistakeOf(t, "zeros", func() { noiseTraining(nn.NewCIFARNet(nn.CIFARConfig{Depth: 8}), 1, 0.1).Run(context.Background()) })
	if !strings.Contains(m.Error(), "Init") {
		t.Errorf("%q does not name Init", m)
	}
	for what, spoil := range map[string]func(*nn.Training){
		"model":     func(t *nn.Training) { t.Model = nil },
		"batches":   func(t *nn.Training) { t.Batches = nil },
		"optimiser": func(t *nn.Training) { t.Optimiser = nil },
		"rate":      func(t *nn.Training) { t.Rate = nil },
		"steps":     func(t *nn.Training) { t.Steps = 0 },
		"labels":    func(t *nn.Training) { t.Batches = func(int) (*nn.Tensor, []int) { return randn(1, 2, 4), []int{0} } },
	} {
		net := nn.NewSequential().Add("fc", nn.NewLinear(4, 3))
		nn.Init(net, 1, nn.HeFanIn)
		training := noiseTraining(net, 1, 0.1)
		spoil(training)
		mistakeOf(t, what, func() { training.Run(context.Background()) })
	}
}

// A highway that opens while the net trains is trained from then on.
func TestTrainingFollowsASwitchedSkip(t *testing.T) {
	block := nn.NewResidual(conv(3, 4, 1), conv(3, 4, 1), false)
	net := nn.NewSequential().Add("block", block).Add("pool", nn.NewGlobalAvgPool()).Add("fc", nn.NewLinear(4, 10))
	nn.Init(net, 1, nn.HeFanIn)
	shortcut := block.Shortcut.Params()[0].Value
	before := shortcut.Clone()
	training := noiseTraining(net, 6, 0.01)
	training.AfterStep = func(s nn.StepReport) {
		if moved := !sameBits(shortcut, before); moved != (s.Step > 2) {
			t.Errorf("after step %d the shortcut has moved: %v", s.Step, moved)
		}
		block.Skip = s.Step >= 2
	}
	if err := training.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// Any func of logits and labels is a loss: here the mean square distance.
func TestTrainingWithALossOfOnesOwn(t *testing.T) {
	net := nn.NewSequential().Add("fc", nn.NewLinear(1, 1))
	net.Params()[0].Value.Data[0] = 1
	x := nn.FromSlice([]float32{0, 1, 2, 3}, 4, 1)
	training := &nn.Training{
		Model:   net,
		Batches: func(int) (*nn.Tensor, []int) { return x, []int{0, 0, 0, 0} },
		Loss: func(y *nn.Tensor, _ []int) (loss float64, dy *nn.Tensor) {
			dy = nn.NewTensor(y.Shape...)
			for i, v := range y.Data { // wanted: 2x + 1
				off := v - (2*x.Data[i] + 1)
				loss += float64(off*off) / 4
				dy.Data[i] = off / 2
			}
			return loss, dy
		},
		Optimiser: nn.NewSGD(nn.SGDConfig{Momentum: 0.9}),
		Rate:      nn.Constant(0.05),
		Steps:     400,
	}
	if err := training.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	w, b := net.Params()[0].Value.Data[0], net.Params()[1].Value.Data[0]
	if !near(float64(w), 2, 1e-4) || !near(float64(b), 1, 1e-4) {
		t.Errorf("learned %v*x + %v, want 2x + 1", w, b)
	}
}

// With a loss of one's own the output need not be a score for each class: it may be
// one score for yes or no, or a picture without any label.
func TestTrainingWithAnOutputOfOnesOwn(t *testing.T) {
	towardsZero := func(y *nn.Tensor, _ []int) (loss float64, dy *nn.Tensor) { return y.Norm(), y.Clone() }
	for _, c := range []struct {
		name   string
		model  *nn.Sequential
		x      *nn.Tensor
		labels []int
	}{
		{"yes or no", nn.NewSequential().Add("fc", nn.NewLinear(4, 1)), randn(1, 3, 4), []int{0, 1, 1}},
		{"a picture", nn.NewSequential().Add("conv", conv(2, 2, 1)), randn(1, 3, 5, 5, 2), nil},
	} {
		nn.Init(c.model, 1, nn.HeFanIn)
		var losses []float64
		training := &nn.Training{
			Model: c.model, Batches: func(int) (*nn.Tensor, []int) { return c.x, c.labels }, Loss: towardsZero,
			Optimiser: nn.NewSGD(nn.SGDConfig{}), Rate: nn.Constant(0.01), Steps: 5,
			AfterStep: func(s nn.StepReport) { losses = append(losses, s.Loss) },
		}
		if err := training.Run(context.Background()); err != nil || len(losses) != 5 || losses[4] >= losses[0] {
			t.Errorf("%s: losses %v, %v", c.name, losses, err)
		}
	}
}
