package data

import (
	"fmt"

	"reslab/nn"
)

// LoaderConfig says how a Loader deals.
type LoaderConfig struct {
	Batch int    // pictures in a batch
	Seed  uint64 // of the shuffling
}

// Loader deals the pictures of a set in batches, shuffled anew each epoch (one
// pass over the set). Pictures that do not fill a batch sit out the epoch. A
// Loader is for one goroutine.
type Loader struct {
	set   *Set
	cfg   LoaderConfig
	epoch int // that order belongs to
	order []int
}

// NewLoader returns a Loader for set, which must hold a batch at least.
func NewLoader(set *Set, cfg LoaderConfig) *Loader {
	set.check()
	if cfg.Batch < 1 || cfg.Batch > set.Len() {
		panic(mistake("Loader", "a batch must be from 1 to all %d pictures of %s, not %d", set.Len(), set.Name, cfg.Batch))
	}
	return &Loader{set: set, cfg: cfg, epoch: -1}
}

// StepsPerEpoch returns the number of batches in one pass over the set.
func (l *Loader) StepsPerEpoch() int { return l.set.Len() / l.cfg.Batch }

// Epoch returns the number of the pass, from 0, that a step belongs to.
func (l *Loader) Epoch(step int) int { return step / l.StepsPerEpoch() }

// Batch returns the pictures [Batch, H, W, C] and the labels of a step, from 0
// on without end. It depends on nothing but the set, the config and the step:
// a training that stopped goes on where it was. The tensor is the caller's.
func (l *Loader) Batch(step int) (x *nn.Tensor, labels []int) {
	if step < 0 {
		panic(mistake("Loader", "steps count from 0, got %d", step))
	}
	if epoch := l.Epoch(step); epoch != l.epoch {
		l.epoch, l.order = epoch, nn.NewRandomAt(l.cfg.Seed, fmt.Sprint("epoch ", epoch)).Shuffle(l.set.Len())
	}
	first := step % l.StepsPerEpoch() * l.cfg.Batch
	return l.set.Batch(l.order[first : first+l.cfg.Batch])
}

// String says what is dealt in a line.
func (l *Loader) String() string {
	return fmt.Sprintf("batches of %d, %d an epoch, of %s", l.cfg.Batch, l.StepsPerEpoch(), l.set)
}

// All returns the batches that an evaluation takes: every picture once, in
// order, the last batch as small as it comes; then nil. It may be called from
// many goroutines.
func (s *Set) All(batch int) nn.Batches {
	s.check()
	if batch < 1 {
		panic(mistake("All", "a batch needs 1 picture at least, got %d", batch))
	}
	return func(step int) (x *nn.Tensor, labels []int) {
		first := step * batch
		if step < 0 || first >= s.Len() {
			return nil, nil
		}
		return s.Batch(span(first, min(first+batch, s.Len())))
	}
}

// Batch returns the pictures at indices, normalised, as [len(indices), H, W, C],
// and their labels.
func (s *Set) Batch(indices []int) (x *nn.Tensor, labels []int) {
	s.check()
	x, labels = nn.NewTensor(len(indices), s.H, s.W, s.C), make([]int, len(indices))
	numbers := s.numbers()
	for k, i := range indices {
		labels[k] = s.Label(i)
		row := x.Data[k*s.size() : (k+1)*s.size()]
		for j, v := range s.picture(i) {
			row[j] = numbers[j%s.C][v]
		}
	}
	return x, labels
}

// numbers returns, for each channel, the number that stands for a byte.
func (s *Set) numbers() [][256]float32 {
	numbers := make([][256]float32, s.C)
	for c := range numbers {
		mean, std := 0.0, 1.0
		if len(s.Mean) > 0 {
			mean, std = float64(s.Mean[c]), float64(s.Std[c])
		}
		for v := range 256 {
			numbers[c][v] = float32((float64(v)/255 - mean) / std)
		}
	}
	return numbers
}

// span returns the numbers from first up to, but not with, end.
func span(first, end int) []int {
	numbers := make([]int, end-first)
	for i := range numbers {
		numbers[i] = first + i
	}
	return numbers
}
