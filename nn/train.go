package nn

import (
	"context"
	"slices"
)

// Training is the loop that teaches a model: forward, loss, backward, one step
// of the optimiser, and again. Its fields are plain functions: change any.
type Training struct {
	Model     Layer
	Batches   Batches
	Loss      Loss // default CrossEntropy
	Optimiser *Optimiser
	Rate      Schedule // the learning rate of each step
	Steps     int      // how many; the first is step 0

	// Clip, above 0, is the largest norm of the gradient that the optimiser gets
	// to see: see ClipGradient.
	Clip float64

	// BeforeUpdate, if set, is called between Backward and the optimiser's
	// step: the gradients are there, not clipped, and the weights are still those
	// that made them. AfterStep, if set, is called at the end of each step.
	BeforeUpdate, AfterStep func(s StepReport)

	begun    bool
	params   []*Param
	listed   []*Param // room for the next list
	space    workspace
	entropy  *SoftmaxCrossEntropy // the default Loss
	dropouts []*Dropout
	before   before
}

// Batches returns the batch of a step: pictures [N, H, W, C] and their labels.
// The same step gives the same batch. A nil x ends the training.
type Batches func(step int) (x *Tensor, labels []int)

// StepReport says what one step found, before its update.
type StepReport struct {
	Step     int
	Loss     float64 // mean over the batch
	Accuracy float64 // share of the batch that was named right, 0 to 1; 0 where the output is no [N, classes]
	Rate     float64 // learning rate

	GradientNorm float64 // of all trainable parameters together, not clipped
}

// Run trains until all steps are done, the batches end or ctx does. It returns
// ctx's error or a *Diverged. Whatever comes, the model is that of the last
// whole step.
func (t *Training) Run(ctx context.Context) error {
	if t.Steps < 1 {
		panic(mistake("Training", "Steps must say how many steps to take, at least 1, got %d", t.Steps))
	}
	for step := range t.Steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		if more, err := t.Step(step); err != nil || !more {
			return err
		}
	}
	return nil
}

// Step takes one step; more is false if there was no batch for it. It returns a
// *Diverged, and changes no weight, if the loss, the gradient or a running average
// is not finite.
func (t *Training) Step(step int) (more bool, err error) {
	t.prepare()
	x, labels := t.Batches(step)
	if x == nil {
		return false, nil
	}
	report, err := t.learn(step, x, labels)
	if err != nil {
		return false, err
	}
	if t.BeforeUpdate != nil {
		t.BeforeUpdate(report)
	}
	if t.Clip > 0 {
		shorten(t.params, report.GradientNorm, t.Clip)
	}
	t.Optimiser.Step(t.params, report.Rate)
	if t.AfterStep != nil {
		t.AfterStep(report)
	}
	return true, nil
}

// learn computes the loss of a batch and all gradients.
func (t *Training) learn(step int, x *Tensor, labels []int) (StepReport, error) {
	t.space.rewind()
	t.lend(&t.space)
	defer t.lend(nil) // hooks may run the model too: what comes out then is theirs
	t.before.remember(t.params, t.dropouts)
	learned := false
	defer func() {
		if !learned && interrupted.Load() {
			t.before.restore()
		}
	}()
	logits := t.Model.Forward(x, true)
	loss, dlogits := t.Loss(logits, labels)
	report := StepReport{Step: step, Loss: loss, Rate: t.Rate(step)}
	if isScores(logits, labels) { // a Loss of one's own may want another output, as a picture
		report.Accuracy = Accuracy(logits, labels)
	}
	if !isFinite(loss) || t.before.lost() {
		return report, t.diverged(report, x, labels)
	}
	ZeroGrad(t.params)
	t.Model.Backward(dlogits)
	if report.GradientNorm = GradientNorm(t.params); !isFinite(report.GradientNorm) {
		return report, t.diverged(report, x, labels)
	}
	learned = true
	return report, nil
}

// lend gives the model and nn's own loss a workspace, or takes it back.
func (t *Training) lend(space *workspace) {
	lend(t.Model, space)
	if t.entropy != nil {
		t.entropy.borrow(loan{space: space})
	}
}

// prepare refuses, before the first step, a training that cannot begin, and
// weights that nobody drew. The parameters are listed anew at every step: a
// highway may have opened.
func (t *Training) prepare() {
	if t.Model == nil || t.Batches == nil || t.Optimiser == nil || t.Rate == nil {
		panic(mistake("Training", "Model, Batches, Optimiser and Rate must be set"))
	}
	if t.Clip < 0 {
		panic(mistake("Training", "Clip must be a norm above 0, or 0 for none, got %g", t.Clip))
	}
	t.list()
	if t.begun {
		return
	}
	if t.Loss == nil {
		t.entropy = NewSoftmaxCrossEntropy(CrossEntropyConfig{})
		t.Loss = t.entropy.Loss
	}
	drawn, weights := false, 0
	for _, p := range t.params {
		if p.Trainable && p.Decay {
			weights++
			drawn = drawn || p.Value.Norm() > 0
		}
	}
	if weights > 0 && !drawn {
		panic(mistake("Training", "every weight is zero, and such a net learns nothing; call Init first"))
	}
	t.begun = true
}

// list lists the parameters anew: a highway may have opened. Names are given
// again only when others are there than at the last step.
func (t *Training) list() {
	now, known := appendParams(t.listed[:0], t.Model)
	t.listed = now
	if !known || !slices.Equal(now, t.params) {
		t.params = t.Model.Params()
		t.dropouts = Dropouts(t.Model)
	}
}
