package residual

import (
	"testing"

	"reslab/nn"
	"reslab/nn/gradcheck"
)

// The solution's gradients are right, whatever stands in the body.
func TestHighwayGradients(t *testing.T) {
	body := nn.NewSequential().
		Add("conv", nn.NewConv2D(nn.ConvConfig{In: 2, Out: 2, Kernel: 3, Pad: 1})).
		Add("tanh", nn.NewTanh())
	nn.Init(body, 1, nn.LeCun)
	x := nn.NewTensor(2, 4, 3, 2)
	random := nn.NewRandom(2)
	for i := range x.Data {
		x.Data[i] = float32(random.Normal())
	}
	if report := gradcheck.Layer(newHighway(body), x, 1); !report.OK(1e-3) {
		t.Error(report)
	}
}

// The nets of the paper have as many layers as their names say.
func TestWeightLayersOfThePaper(t *testing.T) {
	for _, c := range []struct {
		blocks         []int
		perBlock, want int
	}{
		{[]int{2, 2, 2, 2}, 2, 18},
		{[]int{3, 4, 6, 3}, 2, 34},
		{[]int{3, 4, 6, 3}, 3, 50},
		{[]int{3, 4, 23, 3}, 3, 101},
		{[]int{3, 8, 36, 3}, 3, 152},
		{[]int{9, 9, 9}, 2, 56},
	} {
		if got := weightLayers(c.blocks, c.perBlock); got != c.want {
			t.Errorf("%v with %d each has %d layers, want %d", c.blocks, c.perBlock, got, c.want)
		}
	}
}
