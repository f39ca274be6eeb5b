package nn_test

import (
	"slices"
	"strings"
	"testing"

	"reslab/nn"
)

// TestStateGoesOn carries the state of a training over to a fresh net and
// optimiser: both take the same next steps.
func TestStateGoesOn(t *testing.T) {
	for name, optimiser := range map[string]func() *nn.Optimiser{
		"plain":    func() *nn.Optimiser { return nn.NewSGD(nn.SGDConfig{}) },
		"momentum": func() *nn.Optimiser { return nn.NewSGD(nn.SGDConfig{Momentum: 0.9, WeightDecay: 0.1}) },
		"adam":     func() *nn.Optimiser { return nn.NewAdam(nn.AdamConfig{}) },
	} {
		build := func() *nn.Training {
			net := nn.NewSequential().Add("conv", nn.NewConv2D(nn.ConvConfig{In: 3, Out: 4, Kernel: 3})).Add("bn", nn.NewBatchNorm2D(4)).
				Add("drop", nn.NewDropout(0.5, 7)).Add("pool", nn.NewGlobalAvgPool()).Add("fc", nn.NewLinear(4, 10))
			nn.Init(net, 1, nn.HeFanIn)
			training := noiseTraining(net, 4, 0.1)
			training.Optimiser = optimiser()
			return training
		}
		run := func(training *nn.Training, from, to int) {
			for step := from; step < to; step++ {
				if _, err := training.Step(step); err != nil {
					t.Fatal(err)
				}
			}
		}
		first, second := build(), build()
		run(first, 0, 3)
		for i, p := range nn.AllParams(second.Model) {
			old := nn.AllParams(first.Model)[i]
			copy(p.Value.Data, old.Value.Data)
			steps, memory := first.Optimiser.State(old)
			second.Optimiser.SetState(p, steps, memory)
		}
		for i, d := range nn.Dropouts(second.Model) {
			d.Draws = nn.Dropouts(first.Model)[i].Draws
		}
		run(first, 3, 6)
		run(second, 3, 6)
		for i, p := range second.Model.Params() {
			if !sameBits(p.Value, first.Model.Params()[i].Value) {
				t.Errorf("%s: %s went another way", name, p.Name)
			}
		}
	}
}

func TestAllParamsKnowsClosedHighways(t *testing.T) {
	names := func(params []*nn.Param) (list []string) {
		for _, p := range params {
			list = append(list, p.Name)
		}
		return list
	}
	open := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Projection: true})
	closed := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Projection: true})
	if got, want := names(nn.AllParams(closed)), names(open.Params()); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRandomGoesOn(t *testing.T) {
	r := nn.NewRandom(5)
	r.Normal()
	if a, b := nn.NewRandom(r.State()), r; a.Uint64() != b.Uint64() {
		t.Error("the stream that was made of the state is another one")
	}
}

func TestSetStateRefuses(t *testing.T) {
	p := nn.NewLinear(2, 3).Weight
	for want, memory := range map[string][]*nn.Tensor{
		"must have 1 tensor, got 0":            nil,
		"must have the shape [2 3], got [3 2]": {nn.NewTensor(3, 2)},
	} {
		m := mistakeOf(t, want, func() { nn.NewSGD(nn.SGDConfig{Momentum: 0.9}).SetState(p, 1, memory) })
		if !strings.Contains(m.Error(), want) {
			t.Errorf("got %v, want %q", m, want)
		}
	}
}
