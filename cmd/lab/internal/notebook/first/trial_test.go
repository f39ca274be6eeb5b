package first

import (
	"context"
	"testing"
	"time"

	"reslab/cmd/lab/internal/notebook/ink"
	"reslab/nn"
	"reslab/nn/data"
)

// From Train to a named digit: every digit that is drawn, small and in a corner,
// is named right, and for good, long before the training ends.
func TestDrawnDigitsAreNamed(t *testing.T) {
	if testing.Short() {
		t.Skip("trains a net")
	}
	p := mnist(t)
	c := usual
	r := &reader{net: newReader(), pictures: p, softmax: nn.NewSoftmax()}
	nn.Init(r.net, 1, nn.HeFanIn)
	training := c.reading(r.net, p, 1)
	named := [10]int{}
	var spent time.Duration
	for step := range c.readSteps {
		begun := time.Now()
		if _, err := training.Step(step); err != nil {
			t.Fatal(err)
		}
		spent += time.Since(begun)
		if step%20 != 19 {
			continue
		}
		for digit := range named {
			bars := r.look(data.CentreDigit(&data.Picture{H: ink.Size, W: ink.Size, C: 1, Pixels: drawn(digit, 0.45, 0.02, 0.02)}))
			switch sure := bars[digit] > 0.5; {
			case !sure:
				named[digit] = 0
			case named[digit] == 0:
				named[digit] = step + 1
				t.Logf("%d is named after %d steps, %.1f s", digit, step+1, spent.Seconds())
			}
		}
	}
	for digit, step := range named {
		if step == 0 || step > c.readSteps/2 {
			t.Errorf("%d is named for good from step %d on", digit, step)
		}
	}
	score, err := r.score(context.Background())
	if err != nil || score.Accuracy < 0.95 {
		t.Errorf("the score is %+v, %v", score, err)
	}
}

// The plus sign brings a dead net to life, on three seeds: 56 plain layers learn
// worse than 8; with shortcuts the loss jumps, and falls below all that was.
func TestPlusSignOnThreeSeeds(t *testing.T) {
	if testing.Short() {
		t.Skip("trains nets")
	}
	p := mnist(t)
	for seed := uint64(1); seed <= 3; seed++ {
		c := usual
		c.seed = seeds(seed)
		r := newRace(c, p)
		steps := func(n int) {
			for range n {
				if err := r.step(); err != nil {
					t.Fatal(err)
				}
			}
		}
		steps(c.raceSteps)
		came := r.outcome()
		t.Logf("seed %d: %s %s", seed, came.Truth, came.Text)
		if came.Truth != worse {
			t.Errorf("seed %d: 56 layers are %s", seed, came.Truth)
		}
		r.flip(true)
		steps(70)
		t.Logf("seed %d: %s", seed, r.flipped().Text)
		if peak := r.deep.curve.highest(r.switched); r.landed() < 0 || peak < blind {
			t.Errorf("seed %d: the highest loss after the switch is %.2f, and it is below all before from step %d", seed, peak, r.landed())
		}
	}
}
