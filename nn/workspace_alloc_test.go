//go:build !race

package nn_test

import (
	"runtime"
	"testing"

	"reslab/nn"
)

// Once every tensor has been asked for, a step allocates nothing. Now and then
// one may: working memory is pooled by core, and what a core has never had it has
// to make. (The race detector empties pools at random.)
func TestASteadyStepAllocatesNothing(t *testing.T) {
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 8, Skip: true, Projection: true})
	nn.Init(net, 1, nn.HeFanIn)
	training := noiseTraining(net, 0, 0.01)
	const steps = 40
	quiet := 0
	for step := range steps {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := training.Step(step); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		if after.TotalAlloc == before.TotalAlloc {
			quiet++
		}
	}
	if quiet < steps/2 {
		t.Errorf("only %d of %d steps allocate nothing", quiet, steps)
	}
}
