package gradients

import (
	"context"
	"errors"

	"reslab/experiments/run"
	"reslab/nn"
)

// student is one net on its way through the training.
type student struct {
	plan     *plan
	variant  variant
	rows     *records
	net      *nn.Sequential
	batches  nn.Batches
	recorder *run.Recorder
	training *nn.Training
	loss     float64 // of the last batch
	diverged bool
}

func newStudent(p *plan, v variant, rows *records) *student {
	s := &student{plan: p, variant: v, rows: rows, net: v.build(p.source.channels()), batches: p.source.batches(p)}
	nn.Init(s.net, p.Seed, v.rule())
	s.recorder = run.NewRecorder(v.name(), p.Seed, s.net)
	s.training = &nn.Training{
		Model: s.net, Batches: s.batches, Rate: nn.WarmUp(p.WarmUp, nn.Constant(p.Rate)),
		Optimiser: nn.NewSGD(nn.SGDConfig{Momentum: 0.9, WeightDecay: 1e-4}),
		BeforeUpdate: func(report nn.StepReport) {
			s.loss = report.Loss
			s.metric(report.Step, "train", report.Loss, report.Accuracy, report.Rate)
			if s.recorder.Listens() {
				rows.gradients = append(rows.gradients, s.recorder.Rows(report.Step)...)
			}
		},
	}
	return s
}

// turn takes a step, or the examination behind the last one.
func (s *student) turn(ctx context.Context, step int) error {
	if step < s.plan.Steps {
		return s.step(step)
	}
	return s.finish(ctx)
}

// step takes one step, unless the net has diverged: what came before that
// tells its story.
func (s *student) step(step int) error {
	if s.diverged {
		return nil
	}
	s.recorder.Listen(step%s.plan.Record == 0)
	_, err := s.training.Step(step)
	var diverged *nn.Diverged
	if errors.As(err, &diverged) {
		s.diverged, s.loss = true, diverged.Loss
		s.metric(step, "train", diverged.Loss, 0, diverged.Rate)
		return nil
	}
	return err
}

// finish measures a net after its training: how it does on pictures that it
// has not seen, and the gradients of one more batch, without a step.
func (s *student) finish(ctx context.Context) error {
	if s.diverged {
		return nil
	}
	if s.plan.Steps > 0 {
		e, err := nn.Evaluate(ctx, s.net, s.plan.source.examination(s.plan), 1)
		if err != nil {
			return err
		}
		s.metric(s.plan.Steps, "test", e.Loss, e.Top1, 0)
	}
	s.recorder.Listen(true)
	x, labels := s.batches(s.plan.Steps)
	logits := s.net.Forward(x, true)
	loss, dlogits := nn.CrossEntropy(logits, labels)
	nn.ZeroGrad(s.net.Params())
	s.net.Backward(dlogits)
	s.metric(s.plan.Steps, "train", loss, nn.Accuracy(logits, labels), 0)
	s.rows.gradients = append(s.rows.gradients, s.recorder.Rows(s.plan.Steps)...)
	return nil
}

func (s *student) metric(step int, split string, loss, accuracy, rate float64) {
	s.rows.metric(s.plan, s.variant, step, split, loss, accuracy, rate)
}
