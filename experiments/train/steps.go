package train

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"time"

	"reslab/experiments/run"
	"reslab/nn"
	"reslab/nn/weights"
	"reslab/viz"
)

const (
	weightsFile     = "model.safetensors"
	checkpointEvery = 30 * time.Second // and after each epoch
	reportEvery     = time.Minute      // the end has one of its own
)

// run takes the steps that are left, and closes each epoch.
func (c *course) run(ctx context.Context) error {
	for !c.over() {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch {
		case !c.closed():
			if err := c.closeEpoch(ctx); err != nil {
				return err
			}
		default:
			if err := c.takeStep(); err != nil {
				return err
			}
		}
	}
	return nil
}

// closed says whether nothing is left to do for the epochs behind: a run may
// have been stopped between the last step of one and its examination.
func (c *course) closed() bool {
	return c.step%c.stepsPerEpoch != 0 || c.kept.Closed == c.step
}

// over says whether the last epoch is closed, or patience is at an end.
func (c *course) over() bool {
	return c.step%c.stepsPerEpoch == 0 && c.closed() && (c.step >= c.training.Steps || c.impatient())
}

func (c *course) impatient() bool {
	patience := *c.settings.Patience
	return patience > 0 && c.data.validation != nil && c.step/c.stepsPerEpoch-c.best(c.stepsPerEpoch) >= patience
}

// takeStep learns from one batch. After a *nn.Diverged the weights are those
// from before.
func (c *course) takeStep() error {
	c.recorder.Listen(c.step%c.every == 0)
	began := time.Now()
	more, err := c.training.Step(c.step)
	if err != nil {
		return err
	}
	if !more {
		return c.loader.Err()
	}
	c.step++
	c.learning += time.Since(began)
	c.progress()
	if c.closed() && time.Since(c.saved) > checkpointEvery {
		return c.checkpoint()
	}
	return nil
}

// record notes what a step found, in both tables.
func (c *course) record(s nn.StepReport) {
	c.metric(s.Step, splitTrain, s.Loss, s.Accuracy, s.Rate)
	if c.recorder.Listens() {
		c.gradients = append(c.gradients, c.recorder.Rows(s.Step)...)
	}
}

func (c *course) metric(step int, split string, loss, accuracy, rate float64) {
	c.metrics = append(c.metrics, run.Metric{Net: c.net.row(), Seed: *c.settings.Seed, Step: step, Epoch: step / c.stepsPerEpoch,
		Split: split, Loss: loss, Accuracy: accuracy, Rate: rate})
}

// closeEpoch examines the net after an epoch, keeps it if it is the best one,
// and writes a checkpoint.
func (c *course) closeEpoch(ctx context.Context) error {
	var exam *Examination
	if v := c.data.validation; v != nil {
		var err error
		c.doing("asking about the pictures kept apart")
		if exam, err = examine(ctx, c.model, v, c.data.skip, nil); err != nil {
			return err
		}
		c.metric(c.step, splitValidation, exam.Loss, exam.Top1, 0)
	}
	c.kept.Closed = c.step
	if done := c.step / c.stepsPerEpoch; c.best(c.stepsPerEpoch) == done {
		c.exam = exam
		if err := c.saveWeights(done); err != nil {
			return err
		}
	}
	c.sayEpoch()
	if err := c.checkpoint(); err != nil {
		return err
	}
	if c.over() || time.Since(c.told) < reportEvery {
		return nil
	}
	c.told = time.Now()
	return c.write(c.story("")) // to look at while it goes on
}

// sayEpoch tells how the last epoch went, in a line.
func (c *course) sayEpoch() {
	e := c.lastEpoch()
	line := fmt.Sprintf("epoch %d of %d: loss %s, right %s", e.Number, *c.settings.Epochs, digits(e.Loss), percent(e.Accuracy))
	if v := e.Validation; v != nil {
		line += fmt.Sprintf("; validation loss %s, right %s", digits(v.Loss), percent(v.Accuracy))
		switch {
		case known(v.Loss) == nil:
			line += ": " + astray(*c.settings.Rate)
		case c.best(c.stepsPerEpoch) == e.Number:
			line += ", the best yet"
		}
	}
	c.say("%s", line)
}

// digits writes a loss, and a huge one in short.
func digits(loss float64) string {
	if math.Abs(loss) < 1e4 {
		return fmt.Sprintf("%.4f", loss)
	}
	return viz.Number(loss)
}

// saveWeights writes model.safetensors, which needs nothing beside it.
func (c *course) saveWeights(epoch int) error {
	s := &c.settings
	meta := weights.Metadata{Model: c.net.Name, Input: c.net.input[:], Classes: c.data.classes(), Mean: c.data.learn.Mean, Std: c.data.learn.Std,
		Notes: map[string]string{"data": filepath.Base(s.Data), "epoch": fmt.Sprint(epoch), "seed": fmt.Sprint(*s.Seed)}}
	return weights.Save(c.weightsPath(), c.model, meta)
}

func (c *course) weightsPath() string { return filepath.Join(c.folder.Path(), weightsFile) }

// checkpoint writes all that the next step depends on.
func (c *course) checkpoint() error {
	if err := c.folder.Metrics(c.metrics[c.written.metrics:]...); err != nil {
		return err
	}
	if err := c.folder.Gradients(c.gradients[c.written.gradients:]...); err != nil {
		return err
	}
	c.written.metrics, c.written.gradients = len(c.metrics), len(c.gradients)
	c.kept.Seconds += time.Since(c.saved).Seconds()
	c.saved = time.Now()
	return c.folder.Checkpoint(weights.Checkpoint{Step: c.step, Nets: c.nets(), Extra: c.kept})
}

// progress tells how far the training has come.
func (c *course) progress() {
	if c.job.Progress == nil {
		return
	}
	e, done := c.lastEpoch(), c.step-c.first
	c.job.Progress(Progress{Done: done, Total: c.training.Steps - c.first, Epoch: e.Number, Epochs: *c.settings.Epochs,
		Loss: e.Loss, Accuracy: e.Accuracy, PerSecond: float64(done**c.settings.Batch) / c.learning.Seconds()})
}
