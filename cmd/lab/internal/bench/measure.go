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
	Layers []LayerTime `json:"layers"`
	Nets   []NetTime   `json:"nets"`
}

// layerCases are the nets whose layers are timed, with the batches that they
// are used with.
var layerCases = []struct {
	net   string
	batch int
}{{"resnet20", 128}, {"resnet50", 1}}

// measure times everything. set shows how far it is.
func measure(ctx context.Context, each time.Duration, set func(done, total int, label string)) (*Result, error) {
	set(0, 1, "the machine")
	r := &Result{Machine: thisMachine()}
	type task struct {
		label string
		run   func() error
	}
	var tasks []task
	for _, c := range netCases {
		tasks = append(tasks, task{fmt.Sprintf("%s, %s", c.name, c.mode), func() error {
			net, err := c.time(ctx, each)
			r.Nets = append(r.Nets, net)
			return err
		}})
	}
	for _, c := range layerCases {
		model := find(c.net)
		for _, conv := range convolutions(model, c.batch) {
			for pass := ladder.Forward; pass <= ladder.WeightGrad; pass++ {
				tasks = append(tasks, task{c.net + ", " + conv.name, func() error {
					r.Layers = append(r.Layers, timeLayer(c.net, conv, pass, r.Peak1, each))
					return nil
				}})
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

// find returns a net of the papers.
func find(name string) nn.Model {
	models := nn.Models()
	return models[slices.IndexFunc(models, func(m nn.Model) bool { return m.Name == name })]
}
