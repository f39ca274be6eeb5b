package nn_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"reslab/nn"
)

// A net of 2x, then 3x+x in a block. x = 1 gives 2, then 8. With dy = 1 the
// outputs of block and of its body get 1, the output of "first" gets 3+1 = 4.
func TestTapSeesOutputsAndTheirGradients(t *testing.T) {
	net := nn.NewSequential().
		Add("first", times(2)).
		Add("block", nn.NewResidual(nn.NewSequential().Add("body", times(3)), nil, true)).
		Add("", nn.NewReLU())
	var seen []string
	stop := nn.Tap(net, func(path string, t *nn.Tensor, backward bool) {
		seen = append(seen, fmt.Sprint(path, " ", t.Data[0], " ", backward))
	})
	net.Forward(pixel(1), true)
	net.Backward(pixel(1))
	want := []string{"first 2 false", "block.body 6 false", "block 8 false", "block 1 true", "block.body 1 true", "first 4 true"}
	if !slices.Equal(seen, want) {
		t.Errorf("got  %q\nwant %q", seen, want)
	}
	stop()
	stop() // twice does no harm
	seen = nil
	net.Forward(pixel(1), true)
	net.Backward(pixel(1))
	if seen != nil {
		t.Errorf("after stop the hook still sees %q", seen)
	}
}

// Every named layer of a whole net fires once each way, the shortcuts' too.
func TestTapFiresOncePerNamedLayer(t *testing.T) {
	for _, skip := range []bool{true, false} {
		net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: skip, Projection: true})
		nn.Init(net, 1, nn.HeFanIn)
		forward, backward := map[string]int{}, map[string]int{}
		stop := nn.Tap(net, func(path string, _ *nn.Tensor, back bool) {
			if back {
				backward[path]++
			} else {
				forward[path]++
			}
		})
		defer stop()
		net.Forward(randn(1, 2, 8, 8, 3), true)
		net.Backward(randn(2, 2, 10))
		want := map[string]bool{}
		nn.Walk(net, func(path string, _ nn.Layer) { want[path] = path != "" })
		for path, named := range want {
			if named && (forward[path] != 1 || backward[path] != 1) {
				t.Errorf("skip %v: %s fires %d times forward and %d times backward", skip, path, forward[path], backward[path])
			}
		}
		for path := range forward {
			if !want[path] {
				t.Errorf("skip %v: %s fires, but Walk does not know it", skip, path)
			}
		}
		if _, ok := forward["layer2.0.downsample.1"]; ok != skip {
			t.Errorf("skip %v: the shortcut fires: %v", skip, ok)
		}
	}
}

// Tap changes no number, and nor does a hook that keeps copies: the same
// training with and without, to the last bit.
func TestTapChangesNoNumber(t *testing.T) {
	train := func(tapped bool) []*nn.Param {
		net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true})
		nn.Init(net, 3, nn.HeFanIn)
		if tapped {
			var copies []*nn.Tensor
			defer nn.Tap(net, func(_ string, t *nn.Tensor, _ bool) { copies = append(copies, t.Clone()) })()
		}
		training := noiseTraining(net, 5, 0.1)
		if err := training.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		return net.Params()
	}
	with, without := train(true), train(false)
	for i, p := range with {
		if !sameBits(p.Value, without[i].Value) {
			t.Errorf("%s differs", p.Name)
		}
	}
}

// Two taps on one net know nothing of each other; a hook may stop itself.
func TestTapsAreIndependent(t *testing.T) {
	net := nn.NewSequential().Add("a", times(2))
	var first, second int
	var stop func()
	stop = nn.Tap(net, func(string, *nn.Tensor, bool) { first++; stop() })
	defer nn.Tap(net, func(string, *nn.Tensor, bool) { second++ })()
	for range 3 {
		net.Forward(pixel(1), true)
	}
	if first != 1 || second != 3 {
		t.Errorf("the hook that stops itself ran %d times, the other %d times; want 1 and 3", first, second)
	}
}

// noiseTraining trains on one batch of noise.
func noiseTraining(net nn.Layer, steps int, rate float64) *nn.Training {
	x, labels := randn(7, 4, 8, 8, 3), []int{1, 7, 3, 9}
	return &nn.Training{
		Model:     net,
		Batches:   func(int) (*nn.Tensor, []int) { return x, labels },
		Optimiser: nn.NewSGD(nn.SGDConfig{Momentum: 0.9, WeightDecay: 1e-4}),
		Rate:      nn.Constant(rate),
		Steps:     steps,
	}
}
