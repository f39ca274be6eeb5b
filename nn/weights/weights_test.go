package weights_test

import (
	"path/filepath"
	"testing"

	"reslab/nn"
	"reslab/nn/weights"
)

func TestSaveAndBuild(t *testing.T) {
	path := filepath.Join(t.TempDir(), "model.safetensors")
	model := nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Skip: true, Channels: 1, Classes: 3})
	nn.Init(model, 1, nn.HeFanIn)
	meta := weights.Metadata{Model: "resnet20", Input: []int{28, 28, 1}, Classes: []string{"a", "b", "c"}, Mean: []float32{0.1}, Std: []float32{0.3}, Notes: map[string]string{"epoch": "3"}}
	if err := weights.Save(path, model, meta); err != nil {
		t.Fatal(err)
	}
	again, got, err := weights.Build(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.Model != meta.Model || len(got.Classes) != 3 || got.Mean[0] != 0.1 || got.Notes["epoch"] != "3" {
		t.Errorf("got %+v", got)
	}
	x := nn.NewTensor(2, 8, 8, 1)
	nn.XavierNormal(x, nn.Fan{In: 1, Out: 1}, nn.NewRandom(1))
	want, have := model.Forward(x, false), again.Forward(x, false)
	for i := range want.Data {
		if want.Data[i] != have.Data[i] {
			t.Fatalf("%v and %v", want, have)
		}
	}
}
