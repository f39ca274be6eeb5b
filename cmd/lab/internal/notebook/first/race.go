package first

import (
	"context"
	"errors"
	"time"

	"reslab/nn"
	"reslab/nn/data"
)

// racer is one net of the race, with its loss at each step.
type racer struct {
	depth    int // layers with weights
	net      *nn.Sequential
	training *nn.Training
	curve    curve
}

func newRacer(c course, depth int, set *data.Set, seed uint64) *racer {
	r := &racer{depth: depth, net: nn.NewCIFARNet(nn.CIFARConfig{Depth: depth, Width: c.width, Channels: 1})}
	nn.Init(r.net, seed, nn.HeFanIn)
	r.training = &nn.Training{
		Model: r.net, Batches: data.NewLoader(set, data.LoaderConfig{Batch: c.raceBatch, Seed: seed}).Batch,
		Rate: nn.Constant(c.rate), Optimiser: nn.NewSGD(nn.SGDConfig{WeightDecay: 1e-4}),
		AfterStep: func(s nn.StepReport) { r.curve = append(r.curve, s.Loss) },
	}
	return r
}

// step takes one step. A net whose loss is no number any more stays as it is:
// its curve says so.
func (r *racer) step() error {
	_, err := r.training.Step(len(r.curve))
	var diverged *nn.Diverged
	if errors.As(err, &diverged) {
		r.curve = append(r.curve, worst)
		return nil
	}
	return err
}

// worst stands in a curve for a loss that is no number.
const worst = 1e6

// open opens or closes all shortcuts of the net.
func (r *racer) open(on bool) {
	nn.Walk(r.net, func(_ string, l nn.Layer) {
		if block, ok := l.(*nn.Residual); ok {
			block.Skip = on
		}
	})
}

// race is 8 plain layers against 56, that get the same pictures in the same
// order.
type race struct {
	shallow, deep *racer

	on       bool // the shortcuts of deep are open
	switched int  // the step at which they were last switched
	since    time.Time
	ends     []time.Time // of each step
}

func newRace(c course, p *pictures) *race {
	seed := c.seed()
	return &race{shallow: newRacer(c, c.shallow, p.small, seed), deep: newRacer(c, c.deep, p.small, seed)}
}

// steps is how many have been taken.
func (r *race) steps() int { return len(r.deep.curve) }

// flip switches the shortcuts.
func (r *race) flip(on bool) {
	r.on, r.switched, r.since = on, r.steps(), time.Now()
	r.deep.open(on)
}

// step takes a step of both nets.
func (r *race) step() error {
	for _, racer := range []*racer{r.shallow, r.deep} {
		if err := racer.step(); err != nil {
			return err
		}
	}
	r.ends = append(r.ends, time.Now())
	return nil
}

// before is the lowest loss, smoothed, that either net had before the switch.
func (r *race) before() float64 {
	return min(r.shallow.curve.lowest(r.switched), r.deep.curve.lowest(r.switched))
}

// landed is the step from which on the loss of deep is below all that went before
// the switch, -1 if it is not.
func (r *race) landed() int { return r.deep.curve.below(r.before(), r.switched) }

// newsEvery is how often the sentence about the switch changes while the curves
// move: as often as one can read.
const newsEvery = time.Second

// run trains both nets for so many steps more. When the shortcuts are switched
// meanwhile, it goes on for as long as plusSteps from there.
func (s *session) run(ctx context.Context, steps int) error {
	r, c := s.racing, s.handler.course
	from := r.steps()
	until := from + steps
	clock, news := newClock(c.every), newClock(newsEvery)
	for r.steps() < until {
		if err := ctx.Err(); err != nil {
			return err
		}
		if on := s.plus.Load(); on != r.on {
			r.flip(on)
			until = max(until, r.steps()+c.plusSteps)
			s.tell(told{T: "plus", On: on, Step: r.steps()})
		}
		if err := r.step(); err != nil {
			return err
		}
		n := r.steps()
		s.tell(told{T: "race", Step: n, Steps: until, Left: clock.left(n-from, until-from), Points: [2]float64{r.shallow.curve[n-1], r.deep.curve[n-1]}})
		if r.switched > 0 && news.due() {
			s.tell(r.flipped())
		}
	}
	s.found()
	return nil
}

// found tells what the curves say at the end.
func (s *session) found() {
	if s.racing.switched > 0 {
		s.tell(s.racing.flipped())
		return
	}
	came := s.racing.outcome()
	came.Right = s.settle(came.Truth)
	s.tell(came)
}
