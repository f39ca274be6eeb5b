package first

import (
	"context"
	"time"

	"reslab/nn"
	"reslab/nn/data"
)

// course says how long and with what the nets of the page are trained. Tests
// take a shorter one.
type course struct {
	readSteps, readBatch int
	raceSteps, plusSteps int
	raceBatch, width     int
	shallow, deep        int // layers
	rate                 float64
	seed                 func() uint64
	every                time.Duration // between two looks at the drawing
	pace                 time.Duration // of the first looks, at least
}

// usual is the page's course. The race has SGD without momentum: in trials with
// 0.9 at the same rate the loss jumped to hundreds when the shortcuts were
// switched, and took longer to come down.
var usual = course{
	readSteps: 600, readBatch: 32,
	raceSteps: 150, plusSteps: 200, raceBatch: 32, width: 8, shallow: 8, deep: 56, rate: 0.05,
	seed: randomSeed, every: 80 * time.Millisecond, pace: 50 * time.Millisecond,
}

// firstLooks is how many steps are shown one by one, and no faster than pace: the
// net learns most in them, and all would be over in a blink.
const firstLooks = 40

// newReader is a small net of three convolutions that reads digits of 28x28.
func newReader() *nn.Sequential {
	net := nn.NewSequential()
	in := 1
	for i, out := range []int{8, 16, 32} {
		stage := nn.NewSequential().
			Add("conv", nn.NewConv2D(nn.ConvConfig{In: in, Out: out, Kernel: 3, Pad: 1})).
			Add("bn", nn.NewBatchNorm2D(out)).
			Add("relu", nn.NewReLU())
		if i < 2 {
			stage.Add("pool", nn.NewMaxPool2D(nn.PoolConfig{Kernel: 2, Stride: 2}))
		}
		net.Add([]string{"one", "two", "three"}[i], stage)
		in = out
	}
	return net.Add("flat", nn.NewFlatten()).Add("fc", nn.NewLinear(7*7*in, 10))
}

// reader is a net that reads, and that may still be learning to.
type reader struct {
	net      *nn.Sequential
	pictures *pictures
	softmax  *nn.Softmax
}

// look returns how sure the net is of each digit, seeing the drawing.
func (r *reader) look(digit *data.Picture) []float64 {
	p := r.softmax.Forward(r.net.Forward(asSeen(digit, r.pictures.learn), false), false)
	bars := make([]float64, len(p.Data))
	for i, v := range p.Data {
		bars[i] = float64(v)
	}
	return bars
}

// score names all test pictures.
func (r *reader) score(ctx context.Context) (told, error) {
	e, err := nn.Evaluate(ctx, r.net, r.pictures.test.All(100), 1)
	if err != nil {
		return told{}, err
	}
	return told{T: "score", Accuracy: e.Top1, Pictures: e.Images}, nil
}

// reading is how a net learns to read.
func (c course) reading(net nn.Layer, p *pictures, seed uint64) *nn.Training {
	return &nn.Training{
		Model: net, Batches: data.NewLoader(p.learn, data.LoaderConfig{Batch: c.readBatch, Seed: seed}).Batch,
		Rate:      nn.WarmUp(c.readSteps/6, nn.Cosine(0.02, c.readSteps)),
		Optimiser: nn.NewSGD(nn.SGDConfig{Momentum: 0.9, WeightDecay: 1e-4}),
	}
}

// read trains a new net to read digits, and shows all the while what it makes of
// the drawing, which may change meanwhile.
func (s *session) read(ctx context.Context) error {
	c, p := s.handler.course, s.pictures
	seed := c.seed()
	s.reader = &reader{net: newReader(), pictures: p, softmax: nn.NewSoftmax()}
	nn.Init(s.reader.net, seed, nn.HeFanIn)
	training := c.reading(s.reader.net, p, seed)
	loss := 0.0
	training.AfterStep = func(r nn.StepReport) { loss = r.Loss }
	s.look()
	clock := newClock(c.every)
	for step := range c.readSteps {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := training.Step(step); err != nil {
			return err
		}
		last := step+1 == c.readSteps
		if step < firstLooks || clock.due() || last {
			s.look()
			s.tell(told{T: "reading", Step: step + 1, Steps: c.readSteps, Left: clock.left(step+1-firstLooks, c.readSteps-firstLooks), Loss: loss})
		}
		if step < firstLooks {
			wait(ctx, c.pace)
			clock = newClock(c.every) // the time left is told from what nobody waits for
		}
		if step%200 == 199 || last {
			score, err := s.reader.score(ctx)
			if err != nil {
				return err
			}
			s.tell(score)
		}
	}
	return nil
}

// wait waits, or returns when ctx ends.
func wait(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// clock tells when something is due, and how long work will take.
type clock struct {
	begun, last time.Time
	every       time.Duration
}

func newClock(every time.Duration) *clock {
	now := time.Now()
	return &clock{now, now, every}
}

func (c *clock) due() bool {
	if now := time.Now(); now.Sub(c.last) >= c.every {
		c.last = now
		return true
	}
	return false
}

// left is how many seconds are left when so many of all steps are done; 0 when
// none is, and nobody knows.
func (c *clock) left(done, all int) float64 {
	if done <= 0 {
		return 0
	}
	return time.Since(c.begun).Seconds() / float64(done) * float64(all-done)
}
