package gradients

import (
	"fmt"

	"reslab/experiments/run"
	"reslab/nn"
	"reslab/nn/data"
)

// source is where the pictures come from, at the size that is asked for.
type source struct {
	name        string
	learn, test *data.Set

	shrunk [2]*data.Set // the same at the last size asked for
}

// open loads a data set; noise is drawn as in the paper's nets, 32x32 in three
// channels.
func open(name string, seed uint64) (*source, error) {
	if name == "noise" {
		all := data.Noise(data.NoiseConfig{N: 640, H: 32, W: 32, C: 3, Seed: seed})
		test, learn := all.Split(128, seed)
		return &source{name: name, learn: learn, test: test}, nil
	}
	learn, test, err := data.Load(name)
	if err != nil {
		return nil, err
	}
	return &source{name: name, learn: learn, test: test}, nil
}

func (s *source) edge() int     { return s.learn.H }
func (s *source) channels() int { return s.learn.C }
func (s *source) pictures() int { return s.learn.Len() }

// check refuses a plan that the pictures are too small or too few for.
func (s *source) check(p *plan) error {
	if p.Size > s.edge() {
		return run.WrongSetting("the setting size must be at most %d, the edge of the pictures of %s, got %d", s.edge(), s.name, p.Size)
	}
	if p.Batch > s.pictures() {
		return run.WrongSetting("the setting batch must be at most %d, the number of pictures of %s, got %d", s.pictures(), s.name, p.Batch)
	}
	return nil
}

// batches returns what a training of the plan learns from.
func (s *source) batches(p *plan) nn.Batches {
	learn, _ := s.at(p.Size)
	return data.NewLoader(learn, data.LoaderConfig{Batch: p.Batch, Seed: p.Seed}).Batch
}

// examination returns what a net is tested with, in batches.
func (s *source) examination(p *plan) nn.Batches {
	_, test := s.at(p.Size)
	return test.First(min(p.Test, test.Len())).All(100)
}

// at returns the sets with pictures of an edge.
func (s *source) at(edge int) (learn, test *data.Set) {
	if edge == s.edge() {
		return s.learn, s.test
	}
	if s.shrunk[0] == nil || s.shrunk[0].H != edge {
		s.shrunk = [2]*data.Set{s.learn.Shrink(edge, edge), s.test.Shrink(edge, edge)}
	}
	return s.shrunk[0], s.shrunk[1]
}

// about describes the pictures, as "mnist, pictures of 14x14".
func (s *source) about(edge int) string {
	return fmt.Sprintf("%s, pictures of %dx%d", s.name, edge, edge)
}
