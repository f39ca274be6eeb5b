package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"reslab/nn"
	"reslab/nn/ladder"
)

// Result is all that lab bench measures.
type Result struct {
	Machine
	Nets   []NetTime   `json:"nets"`
	Layers []LayerTime `json:"layers"`
}

// layerCase is a net whose layers are timed, with the batch and the passes that
// it is used with.
type layerCase struct {
	net    string
	batch  int
	passes []ladder.Pass
}

var layerCases = []layerCase{
	{"resnet20", 128, []ladder.Pass{ladder.Forward, ladder.InputGrad, ladder.WeightGrad}},
	{"resnet50", 1, []ladder.Pass{ladder.Inference, ladder.InputGrad, ladder.WeightGrad}},
	{"resnet50", 8, []ladder.Pass{ladder.Forward, ladder.InputGrad, ladder.WeightGrad}},
}

// rounds is how often all layers are timed, each time for a part of the time:
// another program that works for some seconds then spoils one round.
const rounds = 3

// task is one thing to measure.
type task struct {
	label string
	run   func() error
}

// measure times the machine and the nets, and the layers if they are wanted. set
// shows how far it is.
func measure(ctx context.Context, layers bool, each time.Duration, set func(done, total int, label string)) (*Result, error) {
	r := &Result{Layers: []LayerTime{}}
	tasks := []task{{"the machine", func() error { r.Machine = thisMachine(); return nil }}}
	for _, c := range netCases {
		tasks = append(tasks, r.netTask(ctx, c, each))
	}
	if layers {
		for range rounds {
			for _, c := range layerCases {
				tasks = append(tasks, r.layerTasks(c, each/rounds)...)
			}
		}
	}
	for i, t := range tasks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		set(i, len(tasks), t.label)
		if err := t.run(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *Result) netTask(ctx context.Context, c netCase, each time.Duration) task {
	return task{fmt.Sprintf("%s, %s", c.name, c.mode), func() error {
		net, err := c.time(ctx, each)
		r.Nets = append(r.Nets, net)
		return err
	}}
}

func (r *Result) layerTasks(c layerCase, each time.Duration) (tasks []task) {
	for _, conv := range convolutions(find(c.net), c.batch) {
		for _, pass := range c.passes {
			tasks = append(tasks, task{c.net + ", " + conv.name, func() error {
				for _, l := range conv.time(pass, each) {
					r.keep(l)
				}
				return nil
			}})
		}
	}
	return tasks
}

// keep takes a layer's time, if it is the first one or the fastest so far. What one core
// does at most is the best of all trials, those beside the layers too: the first came
// in a bad moment now and then, and layers stood above the roof.
func (r *Result) keep(l LayerTime) {
	r.Peak1 = max(r.Peak1, l.Peak)
	same := func(k LayerTime) bool {
		return k.Net == l.Net && k.Batch == l.Batch && k.Name == l.Name && k.Pass == l.Pass && k.Method == l.Method
	}
	if i := slices.IndexFunc(r.Layers, same); i < 0 {
		r.Layers = append(r.Layers, l)
	} else if l.MS < r.Layers[i].MS {
		r.Layers[i] = l
	}
}

// find returns a net of the papers.
func find(name string) nn.Model {
	models := nn.Models()
	return models[slices.IndexFunc(models, func(m nn.Model) bool { return m.Name == name })]
}
