package nn_test

import (
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
