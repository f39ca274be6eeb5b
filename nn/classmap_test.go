package nn_test

import (
	"math"
	"strings"
	"testing"

	"reslab/nn"
)

// Two channels of four places, by hand: the places say 3*4, -2*2, 0 and 0, each
// with the bias 1; the score is their mean, 3.
func TestClassMapByHand(t *testing.T) {
	head := nn.NewLinear(2, 1)
	copy(head.Weight.Value.Data, []float32{3, -2})
	head.Bias.Value.Data[0] = 1
	net := nn.NewSequential().Add("avgpool", nn.NewGlobalAvgPool()).Add("fc", head)
	x := nn.FromSlice([]float32{4, 0, 0, 2, 0, 0, 0, 0}, 1, 2, 2, 2)
	where, err := nn.ClassMap(net)
	if err != nil {
		t.Fatal(err)
	}
	if got := where.Forward(x, false); got.String() != nn.FromSlice([]float32{13, -3, 1, 1}, 1, 2, 2, 1).String() {
		t.Errorf("the map is %v", got)
	}
	if got := net.Forward(x, false).Data[0]; got != 3 {
		t.Errorf("the score is %v, want 3", got)
	}
}

// The mean of every map is the score, in nets as they are.
func TestClassMapIsTheScore(t *testing.T) {
	for _, net := range []nn.Layer{
		nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Width: 4}),
		nn.NewImageNetNet(nn.ImageNetConfig{Depth: 18, Skip: true, Classes: 5}),
	} {
		nn.Init(net, 1, nn.HeFanIn)
		x := randn(3, 2, 40, 36, 3)
		net.Forward(x, true) // statistics
		where, err := nn.ClassMap(net)
		if err != nil {
			t.Fatal(err)
		}
		scores, maps := net.Forward(x, false), where.Forward(x, false)
		classes, places := scores.Shape[1], maps.Shape[1]*maps.Shape[2]
		for i, want := range scores.Data {
			var mean float64
			for place := range places {
				mean += float64(maps.Data[(i/classes*places+place)*classes+i%classes]) / float64(places)
			}
			if math.Abs(mean-float64(want)) > 1e-4*scores.Norm() {
				t.Errorf("score %d is %v, and its map has the mean %v", i, want, mean)
			}
		}
	}
}

func TestClassMapNeedsAMean(t *testing.T) {
	for _, net := range []nn.Layer{
		nn.NewSequential().Add("flat", nn.NewFlatten()).Add("fc", nn.NewLinear(4, 2)),
		nn.NewSequential().Add("avgpool", nn.NewGlobalAvgPool()).Add("relu", nn.NewReLU()).Add("fc", nn.NewLinear(4, 2)),
		nn.NewSequential(),
	} {
		if _, err := nn.ClassMap(net); err == nil || !strings.Contains(err.Error(), "must end with a global average pooling") {
			t.Errorf("%v: error %v", net, err)
		}
	}
}
