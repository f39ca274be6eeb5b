package nn_test

import (
	"context"
	"strings"
	"testing"

	"reslab/nn"
)

func TestFreezeKeepsWhatItNames(t *testing.T) {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Projection: true})
	nn.Init(net, 1, nn.HeFanIn)
	if err := nn.Freeze(net, "layer2.0.conv1"); err != nil {
		t.Fatal(err)
	}
	before := map[string]*nn.Tensor{}
	for _, p := range net.Params() {
		before[p.Name] = p.Value.Clone()
	}
	if err := noiseTraining(net, 2, 0.1).Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, p := range net.Params() {
		frozen := strings.HasPrefix(p.Name, "conv1.") || strings.HasPrefix(p.Name, "bn1.") || strings.HasPrefix(p.Name, "layer1.") || p.Name == "layer2.0.conv1.weight"
		if same := sameBits(p.Value, before[p.Name]); same != frozen {
			t.Errorf("%s: moved is %v, frozen is %v", p.Name, !same, frozen)
		}
	}
}

func TestFreezeAWholeStage(t *testing.T) {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 14})
	if err := nn.Freeze(net, "layer3"); err != nil {
		t.Fatal(err)
	}
	for _, p := range net.Params() {
		if head := strings.HasPrefix(p.Name, "fc."); p.Trainable != head {
			t.Errorf("%s: trainable is %v", p.Name, p.Trainable)
		}
	}
}

func TestFreezeNamesTheLayersThatThereAre(t *testing.T) {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8})
	for _, path := range []string{"layer4", "layer", "", "layer1.0.conv"} {
		if err := nn.Freeze(net, path); err == nil || !strings.Contains(err.Error(), "layer3.0.conv2") {
			t.Errorf("%q: got %v", path, err)
		}
	}
	for _, p := range net.Params() {
		if !p.Trainable && p.Decay {
			t.Errorf("%s was frozen all the same", p.Name)
		}
	}
}
