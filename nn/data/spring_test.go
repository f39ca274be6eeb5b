package data_test

import (
	"context"
	"math"
	"testing"

	"reslab/nn"
	"reslab/nn/data"
)

// A drawn set would teach nothing if a look at the colours were enough, or a
// template for each kind.
func TestSpringIsNotTrivial(t *testing.T) {
	if testing.Short() {
		t.Skip("draws and learns for some seconds")
	}
	all := data.Spring(data.SpringConfig{N: 7000, Seed: 1})
	test, train := all.Split(2000, 1)
	t.Log("colours", colourCentroids(train, test), "linear", linearModel(t, train, test))
	if share := colourCentroids(train, test); share > 0.6 || share < 0.15 {
		t.Errorf("the nearest mean colour histogram names %.3f right; it should be worth something, and at most 0.6", share)
	}
	if share := linearModel(t, train, test); share > 0.7 || share < 0.15 {
		t.Errorf("a linear model names %.3f right; it should be worth something, and at most 0.7", share)
	}
}

// colourCentroids tells kinds apart by the mean of their colour histograms, and
// returns the share of test that it names right.
func colourCentroids(train, test *data.Set) float64 {
	means := make([][512]float64, len(train.Classes))
	for i := range train.Len() {
		h := histogram(train, i)
		for b, v := range h {
			means[train.Label(i)][b] += v
		}
	}
	for k := range means {
		total := 0.0
		for _, v := range means[k] {
			total += v
		}
		for b := range means[k] {
			means[k][b] /= total
		}
	}
	right := 0
	for i := range test.Len() {
		h, best, at := histogram(test, i), math.Inf(1), 0
		for k := range means {
			distance := 0.0
			for b, v := range h {
				distance += (v - means[k][b]) * (v - means[k][b])
			}
			if distance < best {
				best, at = distance, k
			}
		}
		if at == test.Label(i) {
			right++
		}
	}
	return float64(right) / float64(test.Len())
}

// histogram counts the colours of a picture, eight steps a channel, as shares.
func histogram(s *data.Set, i int) (h [512]float64) {
	pixels := s.Pixels[i*s.H*s.W*3 : (i+1)*s.H*s.W*3]
	for k := 0; k < len(pixels); k += 3 {
		h[int(pixels[k]>>5)<<6|int(pixels[k+1]>>5)<<3|int(pixels[k+2]>>5)] += 1 / float64(s.H*s.W)
	}
	return h
}

// linearModel trains one fully connected layer, and returns the share of test
// that it names right.
func linearModel(t *testing.T, train, test *data.Set) float64 {
	model := nn.NewSequential().Add("flatten", nn.NewFlatten()).Add("fc", nn.NewLinear(train.H*train.W*3, len(train.Classes)))
	nn.Init(model, 1, nn.HeFanIn)
	const epochs, batch = 10, 100
	steps := epochs * train.Len() / batch
	training := nn.Training{
		Model: model, Batches: data.NewLoader(train, data.LoaderConfig{Batch: batch, Seed: 1}).Batch,
		Optimiser: nn.NewAdam(nn.AdamConfig{}), Rate: nn.Cosine(3e-4, steps), Steps: steps,
	}
	if err := training.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	found, err := nn.Evaluate(context.Background(), model, test.All(500), 5)
	if err != nil {
		t.Fatal(err)
	}
	return found.Top1
}
