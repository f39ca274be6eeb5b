package gradients

import (
	"context"
	"fmt"
	"time"

	"reslab/experiments/run"
	"reslab/nn/weights"
)

// checkpointEvery is how much work is lost at most when a run is killed. The
// tests change it.
var checkpointEvery = 30 * time.Second

// course is the training of all nets side by side. It goes in turns: in a turn
// one net takes one step, and at the end each has a turn to be examined. Between
// two turns it may be left and gone on with.
type course struct {
	*records
	plan     *plan
	folder   *run.Folder
	students []*student
	turn     int // turns done

	written struct{ metrics, gradients int } // rows that are in the tables
	saved   time.Time                        // the last checkpoint
}

// keep is what a checkpoint holds beside weights and rows.
type keep struct {
	Diverged []bool `json:"diverged"` // by net
}

// newCourse builds the nets and goes to where the run in the folder was left.
func newCourse(p *plan, folder *run.Folder) (*course, error) {
	c := &course{records: &records{}, plan: p, folder: folder, saved: time.Now()}
	for _, v := range p.variants {
		c.students = append(c.students, newStudent(p, v, c.records))
	}
	if err := c.resume(); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

func (c *course) close() {
	for _, s := range c.students {
		s.recorder.Listen(false)
	}
}

// resume changes nothing if the run begins.
func (c *course) resume() (err error) {
	var kept keep
	if c.turn, err = c.folder.Restore(c.nets(), &kept); err != nil {
		return err
	}
	for i, diverged := range kept.Diverged {
		c.students[i].diverged = diverged
	}
	if c.metrics, err = run.ReadMetrics(c.folder.Path()); err != nil {
		return err
	}
	if c.gradients, err = run.ReadGradients(c.folder.Path()); err != nil {
		return err
	}
	c.written.metrics, c.written.gradients = len(c.metrics), len(c.gradients)
	c.plan.Done = min(c.turn/len(c.students), c.plan.Steps)
	return nil
}

// run takes the turns that are left. When the budget is spent it ends for all
// nets at the same step, which it writes into the plan.
func (c *course) run(ctx context.Context, tell run.Progress) error {
	for nets := len(c.students); c.turn < nets*(c.plan.Steps+1); {
		if ctx.Err() != nil {
			return c.stop(ctx)
		}
		step, student := c.turn/nets, c.students[c.turn%nets]
		if err := student.turn(ctx, step); ctx.Err() != nil && err != nil {
			return c.stop(ctx)
		} else if err != nil {
			return err
		}
		c.turn++
		if c.turn%nets == 0 && step < c.plan.Steps {
			if err := c.endStep(step, tell); err != nil {
				return err
			}
		}
		if time.Since(c.saved) >= checkpointEvery {
			if err := c.checkpoint(); err != nil {
				return err
			}
		}
	}
	return nil
}

// stop keeps all that was done until ctx ended.
func (c *course) stop(ctx context.Context) error {
	if c.turn > 0 {
		if err := c.checkpoint(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// endStep is called when each net has taken the step.
func (c *course) endStep(step int, tell run.Progress) error {
	c.plan.Done = step + 1
	tell(run.Step{Done: step + 1, Total: c.plan.Steps, Note: c.news(step)})
	if step+1 == c.plan.Steps || !c.plan.spent(step+1) {
		return nil
	}
	c.plan.Steps = step + 1
	return c.plan.save(c.folder)
}

// news tells the losses of the deepest pair that the settings ask for.
func (c *course) news(step int) string {
	note := fmt.Sprintf("step %d", step+1)
	main, last := c.students[0].variant, 0
	for i, s := range c.students {
		if v := s.variant; v.activation == main.activation && v.norm == main.norm && v.depth >= c.students[last].variant.depth {
			last = i
		}
	}
	for _, s := range c.students[max(0, last-1) : last+1] {
		note += fmt.Sprintf(", %s %.2f", s.variant.family(), s.loss)
	}
	return note
}

// checkpoint writes all that the next turn depends on.
func (c *course) checkpoint() error {
	if err := c.append(); err != nil {
		return err
	}
	var kept keep
	for _, s := range c.students {
		kept.Diverged = append(kept.Diverged, s.diverged)
	}
	c.saved = time.Now()
	return c.folder.Checkpoint(weights.Checkpoint{Step: c.turn, Nets: c.nets(), Extra: kept})
}

// append writes the rows that are not in the tables yet.
func (c *course) append() error {
	if err := c.folder.Metrics(c.metrics[c.written.metrics:]...); err != nil {
		return err
	}
	if err := c.folder.Gradients(c.gradients[c.written.gradients:]...); err != nil {
		return err
	}
	c.written.metrics, c.written.gradients = len(c.metrics), len(c.gradients)
	return nil
}

func (c *course) nets() (nets []weights.Net) {
	for _, s := range c.students {
		nets = append(nets, weights.Net{Name: s.variant.name(), Model: s.net, Optimiser: s.training.Optimiser})
	}
	return nets
}
