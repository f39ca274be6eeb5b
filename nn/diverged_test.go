package nn_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"reslab/nn"
)

// TestDivergedNamesTheFirst breaks one thing at a time.
func TestDivergedNamesTheFirst(t *testing.T) {
	nan := float32(math.NaN())
	for _, c := range []struct {
		name         string
		damage       func(net *nn.Sequential, x *nn.Tensor)
		fault, layer string
		says         string
	}{
		{"a weight", func(net *nn.Sequential, _ *nn.Tensor) {
			find(net, "layer1.0.conv2").(*nn.Conv2D).Weight.Value.Data[5] = nan
		},
			"output", "layer1.0.conv2", "layer1.0.conv2 is the first layer whose output is not finite"},
		{"the shift of the last", func(net *nn.Sequential, _ *nn.Tensor) { find(net, "fc").(*nn.Linear).Bias.Value.Data[0] = nan },
			"output", "fc", "fc is the first"},
		{"a pixel", func(_ *nn.Sequential, x *nn.Tensor) { x.Data[7] = nan }, "batch", "", "look at the data"},
	} {
		net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true})
		nn.Init(net, 1, nn.HeFanIn)
		training := noiseTraining(net, 1, 0.1)
		x, _ := training.Batches(0)
		c.damage(net, x)
		d := diverge(t, training)
		if d.Fault != c.fault || d.Layer != c.layer || !strings.Contains(d.Error(), c.says) {
			t.Errorf("%s: got %+v: %v", c.name, d, d)
		}
	}
}

// TestInfiniteAverage: batch norm makes of huge numbers small ones, so that all the
// net computes is finite, but the variance is not; it is what the net needs later.
func TestInfiniteAverage(t *testing.T) {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true})
	nn.Init(net, 1, nn.HeFanIn)
	for i := range find(net, "layer2.0.conv1").(*nn.Conv2D).Weight.Value.Data {
		find(net, "layer2.0.conv1").(*nn.Conv2D).Weight.Value.Data[i] *= 1e25
	}
	d := diverge(t, noiseTraining(net, 1, 0.1))
	if math.IsNaN(d.Loss) || math.IsInf(d.Loss, 0) || d.Fault != "average" || d.Layer != "layer2.0.bn1" {
		t.Errorf("got %+v", d)
	}
	if want := "the running averages of layer2.0.bn1 became infinite at step 0; try a learning rate smaller than 0.1"; !strings.Contains(d.Error(), want) {
		t.Errorf("got %v, want %s", d, want)
	}
}

// TestInfiniteGradientMovesNothing: the loss is finite, the gradient is not. Two
// layers with weights a and b give y = a*b*x, and the gradient of a is b*x times
// that of y: huge where b is huge and a tiny.
func TestInfiniteGradientMovesNothing(t *testing.T) {
	for name, c := range map[string]struct{ x, a, b, c float32 }{
		"of a weight":  {x: 1e10, a: 1e-40, b: 1e30, c: 1},
		"of an output": {x: 0, a: 1, b: 1e25, c: 1e25},
	} {
		net := nn.NewSequential().Add("norm", nn.NewBatchNorm2D(1)).Add("drop", nn.NewDropout(0, 1))
		for i, w := range []float32{c.a, c.b, c.c} {
			l := nn.NewLinear(1, 1+i/2)
			l.Weight.Value.Data[0] = w
			net.Add([]string{"first", "second", "third"}[i], l)
		}
		norm := find(net, "norm").(*nn.BatchNorm2D)
		norm.Frozen = true // x passes as it is
		norm.Eps = 0
		x := nn.FromSlice([]float32{c.x}, 1, 1)
		training := &nn.Training{Model: net, Rate: nn.Constant(0.1), Optimiser: nn.NewSGD(nn.SGDConfig{Momentum: 0.9}), Steps: 1,
			Batches:      func(int) (*nn.Tensor, []int) { return x, []int{1} },
			BeforeUpdate: func(nn.StepReport) { t.Errorf("%s: the step went on", name) },
		}
		d := diverge(t, training)
		if math.IsNaN(d.Loss) || math.IsInf(d.Loss, 0) || d.Fault != "gradient" || d.Layer != "first" {
			t.Errorf("%s: got %+v", name, d)
		}
		if !strings.Contains(d.Error(), "first is the first layer, on the way back") {
			t.Errorf("%s: %v", name, d)
		}
	}
}

// TestDivergedUndoesDraws: the dropouts draw the same masks again.
func TestDivergedUndoesDraws(t *testing.T) {
	drop := nn.NewDropout(0.5, 3)
	net := nn.NewSequential().Add("flat", nn.NewFlatten()).Add("drop", drop).Add("fc", nn.NewLinear(8*8*3, 10))
	nn.Init(net, 1, nn.HeFanIn)
	training := noiseTraining(net, 1, 0.1)
	if _, err := training.Step(0); err != nil {
		t.Fatal(err)
	}
	find(net, "fc").(*nn.Linear).Bias.Value.Data[2] = float32(math.Inf(1))
	if diverge(t, training); drop.Draws != 1 {
		t.Errorf("after one whole step there are %d draws", drop.Draws)
	}
}

// diverge takes a step that must fail, and looks whether anything moved.
func diverge(t *testing.T, training *nn.Training) *nn.Diverged {
	t.Helper()
	var before []*nn.Tensor
	for _, p := range training.Model.Params() {
		before = append(before, p.Value.Clone())
	}
	_, err := training.Step(0)
	var d *nn.Diverged
	if !errors.As(err, &d) {
		t.Fatalf("got %v, want a *Diverged", err)
	}
	for i, p := range training.Model.Params() {
		if !sameBits(p.Value, before[i]) {
			t.Errorf("%s has changed", p.Name)
		}
	}
	return d
}

// find returns the layer at a path.
func find(model nn.Layer, path string) (found nn.Layer) {
	nn.Walk(model, func(at string, l nn.Layer) {
		if at == path {
			found = l
		}
	})
	return found
}
