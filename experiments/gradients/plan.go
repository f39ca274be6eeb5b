package gradients

import (
	"context"
	"time"

	"reslab/experiments/run"
	"reslab/nn"
)

// plan is all that a run is going to do. It stands in config.json: the same
// plan gives the same numbers.
type plan struct {
	Experiment string     `json:"experiment"`
	Settings   run.Values `json:"settings"`
	Budget     string     `json:"budget,omitempty"`
	Seed       uint64     `json:"seed"`

	// What auto and the budget came to.
	Size   int     `json:"size"`   // edge of the pictures
	Batch  int     `json:"batch"`  // pictures a step
	Steps  int     `json:"steps"`  // of every net
	Record int     `json:"record"` // the gradients are recorded every so many steps
	Rate   float64 `json:"rate"`
	WarmUp int     `json:"warm_up"` // the rate rises to its full height over so many steps
	Test   int     `json:"test"`    // pictures to test with

	// What became of it: a run that was stopped may end before Steps.
	Done    int  `json:"steps_done"` // taken by every net
	Stopped bool `json:"stopped"`

	source   *source
	variants []variant
	budget   time.Duration
	began    time.Time // the run
	start    time.Time // the training
}

// settle returns the plan of the run in the folder: the one that stands there,
// if the run goes on, whatever is left of the budget.
func settle(ctx context.Context, job *run.Job, s *source) (*plan, error) {
	var p plan
	if err := job.Folder.Config(&p); err != nil {
		return nil, err
	}
	if p.Batch > 0 {
		p.Stopped, p.source, p.variants = false, s, variants(job.Values)
		return &p, s.check(&p)
	}
	fresh, err := newPlan(ctx, job, s)
	if err != nil {
		return nil, err
	}
	return fresh, fresh.save(job.Folder)
}

func (p *plan) save(folder *run.Folder) error { return folder.WriteJSON("config.json", p) }

// newPlan works out what the settings leave open.
func newPlan(ctx context.Context, job *run.Job, s *source) (*plan, error) {
	v := job.Values
	p := &plan{Experiment: "gradients", Settings: v, Seed: job.Seed, Size: s.edge(), Batch: 64, Steps: 300,
		Rate: v.Float("rate"), Test: 1000, source: s, variants: variants(v), began: time.Now()}
	if job.Budget > 0 {
		p.Budget, p.budget = job.Budget.String(), job.Budget
		if err := p.spend(ctx); err != nil {
			return nil, err
		}
	}
	p.choose()
	if err := s.check(p); err != nil {
		return nil, err
	}
	if v["record"] == "auto" {
		p.Record = max(1, p.Steps/20)
	} else {
		p.Record = v.Int("record")
	}
	if v["warmup"] == "auto" {
		p.WarmUp = p.Steps / 10
	} else {
		p.WarmUp = v.Int("warmup")
	}
	p.start = time.Now()
	return p, nil
}

// choose puts what the settings say over what was worked out.
func (p *plan) choose() {
	for key, place := range map[string]*int{"size": &p.Size, "batch": &p.Batch, "steps": &p.Steps} {
		if p.Settings[key] != "auto" {
			*place = p.Settings.Int(key)
		}
	}
}

// spend chooses the size of the pictures and the number of steps so that all
// nets together take about the budget, by this machine's clock. Fewer steps
// than enough teach a net nothing, so smaller pictures come first; but the
// smallest only in need, for on them a digit is hard to tell. A budget that is
// far too small is refused.
func (p *plan) spend(ctx context.Context) error {
	const enough, most = 120, 1000
	least := 2
	if p.Settings["steps"] != "auto" {
		least = p.Settings.Int("steps")
	}
	var shortest time.Duration
	for _, share := range []int{1, 2, 4} {
		p.Size, p.Batch = p.source.edge()/share, 64/share
		p.choose()
		if err := p.source.check(p); err != nil {
			return err
		}
		step, err := p.stepTime(ctx)
		if err != nil {
			return err
		}
		shortest = step * time.Duration(least+p.reserve())
		p.Steps = min(most, max(least, int(p.budget.Seconds()/(step.Seconds()+1e-9))-p.reserve()))
		if p.Steps >= enough/share || p.Settings["size"] != "auto" {
			break
		}
	}
	// The clock of a busy machine may be wrong by as much.
	if shortest > 2*p.budget {
		return run.WrongSetting("the budget of %v is too small: %s of these nets and their tests take about %v on this machine; give more time, or ask for fewer or smaller nets with --set depths",
			p.budget, counted(least, "step"), shortest.Round(time.Second/10))
	}
	return nil
}

// reserve is the time, in steps, that a run needs for all that is not training:
// the tests, which are a third of a step's work for each picture, and the report.
func (p *plan) reserve() int { return p.Test/(3*p.Batch) + 2 }

// spent says whether the budget leaves no time for another step. The estimate
// of spend knows nothing of what else the machine has to do.
func (p *plan) spent(steps int) bool {
	if p.budget == 0 || p.Settings["steps"] != "auto" {
		return false
	}
	step := time.Since(p.start) / time.Duration(steps)
	return time.Since(p.began)+step*time.Duration(p.reserve()+1) > p.budget
}

// stepTime estimates how long one step of all nets takes: it times the
// cheapest net, and reckons the others by their multiply-adds.
func (p *plan) stepTime(ctx context.Context) (time.Duration, error) {
	costs := p.costs()
	cheapest, all := 0, 0
	for i, cost := range costs {
		all += cost
		if cost < costs[cheapest] {
			cheapest = i
		}
	}
	v := p.variants[cheapest]
	net := v.build(p.source.channels())
	nn.Init(net, p.Seed, v.rule())
	const timed = 2
	var start time.Time
	training := nn.Training{
		// Nothing is learned at the rate 0, so nothing can go wrong.
		Model: net, Batches: p.source.batches(p), Rate: nn.Constant(0), Optimiser: nn.NewSGD(nn.SGDConfig{Momentum: 0.9}), Steps: timed + 1,
		AfterStep: func(s nn.StepReport) {
			if s.Step == 0 {
				start = time.Now() // the first step warms up
			}
		},
	}
	if err := training.Run(ctx); err != nil {
		return 0, err
	}
	return time.Duration(float64(time.Since(start)) / timed * float64(all) / float64(costs[cheapest])), nil
}

// costs are the multiply-adds of each net for one picture.
func (p *plan) costs() (costs []int) {
	channels := p.source.channels()
	for _, v := range p.variants {
		costs = append(costs, int(nn.Summarise(v.build(channels), p.Size, p.Size, channels).MACs))
	}
	return costs
}
