package data

import (
	"fmt"
	"sync"
	"sync/atomic"

	"reslab/nn"
)

// batch is a batch on its way. Pictures are made in any order; whoever makes the
// last one assembles them.
type batch struct {
	step, epoch int
	indices     []int // of the pictures

	pictures []*Picture      // as made, nil where broken
	broken   []*PictureError // nil where all is well
	next     int             // the first picture that nobody has begun; guarded by the prefetcher's lock
	missing  atomic.Int64    // pictures that are not made yet

	x      *nn.Tensor
	labels []int
	err    error
	panics atomic.Pointer[any] // what a transform panicked with
	done   chan struct{}       // closed when the batch is assembled
}

func newBatch(step, epoch int, indices []int) *batch {
	b := &batch{step: step, epoch: epoch, indices: indices, done: make(chan struct{})}
	b.pictures, b.broken = make([]*Picture, len(indices)), make([]*PictureError, len(indices))
	b.missing.Store(int64(len(indices)))
	return b
}

// make makes picture k. Its chance depends on the seed, the epoch and its place
// among all pictures alone.
func (b *batch) make(l *Loader, k int) {
	i := b.indices[k]
	picture, err := l.pictures.Open(i)
	if err != nil {
		b.broken[k] = &PictureError{l.pictures.NameOf(i), err}
		return
	}
	if len(l.cfg.Transforms) > 0 {
		chance := nn.NewRandomAt(l.cfg.Seed, fmt.Sprint("epoch ", b.epoch, " picture ", i))
		picture = l.cfg.Transforms.Apply(picture, chance)
	}
	b.pictures[k] = picture
}

// makeAndAssemble makes picture k, and the batch of them if it was the last. A
// panic of a transform waits for the goroutine that calls Batch.
func (b *batch) makeAndAssemble(l *Loader, k int) {
	b.guard(func() { b.make(l, k) })
	if b.missing.Add(-1) == 0 {
		b.guard(func() { b.assemble(l) })
		close(b.done)
	}
}

func (b *batch) guard(work func()) {
	defer func() {
		if value := recover(); value != nil {
			b.panics.CompareAndSwap(nil, &value)
		}
	}()
	work()
}

// assemble makes the tensor of the pictures that there are.
func (b *batch) assemble(l *Loader) {
	var first *Picture
	size, n := 0, 0
	for k, p := range b.pictures {
		if p == nil {
			continue
		}
		i := b.indices[k]
		if first == nil {
			if !l.normaliser.fits(p.C) {
				b.err = &PictureError{l.pictures.NameOf(i), fmt.Errorf("it has %d channels, but Mean and Std have %d numbers", p.C, len(l.normaliser.scale))}
				return
			}
			first, size = p, len(p.Pixels)
			b.x = nn.NewTensor(len(b.indices), p.H, p.W, p.C)
		}
		if b.err = sameSize(l.pictures, i, p, first); b.err != nil {
			return
		}
		l.normaliser.write(b.x.Data[n*size:(n+1)*size], p)
		b.labels = append(b.labels, l.pictures.Labels[i])
		n++
	}
	if first != nil && n < len(b.indices) {
		b.x = nn.FromSlice(b.x.Data[:n*size], n, first.H, first.W, first.C)
	}
	b.pictures = nil
}

// prefetcher makes batches ahead of time. Its goroutines, at most Workers, end
// when there is nothing to make: one that is idle has none.
type prefetcher struct {
	lock    sync.Mutex
	queue   []*batch // of steps in a row, not taken yet
	running int      // goroutines
	all     sync.WaitGroup
}

// take returns the batch of a step, and has the following ones begun.
func (f *prefetcher) take(l *Loader, step int) *batch {
	f.lock.Lock()
	f.plan(l, step)
	b := f.queue[0]
	for f.running < l.cfg.Workers && f.running < f.waiting() {
		f.running++
		f.all.Go(func() { f.work(l) })
	}
	f.lock.Unlock()

	<-b.done
	f.lock.Lock()
	f.queue = f.queue[1:]
	f.lock.Unlock()
	if value := b.panics.Load(); value != nil {
		panic(*value)
	}
	return b
}

// plan fills the queue with the batch of a step and those after it. A loader
// that jumps throws away what was made for other steps.
func (f *prefetcher) plan(l *Loader, step int) {
	if len(f.queue) > 0 && f.queue[0].step != step {
		f.queue = nil
	}
	for next := step + len(f.queue); next <= step+l.cfg.Ahead && !l.over(next); next++ {
		f.queue = append(f.queue, l.plan(next))
	}
}

// work makes pictures until there are none to make.
func (f *prefetcher) work(l *Loader) {
	for b, k := f.begin(); b != nil; b, k = f.begin() {
		b.makeAndAssemble(l, k)
	}
}

// begin returns the next picture to make, of the earliest batch; nil if there
// is none, and the goroutine ends.
func (f *prefetcher) begin() (b *batch, k int) {
	f.lock.Lock()
	defer f.lock.Unlock()
	for _, b := range f.queue {
		if b.next < len(b.indices) {
			b.next++
			return b, b.next - 1
		}
	}
	f.running--
	return nil, 0
}

// waiting counts the pictures that nobody has begun.
func (f *prefetcher) waiting() (n int) {
	for _, b := range f.queue {
		n += len(b.indices) - b.next
	}
	return n
}

func (f *prefetcher) close() {
	f.lock.Lock()
	f.queue = nil
	f.lock.Unlock()
	f.all.Wait()
}
