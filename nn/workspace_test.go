package nn_test

import (
	"testing"

	"reslab/nn"
)

// What the model returns after a step is the caller's again.
func TestTheWorkspaceIsTakenBack(t *testing.T) {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true})
	nn.Init(net, 1, nn.HeFanIn)
	training := noiseTraining(net, 0, 0.01)
	var kept, copies []*nn.Tensor
	look := func(nn.StepReport) {
		y := net.Forward(randn(uint64(len(kept)), 2, 8, 8, 3), false)
		dx := net.Backward(randn(1, 2, 10))
		kept, copies = append(kept, y, dx), append(copies, y.Clone(), dx.Clone())
		if len(dx.Data) != 2*8*8*3 {
			t.Errorf("by hand, dx has the shape %v", dx.Shape)
		}
	}
	training.BeforeUpdate, training.AfterStep = look, look
	for step := range 3 {
		if _, err := training.Step(step); err != nil {
			t.Fatal(err)
		}
	}
	for i := range kept {
		if !sameBits(kept[i], copies[i]) {
			t.Errorf("tensor %d was written to", i)
		}
	}
}

// One pass or three: every loss and every weight is the same to the last bit.
func TestOnePassGivesTheSameBits(t *testing.T) {
	for _, cfg := range []nn.CIFARConfig{{Depth: 8, Skip: true}, {Depth: 8, Skip: true, Projection: true}, {Depth: 8}, {Depth: 8, Skip: true, PreAddition: true}} {
		run := func(apart bool) (losses []float64, params []*nn.Param) {
			net := nn.NewCIFARNet(cfg)
			nn.Init(net, 3, nn.HeFanIn)
			if apart { // a tap between two layers keeps them apart
				defer nn.Tap(net, func(string, *nn.Tensor, bool) {})()
			}
			training := noiseTraining(net, 0, 0.05)
			training.AfterStep = func(s nn.StepReport) { losses = append(losses, s.Loss) }
			for step := range 6 {
				if _, err := training.Step(step); err != nil {
					t.Fatal(err)
				}
			}
			return losses, net.Params()
		}
		losses, params := run(false)
		wantLosses, wantParams := run(true)
		for i := range wantLosses {
			if losses[i] != wantLosses[i] {
				t.Errorf("%+v: loss %d is %v, want %v", cfg, i, losses[i], wantLosses[i])
			}
		}
		for i, p := range wantParams {
			if !sameBits(params[i].Value, p.Value) {
				t.Errorf("%+v: %s differs", cfg, p.Name)
			}
		}
	}
}
