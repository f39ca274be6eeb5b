package train

import (
	"context"

	"reslab/nn"
	"reslab/nn/data"
	"reslab/nn/weights"
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

// openTest returns the test pictures of a data set, as weights want them.
func openTest(_ context.Context, job EvaluateJob, meta weights.Metadata) (*data.Set, error) {
	_, test, err := data.Load(job.Data)
	if err != nil {
		return nil, err
	}
	test.Mean, test.Std = meta.Mean, meta.Std
	return test, nil
}

// heard tells how many pictures were dealt.
func heard(pictures *data.Set, progress func(done, total int)) nn.Batches {
	all := pictures.All(examBatch)
	return func(step int) (*nn.Tensor, []int) {
		if progress != nil {
			progress(min(step*examBatch, pictures.Len()), pictures.Len())
		}
		return all(step)
	}
}
