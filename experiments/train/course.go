package train

import (
	"context"
	"fmt"
	"time"

	"reslab/experiments/run"
	"reslab/nn"
	"reslab/nn/data"
	"reslab/nn/weights"
)

// course is a training on its way.
type course struct {
	job      Job
	settings Settings // all chosen
	recipe   Settings // what would have been chosen
	folder   *run.Folder

	net       net
	data      *dataset
	model     *nn.Sequential
	optimiser *nn.Optimiser
	loader    *data.Loader
	training  *nn.Training
	recorder  *run.Recorder
	every     int // steps between two records of the gradients

	records
	step          int // steps done
	stepsPerEpoch int
	first         int // step that this call of Run began with
	kept          keep
	written       struct{ metrics, gradients int } // rows that are in the tables
	learning      time.Duration                    // spent in steps, by this call of Run
	saved, told   time.Time                        // the last checkpoint and the last report
	tested        *Examination                     // of the test pictures, at the end; nil before
	exam          *Examination                     // of the pictures kept apart, by the weights of the best epoch; nil before
}

// keep is what a checkpoint holds beside weights and rows.
type keep struct {
	Closed  int     `json:"closed"`  // steps done when an epoch was last closed
	Seconds float64 `json:"seconds"` // spent until then, breaks left out

	Pictures int `json:"pictures"` // to learn from: a folder may have changed since
}

// newCourse opens the pictures, builds the net and goes to where the run in the
// folder was left.
func newCourse(ctx context.Context, job Job, folder *run.Folder) (*course, error) {
	c := &course{job: job, folder: folder}
	if err := folder.Config(&c.settings); err != nil {
		return nil, err
	}
	if err := c.open(ctx); err != nil {
		return nil, err
	}
	if err := c.build(); err != nil {
		return nil, err
	}
	c.begin()
	if err := c.resume(); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// close ends what goes on beside the training.
func (c *course) close() {
	c.recorder.Listen(false)
	c.loader.Close()
}

// open finds the net and the pictures, and completes the settings.
func (c *course) open(ctx context.Context) (err error) {
	s := &c.settings
	var from *weights.Metadata // if they say what pictures they are for
	if s.From != "" {
		if from, err = metadataOf(s.From); err != nil {
			return err
		}
		if s.Model == "" {
			s.Model = from.Model
		}
		if len(from.Input) != 3 {
			from = nil
		}
	}
	if s.Model == "" {
		return run.WrongSetting("%s does not say which net it is for; name it with --model", s.From)
	}
	if c.net, err = find(s.Model); err != nil {
		return err
	}
	c.doing("looking at the pictures")
	if c.data, err = openData(ctx, s, c.net, from, c.say); err != nil {
		return err
	}
	c.recipe = Settings{From: s.From, Size: &c.data.edge}
	for _, settings := range []*Settings{&c.recipe, s} {
		settings.complete(c.net, c.data.pictures(), c.data.colour())
	}
	c.recipe.From = ""
	if err := c.data.divide(s); err != nil {
		return err
	}
	c.stepsPerEpoch = c.data.learn.Len() / *s.Batch
	return c.folder.WriteJSON("config.json", s)
}

// build makes the net and its first weights.
func (c *course) build() (err error) {
	c.net.input, c.net.classes = c.data.input(), len(c.data.classes())
	if c.model, err = c.net.build(); err != nil {
		return err
	}
	nn.Init(c.model, *c.settings.Seed, nn.HeFanIn)
	if c.settings.From != "" {
		if err := c.startFrom(c.settings.From); err != nil {
			return err
		}
	}
	return c.freeze()
}

// begin puts the training together.
func (c *course) begin() {
	s := &c.settings
	steps := *s.Epochs * c.stepsPerEpoch
	c.every = max(1, steps/400, min(c.stepsPerEpoch/4, steps/40))
	c.recorder = run.NewRecorder(c.net.row(), *s.Seed, c.model)
	c.optimiser = s.optimiser()
	c.loader = c.data.loader(s)
	c.training = &nn.Training{
		Model:     c.model,
		Batches:   c.loader.Batch,
		Loss:      nn.NewSoftmaxCrossEntropy(nn.CrossEntropyConfig{LabelSmoothing: *s.LabelSmoothing}).Loss,
		Optimiser: c.optimiser,
		Rate:      s.schedule(c.stepsPerEpoch),
		Clip:      *s.Clip,
		Steps:     steps,

		BeforeUpdate: c.record,
	}
}

// resume goes to where the run was left; a new run is at its beginning.
func (c *course) resume() (err error) {
	if c.step, err = c.folder.Restore(c.nets(), &c.kept); err != nil {
		return err
	}
	if n := c.data.learn.Len(); c.step > 0 && c.kept.Pictures != n {
		return fmt.Errorf("%s has changed: there are %d pictures to learn from, and there were %d; put it back as it was, or begin a new run with --from %s", c.settings.Data, n, c.kept.Pictures, c.folder.Path())
	}
	c.kept.Pictures = c.data.learn.Len()
	c.first, c.saved, c.told = c.step, time.Now(), time.Now()
	if c.metrics, err = run.ReadMetrics(c.folder.Path()); err != nil {
		return err
	}
	if c.gradients, err = run.ReadGradients(c.folder.Path()); err != nil {
		return err
	}
	c.written.metrics, c.written.gradients = len(c.metrics), len(c.gradients)
	if c.step > 0 {
		c.say("going on after step %d of %d", c.step, c.training.Steps)
	}
	return nil
}

func (c *course) nets() []weights.Net {
	return []weights.Net{{Name: c.net.row(), Model: c.model, Optimiser: c.optimiser}}
}

// doing tells the caller what takes time now.
func (c *course) doing(what string) {
	if c.job.Doing != nil {
		c.job.Doing(what)
	}
}

// say tells the caller a line.
func (c *course) say(format string, args ...any) {
	if c.job.Say != nil {
		c.job.Say(fmt.Sprintf(format, args...))
	}
}
