package engine_test

import (
	"context"
	"testing"

	"reslab/nn"
	"reslab/nn/weights"
	"reslab/nn/weights/onnx"
	"reslab/nn/weights/onnx/engine"
)

// BenchmarkResNet50 runs one picture through the graph, and through nn.Fuse.
func BenchmarkResNet50(b *testing.B) {
	net := nn.NewImageNetNet(nn.ImageNetConfig{Depth: 50, Skip: true})
	nn.Init(net, 1, nn.HeFanIn)
	m, err := onnx.Export(net, weights.Metadata{Input: []int{224, 224, 3}}, false)
	if err != nil {
		b.Fatal(err)
	}
	e, err := engine.New(m, "")
	if err != nil {
		b.Fatal(err)
	}
	x := batch([]int{1, 224, 224, 3})
	in := map[string]*onnx.Tensor{onnx.InputName: permuted(onnx.NewTensor(x.Data, x.Shape...), 0, 3, 1, 2)}
	fused := nn.Fuse(net)
	for name, run := range map[string]func(){
		"graph": func() {
			if _, err := e.Run(context.Background(), in); err != nil {
				b.Fatal(err)
			}
		},
		"fused": func() { fused.Forward(x) },
	} {
		b.Run(name, func(b *testing.B) {
			run()
			for b.Loop() {
				run()
			}
		})
	}
}
