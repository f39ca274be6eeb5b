package nn_test

import (
	"slices"
	"strings"
	"testing"

	"reslab/nn"
)

// A picture of 6x8x3. conv1: 3*3*3*4 weights, and as many multiply-adds at each
// of 3x4 pixels: 108 and 108*12. Its batch norm learns 2*4. The shortcut is a
// convolution of 1x1: 3*4 = 12, times 12 pixels. fc: 4*10 weights and 10 biases.
func TestSummaryByHand(t *testing.T) {
	block := nn.NewResidual(
		nn.NewSequential().Add("conv1", conv(3, 4, 2)).Add("bn1", nn.NewBatchNorm2D(4)),
		nn.NewSequential().Add("0", nn.NewConv2D(nn.ConvConfig{In: 3, Out: 4, Kernel: 1, Stride: 2})), true)
	net := nn.NewSequential().Add("layer1", block).Add("", nn.NewReLU()).Add("pool", nn.NewGlobalAvgPool()).Add("fc", nn.NewLinear(4, 10))
	s := nn.Summarise(net, 6, 8, 3)
	type line struct {
		name         string
		out          []int
		params, macs int64
	}
	want := []line{
		{"layer1.conv1", []int{1, 3, 4, 4}, 108, 108 * 12},
		{"layer1.bn1", []int{1, 3, 4, 4}, 8, 0},
		{"layer1.downsample.0", []int{1, 3, 4, 4}, 12, 12 * 12},
		{"", []int{1, 3, 4, 4}, 0, 0},
		{"pool", []int{1, 4}, 0, 0},
		{"fc", []int{1, 10}, 50, 40},
	}
	if len(s.Layers) != len(want) {
		t.Fatalf("%d lines, want %d:\n%v", len(s.Layers), len(want), s)
	}
	for i, w := range want {
		if l := s.Layers[i]; l.Name != w.name || !slices.Equal(l.Out, w.out) || l.Params != w.params || l.MACs != w.macs {
			t.Errorf("line %d is %+v, want %+v", i, l, w)
		}
	}
	if s.Params != 178 || s.MACs != 1296+144+40 || s.WeightLayers != 2 || !slices.Equal(s.Input, []int{1, 6, 8, 3}) {
		t.Errorf("parameters %d, multiply-adds %d, weight layers %d; want 178, 1480, 2", s.Params, s.MACs, s.WeightLayers)
	}
	for _, part := range []string{"layer1.downsample.0", "Conv2D 3x3, 3 to 4, stride 2, pad 1", "3x4x4", "1,296", "1,480", "2 weight layers"} {
		if !strings.Contains(s.String(), part) {
			t.Errorf("the table does not show %q:\n%v", part, s)
		}
	}
	block.Skip = false
	if s := nn.Summarise(net, 6, 8, 3); s.Params != 166 || s.MACs != 1296+40 || len(s.Layers) != 5 {
		t.Errorf("closed: parameters %d, multiply-adds %d in %d lines; want 166, 1336, 5", s.Params, s.MACs, len(s.Layers))
	}
}

// The shapes that Summarise foretells are those that Forward gives.
func TestSummaryForetellsShapes(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		net := nn.NewSequential().Add("it", k.build())
		s := nn.Summarise(net, k.in[1:]...)
		y := net.Forward(nn.NewTensor(k.in...), false)
		if len(s.Layers) == 0 {
			return // nothing but the identity
		}
		// For a block with a shortcut the last line is the shortcut's, of the same shape.
		if got := s.Layers[len(s.Layers)-1].Out; !slices.Equal(got[1:], y.Shape[1:]) {
			t.Errorf("foretold %v, got %v", got, y.Shape)
		}
		for _, shape := range k.bad {
			if len(shape) > 0 {
				mistakeOf(t, "Summarise", func() { nn.Summarise(net, shape[1:]...) })
			}
		}
	})
	mistakeOf(t, "no pixels", func() { nn.Summarise(nn.NewReLU(), 0, 3, 3) })
}

func TestSummaryOfALearnersLayer(t *testing.T) {
	s := nn.Summarise(nn.NewSequential().Add("mine", newScale(2)), 5, 4, 3)
	if l := s.Layers[0]; !slices.Equal(l.Out, []int{1, 5, 4, 3}) || l.Params != 1 || l.Kind != "a layer of your own" {
		t.Errorf("%+v", l)
	}
}
