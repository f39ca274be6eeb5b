package nn_test

import (
	"testing"

	"reslab/nn"
)

func TestNoteFlattened(t *testing.T) {
	norm, first, second := nn.NewBatchNorm2D(4*5*2), nn.NewLinear(4*5*2, 6), nn.NewLinear(6, 3)
	pixels := nn.NewBatchNorm2D(2)
	net := nn.NewSequential().Add("conv", nn.NewConv2D(nn.ConvConfig{In: 3, Out: 2, Kernel: 3})).Add("pixels", pixels).Add("flat", nn.NewFlatten()).
		Add("norm", norm).Add("relu", nn.NewReLU()).Add("first", first).Add("second", second)
	nn.NoteFlattened(net, 6, 7, 3)
	for _, c := range []struct {
		p    *nn.Param
		want [3]int
	}{
		{norm.RunningVar, [3]int{4, 5, 2}},
		{first.Weight, [3]int{4, 5, 2}},
		{second.Weight, [3]int{}},
		{pixels.Gamma, [3]int{}},
		{first.Bias, [3]int{}},
	} {
		if c.p.Flattened != c.want {
			t.Errorf("%v: %v, want %v", c.p, c.p.Flattened, c.want)
		}
	}
}
