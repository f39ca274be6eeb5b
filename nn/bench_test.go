package nn_test

import (
	"fmt"
	"testing"

	"reslab/nn"
)

// BenchmarkStep is one training step of ResNet-20 on 128 pictures, when the first
// ones have made room: the figures to watch are pictures/s, and 0 B/op.
func BenchmarkStep(b *testing.B) {
	const batch = 128
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Skip: true})
	nn.Init(net, 1, nn.HeFanIn)
	x, labels, random := nn.NewTensor(batch, 32, 32, 3), make([]int, batch), nn.NewRandom(1)
	for i := range x.Data {
		x.Data[i] = float32(random.Normal())
	}
	for i := range labels {
		labels[i] = random.Intn(10)
	}
	training := nn.Training{
		Model: net, Rate: nn.Constant(0.01), Optimiser: nn.NewSGD(nn.SGDConfig{Momentum: 0.9}),
		Batches: func(int) (*nn.Tensor, []int) { return x, labels },
	}
	step := 0
	run := func() {
		if _, err := training.Step(step); err != nil {
			b.Fatal(err)
		}
		step++
	}
	for range 3 {
		run()
	}
	b.ReportAllocs()
	for b.Loop() {
		run()
	}
	b.ReportMetric(batch*float64(b.N)/b.Elapsed().Seconds(), "pictures/s")
}

// BenchmarkOptimiser moves the weights of ResNet-50 once.
func BenchmarkOptimiser(b *testing.B) {
	weights := &nn.Param{Name: "weights", Value: normal(25_557_032), Grad: normal(25_557_032), Trainable: true}
	for _, optimiser := range []struct {
		name string
		*nn.Optimiser
	}{
		{"SGD", nn.NewSGD(nn.SGDConfig{})},
		{"momentum", nn.NewSGD(nn.SGDConfig{Momentum: 0.9})},
		{"Nesterov", nn.NewSGD(nn.SGDConfig{Momentum: 0.9, Nesterov: true})},
		{"Adam", nn.NewAdam(nn.AdamConfig{WeightDecay: 1e-4})},
		{"AdamW", nn.NewAdam(nn.AdamConfig{WeightDecay: 1e-4, Decoupled: true})},
	} {
		b.Run(optimiser.name, func(b *testing.B) {
			params := []*nn.Param{weights}
			optimiser.Step(params, 1e-9) // makes its memory
			b.ReportAllocs()
			for b.Loop() {
				optimiser.Step(params, 1e-9)
			}
		})
	}
}

// BenchmarkSoftmax is the loss of 128 pictures of 1000 classes, and softmax alone.
func BenchmarkSoftmax(b *testing.B) {
	logits, labels := nn.FromSlice(normal(128*1000).Data, 128, 1000), make([]int, 128)
	b.Run("loss", func(b *testing.B) {
		loss := nn.NewSoftmaxCrossEntropy(nn.CrossEntropyConfig{})
		b.ReportAllocs()
		for b.Loop() {
			loss.Loss(logits, labels)
		}
	})
	b.Run("layer", func(b *testing.B) {
		layer := nn.NewSoftmax()
		for b.Loop() {
			layer.Backward(layer.Forward(logits, true))
		}
	})
}

// BenchmarkCurves bends a million numbers, and goes back.
func BenchmarkCurves(b *testing.B) {
	x := normal(1 << 20)
	for _, layer := range []nn.Layer{nn.NewReLU(), nn.NewSigmoid(), nn.NewTanh()} {
		b.Run(fmt.Sprint(layer), func(b *testing.B) {
			for b.Loop() {
				layer.Backward(layer.Forward(x, true))
			}
		})
	}
}

func normal(n int) *nn.Tensor {
	t, random := nn.NewTensor(n), nn.NewRandom(1)
	for i := range t.Data {
		t.Data[i] = float32(random.Normal())
	}
	return t
}
