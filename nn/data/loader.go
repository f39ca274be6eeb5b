package data

import (
	"fmt"

	"reslab/nn"
)

// LoaderConfig says how a Loader deals.
type LoaderConfig struct {
	Batch int    // pictures in a batch
	Seed  uint64 // of the shuffling and of all chance in Transforms

	Transforms Pipeline // what each picture goes through on its way
	InOrder    bool     // not shuffled
	KeepLast   bool     // pictures that do not fill a batch come as a smaller one
	Epochs     int      // passes over the pictures; after them there is no batch. 0: without end

	// Workers is the number of goroutines that make the next batches while the
	// net works on this one. 0: none, each batch is made when it is asked for.
	Workers int

	// Ahead is how many batches they may be ahead; it bounds the memory. Default 2.
	Ahead int

	// Skip hears of each picture that cannot be read, once; it is left out, and
	// its batch is smaller by one. nil: such a picture ends the batches, see Err.
	Skip func(err *PictureError)
}

// Loader deals pictures in batches, shuffled anew each epoch (one pass over
// all). Batches and their pictures depend on nothing but the pictures, the
// config and the step: not on the number of goroutines, nor on what was dealt
// before. A Loader is for one goroutine.
type Loader struct {
	pictures   *Pictures
	cfg        LoaderConfig
	normaliser *normaliser

	epoch int // that order belongs to
	order []int

	prefetch prefetcher
	skipped  map[string]bool // names that Skip heard of
	err      error
}

// NewLoader returns a Loader for a set in memory.
func NewLoader(set *Set, cfg LoaderConfig) *Loader { return set.Pictures().Loader(cfg) }

// Loader returns a Loader for the pictures, of which there must be a batch at
// least, or one at all with KeepLast.
func (p *Pictures) Loader(cfg LoaderConfig) *Loader {
	switch {
	case p.Len() == 0:
		panic(mistake("Loader", "%s has no pictures to deal", p.Name))
	case cfg.Batch < 1 || cfg.Batch > p.Len() && !cfg.KeepLast:
		panic(mistake("Loader", "a batch must be from 1 to all %d pictures of %s, not %d", p.Len(), p.Name, cfg.Batch))
	case cfg.Workers < 0 || cfg.Ahead < 0 || cfg.Epochs < 0:
		panic(mistake("Loader", "Workers, Ahead and Epochs must be 0 at least, got %d, %d and %d", cfg.Workers, cfg.Ahead, cfg.Epochs))
	}
	if cfg.Ahead == 0 {
		cfg.Ahead = 2
	}
	return &Loader{pictures: p, cfg: cfg, normaliser: newNormaliser(p.Mean, p.Std), epoch: -1, skipped: map[string]bool{}}
}

// StepsPerEpoch returns the number of batches in one pass over the pictures.
func (l *Loader) StepsPerEpoch() int {
	n := l.pictures.Len()
	if l.cfg.KeepLast {
		n += l.cfg.Batch - 1
	}
	return n / l.cfg.Batch
}

// Epoch returns the number of the pass, from 0, that a step belongs to.
func (l *Loader) Epoch(step int) int { return step / l.StepsPerEpoch() }

// Batch returns the pictures [Batch, H, W, C] and the labels of a step, from 0
// on, until the Epochs are over. It depends on nothing but the pictures, the
// config and the step: a training that stopped goes on where it was. A nil x
// says that there are no more, or that something is wrong: see Err. The tensor
// is the caller's.
func (l *Loader) Batch(step int) (x *nn.Tensor, labels []int) {
	if step < 0 {
		panic(mistake("Loader", "steps count from 0, got %d", step))
	}
	if l.err != nil || l.over(step) {
		return nil, nil
	}
	b := l.take(step)
	if l.err = l.forgive(b); l.err != nil {
		return nil, nil
	}
	return b.x, b.labels
}

// Err returns why Batch had no more to deal: nil if all is well.
func (l *Loader) Err() error { return l.err }

// Close ends the making of batches, and waits until it has ended. A Loader that
// is not closed, but left alone, ends by itself when it is as far ahead as it
// may be.
func (l *Loader) Close() {
	if l.err == nil {
		l.err = fmt.Errorf("the loader of %s is closed", l.pictures.Name)
	}
	l.prefetch.close()
}

// String says what is dealt in a line.
func (l *Loader) String() string {
	return fmt.Sprintf("batches of %d, %d an epoch, of %s", l.cfg.Batch, l.StepsPerEpoch(), l.pictures)
}

func (l *Loader) over(step int) bool { return l.cfg.Epochs > 0 && l.Epoch(step) >= l.cfg.Epochs }

// take returns the batch of a step, made.
func (l *Loader) take(step int) *batch {
	if l.cfg.Workers == 0 {
		b := l.plan(step)
		for k := range b.indices {
			b.make(l, k)
		}
		b.assemble(l)
		return b
	}
	return l.prefetch.take(l, step)
}

// plan says which pictures a batch is of.
func (l *Loader) plan(step int) *batch {
	epoch, n := l.Epoch(step), l.pictures.Len()
	if l.epoch != epoch {
		l.epoch = epoch
		if l.cfg.InOrder {
			l.order = span(0, n)
		} else {
			l.order = nn.NewRandomAt(l.cfg.Seed, fmt.Sprint("epoch ", epoch)).Shuffle(n)
		}
	}
	first := step % l.StepsPerEpoch() * l.cfg.Batch
	return newBatch(step, epoch, l.order[first:min(first+l.cfg.Batch, n)])
}

// forgive tells Skip of the pictures that are missing in a batch, or returns
// what is wrong.
func (l *Loader) forgive(b *batch) error {
	if b.err != nil {
		return b.err
	}
	for _, err := range b.broken {
		switch {
		case err == nil:
		case l.cfg.Skip == nil:
			return err
		case !l.skipped[err.Name]:
			l.skipped[err.Name] = true
			l.cfg.Skip(err)
		}
	}
	if len(b.labels) == 0 {
		return fmt.Errorf("none of the %d pictures of a batch of %s can be read", len(b.indices), l.pictures.Name)
	}
	return nil
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
	n := newNormaliser(s.Mean, s.Std)
	for k, i := range indices {
		labels[k] = s.Label(i)
		n.write(x.Data[k*s.size():(k+1)*s.size()], s.Picture(i))
	}
	return x, labels
}

// span returns the numbers from first up to, but not with, end.
func span(first, end int) []int {
	numbers := make([]int, end-first)
	for i := range numbers {
		numbers[i] = first + i
	}
	return numbers
}
