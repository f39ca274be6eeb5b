package train

import (
	"context"

	"reslab/nn"
	"reslab/nn/data"
)

// dataset is what a training learns from and is examined with.
type dataset struct {
	learn, validation, test *data.Set // the last two may be nil
}

func openData(_ context.Context, s *Settings, net net) (*dataset, error) {
	train, test, err := data.Load(s.Data)
	if err != nil {
		return nil, err
	}
	return &dataset{learn: train, test: test}, nil
}

func (d *dataset) pictures() int     { return d.learn.Len() }
func (d *dataset) colour() bool      { return d.learn.C == 3 }
func (d *dataset) classes() []string { return d.learn.Classes }
func (d *dataset) input() [3]int     { return [3]int{d.learn.H, d.learn.W, d.learn.C} }

// divide keeps pictures apart for validation.
func (d *dataset) divide(s *Settings) error {
	if n := held(d.learn.Len(), *s.Validation); n > 0 {
		d.validation, d.learn = d.learn.Split(n, *s.Seed)
	}
	return nil
}

func (d *dataset) batches(s *Settings) nn.Batches {
	return data.NewLoader(d.learn, data.LoaderConfig{Batch: *s.Batch, Seed: *s.Seed}).Batch
}
