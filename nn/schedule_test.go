package nn_test

import (
	"testing"

	"reslab/nn"
)

func TestSchedulesByHand(t *testing.T) {
	steps := nn.Steps(0.1, 0.1, []int{32000, 48000})
	for _, c := range []struct {
		name     string
		schedule nn.Schedule
		at       map[int]float64
	}{
		{"constant", nn.Constant(0.1), map[int]float64{0: 0.1, 1000: 0.1}},
		{"steps", steps, map[int]float64{0: 0.1, 31999: 0.1, 32000: 0.01, 47999: 0.01, 48000: 0.001, 64000: 0.001}},
		// Half a wave over 6 steps: the cosine of 60 degrees is 1/2, of 120 -1/2.
		{"cosine", nn.Cosine(0.4, 6), map[int]float64{0: 0.4, 2: 0.3, 3: 0.2, 4: 0.1, 6: 0, 7: 0, 1000: 0}},
		{"warm-up", nn.WarmUp(4, nn.Constant(0.8)), map[int]float64{0: 0.2, 1: 0.4, 2: 0.6, 3: 0.8, 4: 0.8}},
		{"warm-up of steps", nn.WarmUp(2, nn.Steps(1, 0.5, []int{1, 3})), map[int]float64{0: 0.5, 1: 0.5, 2: 0.5, 3: 0.25}},
		{"no warm-up", nn.WarmUp(0, nn.Constant(0.8)), map[int]float64{0: 0.8}},
		{"cosine over nothing", nn.Cosine(0.4, 0), map[int]float64{0: 0.4, 1: 0}},
	} {
		for step, want := range c.at {
			if got := c.schedule(step); !near(got, want, 1e-15) {
				t.Errorf("%s at step %d: %v, want %v", c.name, step, got, want)
			}
		}
	}
}
